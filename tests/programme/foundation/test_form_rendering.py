"""Widgets written directly read the same as Django's own templates would have written them."""

from __future__ import annotations

import datetime

import pytest
from django import forms
from django.forms.renderers import TemplatesSetting
from django.test.html import parse_html
from django.utils.safestring import SafeString

from programme.foundation.form_rendering import LeanRenderer

CHOICES = [
    ("", "Any"),
    ("a", "Plain"),
    (1, "<b>bold</b> & more"),
    ("Group & <co>", [("c", 'quoted "words"'), ("d", 1200)]),
]
WIDGETS = {
    "select": (forms.Select(choices=CHOICES), "a"),
    "number chosen": (forms.Select(choices=CHOICES), 1),
    "nothing chosen": (forms.Select(choices=CHOICES), None),
    "many": (forms.SelectMultiple(choices=CHOICES), ["a", "c"]),
    "text": (forms.TextInput(), '"><script>alert(1)</script>'),
    "empty text": (forms.TextInput(), None),
    "number": (forms.NumberInput(), 1200),
    "date": (forms.DateInput(attrs={"type": "date"}), datetime.date(2022, 7, 4)),
    "email": (forms.EmailInput(), "a@b.example"),
    "hidden": (forms.HiddenInput(), 0),
    "long text": (forms.Textarea(), "<two>\nlines"),
    "tick": (forms.CheckboxInput(), True),
}
ATTRIBUTES = {"class": "govuk-input", "required": True, "disabled": False, "data-words": "<&\">'"}


@pytest.mark.parametrize("name", WIDGETS)
def test_a_widget_is_written_as_its_template_would_be(name: str) -> None:
    widget, value = WIDGETS[name]
    lean = widget.render("field&name", value, attrs=ATTRIBUTES, renderer=LeanRenderer())
    stock = widget.render("field&name", value, attrs=ATTRIBUTES, renderer=TemplatesSetting())
    assert parse_html(lean) == parse_html(stock)


@pytest.mark.parametrize("widget", [forms.TextInput(), forms.Select(choices=[("<i>", "<i>")])])
def test_what_people_type_never_becomes_html(widget: forms.Widget) -> None:
    assert "<i>" not in widget.render("<i>", "<i>", attrs={"title": "<i>"}, renderer=LeanRenderer())


class Asked(forms.Form):
    must = forms.CharField(label="Words & more")
    may = forms.ChoiceField(label="One of", choices=CHOICES, required=False)
    twice = forms.ChoiceField(choices=[(None, "–"), ("a", "First"), ("a", "Second")], required=False)
    marked = forms.ChoiceField(choices=CHOICES, required=False, widget=forms.Select(attrs={"lang": "cy"}))
    fixed = forms.ChoiceField(choices=CHOICES, required=False, disabled=True, initial=1)
    hinted = forms.CharField(help_text="A <hint>", required=False)
    tick = forms.BooleanField(required=False)
    hidden = forms.CharField(widget=forms.HiddenInput, required=False)


@pytest.mark.parametrize(
    "answers", [None, {"must": "", "may": "zz"}, {"must": "<b>", "may": "a", "twice": "a", "marked": 1}]
)
@pytest.mark.parametrize("name", Asked.base_fields)
def test_a_field_is_written_as_its_template_would_be(name: str, answers: dict[str, str] | None) -> None:
    lean, stock = Asked(answers, renderer=LeanRenderer()), Asked(answers, renderer=TemplatesSetting())
    assert parse_html(lean[name].as_field_group()) == parse_html(stock[name].as_field_group())


def test_words_that_are_html_already_are_not_escaped_again() -> None:
    widget = forms.Select(choices=[("a", SafeString("Fish &amp; chips"))])
    assert ">Fish &amp; chips<" in widget.render("dish", "a", renderer=LeanRenderer())

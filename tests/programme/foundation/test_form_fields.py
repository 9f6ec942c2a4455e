"""Words and dates as people type them: refused with a sentence, kept as typed, never altered."""

import datetime

import pytest
from django import forms
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from programme.foundation.form_fields import GovDateField, PlainCharField, PlainTextField, ReasonField


class Milestone(forms.Form):
    name = PlainCharField(label="Name", max_length=40)
    due = GovDateField(label="Due date", help_text="For example, 27 3 2023.")
    words = PlainTextField(label="Words", max_length=100, required=False, count=True)
    stage = forms.ChoiceField(
        label="Stage",
        choices=[("a", "Discovery"), ("b", "Delivery")],
        widget=forms.RadioSelect,
        required=False,
    )


def filled(**typed):
    data = QueryDict(mutable=True)
    data.update({"name": "CRM live", "due_day": "6", "due_month": "7", "due_year": "2022"} | typed)
    return Milestone(data)


def due(day="", month="", year=""):
    form = filled(due_day=day, due_month=month, due_year=year)
    form.full_clean()
    return form.cleaned_data.get("due") or form.errors["due"][0]


@pytest.mark.parametrize("nothing", ["\u200b", "\u2060 \u200d", "\u3164", "\u2800", "\u0301"])
def test_words_that_nobody_can_see_are_no_words(nothing):
    assert "nothing that can be read" in filled(name=nothing).errors["name"][0]
    assert "nothing that can be read" in filled(words=nothing).errors["words"][0]


@pytest.mark.parametrize("words", ["–", "?", "£5", "計画", "👩\u200d👦", "e\u0301"])
def test_words_of_any_language_and_signs_are_words(words):
    assert not filled(name=words).errors


def test_a_day_in_three_boxes():
    assert due("6", "7", "2022") == datetime.date(2022, 7, 6)
    assert due(" 06 ", "07", "2022") == datetime.date(2022, 7, 6)
    assert due("6", "July", "2022") == datetime.date(2022, 7, 6)
    assert due("6", "jul", "2022") == datetime.date(2022, 7, 6)


@pytest.mark.parametrize("pasted", ["2022-07-06", "6/7/2022", "06.07.2022", "6 July 2022", " 6 7 2022 "])
def test_a_whole_day_pasted_into_the_first_box(pasted):
    assert due(pasted) == datetime.date(2022, 7, 6)


def test_a_whole_day_under_the_fields_own_name():
    assert Milestone({"name": "CRM live", "due": "2022-07-06"}).is_valid()


def test_the_missing_part_is_named():
    assert due("6", "7") == "Due date must include a year"
    assert due("6") == "Due date must include a month and year"
    assert due(month="7", year="2022") == "Due date must include a day"


@pytest.mark.parametrize(
    "typed",
    [
        ("31", "2", "2023"),
        ("29", "2", "2023"),
        ("0", "1", "2022"),
        ("6", "13", "2022"),
        ("-6", "7", "2022"),
        ("6", "Ju", "2022"),
        ("٦", "7", "2022"),
        ("1_0", "7", "2022"),
        ("tomorrow",),
        ("2022-02-30",),
        ("9" * 10_000, "7", "2022"),
        ("6", "7", "20220"),
        ("6\x00", "7", "2022"),
    ],
)
def test_no_real_day_is_refused(typed):
    assert due(*typed) == "Due date must be a real date, such as 6 7 2022"


def test_a_year_in_two_figures_is_not_guessed():
    assert due("6", "7", "22") == "Due date must have a year between 1900 and 2200, in four figures"


def test_three_empty_boxes_are_a_missing_day():
    assert due() == "This field is required."
    assert due(" ", "", " ") == "This field is required."


def test_what_was_typed_comes_back_letter_for_letter():
    html = filled(due_day="31", due_month="Febtober", due_year="<2023>").as_div()
    for kept in ('value="31"', 'value="Febtober"', 'value="&lt;2023&gt;"'):
        assert kept in html


def test_a_day_that_is_known_fills_the_boxes():
    html = str(Milestone(initial={"due": datetime.date(2022, 7, 6)})["due"])
    assert all(f'value="{part}"' in html for part in (6, 7, 2022))


def test_a_day_that_did_not_change_is_no_change():
    form = filled()
    form.initial = {"name": "CRM live", "due": datetime.date(2022, 7, 6)}
    assert not form.has_changed()


@given(st.dates(min_value=datetime.date(1900, 1, 1), max_value=datetime.date(2200, 12, 31)))
def test_every_day_survives_the_boxes_and_the_paste(day):
    assert due(str(day.day), str(day.month), str(day.year)) == day
    assert due(day.isoformat()) == day


def problem(field, value):
    with pytest.raises(forms.ValidationError) as caught:
        field.clean(value)
    return caught.value.messages[0]


@pytest.mark.parametrize(
    "text", ["=1+1", "O’Brien & Söhne", "日本語", "a  b", "👩‍💻", "−£174,000", "<b>bold</b>"]
)
def test_words_stay_as_they_were_typed(text):
    assert PlainCharField(max_length=40).clean(text) == text


@pytest.mark.parametrize("character", ["\x00", "\x07", "\x1b", "\x7f", "\x85", "\u202e", "\ud800"])
def test_characters_that_cannot_be_shown_are_refused(character):
    for field in (PlainCharField(max_length=40), PlainTextField(max_length=40)):
        assert problem(field, f"a{character}b")


def test_one_line_is_one_line():
    assert (
        problem(PlainCharField(max_length=40), "a\nb")
        == "Write this on one line: it holds a line end or a tab."
    )


def test_line_ends_become_one_kind():
    assert PlainTextField(max_length=40).clean("a\r\nb\rc\n\td") == "a\nb\nc\n\td"


def test_too_long_says_how_long_it_may_be():
    assert (
        problem(PlainCharField(label="Name", max_length=40), "x" * 10_000)
        == "Name must be 40 characters or fewer"
    )
    assert problem(PlainTextField(max_length=2000), "x" * 2001) == "This must be 2,000 characters or fewer"


def test_a_reason_is_asked_for():
    assert problem(ReasonField(), "  ") == "Say why"
    assert ReasonField().clean("The supplier is late.") == "The supplier is late."


def test_a_form_is_drawn_with_its_summary_hints_and_errors():
    html = str(filled(name="", due_day="31", due_month="2"))
    assert '<a href="#id_name">Name must be filled in</a>' in html
    assert '<a href="#id_due_0">Due date must be a real date, such as 6 7 2022</a>' in html
    assert 'aria-describedby="id_due_helptext id_due_error"' in html
    assert 'id="id_name_error"' in html
    assert "Words (optional)" in html
    assert 'aria-invalid="true"' in html


def test_words_of_users_stay_words():
    html = str(filled(name='"><script>alert(1)</script>'))
    assert "<script>" not in html


def test_an_error_that_does_not_name_its_field_is_named_in_the_summary():
    html = str(filled(name="a\x07b"))
    assert ">Name: This holds a character that cannot be shown (U+0007)" in html


def test_an_untroubled_form_has_no_summary():
    assert "govuk-error-summary" not in str(Milestone())
    assert "govuk-error" not in str(filled())

"""A headline that somebody published, with its place and date."""

from __future__ import annotations

from typing import Any

from django import forms

from programme.foundation.form_fields import GovDateField, PlainCharField
from programme.foundation.money import PoundsFormField
from programme.portfolio.forms.classified import ClassifiedForm
from programme.portfolio.forms.sourced import PricedForm

from ..choices import Measure


class StatedFigureForm(PricedForm, ClassifiedForm):
    first = (
        "measure",
        "amount",
        "percent",
        "date",
        "covers",
        "qualifier",
        "inferred_basis",
        *PricedForm.base_fields,
    )

    measure = forms.ChoiceField(
        label="What it measures", choices=[("", "Choose a measure"), *Measure.choices]
    )
    amount = PoundsFormField(label="Amount", required=False, help_text="Pounds, as stated.")
    percent = forms.DecimalField(
        label="Per cent", required=False, max_digits=6, decimal_places=2, help_text="If it is a per cent."
    )
    date = GovDateField(label="Date", required=False, help_text="If it is a date.")
    covers = PlainCharField(
        label="What it covers, as stated",
        max_length=120,
        required=False,
        help_text="Such as: deliverable. Leave it empty where the source does not say.",
    )
    qualifier = PlainCharField(
        label="Qualifier", max_length=60, required=False, help_text="Such as: circa, up to, at least."
    )
    inferred_basis = PlainCharField(
        label="Inferred basis",
        max_length=300,
        required=False,
        help_text="Only where the source gives no basis and you can reproduce the figure: how.",
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        names = ("amount", "percent", "date")
        given = [name for name in names if data.get(name) is not None]
        if len(given) != 1 and not set(names) & set(self.errors):
            self.add_error("amount", "Give one of these: an amount, a per cent or a date")
        return data

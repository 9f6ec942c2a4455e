"""What the budget gap or the medium-term plan requires in one year."""

from __future__ import annotations

from django import forms

from programme.foundation.money import FinancialYearFormField, PoundsFormField
from programme.portfolio.forms.classified import ClassifiedForm
from programme.portfolio.forms.sourced import PricedForm

from ..choices import RequirementKind


class RequirementForm(PricedForm, ClassifiedForm):
    first = ("kind", "year", "amount", *PricedForm.base_fields)

    kind = forms.ChoiceField(
        label="Required by",
        choices=[("", "Choose which"), *RequirementKind.choices],
        initial="",
        error_messages={"required": "Choose what requires the savings"},
    )
    year = FinancialYearFormField(
        label="Financial year",
        help_text="Such as 2023/24.",
        error_messages={"required": "Say in which year the savings are required"},
    )
    amount = PoundsFormField(
        label="Savings required",
        help_text="Pounds of new recurring savings that the year needs.",
        error_messages={"required": "Say how much is required"},
    )

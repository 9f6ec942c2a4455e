"""Cost lines, and what each costs by year."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from programme.foundation.form_fields import PlainCharField, ReasonField
from programme.foundation.money import FinancialYear, FinancialYearFormField, PoundsFormField, Profile, pounds
from programme.people.choices import Classification
from programme.people.models import User
from programme.portfolio.forms.classified import ClassifiedForm
from programme.portfolio.forms.sourced import PricedForm
from programme.portfolio.models import Project

from ..choices import CostCategory, FundingSource
from ..rules.profiles import box

EXEMPT_BY_DEFAULT = "Redundancy lines are exempt by default: choose exempt, or tick that this one need not be"


class CostLineForm(PricedForm, ClassifiedForm):
    first = ("name", "category", "amount", "funding", *PricedForm.base_fields, "classification", "not_exempt")

    name = PlainCharField(label="Name", max_length=200)
    category = forms.ChoiceField(choices=CostCategory.choices)
    amount = PoundsFormField(
        label="Whole amount",
        help_text="Pounds in all, whether its years are known or not. Years have a page of their own.",
        error_messages={"required": "Give the whole amount of the line"},
    )
    funding = forms.ChoiceField(label="Paid from", choices=FundingSource.choices)
    not_exempt = forms.BooleanField(
        label="Redundancy, but need not be exempt",
        required=False,
        help_text="Only for redundancy and pension strain, where nobody could be told from it.",
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        need_not = data.pop("not_exempt", False)
        about_people = data.get("category") == CostCategory.REDUNDANCY
        if about_people and not need_not and data.get("classification") not in {None, Classification.EXEMPT}:
            self.add_error("classification", EXEMPT_BY_DEFAULT)
        return data


class NewCostLineForm(CostLineForm):
    first = ("project", *CostLineForm.first)

    project = PlainCharField(
        label="Reference of the project it belongs to",
        max_length=12,
        required=False,
        help_text="Such as DIG-01. Leave it empty for the programme itself.",
    )

    def __init__(self, *arguments: Any, viewer: User, **options: Any):
        super().__init__(*arguments, **options)
        self.visible = Project.objects.visible_to(viewer).live().select_related("scope")

    def clean_project(self) -> Project | None:
        ref = self.cleaned_data["project"]
        if not ref:
            return None
        if (found := self.visible.filter(ref__iexact=ref).first()) is None:
            raise forms.ValidationError(f"There is no project {ref} that you may see.")
        return found


class CostYearsForm(forms.Form):
    """A box a year, with what stands beside it, and one more year by its name. An empty box is no amount."""

    other_year = FinancialYearFormField(
        label="Another year", required=False, help_text="Such as 2029/30, where it has no box above."
    )
    other_amount = PoundsFormField(label="Amount of that year", required=False)
    reason = ReasonField()

    def __init__(
        self, *arguments: Any, years: list[FinancialYear], beside: Mapping[str, Profile], **options: Any
    ):
        """``beside`` are the profiles that help to fill the boxes in, by what they are called."""
        super().__init__(*arguments, **options)
        self.years = years
        for year in years:
            known = [f"{name} {pounds(profile[year])}" for name, profile in beside.items() if year in profile]
            words = ", ".join(known)
            field = PoundsFormField(
                label=str(year), required=False, help_text=f"{words[:1].upper()}{words[1:]}"
            )
            self.fields[box(year)] = field
        self.order_fields([*map(box, years), "other_year", "other_amount", "reason"])
        for name in (*map(box, years), "other_amount"):
            self.fields[name].widget.attrs["class"] = "govuk-input--width-10"

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        amounts = {year: data[box(year)] for year in self.years if data.get(box(year)) is not None}
        year, amount = data.get("other_year"), data.get("other_amount")
        if year and amount is None and "other_amount" not in self.errors:
            self.add_error("other_amount", f"Give the amount of {year}, or leave the year out")
        elif amount is not None and not year and "other_year" not in self.errors:
            self.add_error("other_year", "Say which year this amount is of")
        elif year and year in self.years:
            self.add_error("other_year", f"{year} has a box of its own above")
        elif year and amount is not None:
            amounts[year] = amount
        return {"amounts": Profile(amounts), "reason": data.get("reason", "")}

"""A line of a benefit, and the posts and contracts behind it."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

from django import forms

from programme.foundation import calendar
from programme.foundation.form_fields import PlainCharField, PlainTextField, ReasonField
from programme.people.choices import Classification
from programme.portfolio.forms.classified import ClassifiedForm
from programme.portfolio.forms.sourced import PricedForm

from ..choices import BUDGET_CODE, CASHABLE, Category, Deliverability, Frequency, Kind, ReferenceKind
from ..models import BenefitLine

STAFFING_PARAGRAPHS = [1, 2, 4]
STAFFING_REASON = (
    "It could identify posts and the people in them, who must hear of it first and be consulted; "
    "until then their interest outweighs that of disclosure."
)
REVIEWED_AFTER = datetime.timedelta(days=182)
EXEMPT_BY_DEFAULT = "Staffing lines are exempt by default: choose exempt, or tick that this one need not be"


def staffing_class() -> dict[str, Any]:
    """The class that a line about staff starts with: paragraphs, reason and review date are offered."""
    return {
        "classification": Classification.EXEMPT,
        "exempt_paragraphs": STAFFING_PARAGRAPHS,
        "exempt_reason": STAFFING_REASON,
        "exempt_review": calendar.today() + REVIEWED_AFTER,
    }


class FteField(forms.DecimalField):
    """Full-time equivalents, such as 2.5."""

    def __init__(self, *, label: str, digits: int, **options: Any):
        known = {"min_value": 0, "max_digits": digits, "decimal_places": 2, "required": False}
        super().__init__(label=label, **known | options)
        self.error_messages["invalid"] = f"{label} must be a number, such as 2.5"
        self.error_messages["min_value"] = f"{label} cannot be negative"
        self.widget = forms.TextInput(attrs={"inputmode": "decimal", "class": "govuk-input--width-5"})

    def prepare_value(self, value: Any) -> Any:
        return f"{value.normalize():f}" if isinstance(value, Decimal) else value


class LineForm(PricedForm, ClassifiedForm):
    """What a line is and where its figures come from; the amounts have pages of their own."""

    first = (
        "name",
        "category",
        "kind",
        "kind_note",
        "deliverability",
        "frequency",
        "budget_code",
        "fte",
        "not_quantified_because",
        "source_document",
        "source_place",
        "source_as_at",
        "basis",
        "price_base",
        "price_year",
        "classification",
        "not_exempt",
    )

    name = PlainCharField(label="Name", max_length=200)
    category = forms.ChoiceField(choices=Category.choices)
    kind = forms.ChoiceField(
        choices=Kind.choices,
        help_text="The first three release cash. A reduction of scope is never shown as efficiency.",
    )
    kind_note = PlainCharField(
        label="How the kind was settled",
        max_length=300,
        required=False,
        help_text="By whom and from what, where the source does not say it.",
    )
    deliverability = forms.ChoiceField(choices=Deliverability.choices, initial=Deliverability.NOT_RATED)
    frequency = forms.ChoiceField(
        choices=Frequency.choices,
        initial=Frequency.RECURRING,
        help_text="A recurring amount is the change in annual run-rate that appears in its year.",
    )
    budget_code = PlainCharField(label="Budget code", max_length=30, required=False)
    fte = FteField(label="Full-time equivalents", digits=7, help_text="Posts in all, such as 2.5.")
    not_quantified_because = PlainTextField(
        label="Why there is no figure yet",
        max_length=500,
        required=False,
        rows=2,
        help_text="Only for what cannot be quantified yet: it stands in every report with this reason.",
    )
    not_exempt = forms.BooleanField(
        label="About staff, but need not be exempt",
        required=False,
        help_text="Only for staffing redesign, where nobody could be told from it.",
    )

    def __init__(self, *arguments: Any, line: BenefitLine | None = None, **options: Any):
        super().__init__(*arguments, **options)
        if line is None:
            self.fields["reason"].required = False
            self.fields["reason"].help_text = "Why it is recorded now, if there is more to say."

    def clean_budget_code(self) -> str:
        code: str = self.cleaned_data["budget_code"]
        if code:
            BUDGET_CODE(code)
        return code

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        staffing = data.get("category") == Category.STAFFING_REDESIGN
        need_not = data.pop("not_exempt", False)
        if staffing and not need_not and data.get("classification") not in {None, Classification.EXEMPT}:
            self.add_error("classification", EXEMPT_BY_DEFAULT)
        if data.get("category") == Category.NON_FINANCIAL and data.get("kind") in CASHABLE:
            self.add_error("kind", "What is not financial releases no cash: choose efficiency without cash")
        return data


class ReferenceForm(forms.Form):
    """A post or a contract by the number that the council knows it by."""

    kind = forms.ChoiceField(choices=ReferenceKind.choices, widget=forms.RadioSelect)
    reference = PlainCharField(
        label="Reference",
        max_length=40,
        help_text="A post's number, never a name. Post references are exempt always.",
    )
    fte = FteField(label="Full-time equivalent", digits=4, help_text="Of a post, such as 0.6.")
    reason = ReasonField()

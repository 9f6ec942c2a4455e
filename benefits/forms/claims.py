"""Claiming, correcting, verifying, confirming and sending back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.validators import URLValidator

from programme.foundation.form_fields import PlainCharField, PlainTextField, ReasonField
from programme.foundation.money import FinancialYear, FinancialYearFormField, PoundsFormField

from ..choices import BUDGET_CODE
from ..rules import evidence
from ..rules.claiming import NO_CODE

LINKS = URLValidator(schemes=["http", "https"], message="Write the whole address, such as https://…")


class YearChoice(FinancialYearFormField):
    """One of the years offered; another one is understood too, so that the rule can say why it is refused."""

    widget = forms.Select

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {}


class LinkField(PlainCharField):
    """An address of the web or of the intranet; one without its beginning is taken as https."""

    widget = forms.URLInput

    def __init__(self, **options: Any):
        super().__init__(max_length=500, validators=[LINKS], **options)

    def to_python(self, value: Any) -> str:
        text = str(super().to_python(value)).strip()
        return f"https://{text}" if text and ":" not in text.split("/")[0] else text


class EvidenceField(forms.FileField):
    """A file that shows it; what is no evidence is refused with a sentence, and what was typed stays."""

    def __init__(self, **options: Any):
        accept = ",".join(f".{ending}" for ending in evidence.KINDS)
        options.setdefault("widget", forms.FileInput(attrs={"accept": accept}))
        options.setdefault("max_length", None)
        super().__init__(**options)

    def to_python(self, data: Any) -> Any:
        if data in self.empty_values:
            return None
        beginning = data.read(4096)
        data.seek(0)
        if words := evidence.problem(data.name, data.size, beginning):
            raise forms.ValidationError(words)
        return data


class _Evidence(forms.Form):
    """What was done, and what shows it."""

    words = PlainTextField(
        label="What was done",
        max_length=2000,
        rows=4,
        count=True,
        help_text="What changed, since when, and how the amount comes about.",
    )
    evidence_link = LinkField(
        label="Link to the evidence", required=False, help_text="A ledger report, a contract, a decision."
    )
    evidence_file = EvidenceField(
        label="Or a file",
        required=False,
        help_text=f"{evidence.TAKEN}, up to {evidence.MOST_BYTES // 1024**2} MB. "
        "If the form comes back, choose it again.",
    )


class ClaimForm(_Evidence):
    """``years`` are those still open. Without cash there is no amount to give."""

    year = YearChoice(label="Financial year it is about")
    amount = PoundsFormField(label="Amount claimed")

    field_order = ["year", "amount", "words", "evidence_link", "evidence_file"]

    def __init__(
        self, *arguments: Any, years: Iterable[FinancialYear], recurring: bool, cash: bool, **options: Any
    ):
        super().__init__(*arguments, **options)
        year: Any = self.fields["year"]
        year.widget.choices = [(str(one), str(one)) for one in years]
        amount = self.fields["amount"]
        if not cash:
            amount.required, amount.label = False, "Worth in pounds, if it is known"
            amount.help_text = "It releases no cash, so it never counts as pounds delivered."
        elif recurring:
            amount.help_text = (
                "The full-year effect, in pounds, of what is new in that year, such as 125,000 or 1.25m. "
                "A saving that stops is negative: (5,000)."
            )
        else:
            amount.help_text = "Pounds in all, once, such as 125,000 or 1.25m."


class AgainForm(ClaimForm):
    """The same once more, with what was asked for; the file that is there stays unless another is chosen."""

    reason = ReasonField(label="What you put right", error_messages={"required": "Say what you put right"})

    field_order = [*ClaimForm.field_order, "reason"]


class CorrectionForm(_Evidence):
    amount = PoundsFormField(
        label="By how much it is wrong",
        help_text="The difference in pounds, not the new total: less is negative, such as (5,000).",
    )
    words = PlainTextField(
        label="What was wrong",
        max_length=2000,
        rows=4,
        count=True,
        help_text="What was verified wrongly, and how it was found. It stays in the history.",
    )

    field_order = ["amount", "words", "evidence_link", "evidence_file"]


class VerifyForm(forms.Form):
    """A one-off has one amount, which is its cash as well."""

    full_year = PoundsFormField(
        label="Full-year effect",
        help_text="What left the base budget, or what the income budget was raised by, for a whole year.",
        error_messages={"required": "Say the full-year effect"},
    )
    cash = PoundsFormField(
        label="Cash in the year",
        help_text="What the ledger shows for that year; 0 if there was none.",
        error_messages={"required": "Say the cash in the year"},
    )
    budget_code = PlainCharField(
        label="Budget code",
        max_length=30,
        validators=[BUDGET_CODE],
        help_text="Where it was taken out, or added to.",
        error_messages={"required": NO_CODE},
    )
    words = PlainTextField(
        label="What you found",
        max_length=2000,
        rows=3,
        required=False,
        help_text="Needed where you verify another amount than was claimed.",
    )

    def __init__(self, *arguments: Any, recurring: bool, cash: bool = True, **options: Any):
        super().__init__(*arguments, **options)
        self.fields["budget_code"].required = recurring and cash
        if not recurring:
            del self.fields["cash"]
            amount = self.fields["full_year"]
            amount.label, amount.help_text = "Amount verified", "As the ledger shows it, once."


class ConfirmForm(forms.Form):
    words = PlainTextField(
        label="How the measure shows it",
        max_length=2000,
        rows=4,
        help_text="The reading, its date, and what it is compared with. It stays in the history.",
        error_messages={"required": "Say how the measure shows it"},
    )


class SendBackForm(forms.Form):
    reason = ReasonField(
        label="What is missing",
        help_text="Whoever claimed it reads this and puts it right. It stays in the history.",
        error_messages={"required": "Say what is missing"},
    )


class WithdrawForm(forms.Form):
    reason = ReasonField()

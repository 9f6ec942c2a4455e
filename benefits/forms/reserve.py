"""An entry of the transformation reserve's ledger."""

from __future__ import annotations

from typing import Any

from django import forms

from programme.foundation.form_fields import GovDateField, PlainCharField
from programme.foundation.money import PoundsFormField, pounds
from programme.foundation.sources import Basis
from programme.people.models import User
from programme.portfolio.forms.classified import ClassifiedForm
from programme.portfolio.forms.sourced import PricedForm

from ..choices import EntryKind
from ..models import CostLine, ReserveEntry
from ..reading.reserve import entry_of
from ..rules.ledger import outstanding

REDUCTION = "reduction"
KINDS = [
    (EntryKind.ALLOCATION, "Allocation: money comes into the reserve"),
    (EntryKind.COMMITMENT, "Commitment: money is promised, and is no longer available"),
    (REDUCTION, "Reduction of a commitment: what is no longer needed is available again"),
    (EntryKind.SPENDING, "Spending: money leaves, and draws down its commitment"),
    (EntryKind.RELEASE, "Release: money goes back to where it came from"),
]


class CostLineChoice(forms.ModelChoiceField):
    def label_from_instance(self, line: CostLine) -> str:
        return f"{line.ref} {line.name}"


class CommitmentChoice(forms.ModelChoiceField):
    """A commitment, with what is left of it."""

    left: dict[int, Any] = {}

    def label_from_instance(self, entry: ReserveEntry) -> str:
        return f"{entry.words} ({pounds(self.left.get(entry.pk))} left)"


class EntryForm(PricedForm, ClassifiedForm):
    first = ("kind", "date", "amount", "words", "commitment", "cost_line", *PricedForm.base_fields)

    kind = forms.ChoiceField(
        label="Kind of entry",
        choices=KINDS,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what kind of entry it is"},
    )
    date = GovDateField(
        label="Date",
        help_text="The day on which the money moved or was promised.",
        error_messages={"required": "Give the day on which the money moved or was promised"},
    )
    amount = PoundsFormField(
        label="Amount",
        help_text="Pounds, without a sign.",
        error_messages={"required": "Give the amount of the entry"},
    )
    words = PlainCharField(
        label="What it is for", max_length=300, error_messages={"required": "Say what the entry is for"}
    )
    commitment = CommitmentChoice(
        queryset=None,
        label="Commitment",
        required=False,
        empty_label="None",
        help_text="The one that the spending draws down, or that is reduced.",
    )
    cost_line = CostLineChoice(
        queryset=None,
        label="Cost line",
        required=False,
        empty_label="None",
        help_text="The line of investment it pays for. On an exempt line the entry is exempt as well.",
    )

    def __init__(self, *arguments: Any, viewer: User, **options: Any):
        super().__init__(*arguments, **options)
        self.fields["basis"].initial = Basis.ACTUAL
        seen = ReserveEntry.objects.visible_to(viewer).live()
        left = {key: amount for key, amount in outstanding(map(entry_of, seen)).items() if amount}
        commitments: Any = self.fields["commitment"]
        commitments.queryset, commitments.left = seen.filter(pk__in=left), left
        lines: Any = self.fields["cost_line"]
        lines.queryset = CostLine.objects.visible_to(viewer).live()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        kind, amount, named = data.get("kind"), data.get("amount"), data.get("commitment")
        if amount is not None and amount <= 0:
            self.add_error("amount", "Give an amount above nought; the kind of entry says which way it goes")
        if kind == REDUCTION and not named and "commitment" not in self.errors:
            self.add_error("commitment", "Choose the commitment that is reduced")
        if kind == REDUCTION:
            data["kind"] = EntryKind.COMMITMENT
            data["amount"] = -amount if amount is not None else None
        elif kind != EntryKind.SPENDING and named:
            self.add_error("commitment", "Only spending and reductions name a commitment")
        return data

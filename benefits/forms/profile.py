"""Amounts by financial year, and what the gap between them is made of."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms

from programme.foundation import calendar
from programme.foundation.form_fields import PlainCharField, ReasonField
from programme.foundation.money import FinancialYear, FinancialYearFormField, PoundsFormField, Profile, pounds
from programme.people.models import User
from programme.portfolio.forms.project import OFFERED, DecisionChoice, authorities
from programme.portfolio.forms.sourced import SourcedForm

from ..choices import GapKind
from ..models import Benefit
from ..rules.gap import Part
from ..rules.profiles import box, outside

PARTS = 2  # further parts that can be added at once
CHOSEN = {
    GapKind.SLIPPED: "Slipped to another year",
    GapKind.LOST: "Lost",
    GapKind.EXCEEDED: "More than approved",
}


class ProfileForm(forms.Form):
    """A box a year, with what stands beside it, and one more year by its name. An empty box is no amount."""

    other_year = FinancialYearFormField(
        label="Another year", required=False, help_text="Such as 2029/30, where it has no box above."
    )
    other_amount = PoundsFormField(label="Amount of that year", required=False)
    reason = ReasonField()
    beside_amounts: tuple[str, ...] = ("reason",)

    def __init__(
        self,
        *arguments: Any,
        benefit: Benefit,
        years: list[FinancialYear],
        beside: Mapping[str, Profile],
        **options: Any,
    ):
        """``beside`` are the profiles that help to fill the boxes in, by what they are called."""
        super().__init__(*arguments, **options)
        self.benefit, self.years = benefit, years
        for year in years:
            known = [f"{name} {pounds(profile[year])}" for name, profile in beside.items() if year in profile]
            words = ", ".join(known)
            self.fields[box(year)] = PoundsFormField(
                label=str(year), required=False, help_text=f"{words[:1].upper()}{words[1:]}"
            )
            self.fields[box(year)].widget.attrs["class"] = "govuk-input--width-10"
        self.fields["other_amount"].widget.attrs["class"] = "govuk-input--width-10"
        last = [*SourcedForm.base_fields, "decision", "reason"]
        self.order_fields([*map(box, years), "other_year", "other_amount", *last])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        amounts = {year: data[box(year)] for year in self.years if data.get(box(year)) is not None}
        year, amount = data.pop("other_year", None), data.pop("other_amount", None)
        if year and amount is None and not self.errors.get("other_amount"):
            self.add_error("other_amount", f"Give the amount of {year}, or leave the year out")
        elif amount is not None and year is None and not self.errors.get("other_year"):
            self.add_error("other_year", "Say which year this amount is of")
        elif year and year in self.years:
            self.add_error("other_year", f"{year} has a box of its own above")
        elif year and amount is not None:
            amounts[year] = amount
        for wrong, words in outside(amounts, starts=self.benefit.starts, ends=self.benefit.ends).items():
            self.add_error(box(wrong) if wrong in self.years else "other_year", words)
        rest = {name: data[name] for name in self.beside_amounts if name in data}
        return {"amounts": Profile(amounts)} | rest


class ForecastForm(SourcedForm, ProfileForm):
    """What the line is forecast to bring and where that comes from, said anew with every forecast."""

    beside_amounts = (*SourcedForm.base_fields, "reason")

    def __init__(self, *arguments: Any, last_as_at: datetime.date | None, **options: Any):
        """``last_as_at`` is the day of the forecast that this one replaces."""
        super().__init__(*arguments, **options)
        if last_as_at:
            self.fields["source_as_at"].help_text = (
                "The day on which the source says so. The forecast until now was as at "
                f"{calendar.in_words(last_as_at)}."
            )


class ApprovedForm(ProfileForm):
    """What a decision approved."""

    beside_amounts = ("reason", "decision")

    decision = DecisionChoice(
        queryset=None,
        label="Decision that approves these amounts",
        empty_label="Choose a decision",
        help_text=f"From the register of decisions: the newest {OFFERED} of those that approve.",
    )

    def __init__(self, *arguments: Any, viewer: User, **options: Any):
        super().__init__(*arguments, **options)
        self.fields["decision"].queryset = authorities(viewer)  # type: ignore[attr-defined]


@dataclass(frozen=True)
class PartRow:
    """One part's boxes, as they stand in the form."""

    number: int
    fields: tuple[Any, ...]


class GapForm(forms.Form):
    """What the gap is made of, a few boxes a part; a part without an amount is left out.

    Amounts are typed without a sign: the kind says which way they count. What decisions moved is known and
    not asked for.
    """

    reason = ReasonField()

    def __init__(self, *arguments: Any, years: list[FinancialYear], parts: tuple[Part, ...], **options: Any):
        super().__init__(*arguments, **options)
        self.fixed = tuple(one for one in parts if one.kind == GapKind.RE_APPROVED)
        shown = [one for one in parts if one.kind != GapKind.RE_APPROVED]
        self.count = len(shown) + PARTS
        choices = [(str(year.start), str(year)) for year in years]
        for number in range(self.count):
            self._add_part(number, shown[number] if number < len(shown) else None, choices)

    def _add_part(self, number: int, part: Part | None, years: list[tuple[str, str]]) -> None:
        kind, amount, first, other, why = self._names(number)
        self.fields[kind] = forms.ChoiceField(
            label="What happened", choices=[("", "Choose"), *CHOSEN.items()], required=False
        )
        self.fields[amount] = PoundsFormField(label="Amount", required=False)
        self.fields[first] = forms.ChoiceField(label="In", choices=[("", "Choose"), *years], required=False)
        self.fields[other] = forms.ChoiceField(label="Moved to", choices=[("", "–"), *years], required=False)
        self.fields[why] = PlainCharField(label="Because", max_length=500, required=False)
        self.fields[amount].widget.attrs["class"] = "govuk-input--width-10"
        if part is not None:
            moved = (str(part.from_year.start), str(part.to_year.start) if part.to_year else "")
            values = (part.kind, _typed(part), *moved, part.reason)
            self.initial |= dict(zip((kind, amount, first, other, why), values, strict=True))

    @staticmethod
    def _names(number: int) -> list[str]:
        return [f"part_{number}_{name}" for name in ("kind", "amount", "from", "to", "why")]

    @property
    def rows(self) -> list[PartRow]:
        """The boxes, part by part, for the page."""
        return [
            PartRow(number + 1, tuple(self[name] for name in self._names(number)))
            for number in range(self.count)
        ]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        parts = [part for number in range(self.count) if (part := self._part(number, data))]
        return {"parts": (*self.fixed, *parts), "reason": data.get("reason", "")}

    def _part(self, number: int, data: dict[str, Any]) -> Part | None:
        names = self._names(number)
        kind, amount, first, other, why = (data.get(name) or "" for name in names)
        if not amount or any(self.errors.get(name) for name in names):
            return None
        if not kind:
            self.add_error(names[0], "Say what happened to this amount")
        if not first:
            self.add_error(names[2], "Say in which year")
        if kind == GapKind.SLIPPED and (not other or other == first):
            self.add_error(names[3], "Say to which other year it moved")
        if any(self.errors.get(name) for name in names):
            return None
        return Part(
            kind,
            FinancialYear(int(first)),
            _signed(kind, amount),
            FinancialYear(int(other)) if kind == GapKind.SLIPPED else None,
            why,
        )


def _typed(part: Part) -> Decimal:
    """The amount as the form has it: what was lost or left a year without its minus."""
    return part.amount if part.kind == GapKind.EXCEEDED else -part.amount


def _signed(kind: str, amount: Decimal) -> Decimal:
    """What the year gains; a minus that was typed for what was lost is as good as none."""
    if kind == GapKind.SLIPPED:
        return -amount
    return abs(amount) if kind == GapKind.EXCEEDED else -abs(amount)

"""Reconciliations, their movements and the sign-off of what is left."""

from __future__ import annotations

import json
from typing import Any

from django import forms

from programme.foundation.form_fields import PlainCharField, PlainTextField, ReasonField
from programme.foundation.money import FinancialYearFormField, PoundsFormField
from programme.people.models import User

from ..choices import Computed, MovementKind
from ..models import StatedFigure
from ..reading.headlines import headline

COMPUTED = "computed:"


def figure_choices(viewer: User) -> list[tuple[str, Any]]:
    """Amounts that can be bridged: stated ones that ``viewer`` may see, and what the portal works out."""
    amounts = StatedFigure.objects.visible_to(viewer).live().filter(amount__isnull=False)
    stated = [(one.ref, _words(one)) for one in amounts.select_related("confirmed_by__profile")]
    return [
        ("", "Choose a figure"),
        ("Stated figures", stated),
        ("Worked out by the portal", [(f"{COMPUTED}{one.value}", one.label) for one in Computed]),
    ]


def _words(figure: StatedFigure) -> str:
    one = headline(figure)
    what = ", ".join(part for part in (one.measure, one.covers) if part)
    return f"{figure.ref} {what}: {one.words} ({one.source.place or one.source.document})"[:160]


class ReconciliationForm(forms.Form):
    title = PlainCharField(label="Title", max_length=200, help_text="What is set against what.")
    note = PlainTextField(label="Note", max_length=2000, required=False, rows=4)
    reason = ReasonField()


class NewReconciliationForm(ReconciliationForm):
    from_figure = forms.ChoiceField(label="From the figure")
    to_figure = forms.ChoiceField(label="To the figure")
    field_order = ["title", "from_figure", "to_figure", "note", "reason"]

    def __init__(self, *arguments: Any, viewer: User, **options: Any):
        super().__init__(*arguments, **options)
        self.viewer = viewer
        offered = figure_choices(viewer)
        for name in ("from_figure", "to_figure"):
            self.fields[name].choices = offered

    def clean(self) -> dict[str, Any]:
        """Each choice becomes the stated figure, or the name of the computed one."""
        data = super().clean() or {}
        if data.get("from_figure") and data.get("from_figure") == data.get("to_figure"):
            self.add_error("to_figure", "A figure is not reconciled with itself: choose another one")
        for end in ("from", "to"):
            chosen = data.get(f"{end}_figure", "")
            is_computed = chosen.startswith(COMPUTED)
            data[f"{end}_computed"] = chosen.removeprefix(COMPUTED) if is_computed else ""
            data[f"{end}_figure"] = None if is_computed else self._stated(chosen)
        return data

    def _stated(self, ref: str) -> StatedFigure | None:
        return StatedFigure.objects.visible_to(self.viewer).live().filter(ref=ref).first()


MEANINGS = {
    MovementKind.TIMING: "the same money in another year",
    MovementKind.SCOPE: "more or fewer things are counted",
    MovementKind.RECLASSIFICATION: "the same money under another heading",
    MovementKind.WITHDRAWN: "no longer promised",
    MovementKind.NEW: "promised since",
    MovementKind.ERROR: "one of the figures is wrong",
    MovementKind.ROUNDING: "one of the figures is rounded",
    MovementKind.PRICE_BASE: "prices of another year",
}
KINDS = [(kind.value, f"{kind.label}: {MEANINGS[kind]}") for kind in MovementKind]


class MovementForm(forms.Form):
    """One step of the bridge; ``has_years`` where both figures have them, so that the year is asked for."""

    kind = forms.ChoiceField(
        label="Kind of movement",
        choices=KINDS,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what kind of movement it is"},
    )
    amount = PoundsFormField(
        label="Amount",
        help_text="Pounds, with a minus where it leads downwards: -3,000 or (3,000).",
        error_messages={"required": "Give the amount of the movement"},
    )
    year = FinancialYearFormField(label="Year", required=False, help_text="Such as 2022/23.")
    words = PlainCharField(
        label="What it is",
        max_length=300,
        help_text="A sentence that a reader of the pack understands.",
        error_messages={"required": "Say what the movement is"},
    )
    reason = ReasonField(help_text="How you know: the evidence. It stays in the history.")

    def __init__(self, *arguments: Any, has_years: bool, **options: Any):
        super().__init__(*arguments, **options)
        if has_years:
            self.fields["year"].required = True
            self.fields["year"].error_messages["required"] = "Say which year this movement is about"
        else:
            self.fields["year"].help_text = "Only if it is about one year. The figures have none."


class SignOffForm(forms.Form):
    """``residual`` is what the signer saw, so that nobody signs for something else."""

    residual = forms.CharField(widget=forms.HiddenInput, max_length=4000)
    reason = ReasonField(
        label="Why the rest is accepted",
        help_text="It is shown beside the difference, on the dashboard and in the pack.",
        error_messages={"required": "Say why the rest is accepted"},
    )

    def clean_residual(self) -> dict[str, int]:
        try:
            found = json.loads(self.cleaned_data["residual"])
        except ValueError:
            found = None
        if not isinstance(found, dict) or not all(type(pence) is int for pence in found.values()):
            raise forms.ValidationError("The page you sent did not say what was left. Open it again.")
        return found

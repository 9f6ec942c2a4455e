"""The status of a benefit: what finance agrees, what a decision approves, how it moves on."""

from __future__ import annotations

from typing import Any

from django import forms

from programme.foundation.form_fields import PlainTextField, ReasonField
from programme.people.models import User
from programme.portfolio.forms.project import OFFERED, DecisionChoice, authorities

from ..choices import Status
from .benefit import MeasureChoice


class AgreeForm(forms.Form):
    """What finance agrees: which measure, and how."""

    measure = MeasureChoice(empty_label="Choose a measure", help_text="It must have a baseline.")
    method = PlainTextField(
        label="How it is measured",
        max_length=2000,
        rows=4,
        help_text="What is compared with what, and where the figures come from.",
    )
    reason = ReasonField(label="Why finance agrees")

    def __init__(self, *arguments: Any, viewer: User, **options: Any):
        super().__init__(*arguments, **options)
        self.fields["measure"].offer(viewer)  # type: ignore[attr-defined]


class ApproveForm(forms.Form):
    """The decision that approves a benefit."""

    decision = DecisionChoice(
        queryset=None,
        label="Decision that approves it",
        empty_label="Choose a decision",
        help_text=f"From the register of decisions: the newest {OFFERED} of those that approve.",
    )
    take_forecasts = forms.BooleanField(
        label="It approves the forecasts of all lines that have nothing approved yet",
        required=False,
        initial=True,
    )
    reason = ReasonField()

    def __init__(self, *arguments: Any, viewer: User, **options: Any):
        super().__init__(*arguments, **options)
        self.fields["decision"].queryset = authorities(viewer)  # type: ignore[attr-defined]


class StatusForm(forms.Form):
    """The moves that those who keep a benefit make."""

    status = forms.ChoiceField(label="Move to", widget=forms.RadioSelect)
    reason = ReasonField(
        help_text="It stays in the history. For “realised”: what the measure reads now, on which day, and "
        "where that is written. The portal keeps no readings of measures yet, so these words are all that "
        "shows it."
    )

    def __init__(self, *arguments: Any, moves: list[Status], **options: Any):
        super().__init__(*arguments, **options)
        self.fields["status"].choices = [(one.value, one.label) for one in moves]  # type: ignore[attr-defined]
        if len(moves) == 1:
            self.fields["status"].initial = moves[0]


class ReasonForm(forms.Form):
    reason = ReasonField()

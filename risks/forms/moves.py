"""What is asked when a risk is escalated, accepted, or has happened; and of actions on a risk."""

from __future__ import annotations

import datetime
from collections.abc import Collection
from typing import Any

from django import forms

from programme.foundation import calendar
from programme.foundation.form_fields import GovDateField, PlainCharField, PlainTextField, ReasonField
from programme.people.forms import PersonChoice
from programme.people.models import User
from programme.portfolio.forms.project import OFFERED, DecisionChoice
from programme.portfolio.models import Decision

from ..choices import EscalatedTo, Severity
from ..models import Risk, RiskAction
from ..reading.authority import decisions
from ..rules import accepting

EARLIEST, LATEST = datetime.date(2015, 1, 1), datetime.date(2099, 12, 31)


class NearDateField(GovDateField):
    """A day; far-off years are slips of the keyboard."""

    def clean(self, value: Any) -> datetime.date | None:
        day = super().clean(value)
        if day and not EARLIEST <= day <= LATEST:
            self._refuse(f"must have a year between {EARLIEST.year} and {LATEST.year}")
        return day


class DueField(NearDateField):
    """A day by which something is done: one that is over is a slip of the keyboard.

    Unless it is ``kept``, the day that was planned before, which may have passed meanwhile.
    """

    kept: datetime.date | None = None

    def clean(self, value: Any) -> datetime.date | None:
        day = super().clean(value)
        if day and day < calendar.today() and day != self.kept:
            self._refuse("must be today or later: this day is over")
        return day


class ReasonForm(forms.Form):
    reason = ReasonField()


class EscalateForm(forms.Form):
    to = forms.ChoiceField(
        label="Escalate to",
        widget=forms.RadioSelect,
        error_messages={"required": "Say to whom it is escalated"},
    )
    reason = ReasonField(help_text="What is beyond you, and what you ask them to do.")

    def __init__(self, *arguments: Any, not_to: Collection[str], **options: Any):
        super().__init__(*arguments, **options)
        field: Any = self.fields["to"]
        field.choices = [
            (value, f"The {label.lower()}") for value, label in EscalatedTo.choices if value not in not_to
        ]


class AcceptForm(forms.Form):
    """``needs_decision`` where the viewer's own word is not enough."""

    decision = DecisionChoice(
        queryset=None,
        label="Decision of the Programme Board",
        empty_label="None",
        help_text=f"From the register of decisions: the newest {OFFERED} of those that approve.",
        error_messages={"required": "Name the decision of the board that accepts it"},
    )
    expires = NearDateField(
        label="Accepted until", help_text="On that day it is back in review. At most a year ahead."
    )
    reason = ReasonField(label="Why it is carried as it is", error_messages={"required": "Say why"})

    def __init__(self, *arguments: Any, viewer: User, needs_decision: bool, longest: int, **options: Any):
        super().__init__(*arguments, **options)
        fields: dict[str, Any] = self.fields
        newest = decisions(viewer).filter(date__lte=calendar.today())[:OFFERED]
        fields["decision"].queryset = Decision.objects.filter(pk__in=newest.values("pk"))
        fields["decision"].required = needs_decision
        fields["expires"].help_text = f"On that day it is back in review. At most {longest} months ahead."
        self.longest = longest

    def clean_expires(self) -> datetime.date:
        """Said here too, with all else that is wrong."""
        day = self.cleaned_data["expires"]
        if words := accepting.expiry_refusal(day, today=calendar.today(), months=self.longest):
            raise forms.ValidationError(words)
        return day


class MaterialiseForm(forms.Form):
    """The issue that a risk becomes."""

    title = PlainCharField(label="Name of the issue", max_length=200)
    what_happened = PlainTextField(label="What has happened", max_length=2000, rows=3)
    severity = forms.ChoiceField(choices=Severity.choices, widget=forms.RadioSelect)
    owner = PersonChoice(label="Owner of the issue", required=False)
    plan = PlainTextField(label="What is done about it", max_length=2000, rows=3, required=False)
    due = DueField(label="To be resolved by", required=False)
    reason = ReasonField(label="How it is known that it happened")

    def __init__(self, *arguments: Any, viewer: User, risk: Risk, **options: Any):
        super().__init__(*arguments, **options)
        self.fields["owner"].offer(viewer=viewer, holder=risk.owner)  # type: ignore[attr-defined]


class PlannedForm(forms.Form):
    """An action on a risk; with an ``action``, its change."""

    what = PlainTextField(
        label="What is done", max_length=1000, rows=3, error_messages={"required": "Say what is done"}
    )
    owner = PersonChoice(
        label="By whom", empty_label="Choose somebody", error_messages={"required": "Choose who does it"}
    )
    due = DueField(label="Until", error_messages={"required": "Say until when it is done"})
    reason = ReasonField()

    def __init__(self, *arguments: Any, viewer: User, action: RiskAction | None = None, **options: Any):
        super().__init__(*arguments, **options)
        self.fields["owner"].offer(viewer=viewer, holder=action.owner if action else None)  # type: ignore[attr-defined]
        self.fields["due"].kept = action.due if action else None  # type: ignore[attr-defined]
        if action is None:
            self.fields["reason"].required = False
            self.fields["reason"].help_text = "Why this action, if there is more to say."


class DoneForm(forms.Form):
    done_on = NearDateField(label="Done on")
    how_it_went = PlainTextField(
        label="How it went", max_length=1000, rows=3, required=False, help_text="What it has changed."
    )

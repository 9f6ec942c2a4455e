"""An issue: what has happened, how much it hurts, what is done about it and what is asked of a body."""

from __future__ import annotations

from typing import Any

from django import forms

from programme.foundation import calendar
from programme.foundation.form_fields import PlainCharField, PlainTextField, ReasonField
from programme.people.forms import PersonChoice
from programme.people.models import User
from programme.portfolio.forms.project import OFFERED, DecisionChoice
from programme.portfolio.models import Body, Decision

from ..choices import Severity
from ..models import Issue
from .moves import DueField, NearDateField
from .placed import PlacedForm

BOTH = "A decision is asked of a body: fill in both, or neither"


class Asking(forms.Form):
    """A question to a body; both empty takes it back."""

    decision_asked = PlainTextField(
        label="Decision asked for",
        max_length=1000,
        rows=3,
        required=False,
        help_text="As a question that can be answered with yes or no.",
    )
    asked_of = forms.ModelChoiceField(queryset=None, label="Of whom", required=False, empty_label="Nobody")

    def offer_bodies(self, viewer: User) -> None:
        self.fields["asked_of"].queryset = Body.objects.visible_to(viewer).live()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if {"decision_asked", "asked_of"} <= set(data):
            asked, body = data["decision_asked"], data["asked_of"]
            if bool(asked) != bool(body):
                self.add_error("asked_of" if asked else "decision_asked", BOTH)
        return data


class AskForm(Asking):
    reason = ReasonField()

    def __init__(self, *arguments: Any, viewer: User, **options: Any):
        super().__init__(*arguments, **options)
        self.offer_bodies(viewer)


class IssueForm(PlacedForm):
    title = PlainCharField(
        label="Name", max_length=200, help_text="A few words by which people find it in a list."
    )
    what_happened = PlainTextField(label="What has happened", max_length=2000, rows=3)
    severity = forms.ChoiceField(choices=Severity.choices, widget=forms.RadioSelect)
    owner = PersonChoice(label="Owner", required=False)
    plan = PlainTextField(label="What is done about it", max_length=2000, rows=3, required=False)
    due = DueField(label="To be resolved by", required=False)

    main_names: tuple[str, ...] = (
        "title",
        "what_happened",
        "severity",
        "place",
        "project",
        "owner",
        "plan",
        "due",
    )

    first = main_names

    def __init__(self, *arguments: Any, viewer: User, issue: Issue | None = None, **options: Any):
        super().__init__(*arguments, viewer=viewer, held=issue.scope if issue else None, **options)
        fields: dict[str, Any] = self.fields
        fields["owner"].offer(viewer=viewer, holder=issue.owner if issue else None)
        fields["due"].kept = issue.due if issue else None

    @property
    def main_fields(self) -> list[Any]:
        return self.group(*self.main_names)


class RaiseIssueForm(Asking, IssueForm):
    """What is asked of a body may be said at once."""

    main_names = (*IssueForm.main_names, "decision_asked", "asked_of")
    first = main_names

    def __init__(self, *arguments: Any, viewer: User, **options: Any):
        super().__init__(*arguments, viewer=viewer, **options)
        self.offer_bodies(viewer)
        self.fields["reason"].required = False
        self.fields["reason"].help_text = "Why it is raised now, if there is more to say."


class AnswerForm(forms.Form):
    """The decision that answers what was asked; it may also be a refusal."""

    decision = DecisionChoice(
        queryset=None,
        label="Decision",
        empty_label="Choose a decision",
        help_text=f"From the register of decisions, the newest {OFFERED}, also those that refuse.",
    )
    reason = ReasonField()

    def __init__(self, *arguments: Any, viewer: User, **options: Any):
        super().__init__(*arguments, **options)
        newest = Decision.objects.visible_to(viewer).live().filter(date__lte=calendar.today())[:OFFERED]
        known = Decision.objects.filter(pk__in=newest.values("pk"))
        self.fields["decision"].queryset = known  # type: ignore[attr-defined]


class ResolveForm(forms.Form):
    how_resolved = PlainTextField(
        label="How it was resolved",
        max_length=2000,
        rows=3,
        error_messages={"required": "Say how it was resolved"},
    )
    resolved_on = NearDateField(
        label="Resolved on", required=False, help_text="Leave it empty if it was today."
    )
    reason = ReasonField(label="How that is known")

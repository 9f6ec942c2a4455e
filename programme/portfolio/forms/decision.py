"""Decisions taken on paper, entered in the register and corrected there."""

from __future__ import annotations

from typing import Any

from django import forms

from programme.foundation.form_fields import GovDateField, PlainCharField, PlainTextField
from programme.people.models import User

from ..choices import Outcome
from ..models import Body
from .classified import ClassifiedForm


class DecisionForm(ClassifiedForm):
    first = ("date", "question", "outcome", "reasons")

    date = GovDateField(label="Date of the decision")
    question = PlainTextField(label="Question", max_length=1000, rows=3, help_text="What was to be decided.")
    outcome = forms.ChoiceField(choices=Outcome.choices, widget=forms.RadioSelect)
    reasons = PlainTextField(
        label="Reasons for the decision", max_length=4000, help_text="As the paper or the minutes give them."
    )


class NewDecisionForm(DecisionForm):
    first = ("body", "reference", *DecisionForm.first)

    body = forms.ModelChoiceField(queryset=None, label="Taken by", empty_label="Choose a body")
    reference = PlainCharField(
        label="Reference",
        max_length=20,
        required=False,
        help_text="Only if the paper carries one, such as TB-2022-014. Leave it empty for the next free one.",
    )

    def __init__(self, *arguments: Any, viewer: User, **options: Any):
        super().__init__(*arguments, **options)
        self.fields["body"].queryset = Body.objects.visible_to(viewer).live()

"""A risk that threatens a benefit, chosen by its reference."""

from __future__ import annotations

from typing import Any

from django import forms

from programme.foundation.form_fields import PlainCharField, PlainTextField, ReasonField
from programme.people.models import User
from risks.models import Risk


class ThreatForm(forms.Form):
    """A risk by its reference: any that the viewer may see and that may still happen."""

    risk = PlainCharField(
        label="Risk", max_length=12, help_text="The reference of a risk of the register, such as R-012."
    )
    note = PlainTextField(
        label="What it would take from the benefit",
        max_length=500,
        required=False,
        rows=2,
        help_text="One sentence: how much, or from when on.",
    )
    reason = ReasonField()

    def __init__(self, *arguments: Any, viewer: User, **options: Any):
        super().__init__(*arguments, **options)
        self.viewer = viewer

    def clean_risk(self) -> Risk:
        ref = self.cleaned_data["risk"].upper()
        found = Risk.objects.visible_to(self.viewer).live().filter(ref=ref).first()
        if found is None:
            raise forms.ValidationError(f"There is no risk {ref} in the register: look it up in the list")
        return found

"""Dismissing a warning of double counting, and taking that back."""

from __future__ import annotations

from django import forms

from programme.foundation.form_fields import ReasonField

from ..rules.double_counting import LONGEST


class DismissForm(forms.Form):
    reason = ReasonField(
        label="Why it is no double counting",
        max_length=LONGEST,
        help_text="It stands beside the warning for everybody who may see it, and in the history. It lapses "
        "when an amount grows, another line joins or the budget shrinks.",
    )


class TakeBackForm(forms.Form):
    reason = ReasonField(label="Why the warning stands again")

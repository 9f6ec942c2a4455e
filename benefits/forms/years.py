"""Closing a year."""

from __future__ import annotations

from django import forms

from programme.foundation.form_fields import ReasonField


class CloseForm(forms.Form):
    reason = ReasonField(help_text="Such as: accounts closed and audited. It stays in the history.")

"""A file of budgets: first the file itself, then the word that what it changes is right."""

from __future__ import annotations

from typing import Any

from django import forms

from programme.foundation import calendar
from programme.foundation.form_fields import GovDateField, PlainCharField, ReasonField

from ..rules import budget_file


class UploadForm(forms.Form):
    """Gives the file's text as ``file``; nothing is saved by it."""

    file = forms.FileField(
        label="File of budgets",
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
        help_text=(
            "A CSV whose first row names the columns: code, year, amount, and name if you like. "
            f"Up to {budget_file.MOST_ROWS:,} rows, in pounds."
        ),
        error_messages={
            "required": "Choose a file",
            "empty": "The file is empty. Its first row names the columns: code, year, amount.",
        },
        max_length=None,
    )
    source = PlainCharField(
        label="Source", max_length=200, help_text="Such as: General ledger, report BUD01, period 2."
    )
    as_at = GovDateField(label="As at", help_text="The day on which the ledger said so.")

    def clean_file(self) -> Any:
        """The file's text. Every problem in it is a sentence that names row and column."""
        upload = self.cleaned_data["file"]
        data = upload.read(budget_file.MOST_BYTES + 1)
        try:
            budget_file.read(data)
        except budget_file.Unreadable as found:
            raise forms.ValidationError(found.sentences) from found
        return data.decode("utf-8-sig")

    def clean_as_at(self) -> Any:
        day = self.cleaned_data["as_at"]
        if day and day > calendar.today():
            raise forms.ValidationError("The source cannot be of a day in the future")
        return day


class LoadForm(forms.Form):
    """``held`` is the file as it was looked at, signed."""

    held = forms.CharField(widget=forms.HiddenInput)
    reason = ReasonField(help_text="Such as: budgets of 2023/24 as set by Council. It stays in the history.")


class WithdrawForm(forms.Form):
    reason = ReasonField()

"""The settings of benefits: each box refuses what the payback page would refuse in its address."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from django import forms

from programme.foundation.form_fields import GovDateField, PlainCharField, ReasonField

from ..actions.settings import DATE_NEEDS_WORDS, WORDS_NEED_DATE
from .payback import EARLIEST, LATEST, HorizonField, RateField

FEWEST, MOST = 3, 50


class PostsField(forms.Field):
    """A number of posts, 3 to 50: with fewer a total would give single posts away."""

    def to_python(self, value: Any) -> int:
        text = str(value or "").strip()
        if not re.fullmatch(r"\d{1,4}", text, re.ASCII) or not FEWEST <= int(text) <= MOST:
            shown = text[:20] or "Nothing"
            raise forms.ValidationError(
                f"“{shown}” is not a smallest group; write a whole number of posts from {FEWEST} to {MOST}."
            )
        return int(text)


class SettingsForm(forms.Form):
    discount_rate = RateField(
        label="Discount rate, per cent",
        help_text="Real, a year, such as 3.5: the Green Book’s rate for years 0 to 30.",
    )
    horizon = HorizonField(label="Horizon, years", help_text="10 is years 0 to 9.")
    horizon_date = GovDateField(
        label="Horizon date, an assumption",
        required=False,
        help_text="Where the payback page splits the net gain. Empty where nothing is assumed.",
    )
    horizon_date_words = PlainCharField(
        label="What happens on that date",
        max_length=120,
        required=False,
        help_text="Such as: a successor authority takes over.",
    )
    smallest_group = PostsField(
        label="Fewest posts behind a total that others see",
        help_text="Totals of staffing lines with fewer posts behind them are withheld from those who may not "
        "read exempt lines. Unknown counts as too few.",
    )
    reason = ReasonField()

    def __init__(self, *arguments: Any, **options: Any):
        super().__init__(*arguments, **options)
        for name in ("discount_rate", "horizon", "smallest_group"):
            self.fields[name].widget.attrs |= {"class": "govuk-input--width-5", "inputmode": "decimal"}

    def clean_discount_rate(self) -> Decimal:
        rate: Decimal = self.cleaned_data["discount_rate"]
        if rate != round(rate, 2):
            raise forms.ValidationError("At most two figures after the point, such as 3.25.")
        return rate

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        day, words = data.get("horizon_date"), data.get("horizon_date_words")
        if day and not EARLIEST <= day <= LATEST:
            self.add_error("horizon_date", "Horizon date must be between 1 April 1990 and 31 March 2099")
        if day and not words and "horizon_date_words" not in self.errors:
            self.add_error("horizon_date_words", DATE_NEEDS_WORDS)
        if words and not day and "horizon_date" not in self.errors:
            self.add_error("horizon_date", WORDS_NEED_DATE)
        return data

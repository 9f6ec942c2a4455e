"""Where a figure comes from, asked for beside the figure."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms

from programme.foundation import calendar
from programme.foundation.form_fields import GovDateField, PlainCharField
from programme.foundation.sources import Basis, PriceBase


class SourcedForm(forms.Form):
    """Source, place, as-at date and basis of figures that are not money."""

    source_document = PlainCharField(
        label="Source",
        max_length=200,
        help_text="The document, spreadsheet, ledger or post that the figures come from.",
    )
    source_place = PlainCharField(
        label="Place in the source", max_length=200, required=False, help_text="A section, page or cell."
    )
    source_as_at = GovDateField(label="As at", help_text="The day on which the source says how it stood.")
    basis = forms.ChoiceField(choices=Basis.choices, initial=Basis.ESTIMATE)

    def clean_source_as_at(self) -> datetime.date:
        day = self.cleaned_data["source_as_at"]
        if day > calendar.today():
            raise forms.ValidationError("As at cannot be in the future: no source knows that yet")
        return day


class PricedForm(SourcedForm):
    """Amounts of money have a price base as well."""

    price_base = forms.ChoiceField(
        label="Prices",
        choices=PriceBase.choices,
        initial=PriceBase.NOMINAL,
        help_text="Nominal: the money of each year itself. Real: the prices of one year.",
    )
    price_year = forms.IntegerField(
        label="Prices of the year",
        required=False,
        min_value=1990,
        max_value=2098,
        help_text="Only for real prices, such as 2022.",
        error_messages={"invalid": "Prices of the year must be a year in four figures, such as 2022"},
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("price_base") == PriceBase.NOMINAL:
            data["price_year"] = None
        elif "price_base" in data and "price_year" in data and not data["price_year"]:
            self.add_error("price_year", "Real prices need their year")
        return data

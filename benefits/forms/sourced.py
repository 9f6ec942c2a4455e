"""Where a figure comes from: asked for with every figure that is entered."""

from __future__ import annotations

from typing import Any

from django import forms

from programme.foundation import calendar
from programme.foundation.form_fields import GovDateField, PlainCharField
from programme.foundation.sources import Basis, PriceBase

SOURCE = ("source_document", "source_place", "source_as_at", "basis", "price_base", "price_year")


class SourcedForm(forms.Form):
    """Source, place, as-at date, basis and price base of a figure."""

    source_document = PlainCharField(
        label="Source",
        max_length=200,
        help_text="The document, spreadsheet or ledger, or the post of the person.",
        error_messages={"required": "Say where the figure comes from"},
    )
    source_place = PlainCharField(
        label="Place in the source",
        max_length=200,
        required=False,
        help_text="Page, section, table, or sheet and cell.",
    )
    source_as_at = GovDateField(label="As at", help_text="The day on which the figure held.")
    basis = forms.ChoiceField(choices=Basis.choices, initial=Basis.ESTIMATE)
    price_base = forms.ChoiceField(
        label="Prices", choices=PriceBase.choices, widget=forms.RadioSelect, initial=PriceBase.NOMINAL
    )
    price_year = forms.IntegerField(
        label="Prices of the year",
        required=False,
        min_value=1990,
        max_value=2100,
        help_text="Only for real prices: the year whose prices they are, such as 2022.",
    )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        day, base, year = data.get("source_as_at"), data.get("price_base"), data.get("price_year")
        if day and day > calendar.today():
            self.add_error("source_as_at", "A figure cannot hold as at a day that has not come")
        if base == PriceBase.REAL and "price_year" in data and not year:
            self.add_error("price_year", "Real prices need their year")
        elif base == PriceBase.NOMINAL:
            data["price_year"] = None
        return data

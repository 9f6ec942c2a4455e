"""Which savings are added up: filters of the savings page, kept in its address."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from ..choices import Category, Deliverability, Frequency, Kind
from ..reading.outlook import CUTS, Asked
from ..rules.totals import Axis
from .addresses import NOBODY, RUN_RATE

FROM_AXIS = {
    Axis.CATEGORY: Category.choices,
    Axis.DELIVERABILITY: Deliverability.choices,
    Axis.KIND: Kind.choices,
    Axis.FREQUENCY: Frequency.choices,
}


class SavingsFilters(forms.Form):
    """``names`` are the workstreams by slug. What the address cannot mean is named beside its filter."""

    workstream = forms.ChoiceField(required=False)
    category = forms.ChoiceField(required=False)
    deliverability = forms.ChoiceField(required=False)
    kind = forms.ChoiceField(required=False)
    frequency = forms.ChoiceField(required=False)
    by = forms.CharField(required=False, widget=forms.HiddenInput)
    basis = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Mapping[str, Any], *, names: Mapping[str, str]):
        super().__init__(data)
        choices: dict[Axis, Any] = {Axis.WORKSTREAM: [(slug or NOBODY, name) for slug, name in names.items()]}
        for axis, offered in (choices | FROM_AXIS).items():
            field: Any = self.fields[axis.value]
            field.choices = [("", "Any"), *offered]
        self.axis = next((axis for axis in CUTS if axis.value == data.get("by")), Axis.YEAR)
        self.carried = self.axis is Axis.YEAR and data.get("basis") == RUN_RATE

    @property
    def asked(self) -> Asked:
        """The question; only once the form is valid."""
        chosen = [
            (Axis(name), "" if (name, value) == ("workstream", NOBODY) else value)
            for name, value in self._chosen()
        ]
        return Asked(self.axis, self.carried, tuple(chosen))

    @property
    def described(self) -> list[tuple[str, str]]:
        """The filters in force, as label and words."""
        if not self.is_valid():
            return []
        return [
            (str(self[name].label), dict(self.fields[name].choices)[value])  # type: ignore[attr-defined]
            for name, value in self._chosen()
        ]

    def _chosen(self) -> list[tuple[str, str]]:
        found = self.cleaned_data.items()
        return [(name, value) for name, value in found if value and name not in ("by", "basis")]

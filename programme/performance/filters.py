"""Filters of the register of measures."""

from __future__ import annotations

from typing import Any

from programme.foundation.filters import ChoiceFilter, RecordFilter, RecordFilters, SearchFilter, YesNoFilter
from programme.portfolio.models import Workstream

from .choices import Direction, Frequency

LACKING = [("owner", "An owner"), ("baseline", "A baseline"), ("target", "A target")]


class MeasureFilters(RecordFilters):
    q = SearchFilter(["ref", "name", "definition"])
    workstream = RecordFilter(Workstream, to_field_name="slug")
    direction = ChoiceFilter(choices=Direction.choices, label="Better")
    frequency = ChoiceFilter(choices=Frequency.choices, label="Read")
    lacks = ChoiceFilter(choices=LACKING, method="without", label="Still lacks")
    confirmed = YesNoFilter(method="looked_at", label="Figures confirmed")

    def without(self, rows: Any, name: str, value: str) -> Any:
        return rows.filter(**{f"{value}__isnull": True})

    def looked_at(self, rows: Any, name: str, value: bool) -> Any:
        return rows.exclude(confirmed_by=None) if value else rows.filter(confirmed_by=None)

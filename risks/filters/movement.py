"""Filters of movement: since when, what happened, and which risks."""

from __future__ import annotations

from typing import Any

from programme.foundation.filters import ChoiceFilter

from ..choices import Movement
from .matrix import PastDayFilter, WholeFilters


class KindFilter(ChoiceFilter):
    """What happened is not known to the database: the page chooses by it."""

    def filter(self, queryset: Any, value: Any) -> Any:
        return queryset


class MovementFilters(WholeFilters):
    since = PastDayFilter(label="Since the end of")
    kind = KindFilter(
        choices=[pair for pair in Movement.choices if pair[0] != Movement.SAME], label="What happened"
    )

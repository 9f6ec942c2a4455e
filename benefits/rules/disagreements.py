"""Headlines of one measure that differ from each other, with the differences to the pound.

Nothing is explained here: a difference stands until a reconciliation accounts for it.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Generic, TypeVar

Value = Decimal | datetime.date
Figure = TypeVar("Figure")


@dataclass(frozen=True)
class Against(Generic[Figure]):
    """A figure, and by how much it exceeds the first of its measure: pounds or per cent; days for dates."""

    figure: Figure
    difference: Decimal


@dataclass(frozen=True)
class Disagreement(Generic[Figure]):
    """Figures of one measure that are not all the same, in the order in which they were stated."""

    measure: str
    figures: tuple[Against[Figure], ...]

    @property
    def spread(self) -> Decimal:
        """From the lowest to the highest."""
        values = [one.difference for one in self.figures]
        return max(values) - min(values)


def disagreements(figures: Iterable[tuple[str, Value, Figure]]) -> tuple[Disagreement[Figure], ...]:
    """The measures whose figures, given as (measure, value, figure), are not all equal."""
    groups: dict[str, list[tuple[Value, Figure]]] = {}
    for measure, value, figure in figures:
        groups.setdefault(measure, []).append((value, figure))
    return tuple(
        Disagreement(measure, tuple(Against(one, exceeds(value, group[0][0])) for value, one in group))
        for measure, group in groups.items()
        if len({value for value, _ in group}) > 1
    )


def exceeds(value: Any, other: Any) -> Decimal:
    """``value`` less ``other``; dates in days. Raises TypeError for an amount and a date."""
    if isinstance(value, datetime.date) != isinstance(other, datetime.date):
        raise TypeError("An amount and a date cannot differ by anything.")
    gap = value - other
    return Decimal(gap.days) if isinstance(gap, datetime.timedelta) else gap

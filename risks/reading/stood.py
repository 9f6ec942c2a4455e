"""The risks of a cell as they stood on a past day, read a page at a time."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import Q, Value

from programme.people.models import User

from ..models import Risk
from ..rules.scoring import Score
from .cells import fillings

AT_A_TIME = 500
ANY = object()  # whichever score there is, or none


class StoodRows(Sequence[Any]):
    """Rows of history in the order of the register: how many there are is known, and only those that are
    shown are read. Each has ``query``, what the page's address says of the day."""

    def __init__(self, numbers: Sequence[int], query: str):
        self.numbers, self.query = numbers, query

    def __len__(self) -> int:
        return len(self.numbers)

    def __getitem__(self, asked: Any) -> Any:
        if isinstance(asked, slice):
            return self._read(self.numbers[asked])
        return self._read([self.numbers[asked]])[0]

    def __iter__(self) -> Iterator[Any]:
        for start in range(0, len(self), AT_A_TIME):
            yield from self[start : start + AT_A_TIME]

    def _read(self, numbers: Sequence[int]) -> list[Any]:
        rows = (
            Risk.history.filter(history_id__in=list(numbers)).select_related("owner__profile").order_by("id")
        )
        return list(rows.annotate(query=Value(self.query)))


def stood(
    user: User, condition: Q, day: datetime.date, *, current: Any = ANY, target: Any = ANY
) -> StoodRows:
    """The risks that stood at the end of ``day`` in a cell (a score, or None: not yet scored), of which
    ``condition`` holds. Which they are is kept with the matrix of that day."""
    now, aim = fillings(user, condition, day)
    numbers: Sequence[int] = now.every if current is ANY else _inside(now.rows, current)
    if target is not ANY:
        there = set(_inside(aim.rows, target))
        numbers = [one for one in numbers if one in there]
    return StoodRows(numbers, f"?as_at={day}")


def _inside(rows: dict[Score | None, Sequence[int]], score: Score | None) -> Sequence[int]:
    return rows.get(score, ())

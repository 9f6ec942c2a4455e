"""What finance agreed of a measure, held against what the measure says now. Pure.

Source: the domain's "Benefits": a benefit is validated when finance has agreed method and baseline.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from programme.foundation.calendar import in_words

UNKNOWN = "not known"


@dataclass(frozen=True)
class Measured:
    """What a measure says of the figure a benefit is held to; ``baseline`` is in words, with its unit."""

    baseline: str
    day: datetime.date | None
    unit: str
    direction: str
    definition: str


def departures(then: Measured, now: Measured, agreed_on: datetime.date) -> tuple[str, ...]:
    """How the measure has moved from what finance agreed that day, in sentences; nothing where it stands."""
    return tuple(_departures(then, now, in_words(agreed_on)))


def _departures(then: Measured, now: Measured, day: str) -> Iterator[str]:
    moved = then.day != now.day
    if moved or (then.baseline, then.unit) != (now.baseline, now.unit):
        before, after = _baseline(then, dated=moved), _baseline(now, dated=moved)
        if before == after:  # a count has no unit beside its figure
            before, after = f"{before} ({then.unit})", f"{after} ({now.unit})"
        yield f"The baseline agreed on {day} was {before}; it is now {after}: finance has not agreed it."
    if then.direction != now.direction:
        before, after = then.direction.lower(), now.direction.lower()
        yield f"On {day} it was agreed that {before}; now {after}: finance has not agreed it."
    if then.definition != now.definition:
        yield f"The definition agreed on {day} was changed since: finance has not agreed it."


def _baseline(measured: Measured, *, dated: bool) -> str:
    words = measured.baseline or UNKNOWN
    return f"{words} on {in_words(measured.day)}" if dated and measured.day else words

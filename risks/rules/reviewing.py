"""When a risk is to be reviewed. Pure. Source: the domain's "Risks and issues".

Severe and high monthly, medium quarterly, low six-monthly, not yet scored monthly; all of them settings.
"""

from __future__ import annotations

import calendar
import datetime
from dataclasses import dataclass
from typing import Any

from ..choices import Band, ReviewOutcome
from .scoring import Scores


@dataclass(frozen=True)
class Intervals:
    """Months between two reviews, by band."""

    severe: int = 1
    high: int = 1
    medium: int = 3
    low: int = 6
    not_scored: int = 1

    def months(self, band: str | None) -> int:
        """For a band, or for None: not yet scored."""
        if band is None:
            return self.not_scored
        return {
            Band.SEVERE: self.severe,
            Band.HIGH: self.high,
            Band.MEDIUM: self.medium,
            Band.LOW: self.low,
        }[Band(band)]


def months_after(day: datetime.date, months: int) -> datetime.date:
    """The same day ``months`` later, or the last of that month where it has no such day.

    31 January and one month is 28 or 29 February. The last year of the calendar is the limit.
    """
    number = day.year * 12 + day.month - 1 + months
    year, month = number // 12, number % 12 + 1
    if year > datetime.MAXYEAR:
        return datetime.date.max
    return datetime.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def due(
    since: datetime.date,
    band: str | None,
    intervals: Intervals,
    *,
    accepted_until: datetime.date | None = None,
) -> datetime.date:
    """When the next review falls due, counted from the last one or from the day the risk was raised.

    What is accepted until a day is back in review on that day at the latest.
    """
    by_band = months_after(since, intervals.months(band))
    return by_band if accepted_until is None else min(by_band, accepted_until)


def is_overdue(review_due: datetime.date | None, today: datetime.date) -> bool:
    """Whether the day is past; on the day itself it is due, not overdue."""
    return review_due is not None and review_due < today


def outcome(before: Scores, after: Scores) -> ReviewOutcome:
    """What a review did: it scores for the first time, changes, confirms, or leaves unscored."""
    if after.current is None:
        return ReviewOutcome.CHANGED if before.current is not None else ReviewOutcome.LEFT_UNSCORED
    if before.current is None:
        return ReviewOutcome.FIRST_SCORED
    return ReviewOutcome.CONFIRMED if before == after else ReviewOutcome.CHANGED


def last_looked_at(risk: Any) -> datetime.date:
    """The day from which the next review is counted."""
    return risk.last_reviewed or risk.raised_on

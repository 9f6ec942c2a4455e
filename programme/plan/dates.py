"""Dates that cannot be: pure rules for the four pairs of dates of an activity or milestone.

A plan keeps dates from 1990 to 2098; whatever lies outside is a slip of the keyboard. Source: the domain's
"Plan": activities last, milestones are points; what has happened cannot lie in the future.
"""

from __future__ import annotations

from datetime import date
from typing import Protocol

from programme.foundation.calendar import WorkingCalendar, in_words
from programme.foundation.money import FinancialYear
from programme.plan.choices import Precision

EARLIEST, LATEST = date(1990, 1, 1), date(2098, 12, 31)
FIELDS = (
    "earliest_start",
    "forecast_start",
    "forecast_finish",
    "actual_start",
    "actual_finish",
)


class Dated(Protocol):
    """What the rules read of an activity or milestone."""

    earliest_start: date | None
    forecast_start: date | None
    forecast_finish: date | None
    actual_start: date | None
    actual_finish: date | None

    @property
    def is_milestone(self) -> bool: ...


def problems(dated: Dated, *, today: date) -> dict[str, str]:
    """What is wrong, by field, in words; empty when every date can be. One sentence a field."""
    found = _outside(dated)
    if dated.is_milestone:
        for field in ("forecast_start", "actual_start"):
            if getattr(dated, field):
                found.setdefault(field, "A milestone is a point: it has no start.")
    elif dated.forecast_start is None:
        found.setdefault("forecast_start", "An activity needs a forecast start.")
    for pair in ("forecast", "actual"):
        start, finish = getattr(dated, f"{pair}_start"), getattr(dated, f"{pair}_finish")
        if start and finish and finish < start:
            found.setdefault(f"{pair}_finish", f"The {pair} finish cannot be before the {pair} start.")
    _refuse_forecast_before_begun(dated, found)
    for field in ("actual_start", "actual_finish"):
        day = getattr(dated, field)
        if day and day > today:
            found.setdefault(field, "An actual date cannot be in the future.")
    return found


def _outside(dated: Dated) -> dict[str, str]:
    words = f"Plans are kept from {EARLIEST.year} to {LATEST.year}: check the year."
    days = ((field, getattr(dated, field)) for field in FIELDS)
    return {field: words for field, day in days if day and not EARLIEST <= day <= LATEST}


def _refuse_forecast_before_begun(dated: Dated, found: dict[str, str]) -> None:
    """Work under way cannot be forecast to finish before the day it began."""
    begun, finish = dated.actual_start, dated.forecast_finish
    if begun and finish and not dated.actual_finish and finish < begun:
        words = f"It began on {in_words(begun)}: it cannot be forecast to finish before that."
        found.setdefault("forecast_finish", words)


def stated(day: date | None, precision: str) -> str:
    """A planned date as exactly as it is known: `6 July 2022`, `August 2022`, `2023/24`; unknown is empty."""
    if day is None:
        return ""
    if precision == Precision.MONTH:
        return f"{day:%B} {day.year}"
    return str(FinancialYear.of(day)) if precision == Precision.FINANCIAL_YEAR else in_words(day)


def hint(day: date | None, calendar: WorkingCalendar) -> str:
    """A sentence about a date that is not a working day: such dates are kept, and said to be so."""
    if day is None or calendar.is_working_day(day):
        return ""
    kind = f"a {day:%A}" if day.weekday() >= 5 else "a bank holiday"
    return f"{in_words(day)} is {kind}, not a working day."

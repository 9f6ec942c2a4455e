"""Slip: by how much a date has moved against the first approved date and against the current baseline.

Pure rules, no models. The date that counts is the actual one, else the forecast. Slip is counted in working
days (what the work has lost) and in calendar days (what the reader of two dates would count).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from programme.foundation.calendar import WorkingCalendar
from programme.plan.dependencies import count_working_days


@dataclass(frozen=True, slots=True)
class Slip:
    """From a planned date to the one that counts; the numbers are positive when late, negative when early."""

    planned: date
    counted: date
    working_days: int
    calendar_days: int

    @property
    def late(self) -> bool:
        return self.calendar_days > 0

    @property
    def early(self) -> bool:
        return self.calendar_days < 0

    @property
    def words(self) -> str:
        """`on time`, `12 working days late`, `1 day early, no working day`."""
        if not self.calendar_days:
            return "on time"
        direction = "late" if self.late else "early"
        if self.working_days:
            return f"{count_working_days(abs(self.working_days))} {direction}"
        days = abs(self.calendar_days)
        return f"{days} day{'' if days == 1 else 's'} {direction}, no working day"

    @property
    def sentence(self) -> str:
        """The words with a capital, for a cell of their own."""
        return self.words[:1].upper() + self.words[1:]


@dataclass(frozen=True, slots=True)
class Slippage:
    """Against the original and the approved date; None where one of the two dates is not known."""

    against_original: Slip | None
    against_approved: Slip | None

    @property
    def words(self) -> str:
        """A sentence's worth: `12 working days late; on time against the original date`."""
        approved, original = self.against_approved, self.against_original
        if approved is None:
            return f"{original.words} against the original date" if original else "slip not known"
        if original is None or original == approved:
            return approved.words
        return f"{approved.words}; {original.words} against the original date"


def slip(planned: date | None, counted: date | None, calendar: WorkingCalendar) -> Slip | None:
    """How far `counted` lies from `planned`; None while either is not known."""
    if planned is None or counted is None:
        return None
    return Slip(planned, counted, calendar.lateness(planned, counted), (counted - planned).days)


def slippage(
    *,
    original: date | None,
    approved: date | None,
    forecast: date | None,
    actual: date | None,
    calendar: WorkingCalendar,
) -> Slippage:
    """Slip of the actual date, else of the forecast, against the original and the approved date."""
    counted = actual or forecast
    return Slippage(slip(original, counted, calendar), slip(approved, counted, calendar))


def overdue(forecast: date, actual: date | None, today: date, calendar: WorkingCalendar) -> str:
    """`overdue by 3 working days` where the forecast has passed and it is not done; else empty."""
    if actual or forecast >= today:
        return ""
    days = calendar.lateness(forecast, today)
    return f"overdue by {count_working_days(days)}" if days else "overdue"

"""How an activity or milestone stands on a day, in words and working days, for every table of the plan."""

import datetime
from dataclasses import dataclass
from functools import cached_property

from portal.pages.milestones import is_past
from programme.foundation import calendar
from programme.plan.choices import Precision
from programme.plan.models import Activity

EXACT: dict[str, str] = {Precision.MONTH: "The month", Precision.FINANCIAL_YEAR: "The financial year"}


@dataclass(frozen=True)
class Standing:
    """One entry of the plan on ``day``."""

    entry: Activity
    day: datetime.date

    @property
    def is_done(self) -> bool:
        return self.entry.actual_finish is not None

    @property
    def is_overdue(self) -> bool:
        """Its forecast has gone by without it being done."""
        return not self.is_done and is_past(self.entry.forecast_finish, self.entry.precision, self.day)

    @cached_property
    def slip(self) -> int | None:
        """Working days after the approved finish, negative when before; None where none is approved."""
        return lateness(self.entry.approved_finish, self.entry.latest_finish)

    @property
    def is_late(self) -> bool:
        return (self.slip or 0) > 0

    @property
    def words(self) -> str:
        """Done, overdue, late, under way, or to come."""
        if self.is_done:
            return "Done"
        if self.is_overdue:
            return "Overdue"
        if self.is_late:
            return "Late"
        return "Under way" if self.entry.actual_start else "To come"

    @property
    def exact_to(self) -> str | None:
        """How exact its dates are, where that is not the day."""
        return EXACT.get(self.entry.precision)

    @property
    def importance(self) -> tuple[int, int, datetime.date, str]:
        """Sorts what a board should read first to the front: overdue, late (the latest first), what comes
        next, what was done most recently."""
        entry = self.entry
        if self.is_done:
            days = (datetime.date.max - entry.latest_finish).days
            return 3, days, entry.latest_finish, entry.ref
        rank = 0 if self.is_overdue else 1 if self.is_late else 2
        return rank, -(self.slip or 0) if rank == 1 else 0, entry.forecast_finish, entry.ref


def lateness(planned: datetime.date | None, counted: datetime.date | None) -> int | None:
    """Working days by which the second date lies after the first; None where either is unknown."""
    if planned is None or counted is None:
        return None
    return calendar.england().lateness(planned, counted)

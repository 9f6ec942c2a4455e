"""Records of the foundation: the clock, and the jobs, mail, forms and tallies that its modules keep."""

from __future__ import annotations

import datetime

from django.db import models
from django.utils.dateparse import parse_date

from .job_records import Job, WorkerSighting
from .mail_records import OutgoingMail
from .prepared import Prepared
from .sent_forms import SentForm
from .tallies import Tally

__all__ = ["Clock", "Job", "OutgoingMail", "SentForm", "Tally", "WorkerSighting"]


class Clock(models.Model):
    """The portal's one clock. A row with a date stops it there, so that illustrative work is not overdue.

    Not governed: it is set once, by the illustration, and production refuses to start with it.
    """

    fixed_on = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(pk=1), name="foundation_clock_is_one_row"),
        ]

    def __str__(self) -> str:
        return f"fixed on {self.fixed_on}"

    @staticmethod
    def day() -> datetime.date | None:
        """The day on which the clock stands; every request asks."""
        for (day,) in _day():
            return parse_date(day) if isinstance(day, str) else day  # SQLite holds days as words
        return None


_day = Prepared(lambda: Clock.objects.values_list("fixed_on"))

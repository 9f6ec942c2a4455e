"""Financial years: close one, which locks what was claimed and verified in it."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction

from programme.foundation import calendar
from programme.foundation.money import FinancialYear
from programme.people.models import User

from ..closing import closed_years, hold_years
from ..models import Claim, ClosedYear
from ..rules import claiming


@transaction.atomic
def close(*, year: FinancialYear, by: User, reason: str) -> ClosedYear:
    """Locks the claims entered in ``year``: what is wrong in it is corrected in an open year.

    Raises ``ValidationError`` while the year runs, while a claim waits in it, or when it is closed already.
    """
    hold_years(closing=True)
    waiting = Claim.objects.waiting().filter(booked=year).count()
    closed, today = closed_years(), calendar.today()
    if words := claiming.closing_problem(year, closed=closed, waiting=waiting, today=today):
        raise ValidationError({"year": words})
    return ClosedYear(year=year).record(by=by, reason=reason)

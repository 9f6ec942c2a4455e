"""How each financial year stands: what was claimed and verified in it, what waits, whether it is closed."""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Q, Sum

from programme.foundation import calendar
from programme.foundation.money import FinancialYear
from programme.people.models import User

from ..choices import CASHABLE, Category, ClaimStatus
from ..models import Claim, ClosedYear

DELIVERED = Q(line__kind__in=CASHABLE) & ~Q(line__category=Category.NON_FINANCIAL)


@dataclass(frozen=True)
class YearReading:
    """One year, as one reader may see its claims. Pounds; ``verified`` is the full-year effect delivered."""

    year: FinancialYear
    claimed: Decimal
    verified: Decimal
    waiting: int
    sent_back: int
    closed_on: datetime.datetime | None = None
    closed_by: str = ""

    @property
    def is_closed(self) -> bool:
        return self.closed_on is not None

    @property
    def has_ended(self) -> bool:
        return self.year.last < calendar.today()


def years(user: User) -> tuple[YearReading, ...]:
    """From the first year with a claim to today's, latest first. Four queries."""
    sums = _sums(user)
    counts = _counts(user)
    closed = _closed(user)
    today = FinancialYear.of(calendar.today())
    first = min([*sums, *counts, *closed, today.next(-1)])
    every = [FinancialYear(start) for start in range(today.start, first.start - 1, -1)]
    return tuple(
        YearReading(
            year,
            *sums.get(year, (Decimal(0), Decimal(0))),
            waiting=counts[year][ClaimStatus.SUBMITTED],
            sent_back=counts[year][ClaimStatus.SENT_BACK],
            closed_on=closed.get(year, (None, ""))[0],
            closed_by=closed.get(year, (None, ""))[1],
        )
        for year in every
    )


def one_year(user: User, year: FinancialYear) -> YearReading | None:
    """That year, if it is one of those; else None."""
    return next((one for one in years(user) if one.year == year), None)


def _sums(user: User) -> dict[FinancialYear, tuple[Decimal, Decimal]]:
    rows = Claim.objects.visible_to(user).counting().filter(DELIVERED).order_by()
    verified = Sum("full_year", filter=Q(status=ClaimStatus.VERIFIED))
    found = rows.values_list("booked").annotate(claimed=Sum("amount"), verified=verified)
    return {year: (claimed or Decimal(0), full or Decimal(0)) for year, claimed, full in found}


def _counts(user: User) -> dict[FinancialYear, Counter[str]]:
    rows = Claim.objects.visible_to(user).live().order_by()
    found: dict[FinancialYear, Counter[str]] = defaultdict(Counter)
    for year, status, number in rows.values_list("booked", "status").annotate(Count("pk")):
        found[year][status] = number
    return found


def _closed(user: User) -> dict[FinancialYear, tuple[datetime.datetime, str]]:
    """When and by whom each closed year was closed, out of its history."""
    keys = ClosedYear.objects.visible_to(user).live().values("pk")
    rows = ClosedYear.history.filter(id__in=keys).prefetch_related("history_user").order_by("history_id")
    return {row.year: (row.history_date, str(row.history_user)) for row in rows}

"""What was claimed and what finance verified, by line and year, as one reader may see it. Pounds.

Amounts stand in the year they were *entered in*: a correction of a closed year counts in the open one, so
that what a closed year says never moves. A claim counts as claimed while it waits and once it is verified.
Of what releases no cash nothing is ever delivered: its verified amounts are nought (see claiming.py).
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Sum

from programme.foundation.money import FinancialYear, Profile
from programme.people.models import User

from ..choices import ClaimStatus
from ..models import Claim

COUNTING = {ClaimStatus.SUBMITTED, ClaimStatus.VERIFIED}
Row = tuple[int, FinancialYear, str, Decimal | None, Decimal | None, Decimal | None]


@dataclass(frozen=True)
class Delivered:
    """One line: what was claimed, and of it verified as full-year effect and as cash in the year."""

    claimed: Profile = field(default_factory=Profile)
    verified: Profile = field(default_factory=Profile)
    cash: Profile = field(default_factory=Profile)


NOTHING = Delivered()


def by_line(user: User, day: datetime.date | None = None, **lines: Any) -> Mapping[int, Delivered]:
    """By the number of the line; a line that nothing was claimed for is not in it. One query, two at a past
    ``day``. ``lines`` narrows the lines, as a filter does: ``line=line``, ``line__benefit=benefit``."""
    claims = Claim.objects.visible_to(user).filter(**lines)
    sums: dict[int, dict[str, dict[FinancialYear, Decimal]]] = {}
    for line, year, status, claimed, full_year, cash in _rows(claims, day):
        of_line = sums.setdefault(line, {"claimed": {}, "verified": {}, "cash": {}})
        _add(of_line["claimed"], year, claimed)
        if status == ClaimStatus.VERIFIED:
            _add(of_line["verified"], year, full_year)
            _add(of_line["cash"], year, cash)
    return {
        line: Delivered(**{name: Profile(amounts) for name, amounts in parts.items()})
        for line, parts in sums.items()
    }


def _rows(claims: Any, day: datetime.date | None) -> Iterator[Row]:
    if day is None:
        sums = (Sum("amount"), Sum("full_year"), Sum("cash"))
        yield from claims.counting().order_by().values_list("line", "booked", "status").annotate(*sums)
        return
    for one in claims.as_at(day):
        if one.status in COUNTING and not one.withdrawn:
            yield one.line_id, one.booked, one.status, one.amount, one.full_year, one.cash


def _add(amounts: dict[FinancialYear, Decimal], year: FinancialYear, amount: Decimal | None) -> None:
    if amount is not None:
        amounts[year] = amounts.get(year, Decimal(0)) + amount

"""The claims that count, one by one, with what shows them: the sources of what is claimed and delivered."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import prefetch_related_objects

from programme.foundation.money import FinancialYear
from programme.people.models import User

from ..choices import ClaimStatus
from ..models import Claim
from ..rules import claiming
from .delivered import COUNTING


@dataclass(frozen=True)
class CountedClaim:
    """One claim that waits or is verified, in pounds; None where finance has not said, or there is no cash.

    ``booked`` is the year it counts in: another than ``year`` only for a correction of a closed year.
    """

    ref: str
    line: str
    year: FinancialYear
    booked: FinancialYear
    status: str
    claimed: Decimal | None
    full_year: Decimal | None
    cash: Decimal | None
    budget_code: str
    evidence: str
    verified_by: str


def counted_claims(
    user: User, lines: Mapping[int, Any], day: datetime.date | None = None
) -> tuple[CountedClaim, ...]:
    """Those of ``lines`` (by number, with reference, kind and category) that count now or counted at the end
    of ``day``. Three queries, four at a past day."""
    claims = Claim.objects.visible_to(user).filter(line__in=lines)
    found: list[Any] = list(claims.counting() if day is None else claims.as_at(day))
    found = [one for one in found if one.status in COUNTING and not one.withdrawn]
    prefetch_related_objects(found, "verified_by__profile")
    return tuple(_counted(one, lines[one.line_id]) for one in sorted(found, key=lambda one: one.ref))


def _counted(claim: Any, line: Any) -> CountedClaim:
    no_cash = claiming.without_cash(line)
    amounts = (claim.amount, claim.full_year, claim.cash)
    claimed, full_year, cash = (None, None, None) if no_cash else amounts
    return CountedClaim(
        ref=claim.ref,
        line=line.ref,
        year=claim.year,
        booked=claim.booked,
        status=_standing(claim.status, no_cash=no_cash),
        claimed=claimed,
        full_year=full_year,
        cash=cash,
        budget_code=claim.budget_code,
        evidence=", ".join(part for part in (claim.evidence_name, claim.evidence_link) if part),
        verified_by=str(claim.verified_by or ""),
    )


def _standing(status: str, *, no_cash: bool) -> str:
    if status == ClaimStatus.VERIFIED:
        return "Confirmed" if no_cash else "Verified"
    return "Waits for the programme office" if no_cash else "Waits for finance"

"""How a line stands, year by year: what is approved and forecast, beside what was claimed and verified."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from programme.foundation.money import FinancialYear, Profile, pounds
from programme.foundation.tables import EMPTY
from programme.people.models import User

from ..choices import AmountKind
from ..models import BenefitAmount, BenefitLine
from . import delivered


@dataclass(frozen=True)
class YearOfLine:
    """One year of one line, in pounds; unknown is None, never nought."""

    year: FinancialYear
    approved: Decimal | None
    forecast: Decimal | None
    claimed: Decimal | None
    verified: Decimal | None


def by_year(line: BenefitLine, user: User) -> tuple[YearOfLine, ...]:
    """Every year that anything is known of, in order. Two queries."""
    profiles: dict[str, dict[FinancialYear, Decimal]] = {kind: {} for kind in AmountKind.values}
    rows = BenefitAmount.objects.visible_to(user).live().filter(line=line)
    for kind, year, amount in rows.order_by().values_list("kind", "year", "amount"):
        profiles[kind][year] = amount
    claims = delivered.by_line(user, line=line).get(line.pk, delivered.NOTHING)
    columns: Any = (
        Profile(profiles[AmountKind.APPROVED]),
        Profile(profiles[AmountKind.FORECAST]),
        claims.claimed,
        claims.verified,
    )
    years = sorted({year for column in columns for year in column})
    return tuple(YearOfLine(year, *(column.get(year) for column in columns)) for year in years)


def said(amount: Decimal | None) -> str:
    """``£1,950,000``; a dash where nothing is known, which is not nought."""
    return EMPTY if amount is None else pounds(amount)

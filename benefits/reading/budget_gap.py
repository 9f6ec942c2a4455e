"""Savings that release cash against what the budget requires of them, by year. Pounds.

Recurring savings count in the year in which they are new; one-off savings help in their own year only, and
stand beside them. Deliverable, aspirational and not rated are never added silently. Source: the domain's
"Benefits".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from programme.foundation.money import FinancialYear

from ..choices import Frequency
from ..rules import totals
from ..rules.breakdown import Breakdown, Row, breakdown
from ..rules.totals import APPROVED, FORECAST, VERIFIED, Axis, Block, Entry

Required = Mapping[str, Mapping[FinancialYear, Decimal]]  # by kind of requirement and year


@dataclass(frozen=True)
class GapRow:
    """One year; None: unknown. ``approved`` and ``forecast`` are by rating, ``once`` is one-off forecast."""

    year: FinancialYear
    required: tuple[Decimal | None, ...]
    approved: tuple[Decimal | None, ...]
    forecast: tuple[Decimal | None, ...]
    delivered: Decimal | None
    once: Decimal | None
    once_delivered: Decimal | None

    @property
    def amounts(self) -> tuple[Decimal | None, ...]:
        return (
            *self.required,
            *self.approved,
            *self.forecast,
            self.delivered,
            self.once,
            self.once_delivered,
        )


@dataclass(frozen=True)
class Found:
    """One requirement over its years: what deliverable forecasts bring, and what all forecasts would."""

    kind: str
    required: Decimal
    deliverable: Decimal
    everything: Decimal
    delivered: Decimal

    @property
    def left(self) -> Decimal:
        """Still to find if only what is rated deliverable comes; negative where more comes than needed."""
        return self.required - self.deliverable

    @property
    def left_of_everything(self) -> Decimal:
        return self.required - self.everything


@dataclass(frozen=True)
class BudgetGap:
    """``kinds`` and ``ratings`` name the columns of the rows."""

    kinds: tuple[str, ...]
    ratings: tuple[str, ...]
    rows: tuple[GapRow, ...]
    found: tuple[Found, ...]

    @property
    def has_once(self) -> bool:
        return any(row.once is not None or row.once_delivered for row in self.rows)


def budget_gap(entries: Iterable[Entry], required: Required, *, begun: FinancialYear) -> BudgetGap:
    """The years that anything is required or saved in, without gaps between them."""
    amounts = [one for one in entries if one.profile in totals.PROFILE]
    blocks = [one for one in totals.blocks(amounts) if one.releases_cash]
    recurring = _of(blocks, Frequency.RECURRING, amounts, begun)
    once = _of(blocks, Frequency.ONE_OFF, amounts, begun)
    ratings = recurring.block.ratings if recurring else ()
    rows = tuple(
        GapRow(
            year=year,
            required=tuple(required[kind].get(year) for kind in required),
            approved=tuple(_amount(recurring, year, APPROVED, [rating]) for rating in ratings),
            forecast=tuple(_amount(recurring, year, FORECAST, [rating]) for rating in ratings),
            delivered=_amount(recurring, year, VERIFIED, ratings),
            once=_amount(once, year, FORECAST),
            once_delivered=_amount(once, year, VERIFIED),
        )
        for year in _years(required, recurring, once)
    )
    found = tuple(_found(kind, required[kind], ratings, rows) for kind in required)
    return BudgetGap(tuple(required), ratings, rows, found)


def _of(blocks: list[Block], frequency: str, entries: list[Entry], begun: FinancialYear) -> Breakdown | None:
    block = next((one for one in blocks if one.frequency == frequency), None)
    return breakdown(block, Axis.YEAR, entries, begun=begun) if block else None


def _years(required: Required, *parts: Breakdown | None) -> list[FinancialYear]:
    known = {year for years in required.values() for year in years}
    known |= {row.key for part in parts if part for row in part.rows}
    if not known:
        return []
    first = min(known)
    return [first.next(step) for step in range(max(known).start - first.start + 1)]


def _amount(
    part: Breakdown | None, year: FinancialYear, profile: str, ratings: Iterable[str] | None = None
) -> Decimal | None:
    """Of several ratings only what does not depend on them is asked for: what is delivered."""
    if part is None:
        return None
    row: Row | None = next((one for one in part.rows if one.key == year), None)
    if row is None:
        return None
    asked = part.block.ratings if ratings is None else ratings
    known = [amount for rating in asked if (amount := row.amount(profile, rating)) is not None]
    return sum(known, Decimal(0)) if known else None


def _found(
    kind: str, years: Mapping[FinancialYear, Decimal], ratings: tuple[str, ...], rows: tuple[GapRow, ...]
) -> Found:
    own = [row for row in rows if row.year in years]

    def forecast(which: Iterable[str]) -> Decimal:
        places = [place for place, rating in enumerate(ratings) if rating in which]
        return sum((row.forecast[place] or Decimal(0) for row in own for place in places), Decimal(0))

    return Found(
        kind=kind,
        required=sum(years.values(), Decimal(0)),
        deliverable=forecast(["deliverable"]),
        everything=forecast(ratings),
        delivered=sum((row.delivered or Decimal(0) for row in own), Decimal(0)),
    )

"""Investment as one reader may see it: lines, totals by year, what is stated of it. Pounds.

Where a line is withheld there are no totals: it could be had from them by subtraction.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from programme.foundation.money import FinancialYear, Profile, pounds
from programme.people.models import User

from ..choices import CostKind, Measure
from ..models import CostAmount, CostLine, StatedFigure
from ..rules import arithmetic
from ..rules.costs import Cost, CostTotals, totals
from .withholding import Source, readable


@dataclass(frozen=True)
class CostRow:
    """One cost line with what of it is known by year."""

    ref: str
    name: str
    category: str
    funding: str
    cost: Cost
    home: int
    exempt: str
    url: str
    source: Source

    @property
    def budget(self) -> Decimal | None:
        return known_total(self.cost.budget)

    @property
    def forecast(self) -> Decimal | None:
        return known_total(self.cost.forecast)

    @property
    def actual(self) -> Decimal | None:
        return known_total(self.cost.actual)

    @property
    def profiled(self) -> str:
        """Whether it stands in years, and what of it does not."""
        if not self.cost.is_profiled:
            return "Not profiled"
        outside = self.cost.outside_years
        return (
            f"{pounds(abs(outside))} {'more' if outside < 0 else 'less'} than the amount"
            if outside
            else "Yes"
        )


@dataclass(frozen=True)
class StatedCost:
    """A total of the investment that is stated somewhere; ``difference`` to the lines where known."""

    amount: Decimal
    difference: Decimal | None
    source: Source
    url: str


@dataclass(frozen=True)
class Costs:
    """``totals`` is None where a line is withheld."""

    rows: tuple[CostRow, ...]
    totals: CostTotals | None
    stated: tuple[StatedCost, ...]
    withheld: str


def costs(user: User, day: datetime.date | None = None) -> Costs:
    """The investment that ``user`` may see, as it stands or as it stood on ``day``. Four queries."""
    lines, withheld = readable(CostLine, user, day)
    profiles = profiles_of(lines, user, day)
    rows = tuple(_row(line, profiles.get(line.pk, {})) for line in lines)
    found = None if withheld else totals([row.cost for row in rows])
    return Costs(rows, found, tuple(_stated(user, day, found)), withheld)


def profiles_of(
    lines: Iterable[Any], user: User, day: datetime.date | None = None
) -> dict[int, dict[str, Profile]]:
    """Budget, forecast and actual by year, by line. One query."""
    rows = CostAmount.objects.visible_to(user).filter(line__in=[line.pk for line in lines])
    then = rows.live() if day is None else [one for one in rows.as_at(day) if not one.withdrawn]
    found: dict[int, dict[str, dict[FinancialYear, Decimal]]] = {}
    for one in then:
        found.setdefault(one.line_id, {}).setdefault(one.kind, {})[one.year] = one.amount
    return {line: {kind: Profile(years) for kind, years in kinds.items()} for line, kinds in found.items()}


def known_total(profile: Profile) -> Decimal | None:
    """Of a profile without a year nothing is known."""
    return arithmetic.total(profile.values())


def cost_of(line: Any, profiles: dict[str, Profile]) -> Cost:
    known = {kind.value: profiles.get(kind, Profile()) for kind in CostKind}
    return Cost(line.amount, **known)


def _row(line: Any, profiles: dict[str, Profile]) -> CostRow:
    return CostRow(
        ref=line.ref,
        name=line.name,
        category=line.category,
        funding=line.funding,
        cost=cost_of(line, profiles),
        home=line.scope_id,
        exempt=line.exempt_words,
        url=line.get_absolute_url(),
        source=Source.of(line),
    )


def _stated(user: User, day: datetime.date | None, found: CostTotals | None) -> Iterable[StatedCost]:
    figures = StatedFigure.objects.visible_to(user).filter(measure=Measure.IMPLEMENTATION_COST)
    then = figures.live().select_related("confirmed_by__profile") if day is None else figures.as_at(day)
    for one in sorted(then, key=lambda one: (one.position, one.pk)):
        if one.amount is not None and not one.withdrawn:
            difference = arithmetic.difference(one.amount, found.amount if found else None)
            yield StatedCost(one.amount, difference, Source.of(one), one.get_absolute_url())


def in_a_sentence(found: Costs) -> str:
    """`Investment of £1,602,000 in 6 lines, none of them profiled by year.`"""
    whole = found.totals
    if whole is None or not found.rows:
        return ""
    count = len(found.rows)
    lines = "1 line" if count == 1 else f"{count} lines"
    words = f"Investment of {pounds(whole.amount)} in {lines}"
    if whole.not_profiled == count:
        return f"{words}, none of them profiled by year."
    if whole.not_profiled:
        some = f"{whole.not_profiled} of them ({pounds(whole.not_profiled_amount)})"
        return f"{words}; {some} {'is' if whole.not_profiled == 1 else 'are'} not profiled."
    return f"{words}, all profiled by year."

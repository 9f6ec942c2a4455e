"""The payback table as the business case states it, and where the savings lines disagree with it.

It is shown as stated and never derived from lines: its yearly costs have no lines, and the lines no years.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from programme.foundation.money import FinancialYear, Profile
from programme.people.models import User

from ..models import StatedScenario, StatedScenarioYear
from ..rules import arithmetic
from .stated_savings import SavingsTable, savings_table
from .withholding import Source, readable

Row = tuple[Decimal, ...]


@dataclass(frozen=True)
class LinesAgainstPayback:
    """The savings lines beside the stated payback table, in pounds by its years, each with its total.

    ``benefit_gap`` is the lines less the stated benefit. ``net`` is the lines less the stated costs, and
    ``net_gap`` the stated net less that: what an open reconciliation has to explain.
    """

    benefit: Row
    benefit_total: Decimal
    benefit_gap: Row
    benefit_gap_total: Decimal
    net: Row
    net_total: Decimal
    net_gap: Row
    net_gap_total: Decimal


@dataclass(frozen=True)
class PaybackTable:
    """Benefit, cost and net in pounds by year, each with the total that is stated; new in year, against
    cash cost."""

    ref: str
    name: str
    years: tuple[FinancialYear, ...]
    benefit: Row
    cost: Row
    net: Row
    cumulative: Row
    benefit_total: Decimal
    cost_total: Decimal
    net_total: Decimal
    statement: str
    note: str
    exempt: str
    source: Source
    lines: LinesAgainstPayback | None


@dataclass(frozen=True)
class Payback:
    """The table, or None with the sentence for what is withheld (nothing where none is recorded)."""

    table: PaybackTable | None
    withheld: str


def payback_as_stated(
    user: User, savings: SavingsTable | None = None, day: datetime.date | None = None
) -> Payback:
    """The stated payback scenario, with the savings lines set against it where ``user`` sees them all, as
    they stand or as they stood at the end of ``day``.

    ``savings`` saves reading them again. Four queries, eight with the savings, more at a past date.
    """
    scenarios, withheld = readable(StatedScenario, user, day)
    if not scenarios:
        return Payback(None, withheld)
    scenario = scenarios[0]
    years = _years(scenario, user, day)
    benefit = Profile({one.year: one.benefit for one in years})
    cost = Profile({one.year: one.cost for one in years})
    net = Profile({one.year: one.net for one in years})
    table = PaybackTable(
        ref=scenario.ref,
        name=scenario.name,
        years=tuple(benefit),
        benefit=tuple(benefit.values()),
        cost=tuple(cost.values()),
        net=tuple(net.values()),
        cumulative=tuple(arithmetic.cumulative(net).values()),
        benefit_total=scenario.stated_benefit,
        cost_total=scenario.stated_cost,
        net_total=scenario.stated_net,
        statement=scenario.statement,
        note=scenario.note,
        exempt=scenario.exempt_words,
        source=Source.of(scenario),
        lines=_against(savings or savings_table(user, day), benefit, cost, net),
    )
    return Payback(table, withheld)


def _years(scenario: StatedScenario, user: User, day: datetime.date | None) -> list[Any]:
    rows = StatedScenarioYear.objects.visible_to(user).filter(scenario=scenario.pk)
    if day is None:
        return list(rows.live())
    return sorted((one for one in rows.as_at(day) if not one.withdrawn), key=lambda one: one.year)


def _against(
    savings: SavingsTable, benefit: Profile, cost: Profile, stated: Profile
) -> LinesAgainstPayback | None:
    """None where lines are withheld or where they have other years than the stated table."""
    lines = Profile(
        {
            year: sums
            for year, sums in zip(savings.years, savings.year_totals, strict=True)
            if sums is not None
        }
    )
    if savings.withheld or tuple(lines) != tuple(benefit):
        return None
    gap, net = arithmetic.differences(lines, benefit), arithmetic.net(lines, cost)
    net_gap = arithmetic.differences(stated, net)
    return LinesAgainstPayback(
        benefit=tuple(lines.values()),
        benefit_total=lines.total,
        benefit_gap=tuple(gap.values()),
        benefit_gap_total=gap.total,
        net=tuple(net.values()),
        net_total=net.total,
        net_gap=tuple(net_gap.values()),
        net_gap_total=net_gap.total,
    )

"""Payback arithmetic: savings against investment, year by year, on either of two bases. Pounds throughout.

*New in year* counts what appears in each year, as the business case's payback table does: a change in annual
run-rate set against cash cost. *Run-rate carried forward* lets recurring savings go on; timing then says when
a year's saving starts to be cash. Year 0 is the first year that has any amount, and is not discounted. A
year without an amount adds nothing. Source: the domain's "Payback".
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import accumulate

from django.db.models import TextChoices

from programme.foundation.money import FinancialYear, Profile

Row = tuple[Decimal, ...]
LAST_KNOWN_YEAR = 2098
HALF = Decimal("0.5")


class PaybackBasis(TextChoices):
    """Which question is asked. Always named beside its answer."""

    NEW_IN_YEAR = "new_in_year", "New in year"
    RUN_RATE = "run_rate", "Run-rate carried forward"


class Timing(TextChoices):
    """When a year's recurring saving starts to be cash. It does not apply to new in year."""

    END = "end", "End of year: cash from the next year"
    MID = "mid", "Mid-year: half in its own year"
    START = "start", "Start of year: all of it in its own year"


CASH_IN_OWN_YEAR = {Timing.END: Decimal(0), Timing.MID: HALF, Timing.START: Decimal(1)}


@dataclass(frozen=True)
class Terms:
    """The assumptions of an appraisal: ``horizon`` in years (10 is years 0 to 9), ``rate`` in per cent.

    ``horizon_date`` is an assumption, say the day a successor authority takes over.
    """

    basis: PaybackBasis = PaybackBasis.NEW_IN_YEAR
    timing: Timing = Timing.END
    horizon: int = 10
    rate: Decimal = Decimal("3.5")
    horizon_date: datetime.date | None = None

    @property
    def carries_forward(self) -> bool:
        return self.basis == PaybackBasis.RUN_RATE


@dataclass(frozen=True)
class Flows:
    """What is appraised. A recurring amount is a change in annual run-rate, negative where a saving stops."""

    recurring: Profile = field(default_factory=Profile)
    one_off: Profile = field(default_factory=Profile)
    cost: Profile = field(default_factory=Profile)

    @property
    def years(self) -> tuple[FinancialYear, ...]:
        return tuple(sorted({*self.recurring, *self.one_off, *self.cost}))

    @property
    def run_rate(self) -> Decimal:
        """The annual saving once everything has come."""
        return self.recurring.total


@dataclass(frozen=True)
class Split:
    """Net before and after the horizon date. A year that the date falls in counts after: none is prorated.

    ``first_after`` is the first year counted after; None where the date lies beyond the years appraised.
    """

    date: datetime.date
    before: Decimal
    after: Decimal
    first_after: FinancialYear | None


@dataclass(frozen=True)
class Appraisal:
    """What the flows come to on the terms, by ``years``.

    ``payback`` is the first year from which the cumulative stays above zero; ``first_above`` an earlier one
    from which it did not stay. ``simple_payback`` is in years: cost ÷ final run-rate. ``beyond`` has the
    amounts that lie after the years appraised and are left out.
    """

    terms: Terms
    years: tuple[FinancialYear, ...]
    recurring: Row
    one_off: Row
    counted: Row
    cost: Row
    net: Row
    cumulative: Row
    discounted: Row
    payback: FinancialYear | None
    first_above: FinancialYear | None
    simple_payback: Decimal | None
    split: Split | None
    beyond: Flows

    @property
    def benefit(self) -> Decimal:
        return sum(self.counted, Decimal(0))

    @property
    def total_cost(self) -> Decimal:
        return sum(self.cost, Decimal(0))

    @property
    def net_gain(self) -> Decimal:
        """Undiscounted, over the horizon."""
        return self.benefit - self.total_cost

    @property
    def net_present_value(self) -> Decimal:
        return sum(self.discounted, Decimal(0))


def appraise(flows: Flows, terms: Terms, *, slip: int = 0) -> Appraisal:
    """The appraisal of ``flows`` on ``terms``, with all savings ``slip`` years later and costs as they are.

    Raises ValueError where there is no amount at all: there is no year 0.
    """
    years = span(flows, terms)
    recurring, one_off = _row(flows.recurring, years, slip), _row(flows.one_off, years, slip)
    cost = _row(flows.cost, years)
    counted = tuple(a + b for a, b in zip(_cash(recurring, terms), one_off, strict=True))
    net = tuple(b - c for b, c in zip(counted, cost, strict=True))
    cumulative = tuple(accumulate(net))
    payback = _stays_above(cumulative)
    first = next((place for place, sum_ in enumerate(cumulative) if sum_ > 0), None)
    return Appraisal(
        terms=terms,
        years=years,
        recurring=recurring,
        one_off=one_off,
        counted=counted,
        cost=cost,
        net=net,
        cumulative=cumulative,
        discounted=_discounted(net, terms.rate),
        payback=None if payback is None else years[payback],
        first_above=None if first is None or first == payback else years[first],
        simple_payback=simple_payback(sum(cost, Decimal(0)), sum(recurring, Decimal(0))),
        split=_split(years, net, terms.horizon_date),
        beyond=Flows(*(_after(one, years[-1]) for one in (flows.recurring, flows.one_off, flows.cost))),
    )


def span(flows: Flows, terms: Terms) -> tuple[FinancialYear, ...]:
    """The years appraised: from the first that has an amount, over the horizon.

    New in year ends with the last year that has an amount, since nothing is new after it. Raises ValueError
    where no year has one.
    """
    known = flows.years
    if not known:
        raise ValueError("There is no amount in any year, so there is nothing to appraise.")
    last = min(known[0].start + terms.horizon - 1, LAST_KNOWN_YEAR)
    if not terms.carries_forward:
        last = min(last, known[-1].start)
    return tuple(FinancialYear(start) for start in range(known[0].start, last + 1))


def weight(
    terms: Terms, years: tuple[FinancialYear, ...], year: FinancialYear, *, recurring: bool
) -> Decimal:
    """How many times an amount of ``year`` is counted over ``years``: once where it is a one-off or new in
    year, else as often as its run-rate is cash; nought outside them.

    By it the largest lines are found without appraising each.
    """
    if year not in years:
        return Decimal(0)
    if not recurring or not terms.carries_forward:
        return Decimal(1)
    return years[-1].start - year.start + CASH_IN_OWN_YEAR[terms.timing]


def simple_payback(cost: Decimal, run_rate: Decimal) -> Decimal | None:
    """Years until the final run-rate has paid for the cost; None where there is no saving a year."""
    return cost / run_rate if run_rate > 0 else None


def _row(profile: Mapping[FinancialYear, Decimal], years: tuple[FinancialYear, ...], slip: int = 0) -> Row:
    amounts = {year.start + slip: amount for year, amount in profile.items()}
    return tuple(amounts.get(year.start, Decimal(0)) for year in years)


def _cash(recurring: Row, terms: Terms) -> Row:
    if not terms.carries_forward:
        return recurring
    own = CASH_IN_OWN_YEAR[terms.timing]
    before = (Decimal(0), *accumulate(recurring))
    return tuple(already + own * new for already, new in zip(before, recurring, strict=False))


def _discounted(net: Row, rate: Decimal) -> Row:
    factor = 1 + rate / 100
    return tuple(amount / factor**place for place, amount in enumerate(net))


def _stays_above(cumulative: Row) -> int | None:
    """The place from which every sum to the end is above zero."""
    place = len(cumulative)
    while place and cumulative[place - 1] > 0:
        place -= 1
    return place if place < len(cumulative) else None


def _split(years: tuple[FinancialYear, ...], net: Row, date: datetime.date | None) -> Split | None:
    if date is None:
        return None
    before = sum((amount for year, amount in zip(years, net, strict=True) if year.last < date), Decimal(0))
    first_after = next((year for year in years if year.last >= date), None)
    return Split(date, before, sum(net, Decimal(0)) - before, first_after)


def _after(profile: Profile, last: FinancialYear) -> Profile:
    return Profile({year: amount for year, amount in profile.items() if year > last})

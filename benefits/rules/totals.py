"""Savings added up by year, category, workstream, deliverability, kind and frequency. Pounds throughout.

What may not be added silently stands in blocks of its own: what releases cash, avoided cost and efficiency
without cash; recurring and one-off. Inside a block, deliverable, aspirational and not rated are columns of
their own. A sum of nothing known is unknown. Source: the domain's "Benefits".
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from operator import attrgetter
from typing import TypeVar

from programme.foundation.money import FinancialYear

from ..choices import CASHABLE, Deliverability, Frequency, Kind

Key = TypeVar("Key", bound=Hashable)
Value = Hashable  # a financial year, or the name of a category, a workstream, …
APPROVED, FORECAST, CLAIMED, VERIFIED = PROFILE = ("approved", "forecast", "claimed", "verified")
CASHABLE_KINDS = tuple(kind.value for kind in Kind if kind in CASHABLE)


class Axis(StrEnum):
    """What savings can be told apart by; each is a field of ``Entry``."""

    YEAR = "year"
    CATEGORY = "category"
    WORKSTREAM = "workstream"
    DELIVERABILITY = "deliverability"
    KIND = "kind"
    FREQUENCY = "frequency"


@dataclass(frozen=True, slots=True)
class Entry:
    """What lines that are alike in every respect come to in one year.

    ``profile`` says of what: approved, forecast, claimed, verified, or a part of the gap between them.
    """

    profile: str
    year: FinancialYear
    category: str
    kind: str
    deliverability: str
    frequency: str
    workstream: str
    amount: Decimal


Slice = Mapping[Axis, frozenset]  # the values allowed on each axis; an axis not named allows all
EVERYTHING: Slice = {}


def narrowed(cut: Slice, axis: Axis, values: Iterable[Value]) -> Slice:
    """The same slice, allowing only these values on ``axis`` too."""
    allowed = frozenset(values)
    return {**cut, axis: cut[axis] & allowed if axis in cut else allowed}


def inside(cut: Slice, entries: Iterable[Entry]) -> list[Entry]:
    """The entries that a slice holds."""
    found = list(entries)
    for axis, allowed in cut.items():
        read = attrgetter(axis.value)
        found = [one for one in found if read(one) in allowed]
    return found


def sums(entries: Iterable[Entry], by: Callable[[Entry], Key]) -> dict[Key, Decimal]:
    """The amounts added up by whatever ``by`` tells apart, in the order in which it first appears."""
    found: dict[Key, Decimal] = {}
    for one in entries:
        key = by(one)
        found[key] = found.get(key, Decimal(0)) + one.amount
    return found


def years(entries: Iterable[Entry]) -> tuple[FinancialYear, ...]:
    """From the first year that any entry has to the last, without a gap."""
    found = {one.year for one in entries}
    if not found:
        return ()
    first = min(found)
    return tuple(first.next(step) for step in range(max(found).start - first.start + 1))


@dataclass(frozen=True)
class Block:
    """What may be added: one kind of money, recurring or one-off. ``ratings`` are those that any line has."""

    name: str
    kinds: tuple[str, ...]
    frequency: str
    ratings: tuple[str, ...]

    @property
    def releases_cash(self) -> bool:
        return self.kinds[0] in CASHABLE_KINDS

    @property
    def recurring(self) -> bool:
        return self.frequency == Frequency.RECURRING

    @property
    def profiles(self) -> tuple[str, ...]:
        """What is counted in pounds: without cash, finance verifies none."""
        return PROFILE if self.kinds[0] != Kind.EFFICIENCY_WITHOUT_CASH else (APPROVED, FORECAST)

    def slice(self, cut: Slice = EVERYTHING, rating: str | None = None) -> Slice:
        """The block's part of ``cut``; of one rating where that is named."""
        cut = narrowed(narrowed(cut, Axis.KIND, self.kinds), Axis.FREQUENCY, [self.frequency])
        return cut if rating is None else narrowed(cut, Axis.DELIVERABILITY, [rating])


CASH = "Cashable"
NAMES = {
    CASH: CASHABLE_KINDS,
    "Cost avoidance": (Kind.COST_AVOIDANCE.value,),
    "Efficiency without cash": (Kind.EFFICIENCY_WITHOUT_CASH.value,),
}


def blocks(entries: Sequence[Entry]) -> tuple[Block, ...]:
    """The blocks that anything stands in, cashable first; deliverable before aspirational and not rated."""
    there = {(one.kind, one.frequency, one.deliverability) for one in entries}
    found = []
    for name, kinds in NAMES.items():
        for frequency in Frequency.values:
            rated = {rating for kind, often, rating in there if kind in kinds and often == frequency}
            ratings = tuple(rating for rating in Deliverability.values if rating in rated)
            if ratings:
                found.append(Block(name, kinds, frequency, ratings))
    return tuple(found)


def run_rate(
    amounts: Mapping[FinancialYear, Decimal], over: Iterable[FinancialYear]
) -> dict[FinancialYear, Decimal]:
    """What recurring amounts come to a year once they have begun: each counts in every later year as well.

    Unknown before the first year that has an amount.
    """
    running: Decimal | None = None
    found = {}
    for year in over:
        if year in amounts:
            running = (running or Decimal(0)) + amounts[year]
        if running is not None:
            found[year] = running
    return found


def add_up(shown: Iterable[Decimal | None], total: Decimal | None, unit: int) -> bool:
    """Whether figures rounded to ``unit`` pounds come to their total, rounded from the exact sum as well."""
    known = [amount for amount in shown if amount is not None]
    return total is None or sum(rounded(one, unit) for one in known) == rounded(total, unit)


def rounded(amount: Decimal, unit: int) -> int:
    """In whole units, halves away from nought, as they are shown."""
    whole, rest = divmod(abs(amount), unit)
    size = int(whole) + (1 if rest * 2 >= unit else 0)
    return -size if amount < 0 else size

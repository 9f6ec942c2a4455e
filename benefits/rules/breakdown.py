"""A block of savings cut along one axis: rows of approved, forecast, claimed and verified, by rating.

Claimed and verified are nought, not unknown, where something is approved or forecast and the year has begun:
then finance knows that nothing was claimed. Pounds.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from programme.foundation.money import FinancialYear

from ..choices import Category, Deliverability, Kind
from . import totals
from .suppression import Suppression
from .totals import CLAIMED, VERIFIED, Axis, Block, Entry, Slice

ALL = ""  # stands for the rating where ratings are the rows
Cells = dict[tuple[str, str], Decimal]  # (rating, profile); what is not there is unknown
ORDER: dict[Axis, Sequence[str]] = {
    Axis.CATEGORY: Category.values,
    Axis.DELIVERABILITY: Deliverability.values,
    Axis.KIND: Kind.values,
}


@dataclass(frozen=True)
class Row:
    """One value of the axis."""

    key: Any
    cells: Cells

    def amount(self, profile: str, rating: str = ALL) -> Decimal | None:
        return self.cells.get((rating, profile))


@dataclass(frozen=True)
class Breakdown:
    """``carried``: recurring savings run on from year to year. ``total`` is None where rows do not add."""

    block: Block
    axis: Axis
    rows: tuple[Row, ...]
    total: Row | None
    carried: bool = False

    @property
    def profiles(self) -> tuple[str, ...]:
        return self.block.profiles

    @property
    def ratings(self) -> tuple[str, ...]:
        return (ALL,) if self.axis is Axis.DELIVERABILITY else self.block.ratings


def breakdown(
    block: Block, axis: Axis, entries: Iterable[Entry], *, begun: FinancialYear, carried: bool = False
) -> Breakdown:
    """The entries of ``block`` along ``axis``. ``begun`` is the financial year that today lies in."""
    own = totals.inside(block.slice(), entries)
    rated = axis is not Axis.DELIVERABILITY
    found: dict[Any, Cells] = {}
    for (key, rating, profile), amount in totals.sums(
        own, lambda one: (getattr(one, axis.value), one.deliverability if rated else ALL, one.profile)
    ).items():
        found.setdefault(key, {})[rating, profile] = amount
    keys = _in_order(axis, found, own)
    runs_on = carried and axis is Axis.YEAR and block.recurring
    rows = [Row(key, found.get(key, {})) for key in keys]
    if runs_on:
        rows = _running(rows)
    rows = [Row(one.key, _known(one, axis, begun)) for one in rows]
    total = None if runs_on or not rated else _total(rows)
    return Breakdown(block, axis, tuple(rows), total, runs_on)


def shown(whole: Breakdown, seen: Breakdown, rule: Suppression, cut: Slice) -> Breakdown:
    """The rows of ``seen``, with withheld lines in them as ``whole`` has them, where the rule allows it.

    ``cut`` is the slice that both were made of. Rows, ratings and blocks that only withheld lines have are
    not there. A cell that is not there holds nothing withheld, or too few posts: nobody can tell which.
    """
    rows = {row.key: row for row in whole.rows}
    found = [_allowed(rows.get(row.key, row), seen, rule, cut, _upto(seen, row.key)) for row in seen.rows]
    total = _allowed(whole.total, seen, rule, cut, None) if whole.total and seen.total else None
    return Breakdown(seen.block, seen.axis, tuple(found), total, seen.carried)


def _upto(seen: Breakdown, key: Any) -> frozenset:
    """The values of the axis that a row counts: of what runs on, every year up to its own."""
    if not seen.carried:
        return frozenset([key])
    return frozenset(FinancialYear(start) for start in range(1990, key.start + 1))


def _allowed(row: Row, seen: Breakdown, rule: Suppression, cut: Slice, values: frozenset | None) -> Row:
    own = cut if values is None else totals.narrowed(cut, seen.axis, values)
    cells = {
        (rating, profile): row.cells[rating, profile]
        for rating in seen.ratings
        for profile in seen.profiles
        if (rating, profile) in row.cells and rule.tells(profile, seen.block.slice(own, rating or None))
    }
    return Row(row.key, cells)


def _in_order(axis: Axis, found: Mapping[Any, Cells], own: Sequence[Entry]) -> Sequence[Any]:
    if axis is Axis.YEAR:
        return totals.years(own)
    known = [value for value in ORDER.get(axis, ()) if value in found]
    return [*known, *sorted(set(found) - set(known), key=lambda value: (not value, str(value)))]


def _running(rows: Sequence[Row]) -> list[Row]:
    cells = {cell for row in rows for cell in row.cells}
    over = [row.key for row in rows]
    running = {
        cell: totals.run_rate({row.key: row.cells[cell] for row in rows if cell in row.cells}, over)
        for cell in cells
    }
    return [
        Row(row.key, {cell: running[cell][row.key] for cell in cells if row.key in running[cell]})
        for row in rows
    ]


def _known(row: Row, axis: Axis, begun: FinancialYear) -> Cells:
    """Nought claimed and verified where there was something to claim; unknown in years to come."""
    cells = dict(row.cells)
    ahead = axis is Axis.YEAR and row.key > begun
    for rating in {rating for rating, _ in row.cells}:
        for profile in (CLAIMED, VERIFIED):
            if ahead:
                cells.pop((rating, profile), None)
            else:
                cells.setdefault((rating, profile), Decimal(0))
    return cells


def _total(rows: Iterable[Row]) -> Row:
    cells: Cells = {}
    for row in rows:
        for cell, amount in row.cells.items():
            cells[cell] = cells.get(cell, Decimal(0)) + amount
    return Row("", cells)

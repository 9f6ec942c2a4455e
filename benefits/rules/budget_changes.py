"""What a file of budgets would change, field by field, before anything is saved. Pure; amounts are pounds."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from programme.foundation.money import FinancialYear, pounds

from .budget_file import Row

Key = tuple[str, FinancialYear]


class Known(Protocol):
    """What is read of a budget that is there already."""

    code: str
    year: FinancialYear
    name: str
    amount: Decimal


@dataclass(frozen=True)
class Field:
    """One field that a row changes, in words; ``old`` is empty for a new budget."""

    label: str
    old: str
    new: str


@dataclass(frozen=True)
class BudgetChange:
    """What becomes of one row of the file: new, changed, or the same as it was."""

    kind: str
    row: Row
    before: Decimal | None
    fields: tuple[Field, ...]

    @property
    def key(self) -> Key:
        return key(self.row)


@dataclass(frozen=True)
class YearTotal:
    """All budgets of a year together, before and after the file, in pounds."""

    year: FinancialYear
    before: Decimal
    after: Decimal


@dataclass(frozen=True)
class BudgetChanges:
    """Every row of the file with what it does, and how many budgets of its years the file leaves alone."""

    new: tuple[BudgetChange, ...]
    changed: tuple[BudgetChange, ...]
    same: tuple[BudgetChange, ...]
    untouched: int
    totals: tuple[YearTotal, ...]

    @property
    def digest(self) -> str:
        """Tells whether what is confirmed is still what was shown."""
        shown = repr((self.new, self.changed, len(self.same), self.untouched))
        return hashlib.sha256(shown.encode()).hexdigest()

    @property
    def anything(self) -> bool:
        return bool(self.new or self.changed)


def key(budget: Row | Known) -> Key:
    """What a budget is known by: its code, whatever the size of its letters, and its year."""
    return budget.code.upper(), budget.year


def compare(rows: Iterable[Row], known: Iterable[Known]) -> BudgetChanges:
    """What ``rows`` do to the budgets that are ``known``; a row without a name keeps the name there is."""
    there = {key(one): one for one in known}
    kinds: dict[str, list[BudgetChange]] = {"new": [], "changed": [], "same": []}
    for row in rows:
        one = _change(row, there.get(key(row)))
        kinds[one.kind].append(one)
    found = [one for many in kinds.values() for one in many]
    years = {one.row.year for one in found}
    given = {one.key for one in found}
    new, changed, same = (tuple(kinds[kind]) for kind in ("new", "changed", "same"))
    left = {name: one for name, one in there.items() if name not in given and one.year in years}
    return BudgetChanges(new, changed, same, len(left), _totals(found, left))


def _change(row: Row, known: Known | None) -> BudgetChange:
    if known is None:
        both = (Field("Amount", "", pounds(row.amount)), Field("Name", "", row.name))
        return BudgetChange("new", row, None, tuple(one for one in both if one.new))
    fields = tuple(
        Field(label, old, new)
        for label, old, new in (
            ("Amount", pounds(known.amount), pounds(row.amount)),
            ("Name", known.name, row.name or known.name),
        )
        if old != new
    )
    return BudgetChange("changed" if fields else "same", row, known.amount, fields)


def _totals(changes: list[BudgetChange], left: Mapping[Key, Known]) -> tuple[YearTotal, ...]:
    before: dict[FinancialYear, Decimal] = {}
    after: dict[FinancialYear, Decimal] = {}
    for one in changes:
        year = one.row.year
        before[year] = before.get(year, Decimal(0)) + (one.before or Decimal(0))
        after[year] = after.get(year, Decimal(0)) + one.row.amount
    for known in left.values():
        before[known.year] += known.amount
        after[known.year] += known.amount
    return tuple(YearTotal(year, before[year], after[year]) for year in sorted(before))

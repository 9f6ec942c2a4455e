"""Cost lines of the investment: add, change, withdraw, and what each costs by year."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max

from programme.foundation import calendar
from programme.foundation.money import FinancialYear
from programme.people.models import Scope, User
from programme.portfolio.references import numbered

from ..choices import CostKind
from ..guards import refuse_withdrawn, set_class
from ..models import CostAmount, CostLine, ReserveEntry

STEM = "C-"


def add(*, scope: Scope, by: User, reason: str, **facts: Any) -> CostLine:
    """Adds a cost line at its home, under the next free reference. Raises ``ValidationError``."""
    last = CostLine.objects.aggregate(last=Max("position"))["last"] or 0
    new = CostLine(scope=scope, position=last + 1, confirmed_by=by, **facts)

    def write(ref: str) -> CostLine:
        new.ref = ref
        return new.record(by=by, reason=reason)

    def taken() -> list[str]:
        return list(CostLine.objects.filter(ref__startswith=STEM).values_list("ref", flat=True))

    return numbered(write, stem=STEM, taken=taken, width=3)


def change(line: CostLine, *, by: User, reason: str, **facts: Any) -> CostLine:
    """Changes what a line is and its whole amount; its years have their own action.

    Raises ``ValidationError`` or ``Stale``.
    """
    refuse_withdrawn(line)
    for name, value in facts.items():
        setattr(line, name, value)
    line.confirmed_by = by
    return line.record(by=by, reason=reason)


def classify(line: CostLine, *, by: User, reason: str, **facts: Any) -> CostLine:
    """Says who may see a cost line, also one that was withdrawn. Raises ``ValidationError`` or ``Stale``."""
    set_class(line, facts)
    return line.record(by=by, reason=reason)


@transaction.atomic
def withdraw(line: CostLine, *, by: User, reason: str) -> CostLine:
    """Takes a line out of use, unless the reserve's ledger stands on it. Raises ``ValidationError``."""
    refuse_withdrawn(line)
    if ReserveEntry.objects.live().filter(cost_line=line).exists():
        raise ValidationError("The reserve has entries for this line: take those back first.")
    return line.withdraw(by=by, reason=reason)


@transaction.atomic
def set_years(
    line: CostLine, *, kind: str, amounts: Mapping[FinancialYear, Decimal], by: User, reason: str
) -> CostLine:
    """Sets the budget, the forecast or the actual of a line by year; a year left out has none.

    Actuals are of years that have begun. Raises ``ValidationError`` or ``Stale``.
    """
    refuse_withdrawn(line)
    today = FinancialYear.of(calendar.today())
    if kind == CostKind.ACTUAL and (early := [year for year in sorted(amounts) if year > today]):
        raise ValidationError(f"{early[0]} has not begun: nothing can have been spent in it yet.")
    line.record(by=by, reason=reason)  # whoever changes it at the same time is told so
    present = {one.year: one for one in line.amounts.live().filter(kind=kind)}
    moved = []
    for year, amount in amounts.items():
        row = present.pop(year, None) or CostAmount(line=line, kind=kind, year=year)
        if row.pk is None or row.amount != amount:
            row.amount = amount
            moved.append(row)
    for row in present.values():
        row.withdrawn = True
    CostAmount.objects.bulk_record([*moved, *present.values()], by=by, reason=reason)
    return line

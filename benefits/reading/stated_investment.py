"""Investment by line, and how its total stands against the totals stated elsewhere."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal

from programme.people.models import User

from ..choices import Measure
from ..models import CostLine, StatedFigure
from ..rules import arithmetic
from .withholding import OF_THE_BUSINESS_CASE, Source, readable, shared


@dataclass(frozen=True)
class InvestmentRow:
    """One cost line in pounds. It has no years: the document does not profile its lines."""

    ref: str
    name: str
    amount: Decimal
    funding: str
    exempt: str
    source: Source


@dataclass(frozen=True)
class StatedTotalRow:
    """A total stated somewhere, and by how much it exceeds the sum of the lines (None where withheld)."""

    amount: Decimal
    difference: Decimal | None
    exempt: str
    source: Source


@dataclass(frozen=True)
class InvestmentTable:
    """Cost lines in pounds; no total where a line is withheld."""

    rows: tuple[InvestmentRow, ...]
    total: Decimal | None
    stated: tuple[StatedTotalRow, ...]
    withheld: str

    @property
    def source(self) -> Source | None:
        return shared(self.rows)


def investment_table(user: User, day: datetime.date | None = None) -> InvestmentTable:
    """The investment that ``user`` may see, with the stated totals of its cost, as they stand or as they
    stood at the end of ``day``. Four queries, more at a past date."""
    lines, withheld = readable(CostLine, user, day, only=OF_THE_BUSINESS_CASE)
    total = None if withheld else arithmetic.total(line.amount for line in lines)
    stated, _ = readable(StatedFigure, user, day)
    return InvestmentTable(
        rows=tuple(_row(line) for line in lines),
        total=total,
        stated=tuple(
            StatedTotalRow(
                figure.amount,
                arithmetic.difference(figure.amount, total),
                figure.exempt_words,
                Source.of(figure),
            )
            for figure in stated
            if figure.measure == Measure.IMPLEMENTATION_COST and figure.amount is not None
        ),
        withheld=withheld,
    )


def _row(line: CostLine) -> InvestmentRow:
    return InvestmentRow(
        ref=line.ref,
        name=line.name,
        amount=line.amount,
        funding=line.get_funding_display(),
        exempt=line.exempt_words,
        source=Source.of(line),
    )

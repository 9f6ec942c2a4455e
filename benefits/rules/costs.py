"""What investment comes to by year: budget, forecast and actual. Pounds throughout.

A line without a budget by year is not profiled: it stands beside the years with its whole amount, and is
never spread over them. Unknown is unknown, not nought. Source: the domain's "Investment and reserve".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from programme.foundation.money import FinancialYear, Profile

from . import arithmetic

NOTHING = Decimal(0)


@dataclass(frozen=True)
class Cost:
    """One cost line: its whole amount, and what of it is known by year."""

    amount: Decimal
    budget: Profile = field(default_factory=Profile)
    forecast: Profile = field(default_factory=Profile)
    actual: Profile = field(default_factory=Profile)

    @property
    def is_profiled(self) -> bool:
        return bool(self.budget)

    @property
    def outside_years(self) -> Decimal:
        """What of the amount its budgets by year do not hold: all of it where it is not profiled."""
        return self.amount - self.budget.total


@dataclass(frozen=True)
class CostTotals:
    """All lines together. ``not_profiled`` lines have no years; ``unplaced`` is what the years of the others
    fall short of their amounts (negative: exceed)."""

    amount: Decimal
    budget: Profile
    forecast: Profile
    actual: Profile
    not_profiled: int
    not_profiled_amount: Decimal
    unplaced: Decimal

    @property
    def years(self) -> tuple[FinancialYear, ...]:
        return arithmetic.years([self.budget, self.forecast, self.actual])


def totals(costs: Sequence[Cost]) -> CostTotals:
    """The sums of the lines; the amount is always what stands in years, what is unplaced, and what is not
    profiled."""
    without = [one for one in costs if not one.is_profiled]
    return CostTotals(
        amount=sum((one.amount for one in costs), NOTHING),
        budget=arithmetic.by_year(one.budget for one in costs),
        forecast=arithmetic.by_year(one.forecast for one in costs),
        actual=arithmetic.by_year(one.actual for one in costs),
        not_profiled=len(without),
        not_profiled_amount=sum((one.amount for one in without), NOTHING),
        unplaced=sum((one.outside_years for one in costs if one.is_profiled), NOTHING),
    )


BOTH, SPEND_ALONE, BENEFIT_ALONE = "Both", "Spend without benefit", "Benefit without spend"


def side(spend: Decimal | None, benefit: Decimal | None) -> str:
    """What a project has of the two; nothing where it has neither."""
    if spend and benefit:
        return BOTH
    return SPEND_ALONE if spend else BENEFIT_ALONE if benefit else ""

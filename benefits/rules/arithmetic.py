"""Adding up savings and costs, and saying where stated totals differ from their parts. Pounds throughout.

Unknown is unknown: a year that a profile does not have adds nothing, and a sum of nothing known is unknown.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from decimal import Decimal
from typing import TypeVar

from programme.foundation.money import FinancialYear, Profile

Category = TypeVar("Category", bound=Hashable)


def total(amounts: Iterable[Decimal | None]) -> Decimal | None:
    """The sum of what is known; None where nothing is."""
    known = [amount for amount in amounts if amount is not None]
    return sum(known, Decimal(0)) if known else None


def years(profiles: Iterable[Profile]) -> tuple[FinancialYear, ...]:
    """Every year that any profile has, in order."""
    return tuple(sorted({year for profile in profiles for year in profile}))


def by_year(profiles: Iterable[Profile]) -> Profile:
    """The sum of the profiles in each year that any of them has."""
    return sum(profiles, Profile())


def by_category(lines: Iterable[tuple[Category, Profile]]) -> dict[Category, Profile]:
    """The sum of the profiles of each category, categories in the order in which they first appear."""
    sums: dict[Category, Profile] = {}
    for category, profile in lines:
        sums[category] = sums.get(category, Profile()) + profile
    return sums


def net(benefit: Mapping[FinancialYear, Decimal], cost: Mapping[FinancialYear, Decimal]) -> Profile:
    """Benefit less cost in each year that has both; a year with only one of them is unknown."""
    return Profile({year: benefit[year] - cost[year] for year in benefit if year in cost})


def cumulative(profile: Profile) -> Profile:
    """The running total, year by year."""
    running, sums = Decimal(0), {}
    for year, amount in profile.items():
        running += amount
        sums[year] = running
    return Profile(sums)


def differences(left: Mapping[FinancialYear, Decimal], right: Mapping[FinancialYear, Decimal]) -> Profile:
    """``left`` less ``right`` in each year that has both, to the pound; nought where they agree."""
    return Profile({year: left[year] - right[year] for year in left if year in right})


def difference(stated: Decimal | None, parts: Decimal | None) -> Decimal | None:
    """By how much what is stated exceeds its parts; None where either is unknown."""
    return None if stated is None or parts is None else stated - parts


def gain_over(horizon: int, first_years: Profile, each_year_after: Decimal) -> Decimal:
    """The net of the first years, then the same saving in every year up to the horizon (in years).

    Raises ValueError where the first years alone are longer than the horizon.
    """
    if len(first_years) > horizon:
        raise ValueError(f"{len(first_years)} years are longer than a horizon of {horizon}.")
    return first_years.total + (horizon - len(first_years)) * each_year_after

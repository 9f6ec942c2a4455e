"""Savings by line and year, and what is not yet quantified, as one reader may see them."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal

from programme.foundation.money import FinancialYear, Profile
from programme.people.models import User

from ..choices import AmountKind
from ..models import BenefitAmount, BenefitLine
from ..rules import arithmetic
from .withholding import OF_THE_BUSINESS_CASE, Source, readable, shared


@dataclass(frozen=True)
class SavingsRow:
    """One line: pounds in each of the table's years, None where the document's cell is blank."""

    ref: str
    name: str
    category: str
    deliverability: str
    amounts: tuple[Decimal | None, ...]
    total: Decimal | None
    stated_total: Decimal | None
    exempt: str
    source: Source

    @property
    def difference(self) -> Decimal | None:
        """By how much the total that the document states exceeds the line's years."""
        return arithmetic.difference(self.stated_total, self.total)


@dataclass(frozen=True)
class CategoryRow:
    category: str
    amounts: tuple[Decimal | None, ...]
    total: Decimal | None


@dataclass(frozen=True)
class NotQuantifiedRow:
    ref: str
    name: str
    category: str
    reason: str
    exempt: str
    source: Source


@dataclass(frozen=True)
class SavingsTable:
    """New savings in each year, in pounds. Where lines are withheld there are no totals and no categories."""

    years: tuple[FinancialYear, ...]
    rows: tuple[SavingsRow, ...]
    by_category: tuple[CategoryRow, ...]
    year_totals: tuple[Decimal | None, ...]
    total: Decimal | None
    not_quantified: tuple[NotQuantifiedRow, ...]
    withheld: str

    @property
    def source(self) -> Source | None:
        return shared(self.rows)

    @property
    def has_blanks(self) -> bool:
        return any(amount is None for row in self.rows for amount in row.amounts)


def savings_table(user: User, day: datetime.date | None = None) -> SavingsTable:
    """The business case's savings that ``user`` may see, now or as they stood at the end of ``day``.

    Its amounts are those first approved, however often they were approved anew since. Four queries, six at
    a past date.
    """
    lines, withheld = readable(BenefitLine, user, day, only=OF_THE_BUSINESS_CASE)
    profiles = _profiles(lines, user, day)
    years = arithmetic.years(profiles.values())
    known = [line for line in lines if line.is_quantified]
    sums = Profile() if withheld else arithmetic.by_year(profiles[line.pk] for line in known)
    return SavingsTable(
        years=years,
        rows=tuple(_row(line, profiles[line.pk], years) for line in known),
        by_category=() if withheld else _categories(known, profiles, years),
        year_totals=tuple(sums.get(year) for year in years),
        total=arithmetic.total(sums.values()),
        not_quantified=tuple(_not_quantified(line) for line in lines if not line.is_quantified),
        withheld=withheld,
    )


def _profiles(lines: list[BenefitLine], user: User, day: datetime.date | None) -> dict[int, Profile]:
    kinds = [AmountKind.ORIGINAL, AmountKind.APPROVED]
    of_lines = [line.pk for line in lines]
    amounts = BenefitAmount.objects.visible_to(user).filter(kind__in=kinds, line__in=of_lines)
    found: dict[str, dict[int, dict[FinancialYear, Decimal]]]
    found = {kind: {line.pk: {} for line in lines} for kind in kinds}
    for one in amounts.live() if day is None else amounts.as_at(day):
        if one.line_id in found[one.kind] and not one.withdrawn:
            found[one.kind][one.line_id][one.year] = one.amount
    first, now = (found[kind] for kind in kinds)
    return {line: Profile(first[line] or now[line]) for line in now}


def _row(line: BenefitLine, profile: Profile, years: tuple[FinancialYear, ...]) -> SavingsRow:
    return SavingsRow(
        ref=line.ref,
        name=line.name,
        category=line.get_category_display(),
        deliverability=line.get_deliverability_display(),
        amounts=tuple(profile.get(year) for year in years),
        total=arithmetic.total(profile.values()),
        stated_total=line.stated_total,
        exempt=line.exempt_words,
        source=Source.of(line),
    )


def _categories(
    lines: list[BenefitLine], profiles: dict[int, Profile], years: tuple[FinancialYear, ...]
) -> tuple[CategoryRow, ...]:
    sums = arithmetic.by_category((line.get_category_display(), profiles[line.pk]) for line in lines)
    return tuple(
        CategoryRow(
            name, tuple(sums[name].get(year) for year in years), arithmetic.total(sums[name].values())
        )
        for name in sums
    )


def _not_quantified(line: BenefitLine) -> NotQuantifiedRow:
    return NotQuantifiedRow(
        ref=line.ref,
        name=line.name,
        category=line.get_category_display(),
        reason=line.not_quantified_because,
        exempt=line.exempt_words,
        source=Source.of(line),
    )

"""What computed figures rest on: lines' amounts, verified claims, the stated payback table, cost lines.

Each ground is read once for one reader, as it stands or as it stood at the end of a day. Pounds.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db.models import Sum

from programme.foundation.money import FinancialYear, Profile
from programme.people.models import User

from ..choices import CASHABLE, AmountKind, ClaimStatus, Frequency, Ground, Measure
from ..models import (
    BenefitAmount,
    BenefitLine,
    Claim,
    CostLine,
    StatedFigure,
    StatedScenario,
    StatedScenarioYear,
)
from ..models.reconciliation import RECORDS
from ..rules import arithmetic
from .stated_savings import savings_table
from .withholding import OF_THE_BUSINESS_CASE, Source, readable

UNSAID = "what it covers is not stated"


class Grounds:
    """At most a dozen queries, however many figures are worked out; more at a past day."""

    def __init__(self, user: User, day: datetime.date | None = None):
        self.user, self.day = user, day
        self._hidden: dict[Ground, bool] = {}

    def hides(self, ground: Ground) -> bool:
        """Whether some record of this ground is kept from the reader."""
        if self.user.standing.reads_all_exempt:
            return False
        if ground not in self._hidden:
            model = RECORDS[ground]
            if self.day is None:
                seen = model.objects.visible_to(self.user)
                self._hidden[ground] = model.objects.live().exclude(pk__in=seen.values("pk")).exists()
            else:
                self._hidden[ground] = bool(readable(model, self.user, self.day)[1])
        return self._hidden[ground]

    def amounts(self, kind: AmountKind, frequency: Frequency | None = None) -> Profile:
        """What lines that release cash come to by year; of one frequency where it is named."""
        wanted = [frequency] if frequency else list(Frequency)
        return arithmetic.by_year(Profile(self._sums.get((kind, one), {})) for one in wanted)

    @cached_property
    def _sums(self) -> dict[tuple[str, str], dict[FinancialYear, Decimal]]:
        found: dict[tuple[str, str], dict[FinancialYear, Decimal]] = {}
        for kind, frequency, year, amount in self._summed():
            years = found.setdefault((kind, frequency), {})
            years[year] = years.get(year, Decimal(0)) + amount
        return found

    def _summed(self) -> Iterator[tuple[str, str, FinancialYear, Decimal]]:
        seen = BenefitAmount.objects.visible_to(self.user)
        if self.day is None:
            rows = seen.live().filter(line__withdrawn=False, line__kind__in=CASHABLE).order_by()
            yield from rows.values_list("kind", "line__frequency", "year").annotate(Sum("amount"))
            return
        for one in seen.as_at(self.day):
            line = self._lines_then.get(one.line_id)
            if line and not one.withdrawn and not line.withdrawn:
                yield one.kind, line.frequency, one.year, one.amount

    @cached_property
    def _lines_then(self) -> dict[int, BenefitLine]:
        """The lines that released cash on the past day, withdrawn ones included."""
        if self.day is None:
            return {}
        seen = BenefitLine.objects.visible_to(self.user).as_at(self.day)
        return {line.pk: line for line in seen if line.kind in CASHABLE}

    @cached_property
    def stated_lines(self) -> Profile:
        """The savings lines of the business case by year, as it states them, whatever was approved since."""
        if self.day is not None:
            table = savings_table(self.user, self.day)
            pairs = zip(table.years, table.year_totals, strict=True)
            return Profile({year: amount for year, amount in pairs if amount is not None})
        rows = BenefitAmount.objects.visible_to(self.user).live().order_by()
        stated = rows.filter(kind=AmountKind.ORIGINAL, line__withdrawn=False)
        own = stated.filter(line__in=BenefitLine.objects.order_by().filter(OF_THE_BUSINESS_CASE).values("pk"))
        return Profile(own.values_list("year").annotate(Sum("amount")))

    @cached_property
    def delivered(self) -> Decimal | None:
        """The full-year effect that finance verified on recurring lines that release cash.

        Nought where lines are approved and nothing is verified yet: finance knows that nothing is.
        """
        claims = Claim.objects.visible_to(self.user)
        if self.day is None:
            rows = claims.verified().filter(line__kind__in=CASHABLE, line__frequency=Frequency.RECURRING)
            total = rows.aggregate(total=Sum("full_year"))["total"]
        else:
            total = arithmetic.total(one.full_year for one in claims.as_at(self.day) if self._counted(one))
        return Decimal(0) if total is None and self.amounts(AmountKind.APPROVED) else total

    def _counted(self, claim: Claim) -> bool:
        line = self._lines_then.get(claim.line_id)
        verified = claim.status == ClaimStatus.VERIFIED and not claim.withdrawn
        return verified and line is not None and line.frequency == Frequency.RECURRING

    @cached_property
    def _scenario(self) -> StatedScenario | None:
        """The payback table that the business case states: the first by name."""
        if self.day is None:
            seen = StatedScenario.objects.visible_to(self.user).live()
            return seen.select_related("confirmed_by__profile").order_by("name", "pk").first()
        scenarios = readable(StatedScenario, self.user, self.day)[0]
        return min(scenarios, key=lambda one: (one.name, one.pk), default=None)

    @property
    def stated_source(self) -> Source | None:
        return Source.of(self._scenario) if self._scenario else None

    @cached_property
    def _stated_years(self) -> list[Any]:
        if self._scenario is None:
            return []
        rows = StatedScenarioYear.objects.visible_to(self.user).filter(scenario=self._scenario.pk)
        found = rows.live() if self.day is None else rows.as_at(self.day)
        return [one for one in found if not one.withdrawn]

    def stated(self, row: str) -> Profile:
        """One row of the stated payback table by year: ``benefit``, ``cost`` or ``net``."""
        return Profile({one.year: getattr(one, row) for one in self._stated_years})

    @cached_property
    def yearly(self) -> Decimal | None:
        """The yearly saving that the business case states without saying what it covers."""
        figures = StatedFigure.objects.visible_to(self.user).filter(
            measure=Measure.ANNUAL_SAVINGS, covers=UNSAID
        )
        found = figures.live() if self.day is None else figures.as_at(self.day)
        amounts = [one.amount for one in found if not one.withdrawn]
        return amounts[0] if len(amounts) == 1 else None

    @cached_property
    def invested(self) -> Decimal | None:
        """The sum of all cost lines, whether they have years or not."""
        lines = CostLine.objects.visible_to(self.user)
        found = lines.live() if self.day is None else lines.as_at(self.day)
        return arithmetic.total(one.amount for one in found if not one.withdrawn)

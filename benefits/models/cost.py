from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q

from programme.foundation.history import Tracked
from programme.foundation.money import FinancialYearField, MoneyField
from programme.foundation.sources import Sourced
from programme.people.classification import Classified
from programme.people.models import Scope, User

from ..choices import REFERENCE, CostCategory, CostKind, FundingSource
from .benefit import BenefitsQuerySet, seen_with


class CostLine(Classified, Sourced):
    """A line of investment. Without years it is "not profiled", and is never spread by guesswork.

    Redundancy lines are exempt unless somebody decides otherwise.
    """

    ref = models.CharField("reference", max_length=12, unique=True, validators=[REFERENCE])
    name = models.CharField(max_length=200)
    category = models.CharField(max_length=20, choices=CostCategory, default=CostCategory.OTHER)
    amount = MoneyField()
    funding = models.CharField(max_length=20, choices=FundingSource, default=FundingSource.RESERVE)
    position = models.PositiveSmallIntegerField(default=0)
    scope = models.ForeignKey(Scope, related_name="cost_lines", on_delete=models.PROTECT)

    objects = BenefitsQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [*Classified.Meta.constraints, *Sourced.Meta.constraints]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"/benefits/investment/{self.ref}/"


class OfCostLineQuerySet(BenefitsQuerySet):
    def visible_to(self, user: User) -> Self:
        return self.filter(seen_with(user, record="line__"))


class CostAmount(Tracked):
    """What one cost line is budgeted, forecast or found to cost in one financial year, in pounds."""

    line = models.ForeignKey(CostLine, related_name="amounts", on_delete=models.PROTECT)
    year = FinancialYearField()
    kind = models.CharField(max_length=10, choices=CostKind)
    amount = MoneyField(negative=True)

    objects = OfCostLineQuerySet.as_manager()

    class Meta:
        ordering = ["line", "kind", "year"]
        constraints = [
            models.UniqueConstraint(
                fields=["line", "kind", "year"],
                condition=Q(withdrawn=False),
                name="benefits_one_cost_a_year_and_kind",
                violation_error_message="There is an amount for this year already.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.line}, {self.year}"

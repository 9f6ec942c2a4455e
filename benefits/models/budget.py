from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q

from programme.foundation.history import Tracked
from programme.foundation.money import FinancialYearField, MoneyField
from programme.foundation.sources import Sourced
from programme.people.classification import Classified
from programme.people.models import Scope, User

from ..choices import BUDGET_CODE, RequirementKind
from .benefit import BenefitsQuerySet


class BudgetQuerySet(BenefitsQuerySet):
    def visible_to(self, user: User) -> Self:
        return self.all() if user.has_perm("benefits.view_benefits") else self.none()


class Budget(Tracked, Sourced):
    """The budget of one code in one year, in pounds, as finance loaded it: what savings are held against."""

    code = models.CharField("budget code", max_length=30, validators=[BUDGET_CODE])
    year = FinancialYearField()
    name = models.CharField(max_length=120, blank=True)
    amount = MoneyField(negative=True)

    objects = BudgetQuerySet.as_manager()

    class Meta:
        ordering = ["code", "year"]
        constraints = [
            *Sourced.Meta.constraints,
            models.UniqueConstraint(
                fields=["code", "year"],
                condition=Q(withdrawn=False),
                name="benefits_one_budget_a_code_and_year",
                violation_error_message="There is a budget for this code and year already.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code}, {self.year}"


class Requirement(Classified, Sourced):
    """Savings that the budget gap or the medium-term plan requires in one year, in pounds."""

    kind = models.CharField(max_length=16, choices=RequirementKind)
    year = FinancialYearField()
    amount = MoneyField()
    scope = models.ForeignKey(Scope, related_name="requirements", on_delete=models.PROTECT)

    objects = BenefitsQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "year"]
        constraints = [
            *Classified.Meta.constraints,
            *Sourced.Meta.constraints,
            models.UniqueConstraint(
                fields=["kind", "year"],
                condition=Q(withdrawn=False),
                name="benefits_one_requirement_a_year",
                violation_error_message="There is a figure for this year already.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.year}"

    def get_absolute_url(self) -> str:
        return "/benefits/gap/"

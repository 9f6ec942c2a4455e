from __future__ import annotations

from django.db import models
from django.db.models import Q

from programme.foundation.history import Tracked
from programme.foundation.money import FinancialYearField, MoneyField
from programme.foundation.sources import Sourced
from programme.people.classification import Classified, ClassifiedQuerySet, visible
from programme.people.models import Scope, User

from ..choices import REFERENCE, AmountKind, Category, Deliverability, Frequency, FundingSource


class BenefitsQuerySet(ClassifiedQuerySet):
    """Savings, investment and stated figures are read from the working pages only, never by staff."""

    def visible_to(self, user: User) -> BenefitsQuerySet:
        return super().visible_to(user) if user.has_perm("benefits.view_benefits") else self.none()


class BenefitLine(Classified, Sourced):
    """A line of savings or income. Staffing lines are exempt unless somebody decides otherwise.

    What cannot be quantified yet has a reason instead of amounts, and stands in every report.
    """

    ref = models.CharField("reference", max_length=12, unique=True, validators=[REFERENCE])
    name = models.CharField(max_length=200)
    category = models.CharField(max_length=24, choices=Category)
    deliverability = models.CharField(max_length=16, choices=Deliverability, default=Deliverability.NOT_RATED)
    frequency = models.CharField(max_length=12, choices=Frequency, default=Frequency.RECURRING)
    not_quantified_because = models.CharField("why there is no figure", max_length=500, blank=True)
    stated_total = MoneyField("total as stated", null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    scope = models.ForeignKey(Scope, related_name="benefit_lines", on_delete=models.PROTECT)

    objects = BenefitsQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [*Classified.Meta.constraints, *Sourced.Meta.constraints]

    def __str__(self) -> str:
        return self.name

    @property
    def is_quantified(self) -> bool:
        return not self.not_quantified_because


class OfLineQuerySet(BenefitsQuerySet):
    def visible_to(self, user: User) -> OfLineQuerySet:
        if not user.has_perm("benefits.view_benefits"):
            return self.none()
        return self.filter(visible(user, scope="line__scope", prefix="line__"))


class BenefitAmount(Tracked):
    """What one line brings in one financial year, in pounds; a saving that stops is negative."""

    line = models.ForeignKey(BenefitLine, related_name="amounts", on_delete=models.PROTECT)
    year = FinancialYearField()
    kind = models.CharField(max_length=10, choices=AmountKind)
    amount = MoneyField(negative=True)

    objects = OfLineQuerySet.as_manager()

    class Meta:
        ordering = ["line", "kind", "year"]
        constraints = [
            models.UniqueConstraint(
                fields=["line", "kind", "year"],
                condition=Q(withdrawn=False),
                name="benefits_one_amount_a_year_and_kind",
                violation_error_message="There is an amount for this year already.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.line}, {self.year}"


class CostLine(Classified, Sourced):
    """A line of investment. Without years it is "not profiled", and is never spread by guesswork.

    Redundancy lines are exempt unless somebody decides otherwise.
    """

    ref = models.CharField("reference", max_length=12, unique=True, validators=[REFERENCE])
    name = models.CharField(max_length=200)
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

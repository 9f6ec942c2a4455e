from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q

from programme.foundation.history import Tracked
from programme.foundation.money import FinancialYearField, MoneyField
from programme.foundation.sources import Sourced
from programme.people.classification import Classified
from programme.people.models import Scope, User

from ..choices import REFERENCE, Measure
from .benefit import BenefitsQuerySet, seen_with


class StatedFigure(Classified, Sourced):
    """A headline somebody published, with its place: kept as stated, so that it can be reconciled.

    A figure is an amount in pounds, a per cent, or a date.
    """

    ref = models.CharField("reference", max_length=12, unique=True, validators=[REFERENCE])
    measure = models.CharField(max_length=50, choices=Measure)
    amount = MoneyField(null=True, blank=True)
    percent = models.DecimalField(max_digits=6, decimal_places=2, null=True, blank=True)
    date = models.DateField(null=True, blank=True)
    covers = models.CharField("what it covers, as stated", max_length=120, blank=True)
    qualifier = models.CharField(max_length=60, blank=True)
    inferred_basis = models.CharField(max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    scope = models.ForeignKey(Scope, related_name="stated_figures", on_delete=models.PROTECT)

    objects = BenefitsQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            *Classified.Meta.constraints,
            *Sourced.Meta.constraints,
            models.CheckConstraint(
                condition=Q(amount__isnull=False, percent=None, date=None)
                | Q(amount=None, percent__isnull=False, date=None)
                | Q(amount=None, percent=None, date__isnull=False),
                name="benefits_stated_figure_is_one_thing",
                violation_error_message="A stated figure is an amount, a per cent or a date.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_measure_display()}, {self.source_place}"

    def get_absolute_url(self) -> str:
        return f"/benefits/reconciliation/figures/{self.ref}/"


class StatedScenario(Classified, Sourced):
    """A payback table as somebody published it: loaded as stated, never derived from lines."""

    ref = models.CharField("reference", max_length=12, unique=True, validators=[REFERENCE])
    name = models.CharField(max_length=120)
    statement = models.CharField("what it claims", max_length=300, blank=True)
    note = models.CharField(max_length=500, blank=True)
    stated_benefit = MoneyField("total benefit as stated", negative=True)
    stated_cost = MoneyField("total cost as stated")
    stated_net = MoneyField("total net as stated", negative=True)
    scope = models.ForeignKey(Scope, related_name="stated_scenarios", on_delete=models.PROTECT)

    objects = BenefitsQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [*Classified.Meta.constraints, *Sourced.Meta.constraints]

    def __str__(self) -> str:
        return self.name


class OfScenarioQuerySet(BenefitsQuerySet):
    def visible_to(self, user: User) -> Self:
        return self.filter(seen_with(user, record="scenario__"))


class StatedScenarioYear(Tracked):
    """One year of a stated payback table: benefit, cost and net, each as stated."""

    scenario = models.ForeignKey(StatedScenario, related_name="years", on_delete=models.PROTECT)
    year = FinancialYearField()
    benefit = MoneyField(negative=True)
    cost = MoneyField()
    net = MoneyField(negative=True)

    objects = OfScenarioQuerySet.as_manager()

    class Meta:
        ordering = ["scenario", "year"]
        constraints = [
            models.UniqueConstraint(fields=["scenario", "year"], name="benefits_scenario_year_once")
        ]

    def __str__(self) -> str:
        return f"{self.scenario}, {self.year}"

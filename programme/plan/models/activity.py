from __future__ import annotations

import datetime
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q

from programme.foundation.history import Tracked
from programme.people.classification import EVERYTHING, visible
from programme.people.models import Scope, User
from programme.portfolio.models import Decision, Project
from programme.portfolio.models.project import OfProjectQuerySet

from ..choices import Kind, Precision
from ..dates import EARLIEST, LATEST


def unseen_projects(user: User) -> Any:
    """The projects that ``user`` may not know of; None where there are none that this holds for.

    They are few: leaving them out of thousands of rows is quicker than joining the project to each.
    """
    seen = visible(user, scope="scope")
    return None if seen == EVERYTHING else Project.objects.exclude(seen).order_by().values("pk")


class ActivityQuerySet(OfProjectQuerySet):
    def visible_to(self, user: User) -> ActivityQuerySet:
        """Seen by whoever sees the project."""
        unseen = unseen_projects(user)
        return self if unseen is None else self.exclude(project__in=unseen)

    def visible_with_project(self, user: User) -> ActivityQuerySet:
        """The same rows as ``visible_to``, for a question that reads of each row's project anyway."""
        return self.filter(visible(user, scope="project__scope", prefix="project__"))

    def planned(self) -> ActivityQuerySet:
        """Live, and of a project that is live."""
        gone = Project.objects.filter(withdrawn=True).order_by().values("pk")
        return self.live().exclude(project__in=gone)

    def milestones(self) -> ActivityQuerySet:
        return self.filter(kind=Kind.MILESTONE)

    def not_done(self) -> ActivityQuerySet:
        return self.filter(actual_finish=None)

    def soonest_first(self) -> ActivityQuerySet:
        """What is not done by its forecast, then what is done."""
        return self.order_by(F("actual_finish").asc(nulls_first=True), "forecast_finish", "pk")

    def late(self, day: datetime.date) -> ActivityQuerySet:
        """Not done, and forecast later than approved or, on ``day``, past the forecast."""
        later = Q(forecast_finish__gt=F("approved_finish")) | Q(forecast_finish__lt=day)
        return self.not_done().filter(later)

    def as_at(self, day: datetime.date) -> list[Activity]:
        """As they stood at the end of ``day``, each with its project as it stood: one more query."""
        stood = super().as_at(day)
        projects = Project.objects.filter(pk__in={one.project_id for one in stood}).as_at(day)
        then = {one.pk: one for one in projects}
        for one in stood:
            if one.project_id in then:
                one.project = then[one.project_id]
        return stood


def _day(name: str = "", **options: Any) -> models.DateField:
    """A date of the plan, within the years for which plans are kept."""
    bounds = [MinValueValidator(EARLIEST), MaxValueValidator(LATEST)]
    return models.DateField(*([name] if name else []), validators=bounds, **options)


def _ordered(first: str, second: str, words: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(**{first: None}) | Q(**{second: None}) | Q(**{f"{second}__gte": F(first)}),
        name=f"plan_activity_{second}_not_before_start",
        violation_error_message=f"The {words} finish cannot be before the {words} start.",
    )


class Activity(Tracked):
    """An activity, with a duration, or a milestone, a point: then only the finish dates are used.

    Four pairs of dates: original (first approved), approved (the baseline in force), forecast, actual.
    Duration is working days from forecast start to forecast finish, both included.
    """

    ref = models.CharField(
        "reference",
        max_length=24,
        unique=True,
        validators=[RegexValidator(r"^[A-Z]{2,5}-\d{2,5}-[AM]\d{2,5}\Z", "Write it like DIG-01-M03.")],
    )
    project = models.ForeignKey(Project, related_name="activities", on_delete=models.PROTECT)
    kind = models.CharField(max_length=10, choices=Kind)
    name = models.CharField(max_length=200)
    note = models.TextField(max_length=1000, blank=True)
    earliest_start = _day("starts no earlier than", null=True, blank=True)
    original_start = _day(null=True, blank=True)
    original_finish = _day(null=True, blank=True)
    approved_start = _day(null=True, blank=True)
    approved_finish = _day(null=True, blank=True)
    forecast_start = _day(null=True, blank=True)
    forecast_finish = _day()
    actual_start = _day(null=True, blank=True)
    actual_finish = _day(null=True, blank=True)
    precision = models.CharField(max_length=16, choices=Precision, default=Precision.DAY)
    baseline_decision = models.ForeignKey(
        Decision,
        verbose_name="decision behind the baseline",
        null=True,
        blank=True,
        related_name="baselines",
        on_delete=models.PROTECT,
    )
    source_place = models.CharField("place in the business case", max_length=200, blank=True)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        ordering = ["project", "forecast_finish", "ref"]
        verbose_name_plural = "activities"
        constraints = [
            _ordered("original_start", "original_finish", "original"),
            _ordered("approved_start", "approved_finish", "approved"),
            _ordered("forecast_start", "forecast_finish", "forecast"),
            _ordered("actual_start", "actual_finish", "actual"),
            models.CheckConstraint(
                condition=~Q(kind=Kind.MILESTONE)
                | Q(original_start=None, approved_start=None, forecast_start=None, actual_start=None),
                name="plan_milestone_is_a_point",
                violation_error_message="A milestone is a point: it has no start dates.",
            ),
            models.CheckConstraint(
                condition=~Q(kind=Kind.ACTIVITY) | Q(forecast_start__isnull=False),
                name="plan_activity_has_a_start",
                violation_error_message="An activity needs a forecast start.",
            ),
        ]
        indexes = [
            models.Index(fields=["forecast_finish"]),
            models.Index(fields=["kind", "forecast_finish"]),
            models.Index(fields=["project", "kind", "forecast_finish"]),
            # What is ahead and late is counted for home out of this index alone.
            models.Index(
                fields=[
                    "kind",
                    "actual_finish",
                    "withdrawn",
                    "project",
                    "forecast_finish",
                    "approved_finish",
                    "precision",
                ],
                name="plan_activity_ahead",
            ),
            models.Index(fields=["withdrawn", "project"]),
            models.Index(  # all that counting what is late, due or done needs, beside the order of the list
                fields=["actual_finish", "forecast_finish", "approved_finish", "withdrawn", "project"],
                name="plan_activity_by_finish",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ref} {self.name}"

    def get_absolute_url(self) -> str:
        return f"/plan/{self.ref}/"

    @property
    def scope(self) -> Scope:
        return self.project.scope

    @property
    def is_milestone(self) -> bool:
        return self.kind == Kind.MILESTONE

    def stood_visible_to(self, user: User) -> bool:
        """Whether ``user`` may read this copy: by its project's class, which is then's in a copy of then."""
        return self.project.stood_visible_to(user)

    @property
    def latest_finish(self) -> datetime.date:
        """When it finished, or is now forecast to."""
        return self.actual_finish or self.forecast_finish

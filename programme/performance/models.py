from __future__ import annotations

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from programme.foundation.history import Tracked
from programme.foundation.sources import Sourced
from programme.people.classification import Classified, ClassifiedQuerySet, visible
from programme.people.models import Scope, User
from programme.plan.dates import EARLIEST, LATEST
from programme.portfolio.models import Workstream

from .choices import REFERENCE, Direction, Frequency
from .units import in_unit, is_worse


class MeasureQuerySet(ClassifiedQuerySet):
    """Measures are read from the working pages only, never by staff."""

    def visible_to(self, user: User) -> MeasureQuerySet:
        return super().visible_to(user) if user.has_perm("performance.view_measures") else self.none()


def _value(name: str = "", **options: Any) -> models.DecimalField:
    """What a measure reads, in its own unit."""
    names = [name] if name else []
    return models.DecimalField(*names, max_digits=12, decimal_places=3, **options)


def _day(name: str, **options: Any) -> models.DateField:
    return models.DateField(
        name, validators=[MinValueValidator(EARLIEST), MaxValueValidator(LATEST)], **options
    )


def _dated(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(**{f"{name}_date": None}) | Q(**{f"{name}__isnull": False}),
        name=f"performance_measure_{name}_date_has_a_{name}",
        violation_error_message=f"A date of the {name} needs the {name}.",
    )


class Measure(Classified, Sourced):
    """What shows whether a benefit comes: how it is counted, where it stood before, where it is to be.

    Baseline and target are in ``unit``; their source is the measure's. A ``qualifier`` is what the source
    says beside the figure, such as "at least" or "approximately". Its scope is its workstream's, or the
    programme's where it belongs to none.
    """

    ref = models.CharField("reference", max_length=12, unique=True, validators=[REFERENCE])
    name = models.CharField(max_length=200)
    definition = models.TextField("what exactly is counted", max_length=2000, blank=True)
    unit = models.CharField(max_length=40, help_text="For example per cent, minutes, processes.")
    direction = models.CharField("better", max_length=4, choices=Direction)
    frequency = models.CharField("how often it is read", max_length=12, choices=Frequency, blank=True)
    owner = models.ForeignKey(User, null=True, blank=True, related_name="measures", on_delete=models.PROTECT)
    workstream = models.ForeignKey(
        Workstream, null=True, blank=True, related_name="measures", on_delete=models.PROTECT
    )
    baseline = _value(null=True, blank=True)
    baseline_qualifier = models.CharField(max_length=40, blank=True)
    baseline_date = _day("date of the baseline", null=True, blank=True)
    target = _value(null=True, blank=True)
    target_qualifier = models.CharField(max_length=40, blank=True)
    target_date = _day("date of the target", null=True, blank=True)
    scope = models.ForeignKey(Scope, related_name="measures", on_delete=models.PROTECT)

    objects = MeasureQuerySet.as_manager()

    class Meta:
        ordering = ["ref"]
        constraints = [
            *Classified.Meta.constraints,
            *Sourced.Meta.constraints,
            _dated("baseline"),
            _dated("target"),
        ]

    def __str__(self) -> str:
        return f"{self.ref} {self.name}"

    def get_absolute_url(self) -> str:
        return f"/measures/{self.ref}/"

    @property
    def baseline_words(self) -> str:
        return in_unit(self.baseline, self.unit, self.baseline_qualifier)

    @property
    def target_words(self) -> str:
        return in_unit(self.target, self.unit, self.target_qualifier)

    @property
    def aims_back(self) -> bool:
        """Whether the target is a step back from the baseline, which may be meant but is worth a look."""
        return is_worse(self.target, self.baseline, up_is_better=self.direction == Direction.UP)


class OfMeasureQuerySet(MeasureQuerySet):
    """Records that are seen by whoever sees their measure."""

    def visible_to(self, user: User) -> OfMeasureQuerySet:
        if not user.has_perm("performance.view_measures"):
            return self.none()
        return self.filter(visible(user, scope="measure__scope", prefix="measure__"))


class TrajectoryPoint(Tracked):
    """What a measure should read on one day on the way to its target, in the measure's unit."""

    measure = models.ForeignKey(Measure, related_name="trajectory", on_delete=models.PROTECT)
    date = _day("on")
    value = _value()

    objects = OfMeasureQuerySet.as_manager()

    class Meta:
        ordering = ["measure", "date"]
        constraints = [
            models.UniqueConstraint(
                fields=["measure", "date"],
                condition=Q(withdrawn=False),
                name="performance_one_point_a_day",
                violation_error_message="There is a value for this day already.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.measure.ref}, {self.date}"

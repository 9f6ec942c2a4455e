from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from programme.foundation.history import Tracked, TrackedQuerySet
from programme.people.models import Scope, User

from ..choices import DependencyKind
from .activity import Activity, unseen_projects


class DependencyQuerySet(TrackedQuerySet):
    def visible_to(self, user: User) -> DependencyQuerySet:
        """Only where both ends are visible: a link to the unseen would give it away."""
        unseen = unseen_projects(user)
        if unseen is None:
            return self
        hidden = Q(predecessor__project__in=unseen) | Q(successor__project__in=unseen)
        return self.exclude(hidden)


class Dependency(Tracked):
    """The successor waits for the predecessor, in one of four ways, with a lag or lead in working days."""

    predecessor = models.ForeignKey(Activity, related_name="successor_links", on_delete=models.PROTECT)
    successor = models.ForeignKey(Activity, related_name="predecessor_links", on_delete=models.PROTECT)
    kind = models.CharField(max_length=2, choices=DependencyKind, default=DependencyKind.FINISH_START)
    lag = models.SmallIntegerField(
        "lag in working days",
        default=0,
        help_text="A lead is a negative lag.",
        validators=[MinValueValidator(-1000), MaxValueValidator(1000)],
    )

    objects = DependencyQuerySet.as_manager()

    class Meta:
        ordering = ["successor", "predecessor"]
        verbose_name_plural = "dependencies"
        indexes = [models.Index(fields=["withdrawn", "successor", "predecessor"])]
        constraints = [
            models.UniqueConstraint(
                fields=["predecessor", "successor", "kind"],
                condition=Q(withdrawn=False),
                name="plan_dependency_once",
                violation_error_message="These two are linked in this way already.",
            ),
            models.CheckConstraint(
                condition=~Q(predecessor=F("successor")),
                name="plan_dependency_not_on_itself",
                violation_error_message="Nothing can wait for itself.",
            ),
        ]

    def __str__(self) -> str:
        lag = f" {self.lag:+d}" if self.lag else ""
        return f"{self.predecessor.ref} to {self.successor.ref}, {self.get_kind_display().lower()}{lag}"

    @property
    def scope(self) -> Scope:
        return self.successor.scope

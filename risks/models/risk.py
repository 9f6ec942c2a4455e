from __future__ import annotations

import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from programme.foundation.history import Tracked
from programme.people.classification import Classified
from programme.people.models import Scope, User
from programme.plan.models import Activity

from ..choices import (
    ENDED,
    REFERENCE,
    STANDING,
    EscalatedTo,
    Knowledge,
    Proximity,
    Response,
    Status,
    status_words,
)
from ..rules.scoring import Matrix, outside_appetite
from .access import OfRiskQuerySet, RegisterQuerySet, owned_today
from .category import RiskCategory
from .scored import Scored, value_of


class RiskQuerySet(RegisterQuerySet):
    def standing(self) -> Self:
        """Those that may still happen: open or escalated, not withdrawn."""
        return self.live().filter(status__in=sorted(STANDING))

    def scored(self) -> Self:
        return self.filter(current_likelihood__isnull=False)

    def not_scored(self) -> Self:
        """Not yet scored, which is visible work and neither a blank nor a nought."""
        return self.filter(current_likelihood=None)

    def unowned(self) -> Self:
        return self.filter(owner=None)

    def overdue(self, day: datetime.date) -> Self:
        """Past their review on ``day``; on the day itself a review is due, not overdue."""
        return self.filter(review_due__lt=day)

    def in_band(self, matrix: Matrix, band: str, *, kind: str = "current") -> Self:
        """Those whose ``kind`` of score lies in a band of ``matrix``."""
        # In one number: SQLite would look up each of several cells and read every row of them.
        cells = [cell.likelihood * 10 + cell.impact for cell in matrix.cells_in(band)]
        return self.alias(cell=F(f"{kind}_likelihood") * 10 + F(f"{kind}_impact")).filter(cell__in=cells)

    def of_place(self, scope: Scope) -> Self:
        """Those of a place and of every place inside it."""
        inside = Q(scope=scope) | Q(scope__parent=scope) | Q(scope__parent__parent=scope)
        return self.filter(inside)

    def highest_first(self) -> Self:
        """By the current score; what is not yet scored comes last."""
        return self.order_by(value_of("current").desc(), "-current_impact", "pk")


# All that decides who sees a risk and where it lies. Whole pages count out of indexes that hold it, however
# many risks there are: see docs/speed.md. None begins with the status, which SQLite would take to be rare.
SEEN_BY = ("withdrawn", "status", "classification", "scope", "owner")
LOOKED_THROUGH = [
    models.Index(
        fields=["current_likelihood", "current_impact", "id", *SEEN_BY, "category"],
        name="risks_risk_cells_now",
    ),
    models.Index(
        fields=["target_likelihood", "target_impact", "id", *SEEN_BY, "category"],
        name="risks_risk_cells_target",
    ),
    models.Index(value_of("current").desc(), "id", *SEEN_BY, name="risks_risk_scores"),
    models.Index(fields=["review_due", "id", *SEEN_BY], name="risks_risk_reviews"),
    models.Index(
        fields=["category", *SEEN_BY, "current_likelihood", "current_impact"], name="risks_risk_appetite"
    ),
]


class Risk(Classified, Scored):
    """Something that may happen and would hurt: cause, event, effect, with one owner and three scores.

    Its ``scope`` is where it belongs: the programme, a workstream or a project. ``review_due`` is stored by
    the actions, from the band, the intervals of the settings and the acceptance. ``source_document`` and
    ``source_place`` say where it was raised.
    """

    ref = models.CharField(
        "reference",
        max_length=12,
        unique=True,
        validators=[REFERENCE],
        error_messages={"unique": "This reference is not free; leave it empty for the next one."},
    )
    title = models.CharField(max_length=200)
    cause = models.TextField(max_length=2000, blank=True)
    event = models.TextField("what may happen", max_length=2000, blank=True)
    effect = models.TextField(max_length=2000, blank=True)
    controls = models.TextField("controls in place", max_length=2000, blank=True)
    category = models.ForeignKey(
        RiskCategory, null=True, blank=True, related_name="risks", on_delete=models.PROTECT
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, related_name="risks", on_delete=models.PROTECT
    )
    scope = models.ForeignKey(Scope, verbose_name="place", related_name="risks", on_delete=models.PROTECT)
    proximity = models.CharField("how soon", max_length=12, choices=Proximity, blank=True)
    knowledge = models.CharField("strength of knowledge", max_length=10, choices=Knowledge, blank=True)
    response = models.CharField(max_length=10, choices=Response, blank=True)
    status = models.CharField(max_length=12, choices=Status, default=Status.OPEN)
    escalated_to = models.CharField(max_length=10, choices=EscalatedTo, blank=True)
    raised_on = models.DateField()
    ended_on = models.DateField("closed or materialised on", null=True, blank=True)
    last_reviewed = models.DateField(null=True, blank=True)
    review_due = models.DateField("next review", null=True, blank=True)
    source_document = models.CharField("where it was raised", max_length=200, blank=True)
    source_place = models.CharField("place in the source", max_length=200, blank=True)

    objects = RiskQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            *Classified.Meta.constraints,
            *Scored.Meta.constraints,
            models.CheckConstraint(
                condition=Q(status=Status.ESCALATED, escalated_to__in=EscalatedTo.values)
                | (~Q(status=Status.ESCALATED) & Q(escalated_to="")),
                name="risks_escalated_says_to_whom",
                violation_error_message="An escalated risk says to whom; no other does.",
            ),
            models.CheckConstraint(
                condition=Q(status__in=sorted(ENDED), ended_on__isnull=False)
                | (~Q(status__in=sorted(ENDED)) & Q(ended_on=None)),
                name="risks_ended_says_when",
                violation_error_message="A closed or materialised risk says since when; no other does.",
            ),
            models.CheckConstraint(
                condition=Q(status__in=Status.values), name="risks_risk_has_a_known_status"
            ),
        ]
        indexes = [
            models.Index(fields=["owner", "withdrawn", "status"], name="risks_risk_by_owner"),
            models.Index(fields=["scope", "withdrawn", "status"], name="risks_risk_by_place"),
            *LOOKED_THROUGH,
        ]

    def __str__(self) -> str:
        return f"{self.ref} {self.title}"

    def get_absolute_url(self) -> str:
        return f"/risks/{self.ref}/"

    def stood_visible_to(self, user: User) -> bool:
        return super().stood_visible_to(user) or owned_today(self, user)

    @property
    def is_standing(self) -> bool:
        """Whether it may still happen."""
        return not self.withdrawn and self.status in STANDING

    @property
    def is_outside_appetite(self) -> bool:
        """Whether the current score is above what the category tolerates; reads the category."""
        return outside_appetite(self.current, self.category.highest_tolerated if self.category else None)

    @property
    def status_words(self) -> str:
        """ "Escalated to the board", "Withdrawn"."""
        if self.withdrawn:
            return "Withdrawn"
        return status_words(self.status, self.escalated_to)


class RiskContributor(Tracked):
    """Somebody who helps with a risk beside its owner."""

    risk = models.ForeignKey(Risk, related_name="contributors", on_delete=models.PROTECT)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, related_name="contributes_to_risks", on_delete=models.PROTECT
    )

    objects = OfRiskQuerySet.as_manager()

    class Meta:
        ordering = ["risk", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["risk", "person"],
                condition=Q(withdrawn=False),
                name="risks_contributes_once",
                violation_error_message="This person contributes already.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} contributes to {self.risk.ref}"


class RiskMilestoneQuerySet(OfRiskQuerySet):
    def visible_to(self, user: User) -> Self:
        """Only where both the risk and the milestone are visible: a link to the unseen would give it away."""
        milestones = Activity.objects.visible_to(user).order_by().values("pk")
        return super().visible_to(user).filter(activity__in=milestones)


class RiskMilestone(Tracked):
    """A milestone of the plan that the risk threatens."""

    risk = models.ForeignKey(Risk, related_name="milestones", on_delete=models.PROTECT)
    activity = models.ForeignKey(
        Activity, verbose_name="milestone", related_name="risks", on_delete=models.PROTECT
    )

    objects = RiskMilestoneQuerySet.as_manager()

    class Meta:
        ordering = ["risk", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["risk", "activity"],
                condition=Q(withdrawn=False),
                name="risks_threatens_once",
                violation_error_message="This milestone is linked already.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.risk.ref} threatens {self.activity}"

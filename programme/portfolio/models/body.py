from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q

from programme.foundation.history import Tracked, TrackedQuerySet
from programme.people.classification import Classified, ClassifiedQuerySet
from programme.people.models import Scope

from ..choices import AUTHORISING, BodyKind, Outcome, SeatRole
from .workstream import Workstream

if TYPE_CHECKING:
    from programme.people.models import User


class BodyQuerySet(TrackedQuerySet):
    def visible_to(self, user: User) -> BodyQuerySet:
        return self if user.has_perm("portfolio.view_portfolio") else self.none()


class Body(Tracked):
    """A body that decides, steers, delivers or challenges, with its terms of reference."""

    slug = models.SlugField(unique=True)
    kind = models.CharField(max_length=20, choices=BodyKind)
    name = models.CharField(max_length=120)
    purpose = models.TextField(max_length=1000, blank=True)
    terms = models.JSONField("terms of reference", default=list, blank=True, help_text="One sentence each.")
    workstream = models.ForeignKey(
        Workstream, null=True, blank=True, related_name="bodies", on_delete=models.PROTECT
    )
    scope = models.OneToOneField(Scope, related_name="body", on_delete=models.PROTECT)

    objects = BodyQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "name"]
        verbose_name_plural = "bodies"
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind=BodyKind.DELIVERY_GROUP) | Q(workstream__isnull=False),
                name="portfolio_delivery_group_has_a_workstream",
                violation_error_message="A delivery group belongs to a workstream.",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"/bodies/{self.slug}/"


class Seat(Tracked):
    """A place on a body, by post, as its terms of reference name it."""

    body = models.ForeignKey(Body, related_name="seats", on_delete=models.PROTECT)
    post = models.CharField(max_length=120)
    role = models.CharField(max_length=20, choices=SeatRole)
    position = models.PositiveSmallIntegerField()

    objects = BodyQuerySet.as_manager()

    class Meta:
        ordering = ["body", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["body"],
                condition=Q(role=SeatRole.CHAIR, withdrawn=False),
                name="portfolio_body_has_one_chair",
                violation_error_message="A body has one chair.",
            )
        ]

    def __str__(self) -> str:
        return self.post


class DecisionQuerySet(ClassifiedQuerySet):
    def visible_to(self, user: User) -> DecisionQuerySet:
        """The register is a working page: staff read what became of a decision in the news, not here."""
        return super().visible_to(user) if user.has_perm("portfolio.view_portfolio") else self.none()

    def authorising(self) -> DecisionQuerySet:
        """Those that can be named as the authority for a stage move or a new baseline."""
        return self.live().filter(outcome__in=AUTHORISING)


class Decision(Classified):
    """A decision of a body, in the one register that stage moves and re-baselining name."""

    scope_path = "body__scope__parent"

    reference = models.CharField(
        max_length=20,
        unique=True,
        validators=[RegexValidator(r"^[A-Z]{2,6}-\d{4}-\d{2,4}\Z", "Write it like TB-2022-014.")],
        error_messages={"unique": "This reference is not free; leave it empty for the next one."},
    )
    date = models.DateField()
    body = models.ForeignKey(Body, related_name="decisions", on_delete=models.PROTECT)
    question = models.TextField(max_length=1000)
    outcome = models.CharField(max_length=24, choices=Outcome)
    reasons = models.TextField(max_length=4000)

    objects = DecisionQuerySet.as_manager()

    class Meta(Classified.Meta):
        ordering = ["-date", "-reference"]

    def __str__(self) -> str:
        return self.reference

    @property
    def scope(self) -> Scope:
        return self.body.scope

    @property
    def approves(self) -> bool:
        """Whether a stage move or a new baseline may name it as its authority."""
        return self.outcome in AUTHORISING

    def get_absolute_url(self) -> str:
        return f"/board/decisions/{self.reference}/"

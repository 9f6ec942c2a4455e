from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from programme.foundation.history import Tracked, TrackedQuerySet
from programme.people.models import Scope

from ..choices import StatementKind

if TYPE_CHECKING:
    from programme.people.models import User


class PublicQuerySet(TrackedQuerySet):
    """Records of the programme's public face, which every appointed person may see."""

    def visible_to(self, user: User) -> PublicQuerySet:
        return self if user.has_perm("portfolio.view_public") else self.none()


class Programme(Tracked):
    """The programme: what it is for, and where its business case is."""

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=120)
    organisation = models.CharField(max_length=120)
    corporate_plan = models.CharField(max_length=200, blank=True)
    vision = models.TextField(max_length=1000)
    business_case = models.CharField(max_length=200, help_text="Title, version and date of the document.")
    scope = models.OneToOneField(Scope, related_name="programme", on_delete=models.PROTECT)

    objects = PublicQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return "/programme/"


class CorporatePriority(Tracked):
    """A priority of the council's corporate plan that the programme serves."""

    name = models.CharField(max_length=120, unique=True)
    position = models.PositiveSmallIntegerField()
    source_place = models.CharField(max_length=200, blank=True)

    objects = PublicQuerySet.as_manager()

    class Meta:
        ordering = ["position"]
        verbose_name_plural = "corporate priorities"

    def __str__(self) -> str:
        return self.name


class Statement(Tracked):
    """A sentence the programme works by: an objective, a principle, a step of the implementation order."""

    programme = models.ForeignKey(Programme, related_name="statements", on_delete=models.PROTECT)
    kind = models.CharField(max_length=24, choices=StatementKind)
    position = models.PositiveSmallIntegerField()
    text = models.TextField(max_length=1000)

    objects = PublicQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "kind", "position"], name="portfolio_statement_has_its_place"
            )
        ]

    def __str__(self) -> str:
        return self.text


class ExecutiveReport(Tracked):
    """A report of the programme to the Executive."""

    programme = models.ForeignKey(Programme, related_name="reports", on_delete=models.PROTECT)
    date = models.DateField()
    subject = models.CharField(max_length=300)
    source_place = models.CharField(max_length=200, blank=True)

    objects = PublicQuerySet.as_manager()

    class Meta:
        ordering = ["date"]

    def __str__(self) -> str:
        return f"{self.date.day} {self.date:%B %Y}: {self.subject}"

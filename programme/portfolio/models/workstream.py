from __future__ import annotations

from django.db import models

from programme.foundation.history import Tracked
from programme.people.models import Scope

from .programme import CorporatePriority, Programme, PublicQuerySet


class Workstream(Tracked):
    """One of the three priority workstreams into which the work is gathered."""

    programme = models.ForeignKey(Programme, related_name="workstreams", on_delete=models.PROTECT)
    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=120)
    short = models.CharField("short name", max_length=40)
    purpose = models.TextField(max_length=1000)
    position = models.PositiveSmallIntegerField()
    scope = models.OneToOneField(Scope, related_name="workstream", on_delete=models.PROTECT)

    objects = PublicQuerySet.as_manager()

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"/workstreams/{self.slug}/"


class WorkstreamPriority(Tracked):
    """A workstream serves a corporate priority: as its own, or in support of one that all three share."""

    workstream = models.ForeignKey(Workstream, related_name="priorities", on_delete=models.PROTECT)
    priority = models.ForeignKey(CorporatePriority, related_name="workstreams", on_delete=models.PROTECT)
    is_own = models.BooleanField("its own priority", default=False)

    objects = PublicQuerySet.as_manager()

    class Meta:
        ordering = ["priority__position", "workstream__position"]
        constraints = [
            models.UniqueConstraint(fields=["workstream", "priority"], name="portfolio_priority_served_once")
        ]

    def __str__(self) -> str:
        return f"{self.workstream} serves {self.priority}"


class Workstrand(Tracked):
    """One of the six original workstrands; its home workstream is a proposal until the board confirms it."""

    workstream = models.ForeignKey(Workstream, related_name="workstrands", on_delete=models.PROTECT)
    name = models.CharField(max_length=80, unique=True)
    position = models.PositiveSmallIntegerField()
    home_confirmed = models.BooleanField("home confirmed by the board", default=False)
    note = models.CharField(max_length=300, blank=True)

    objects = PublicQuerySet.as_manager()

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return self.name


class DesignPrinciple(Tracked):
    """A design principle of a workstrand."""

    workstrand = models.ForeignKey(Workstrand, related_name="principles", on_delete=models.PROTECT)
    text = models.CharField(max_length=300)
    position = models.PositiveSmallIntegerField()

    objects = PublicQuerySet.as_manager()

    class Meta:
        ordering = ["workstrand__position", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["workstrand", "position"], name="portfolio_principle_has_its_place"
            )
        ]

    def __str__(self) -> str:
        return self.text

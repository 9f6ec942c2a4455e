from __future__ import annotations

from typing import Self

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q

from programme.foundation.history import Tracked, TrackedQuerySet
from programme.foundation.money import MoneyField
from programme.people.classification import Classified, ClassifiedQuerySet, visible
from programme.people.models import Scope, User

from ..choices import Stage
from .body import Decision
from .programme import CorporatePriority
from .workstream import DesignPrinciple, Workstrand, Workstream


class ProjectQuerySet(ClassifiedQuerySet):
    def proposals(self) -> ProjectQuerySet:
        return self.live().filter(stage=Stage.PROPOSAL)

    def under_way(self) -> ProjectQuerySet:
        """Neither proposals, nor closed, nor stopped; a stage not stated counts as under way."""
        return self.live().exclude(stage__in=[Stage.PROPOSAL, Stage.CLOSED, Stage.STOPPED])


class Project(Classified):
    """A project, or a proposal for one. The business case names changes without stage or dates: those stay
    empty until somebody says."""

    ref = models.CharField(
        "reference",
        max_length=12,
        unique=True,
        validators=[RegexValidator(r"^[A-Z]{2,5}-\d{2,5}\Z", "Write it like DIG-01.")],
        error_messages={"unique": "This reference is not free; leave it empty for the next one."},
    )
    name = models.CharField(max_length=200)
    workstream = models.ForeignKey(Workstream, related_name="projects", on_delete=models.PROTECT)
    workstrand = models.ForeignKey(
        Workstrand, null=True, blank=True, related_name="projects", on_delete=models.PROTECT
    )
    purpose = models.TextField(max_length=2000, blank=True)
    stage = models.CharField(max_length=24, choices=Stage, blank=True)
    stage_decision = models.ForeignKey(
        Decision,
        verbose_name="decision behind the stage",
        null=True,
        blank=True,
        related_name="stage_moves",
        on_delete=models.PROTECT,
    )
    approved_start = models.DateField(null=True, blank=True)
    approved_finish = models.DateField(null=True, blank=True)
    dates_decision = models.ForeignKey(
        Decision,
        verbose_name="decision behind the approved dates",
        null=True,
        blank=True,
        related_name="dated_projects",
        on_delete=models.PROTECT,
    )
    estimated_cost = MoneyField("estimated cost", null=True, blank=True)
    estimated_saving = MoneyField("estimated saving a year", null=True, blank=True)
    source_place = models.CharField("place in the business case", max_length=200, blank=True)
    scope = models.OneToOneField(Scope, related_name="project", on_delete=models.PROTECT)

    objects = ProjectQuerySet.as_manager()

    class Meta(Classified.Meta):
        ordering = ["ref"]
        constraints = [
            *Classified.Meta.constraints,
            models.CheckConstraint(
                condition=Q(approved_start=None)
                | Q(approved_finish=None)
                | Q(approved_finish__gte=F("approved_start")),
                name="portfolio_project_finishes_after_it_starts",
                violation_error_message="The finish cannot be before the start.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ref} {self.name}"

    def get_absolute_url(self) -> str:
        return f"/projects/{self.ref}/"

    @property
    def is_under_way(self) -> bool:
        return self.stage not in {Stage.PROPOSAL, Stage.CLOSED, Stage.STOPPED}

    @property
    def is_proposal(self) -> bool:
        return self.stage == Stage.PROPOSAL

    @property
    def stage_words(self) -> str:
        return self.get_stage_display() or "Not stated"


class OfProjectQuerySet(ClassifiedQuerySet):
    """Records that are seen by whoever sees their project."""

    def visible_to(self, user: User) -> Self:
        return self.filter(visible(user, scope="project__scope", prefix="project__"))


class ProjectService(Tracked):
    """A project or proposal serves a design principle or a corporate priority."""

    project = models.ForeignKey(Project, related_name="services", on_delete=models.PROTECT)
    principle = models.ForeignKey(
        DesignPrinciple, null=True, blank=True, related_name="projects", on_delete=models.PROTECT
    )
    priority = models.ForeignKey(
        CorporatePriority, null=True, blank=True, related_name="projects", on_delete=models.PROTECT
    )

    objects = OfProjectQuerySet.as_manager()

    class Meta:
        ordering = ["project", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(principle=None, priority__isnull=False)
                | Q(principle__isnull=False, priority=None),
                name="portfolio_project_serves_one_thing_a_row",
                violation_error_message="Name either a design principle or a corporate priority.",
            ),
            models.UniqueConstraint(
                fields=["project", "principle"], condition=Q(withdrawn=False), name="portfolio_principle_once"
            ),
            models.UniqueConstraint(
                fields=["project", "priority"], condition=Q(withdrawn=False), name="portfolio_priority_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project.ref} serves {self.principle or self.priority}"


class ProjectDependencyQuerySet(TrackedQuerySet):
    def visible_to(self, user: User) -> ProjectDependencyQuerySet:
        """Only where both projects are visible: a link to the unseen would give it away."""
        ends = [visible(user, scope=f"{end}__scope", prefix=f"{end}__") for end in ("project", "needs")]
        return self.filter(*ends)


class ProjectDependency(Tracked):
    """A project that cannot succeed without another, where no dates are known yet."""

    project = models.ForeignKey(Project, related_name="depends_on", on_delete=models.PROTECT)
    needs = models.ForeignKey(Project, related_name="needed_by", on_delete=models.PROTECT)
    note = models.CharField(max_length=300, blank=True)

    objects = ProjectDependencyQuerySet.as_manager()

    class Meta:
        ordering = ["project", "needs"]
        verbose_name_plural = "project dependencies"
        constraints = [
            models.UniqueConstraint(
                fields=["project", "needs"], condition=Q(withdrawn=False), name="portfolio_needs_once"
            ),
            models.CheckConstraint(
                condition=~Q(project=F("needs")),
                name="portfolio_project_does_not_need_itself",
                violation_error_message="A project cannot depend on itself.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project.ref} needs {self.needs.ref}"

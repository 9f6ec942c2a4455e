from __future__ import annotations

import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from programme.people.classification import Classified
from programme.people.models import Scope, User
from programme.portfolio.models import Body, Decision

from ..choices import ISSUE_REFERENCE, IssueStatus, Severity
from .access import RegisterQuerySet, owned_today
from .risk import Risk

SEVEREST_FIRST = [
    models.When(severity=severity, then=place) for place, severity in enumerate(reversed(Severity.values))
]


class IssueQuerySet(RegisterQuerySet):
    def unresolved(self) -> Self:
        return self.live().filter(status=IssueStatus.OPEN)

    def unowned(self) -> Self:
        return self.filter(owner=None)

    def overdue(self, day: datetime.date) -> Self:
        return self.unresolved().filter(due__lt=day)

    def asking_for_a_decision(self) -> Self:
        """Unresolved ones whose question no decision of the register has answered yet."""
        return self.unresolved().exclude(decision_asked="").filter(decision=None)

    def of_place(self, scope: Scope) -> Self:
        """Those of a place and of every place inside it."""
        inside = Q(scope=scope) | Q(scope__parent=scope) | Q(scope__parent__parent=scope)
        return self.filter(inside)

    def severest_first(self) -> Self:
        severity = models.Case(*SEVEREST_FIRST, output_field=models.SmallIntegerField())
        return self.order_by(severity, F("due").asc(nulls_last=True), "pk")


class Issue(Classified):
    """Something that has happened and hurts now: what is done about it, by whom, and what is asked of a body.

    One that came of a risk names it; the risk's page names the issue.
    """

    ref = models.CharField(
        "reference",
        max_length=12,
        unique=True,
        validators=[ISSUE_REFERENCE],
        error_messages={"unique": "This reference is not free; leave it empty for the next one."},
    )
    risk = models.ForeignKey(
        Risk,
        verbose_name="risk that materialised",
        null=True,
        blank=True,
        related_name="issues",
        on_delete=models.PROTECT,
    )
    title = models.CharField(max_length=200)
    what_happened = models.TextField(max_length=2000)
    severity = models.CharField(max_length=10, choices=Severity)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, related_name="issues", on_delete=models.PROTECT
    )
    scope = models.ForeignKey(Scope, verbose_name="place", related_name="issues", on_delete=models.PROTECT)
    plan = models.TextField("what is done about it", max_length=2000, blank=True)
    raised_on = models.DateField()
    due = models.DateField("to be resolved by", null=True, blank=True)
    decision_asked = models.TextField("decision asked for", max_length=1000, blank=True)
    asked_of = models.ForeignKey(
        Body, null=True, blank=True, related_name="issues_asking", on_delete=models.PROTECT
    )
    decision = models.ForeignKey(
        Decision,
        verbose_name="decision that answers it",
        null=True,
        blank=True,
        related_name="issues_answered",
        on_delete=models.PROTECT,
    )
    status = models.CharField(max_length=10, choices=IssueStatus, default=IssueStatus.OPEN)
    resolved_on = models.DateField(null=True, blank=True)
    how_resolved = models.TextField(max_length=2000, blank=True)

    objects = IssueQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            *Classified.Meta.constraints,
            models.CheckConstraint(
                condition=(Q(status=IssueStatus.RESOLVED, resolved_on__isnull=False) & ~Q(how_resolved=""))
                | Q(status=IssueStatus.OPEN, resolved_on=None, how_resolved=""),
                name="risks_resolved_says_how",
                violation_error_message="A resolved issue says when and how; an open one does not.",
            ),
            models.CheckConstraint(
                condition=(Q(decision_asked="", asked_of=None, decision=None))
                | (~Q(decision_asked="") & Q(asked_of__isnull=False)),
                name="risks_asks_a_body",
                violation_error_message="A decision is asked of a body: name both, or neither.",
            ),
        ]
        indexes = [
            models.Index(fields=["withdrawn", "status", "due"], name="risks_issue_by_due"),
            models.Index(fields=["scope", "withdrawn", "status"], name="risks_issue_by_place"),
        ]

    def __str__(self) -> str:
        return f"{self.ref} {self.title}"

    def get_absolute_url(self) -> str:
        return f"/issues/{self.ref}/"

    def stood_visible_to(self, user: User) -> bool:
        return super().stood_visible_to(user) or owned_today(self, user)

    @property
    def is_open(self) -> bool:
        return not self.withdrawn and self.status == IssueStatus.OPEN

    @property
    def status_words(self) -> str:
        return "Withdrawn" if self.withdrawn else str(self.get_status_display())

    def is_overdue(self, day: datetime.date) -> bool:
        return self.is_open and self.due is not None and self.due < day

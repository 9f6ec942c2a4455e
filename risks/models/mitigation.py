from __future__ import annotations

import datetime
from typing import Self

from django.conf import settings
from django.db import models

from .access import OfRiskQuerySet
from .of_risk import OfRisk
from .risk import Risk


class RiskActionQuerySet(OfRiskQuerySet):
    def of_standing_risks(self) -> Self:
        """Live ones of risks that may still happen."""
        risks = Risk.objects.standing().order_by().values("pk")
        return self.live().filter(risk__in=risks)

    def not_done(self) -> Self:
        return self.filter(done_on=None)

    def overdue(self, day: datetime.date) -> Self:
        return self.not_done().filter(due__lt=day)


class RiskAction(OfRisk):
    """Something that is done about a risk, by one person, until a day."""

    risk = models.ForeignKey(Risk, related_name="actions", on_delete=models.PROTECT)
    what = models.TextField("what is done", max_length=1000)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, related_name="risk_actions", on_delete=models.PROTECT)
    due = models.DateField()
    done_on = models.DateField(null=True, blank=True)
    how_it_went = models.TextField(max_length=1000, blank=True)

    objects = RiskActionQuerySet.as_manager()

    class Meta:
        ordering = ["risk", "due", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(done_on__isnull=False) | models.Q(how_it_went=""),
                name="risks_action_went_when_done",
                violation_error_message="How it went is said when it is done.",
            )
        ]
        indexes = [
            models.Index(fields=["withdrawn", "done_on", "due"], name="risks_action_by_due"),
            models.Index(fields=["owner", "withdrawn", "done_on", "due"], name="risks_action_by_owner"),
        ]

    def __str__(self) -> str:
        return f"{self.risk.ref}: {self.what[:80]}"

    def is_overdue(self, day: datetime.date) -> bool:
        return not self.withdrawn and self.done_on is None and self.due < day

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q

from programme.foundation.history import Tracked
from programme.foundation.money import FinancialYearField
from programme.people.models import User

from ..choices import DoubleCountingRule
from .benefit import BenefitsQuerySet, seen_with
from .line import BenefitLine


class DismissalQuerySet(BenefitsQuerySet):
    def visible_to(self, user: User) -> Self:
        """Seen by whoever sees every line it names."""
        first = seen_with(user, record="first__", benefit="first__benefit__")
        second = seen_with(user, record="second__", benefit="second__benefit__")
        return self.filter(first, Q(second=None) | second)


class Dismissal(Tracked):
    """Somebody looked at a warning of double counting and says why it is none."""

    rule = models.CharField(max_length=24, choices=DoubleCountingRule)
    first = models.ForeignKey(BenefitLine, related_name="+", on_delete=models.PROTECT)
    second = models.ForeignKey(BenefitLine, null=True, blank=True, related_name="+", on_delete=models.PROTECT)
    subject = models.CharField("reference or budget code", max_length=40, blank=True)
    year = FinancialYearField(null=True, blank=True)
    because = models.CharField("why it is no double counting", max_length=500)

    objects = DismissalQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["rule", "first", "second", "subject", "year"],
                condition=Q(withdrawn=False),
                name="benefits_warning_dismissed_once",
                violation_error_message="This warning was dismissed already.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_rule_display()}: {self.first}"

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q

from programme.foundation.history import Tracked
from programme.foundation.money import FinancialYearField
from programme.people.choices import Role
from programme.people.models import User

from ..choices import DoubleCountingRule, ReferenceKind
from ..rules.double_counting import Identity, identity
from .benefit import BenefitsQuerySet, seen_with
from .line import BenefitLine


class DismissalQuerySet(BenefitsQuerySet):
    def visible_to(self, user: User) -> Self:
        """Seen by whoever sees every line it names; one about a post, by who reads exempt material there."""
        first = seen_with(user, record="first__", benefit="first__benefit__")
        second = seen_with(user, record="second__", benefit="second__benefit__")
        seen = self.filter(first, Q(second=None) | Q(second__isnull=False) & second)
        if not user.is_authenticated or user.standing.reads_all_exempt:
            return seen
        own = user.standing.own_exempt_scopes
        read = Q(first__scope__in=own) | Q(first__scope__parent__in=own)
        if user.standing.holds(Role.BENEFIT_OWNER):
            read |= Q(first__benefit__owner=user.pk)
        return seen.filter(~Q(subject__startswith=f"{ReferenceKind.POST.label} ") | read)


class Dismissal(Tracked):
    """Somebody looked at a warning of double counting and says why it is none.

    ``first`` and ``second`` are its lines, the largest two where there are more. ``known`` is what the
    warning rested on then, as ``rules/double_counting.py`` writes it: it names lines by number and their
    pounds, so it is compared and never shown. Empty for a dismissal of before it was kept.
    """

    rule = models.CharField(max_length=24, choices=DoubleCountingRule)
    first = models.ForeignKey(BenefitLine, related_name="+", on_delete=models.PROTECT)
    second = models.ForeignKey(BenefitLine, null=True, blank=True, related_name="+", on_delete=models.PROTECT)
    subject = models.CharField("reference or budget code", max_length=60, blank=True)
    year = FinancialYearField(null=True, blank=True)
    because = models.CharField("why it is no double counting", max_length=500)

    known = models.JSONField("what was known then", default=dict, blank=True, editable=False)

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

    @property
    def key(self) -> Identity:
        """Which warning it dismisses."""
        return identity(self.rule, self.first_id, self.second_id, self.subject, self.year)

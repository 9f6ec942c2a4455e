from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q

from programme.foundation.money import MoneyField
from programme.foundation.sources import Sourced
from programme.people.classification import Classified
from programme.people.models import Scope, User

from ..choices import EntryKind
from .benefit import BenefitsQuerySet
from .cost import CostLine


class ReserveEntryQuerySet(BenefitsQuerySet):
    def visible_to(self, user: User) -> Self:
        """Not where the cost line that it pays for is kept back: the entry would give away what it costs."""
        seen = super().visible_to(user)
        lines = CostLine.objects.visible_to(user).values("pk")
        if not user.is_authenticated or user.standing.reads_all_exempt:
            return seen
        return seen.filter(Q(cost_line=None) | Q(cost_line__in=lines))


class ReserveEntry(Classified, Sourced):
    """One entry of the transformation reserve's ledger, in pounds.

    Spending names the commitment it draws down, where there is one. A negative commitment reduces the one
    it names; every other amount is positive.
    """

    kind = models.CharField(max_length=12, choices=EntryKind)
    date = models.DateField()
    amount = MoneyField(negative=True)
    words = models.CharField("what it is for", max_length=300)
    cost_line = models.ForeignKey(
        CostLine, null=True, blank=True, related_name="reserve_entries", on_delete=models.PROTECT
    )
    commitment = models.ForeignKey(
        "self", null=True, blank=True, related_name="drawn_by", on_delete=models.PROTECT
    )
    scope = models.ForeignKey(Scope, related_name="reserve_entries", on_delete=models.PROTECT)

    objects = ReserveEntryQuerySet.as_manager()

    class Meta:
        ordering = ["date", "pk"]
        verbose_name = "reserve entry"
        verbose_name_plural = "reserve entries"
        constraints = [
            *Classified.Meta.constraints,
            *Sourced.Meta.constraints,
            models.CheckConstraint(
                condition=Q(amount__gt=0)
                | Q(amount__lt=0, kind=EntryKind.COMMITMENT, commitment__isnull=False),
                name="benefits_reserve_entry_has_an_amount",
                violation_error_message="An entry has an amount above nought.",
            ),
            models.CheckConstraint(
                condition=Q(commitment=None)
                | Q(kind=EntryKind.SPENDING)
                | Q(kind=EntryKind.COMMITMENT, amount__lt=0),
                name="benefits_only_spending_draws_down",
                violation_error_message="Only spending draws down a commitment.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.words}"

    def get_absolute_url(self) -> str:
        return f"/benefits/reserve/{self.pk}/"

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from programme.foundation.history import Tracked
from programme.people.models import User
from risks.models import Risk

from .benefit import Benefit, OfBenefitQuerySet


class ThreatQuerySet(OfBenefitQuerySet):
    def visible_to(self, user: User) -> Self:
        """Only where both the benefit and the risk are visible: a link to the unseen would give it away."""
        risk = Risk.objects.visible_to(user).filter(pk=OuterRef("risk"))
        return super().visible_to(user).filter(Exists(risk))


class Threat(Tracked):
    """A risk that would take something from the benefit if it happened; the note says what."""

    benefit = models.ForeignKey(Benefit, related_name="threats", on_delete=models.PROTECT)
    risk = models.ForeignKey(Risk, related_name="threatens", on_delete=models.PROTECT)
    note = models.TextField("what it would take", max_length=500, blank=True)

    objects = ThreatQuerySet.as_manager()

    class Meta:
        ordering = ["benefit", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["benefit", "risk"],
                condition=Q(withdrawn=False),
                name="benefits_risk_threatens_once",
                violation_error_message="This risk is linked to the benefit already.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.risk.ref} threatens {self.benefit.ref}"

    def get_absolute_url(self) -> str:
        return self.benefit.get_absolute_url()

    def stood_visible_to(self, user: User) -> bool:
        """A link of a time when either was exempt is read by whoever may read both now."""
        return self.benefit.stood_visible_to(user) and self.risk.stood_visible_to(user)

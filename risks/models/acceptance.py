from __future__ import annotations

import datetime
from typing import Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from programme.portfolio.models import Decision

from ..choices import HIGHEST, LOWEST, AcceptanceEnd, Authority, Band
from ..rules.scoring import Score
from .access import OfRiskQuerySet
from .matrix import on_scale
from .of_risk import OfRisk
from .risk import Risk


class AcceptanceQuerySet(OfRiskQuerySet):
    def not_ended(self) -> Self:
        """Those that nothing has replaced or outgrown; one of them at most a risk. They may have expired."""
        return self.live().filter(ended_on=None)

    def in_force(self, day: datetime.date) -> Self:
        """Those that hold on ``day``; the day of expiry is the last."""
        return self.not_ended().filter(expires__gte=day)

    def expired(self, day: datetime.date) -> Self:
        return self.not_ended().filter(expires__lt=day)


def _accepted(name: str) -> models.PositiveSmallIntegerField:
    return models.PositiveSmallIntegerField(
        name, validators=[MinValueValidator(LOWEST), MaxValueValidator(HIGHEST)]
    )


class Acceptance(OfRisk):
    """A risk is carried as it is: who says so, why, on whose authority, and until when.

    ``likelihood``, ``impact`` and ``band`` are what was accepted. It ends when another replaces it, when the
    score rises above what was accepted, or when the risk ends; by date it has expired after ``expires``.
    """

    risk = models.ForeignKey(Risk, related_name="acceptances", on_delete=models.PROTECT)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, related_name="risks_accepted", on_delete=models.PROTECT
    )
    accepted_on = models.DateField()
    authority = models.CharField("on the word of", max_length=10, choices=Authority)
    decision = models.ForeignKey(
        Decision,
        verbose_name="decision of the board",
        null=True,
        blank=True,
        related_name="risks_accepted",
        on_delete=models.PROTECT,
    )
    why = models.TextField(max_length=2000)
    expires = models.DateField("accepted until")
    likelihood = _accepted("likelihood accepted")
    impact = _accepted("impact accepted")
    band = models.CharField("band accepted", max_length=10, choices=Band)
    ended_on = models.DateField(null=True, blank=True)
    ended_because = models.CharField(max_length=16, choices=AcceptanceEnd, blank=True)

    objects = AcceptanceQuerySet.as_manager()

    class Meta:
        ordering = ["risk", "-accepted_on", "-pk"]
        verbose_name = "risk acceptance"
        constraints = [
            models.CheckConstraint(
                condition=on_scale("likelihood") & on_scale("impact"), name="risks_acceptance_of_a_score"
            ),
            models.CheckConstraint(
                condition=Q(authority=Authority.BOARD, decision__isnull=False)
                | (~Q(authority=Authority.BOARD) & Q(decision=None)),
                name="risks_board_accepts_by_decision",
                violation_error_message="The board accepts by a decision of the register: name it.",
            ),
            models.CheckConstraint(
                condition=Q(expires__gt=F("accepted_on")),
                name="risks_acceptance_expires_later",
                violation_error_message="An acceptance expires after the day on which it is given.",
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None, ended_because="")
                | (Q(ended_on__isnull=False) & ~Q(ended_because="")),
                name="risks_acceptance_ends_because",
                violation_error_message="An acceptance that ended says when and why.",
            ),
            models.UniqueConstraint(
                fields=["risk"],
                condition=Q(ended_on=None, withdrawn=False),
                name="risks_one_acceptance_at_a_time",
                violation_error_message="This risk is accepted already: the new one replaces it.",
            ),
        ]
        indexes = [
            models.Index(
                fields=["risk", "withdrawn", "ended_on", "expires"], name="risks_acceptance_in_force"
            )
        ]

    def __str__(self) -> str:
        return f"{self.risk.ref} accepted until {self.expires.day} {self.expires:%B %Y}"

    @property
    def score(self) -> Score:
        return Score(self.likelihood, self.impact)

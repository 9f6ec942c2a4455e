from __future__ import annotations

from django.conf import settings
from django.db import models

from programme.foundation.immutability import Immutable

from ..choices import ReviewOutcome
from .of_risk import OfRisk
from .risk import Risk
from .scored import Scored


class Review(OfRisk, Scored, Immutable):
    """One look at a risk: what it did to the scores, why, and the scores after it.

    The row never changes, so that a risk's path is drawn from what was said then. The scores are the risk's
    after the review. Bands are not kept: a past day uses the matrix then in force.
    """

    risk = models.ForeignKey(Risk, related_name="reviews", on_delete=models.PROTECT)
    reviewed_on = models.DateField()
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, related_name="risk_reviews", on_delete=models.PROTECT
    )
    outcome = models.CharField(max_length=16, choices=ReviewOutcome)
    words = models.TextField("why", max_length=2000)

    class Meta:
        ordering = ["risk", "reviewed_on", "pk"]
        constraints = [*Scored.Meta.constraints]
        indexes = [models.Index(fields=["risk", "reviewed_on", "id"], name="risks_review_path")]

    def __str__(self) -> str:
        return f"{self.risk.ref} reviewed on {self.reviewed_on.day} {self.reviewed_on:%B %Y}"

from __future__ import annotations

from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from programme.foundation.history import Tracked

from ..choices import Appetite
from .access import RuledQuerySet


class RiskCategoryQuerySet(RuledQuerySet):
    def to_choose(self) -> Self:
        """Those that a risk may be put into."""
        return self.live()


class RiskCategory(Tracked):
    """A kind of risk, with how much of it the council is willing to carry.

    Above ``highest_tolerated``, a score from 1 to 25, a risk is outside appetite: it must be accepted or
    escalated.
    """

    name = models.CharField(max_length=80)
    covers = models.TextField("what it covers", max_length=500, blank=True)
    appetite = models.CharField(max_length=10, choices=Appetite)
    highest_tolerated = models.PositiveSmallIntegerField(
        "highest score tolerated",
        validators=[MinValueValidator(1, "At least 1."), MaxValueValidator(25, "At most 25.")],
    )
    position = models.PositiveSmallIntegerField(default=0)

    objects = RiskCategoryQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        verbose_name_plural = "risk categories"
        constraints = [
            models.CheckConstraint(
                condition=Q(highest_tolerated__gte=1, highest_tolerated__lte=25),
                name="risks_category_tolerates_a_score",
                violation_error_message="Scores are from 1 to 25.",
            ),
            models.UniqueConstraint(
                fields=["name"],
                condition=Q(withdrawn=False),
                name="risks_category_named_once",
                violation_error_message="There is a category of this name already.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from programme.foundation.history import Tracked

from ..rules.reviewing import Intervals
from .access import RuledQuerySet

LONGEST = 24


class RiskSettingsQuerySet(RuledQuerySet):
    def current(self) -> RiskSettings:
        """The one row, or the defaults where there is none."""
        return self.first() or RiskSettings()


def _months(name: str, default: int) -> models.PositiveSmallIntegerField:
    return models.PositiveSmallIntegerField(
        name,
        default=default,
        validators=[
            MinValueValidator(1, "At least 1 month."),
            MaxValueValidator(LONGEST, f"At most {LONGEST} months."),
        ],
    )


class RiskSettings(Tracked):
    """How often risks are reviewed, in months, and what counts as left alone; its history says since when.

    Source: the domain's "Risks and issues".
    """

    only = models.PositiveSmallIntegerField(default=1, unique=True, editable=False)
    review_months_severe = _months("months between reviews of a severe risk", 1)
    review_months_high = _months("months between reviews of a high risk", 1)
    review_months_medium = _months("months between reviews of a medium risk", 3)
    review_months_low = _months("months between reviews of a low risk", 6)
    review_months_not_scored = _months("months between reviews of a risk not yet scored", 1)
    untouched_months = _months("months without any change after which a risk counts as untouched", 3)
    acceptance_months = _months("longest time for which a risk is accepted, in months", 12)

    objects = RiskSettingsQuerySet.as_manager()

    class Meta:
        verbose_name = "settings of risks"
        verbose_name_plural = "settings of risks"
        constraints = [
            models.CheckConstraint(condition=Q(only=1, withdrawn=False), name="risks_settings_are_one_row")
        ]

    def __str__(self) -> str:
        return "Settings of risks"

    @property
    def intervals(self) -> Intervals:
        return Intervals(
            severe=self.review_months_severe,
            high=self.review_months_high,
            medium=self.review_months_medium,
            low=self.review_months_low,
            not_scored=self.review_months_not_scored,
        )

"""The three scores, as fields of a record."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Func, Q

from ..choices import HIGHEST, LOWEST
from ..rules.scoring import HALF, Score, Scores
from .matrix import on_scale

KINDS = ("inherent", "current", "target")
SCORE_FIELDS = tuple(f"{kind}_{part}" for kind in KINDS for part in ("likelihood", "impact"))


def value_of(kind: str, *, unknown: int = 0) -> Func:
    """Likelihood × impact as the database works it out, to sort by; ``unknown`` where it is not yet scored.

    The number is written out: SQLite knows an index by it, and would not by a parameter.
    """
    value = F(f"{kind}_likelihood") * F(f"{kind}_impact")
    return Func(
        value,
        function="COALESCE",
        template=f"%(function)s(%(expressions)s, {unknown:d})",
        output_field=models.PositiveSmallIntegerField(),
    )


def _part(name: str) -> models.PositiveSmallIntegerField:
    """One to five; unknown until somebody says."""
    words = f"Choose from {LOWEST} to {HIGHEST}."
    return models.PositiveSmallIntegerField(
        name,
        null=True,
        blank=True,
        validators=[MinValueValidator(LOWEST, words), MaxValueValidator(HIGHEST, words)],
    )


def _whole(kind: str) -> models.CheckConstraint:
    likelihood, impact = f"{kind}_likelihood", f"{kind}_impact"
    return models.CheckConstraint(
        condition=Q(**{likelihood: None, impact: None})
        | (
            Q(**{f"{likelihood}__isnull": False, f"{impact}__isnull": False})
            & on_scale(likelihood)
            & on_scale(impact)
        ),
        name=f"%(app_label)s_%(class)s_{kind}_score_is_whole",
        violation_error_message=HALF,
    )


class Scored(models.Model):
    """Inherent (no controls), current (with the controls in place), target (after the planned actions).

    Each is both likelihood and impact, from 1 to 5, or neither: then it is not yet scored, never nought.
    """

    inherent_likelihood = _part("likelihood without controls")
    inherent_impact = _part("impact without controls")
    current_likelihood = _part("likelihood now")
    current_impact = _part("impact now")
    target_likelihood = _part("likelihood aimed at")
    target_impact = _part("impact aimed at")

    class Meta:
        abstract = True
        constraints = [_whole(kind) for kind in KINDS]

    @property
    def inherent(self) -> Score | None:
        return Score.of(self.inherent_likelihood, self.inherent_impact)

    @property
    def current(self) -> Score | None:
        return Score.of(self.current_likelihood, self.current_impact)

    @property
    def target(self) -> Score | None:
        return Score.of(self.target_likelihood, self.target_impact)

    @property
    def scores(self) -> Scores:
        return Scores(self.inherent, self.current, self.target)

    @property
    def is_scored(self) -> bool:
        """Whether the current score, the one that counts, is known."""
        return self.current_likelihood is not None

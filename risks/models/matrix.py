from __future__ import annotations

import datetime

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from programme.foundation import calendar
from programme.foundation.history import Tracked

from ..choices import HIGHEST, LOWEST, Band, Scale
from ..rules.scoring import Matrix, Score
from .access import RuledQuerySet


def on_scale(name: str) -> Q:
    return Q(**{f"{name}__gte": LOWEST, f"{name}__lte": HIGHEST})


def _step(name: str = "") -> models.PositiveSmallIntegerField:
    names = [name] if name else []
    return models.PositiveSmallIntegerField(
        *names, validators=[MinValueValidator(LOWEST), MaxValueValidator(HIGHEST)], editable=False
    )


class ScaleStepQuerySet(RuledQuerySet):
    def by_value(self, scale: str) -> dict[int, ScaleStep]:
        """The five steps of a scale, 1 to 5."""
        return {step.value: step for step in self.filter(scale=scale).order_by("value")}


class ScaleStep(Tracked):
    """One of the five steps of likelihood or impact, in a word and a sentence that says what it means.

    There are ten, from the installation on. Their words change; none is added or taken away.
    """

    scale = models.CharField(max_length=10, choices=Scale, editable=False)
    value = _step()
    word = models.CharField(max_length=40)
    meaning = models.CharField("what it means", max_length=300)

    objects = ScaleStepQuerySet.as_manager()

    class Meta:
        ordering = ["scale", "value"]
        constraints = [
            models.UniqueConstraint(fields=["scale", "value"], name="risks_scale_step_once"),
            models.UniqueConstraint(
                fields=["scale", "word"],
                name="risks_scale_word_once",
                violation_error_message="Another step of this scale has this word already.",
            ),
            models.CheckConstraint(
                condition=on_scale("value") & Q(scale__in=Scale.values, withdrawn=False),
                name="risks_scale_has_five_steps",
                violation_error_message="A scale has five steps, and none is withdrawn.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.value} {self.word}"


class MatrixCellQuerySet(RuledQuerySet):
    def matrix(self) -> Matrix:
        """The matrix in force now. One query."""
        cells = self.order_by().values_list("likelihood", "impact", "band")
        return Matrix({Score(likelihood, impact): Band(band) for likelihood, impact, band in cells})

    def matrix_on(self, day: datetime.date) -> Matrix:
        """The matrix in force at the end of ``day``; before there was one, the first. One query."""
        end = calendar.end_of_day(day)
        rows = self.model.history.order_by("history_id")
        bands: dict[Score, tuple[datetime.datetime, Band]] = {}
        fields = "likelihood", "impact", "band", "history_date"
        for likelihood, impact, band, since in rows.values_list(*fields):
            score = Score(likelihood, impact)
            if score not in bands or bands[score][0] <= since <= end:
                bands[score] = since, Band(band)
        return Matrix({score: band for score, (_, band) in bands.items()})


class MatrixCell(Tracked):
    """The band of one likelihood and one impact.

    There are 25, from the installation on. Bands change; no cell is added, moved or taken away, so that a
    score can never be absent from a band. A past date uses the cells as they stood then.
    """

    likelihood = _step()
    impact = _step()
    band = models.CharField(max_length=10, choices=Band)

    objects = MatrixCellQuerySet.as_manager()

    class Meta:
        ordering = ["likelihood", "impact"]
        constraints = [
            models.UniqueConstraint(fields=["likelihood", "impact"], name="risks_matrix_cell_once"),
            models.CheckConstraint(
                condition=on_scale("likelihood") & on_scale("impact"), name="risks_matrix_is_five_by_five"
            ),
            models.CheckConstraint(
                condition=Q(band__in=Band.values, withdrawn=False),
                name="risks_matrix_cell_has_a_band",
                violation_error_message="Every cell of the matrix has a band, and none is withdrawn.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.score)

    @property
    def score(self) -> Score:
        return Score(self.likelihood, self.impact)

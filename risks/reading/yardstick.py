"""What scores are held against: the matrix, and the words of its two scales, now or on a day."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from programme.foundation.prepared import Prepared

from ..choices import Band, Scale
from ..models import MatrixCell, ScaleStep
from ..rules import scoring
from ..rules.scoring import Matrix, Score


class Step(NamedTuple):
    """One of the five steps of a scale."""

    pk: int
    value: int
    word: str
    meaning: str

    def __str__(self) -> str:
        return f"{self.value} {self.word}"


# Every register and every page of a risk asks these two.
STEPS = Prepared(
    lambda: ScaleStep.objects.order_by("scale", "value").values_list(
        "scale", "pk", "value", "word", "meaning"
    )
)
CELLS = Prepared(
    lambda: MatrixCell.objects.order_by("likelihood", "impact").values_list("likelihood", "impact", "band")
)


@dataclass(frozen=True)
class Yardstick:
    """The bands of the 25 cells and the steps of both scales by their value."""

    matrix: Matrix
    likelihood: dict[int, Step]
    impact: dict[int, Step]

    def band(self, score: Score | None) -> Band | None:
        """None of what is not yet scored."""
        return self.matrix.band_of(score)

    def words(self, score: Score) -> str:
        """ "Possible × Major, 12"."""
        return f"{self.likelihood[score.likelihood].word} × {self.impact[score.impact].word}, {score.value}"

    def in_full(self, score: Score | None) -> str:
        """ "Possible × Major, 12: high", also for a sheet."""
        if score is None:
            return "Not yet scored"
        return f"{self.words(score)}: {self.matrix.band(score).label.lower()}"


def yardstick(day: datetime.date | None = None) -> Yardstick:
    """As it stands, or stood at the end of ``day``. Two queries; three for a day before there were words."""
    if day is None:
        matrix, steps = _matrix(tuple(CELLS())), _steps_now()
    else:
        matrix, steps = MatrixCell.objects.matrix_on(day), _steps_on(day)
    return Yardstick(matrix, _of(steps, Scale.LIKELIHOOD), _of(steps, Scale.IMPACT))


def _steps_now() -> dict[tuple[str, int], Step]:
    return {(scale, value): Step(pk, value, *words) for scale, pk, value, *words in STEPS()}


def _steps_on(day: datetime.date) -> dict[tuple[str, int], Step]:
    """With today's words for steps that had none yet."""
    then = ScaleStep.objects.as_at(day)
    found = {(one.scale, one.value): Step(one.pk, one.value, one.word, one.meaning) for one in then}
    return found if len(found) == len(Scale) * len(scoring.STEPS) else _steps_now() | found


@lru_cache(maxsize=8)
def _matrix(rows: tuple[tuple[Any, ...], ...]) -> Matrix:
    """The matrix of these cells; checked once, since it hardly ever changes."""
    return Matrix({Score(likelihood, impact): Band(band) for likelihood, impact, band in rows})


def _of(steps: dict[tuple[str, int], Step], scale: str) -> dict[int, Step]:
    return {value: step for (name, value), step in steps.items() if name == scale}

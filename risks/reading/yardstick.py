"""What scores are held against: the matrix, and the words of its two scales, now or on a day."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, NamedTuple

from programme.foundation import kept_answers
from programme.foundation.history_tables import state_of
from programme.foundation.kept_answers import Answers, Question, Rows

from ..choices import Band, Scale
from ..models import MatrixCell, ScaleStep
from ..rules.scoring import Matrix, Score


class Step(NamedTuple):
    """One of the five steps of a scale."""

    pk: int
    value: int
    word: str
    meaning: str

    def __str__(self) -> str:
        return f"{self.value} {self.word}"


@cache
def _questions() -> list[Question]:
    """The steps of both scales and the 25 cells, which every register and every page of a risk asks."""
    steps = ScaleStep.objects.order_by("scale", "value")
    cells = MatrixCell.objects.order_by("likelihood", "impact")
    return [
        Question(steps.values_list("scale", "pk", "value", "word", "meaning")),
        Question(cells.values_list("likelihood", "impact", "band")),
    ]


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
    """As it stands, or stood at the end of ``day``. One query while neither words nor cells change."""
    if day is None:
        return _yardstick_of(*kept_answers.read(_questions()))
    return _OF_DAYS.answer(day, state_of(ScaleStep, MatrixCell), lambda: _stood(day))


_OF_DAYS: Answers[Yardstick] = Answers(50)


def _yardstick_of(steps: Rows, cells: Rows) -> Yardstick:
    return _made(_matrix(tuple(cells)), _steps_of(steps))


def _stood(day: datetime.date) -> Yardstick:
    """With today's words for steps that had none yet."""
    steps, _ = kept_answers.read(_questions())
    then = {
        (one.scale, one.value): Step(one.pk, one.value, one.word, one.meaning)
        for one in ScaleStep.objects.as_at(day)
    }
    return _made(MatrixCell.objects.matrix_on(day), _steps_of(steps) | then)


def _made(matrix: Matrix, steps: dict[tuple[str, int], Step]) -> Yardstick:
    return Yardstick(matrix, _of(steps, Scale.LIKELIHOOD), _of(steps, Scale.IMPACT))


def _steps_of(rows: Rows) -> dict[tuple[str, int], Step]:
    return {(scale, value): Step(pk, value, *words) for scale, pk, value, *words in rows}


@lru_cache(maxsize=8)
def _matrix(rows: tuple[tuple[Any, ...], ...]) -> Matrix:
    """The matrix of these cells; checked once, since it hardly ever changes."""
    return Matrix({Score(likelihood, impact): Band(band) for likelihood, impact, band in rows})


def _of(steps: dict[tuple[str, int], Step], scale: str) -> dict[int, Step]:
    return {value: step for (name, value), step in steps.items() if name == scale}

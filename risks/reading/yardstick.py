"""What scores are held against: the matrix, and the words of its two scales, now or on a day."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from ..choices import Band, Scale
from ..models import MatrixCell, ScaleStep
from ..rules.scoring import Matrix, Score


@dataclass(frozen=True)
class Yardstick:
    """The bands of the 25 cells and the steps of both scales by their value."""

    matrix: Matrix
    likelihood: dict[int, ScaleStep]
    impact: dict[int, ScaleStep]

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
    """As it stands, or stood at the end of ``day``. Two queries; three for a past day."""
    steps = {(one.scale, one.value): one for one in ScaleStep.objects.all()}
    if day is not None:
        steps |= {(one.scale, one.value): one for one in ScaleStep.objects.as_at(day)}
    matrix = MatrixCell.objects.matrix() if day is None else MatrixCell.objects.matrix_on(day)
    return Yardstick(matrix, _of(steps, Scale.LIKELIHOOD), _of(steps, Scale.IMPACT))


def _of(steps: dict[tuple[str, int], ScaleStep], scale: str) -> dict[int, ScaleStep]:
    return {value: step for (name, value), step in steps.items() if name == scale}

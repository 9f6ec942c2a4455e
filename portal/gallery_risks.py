"""The matrix of risks in the gallery: bare, with counts, with one risk's scores; made up."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from risks.rules.scoring import DEFAULT_MATRIX, Score, Scores
from risks.words.grid import Grid, Inside, grid

LIKELIHOOD = ("Rare", "Unlikely", "Possible", "Likely", "Almost certain")
IMPACT = ("Negligible", "Minor", "Moderate", "Major", "Critical")
COUNTS = {(5, 4): 2, (4, 4): 217, (3, 5): 1, (3, 3): 12, (2, 2): 1_204, (1, 2): 3}


def samples() -> dict[str, Grid]:
    """The three states of the component."""
    scales = _steps(LIKELIHOOD), _steps(IMPACT)
    scores = Scores(inherent=Score(5, 4), current=Score(4, 4), target=Score(2, 3))
    return {
        "bare": grid(DEFAULT_MATRIX, *scales),
        "counted": grid(DEFAULT_MATRIX, *scales, inside=_inside),
        "marked": grid(DEFAULT_MATRIX, *scales, marks=scores),
    }


def _steps(words: tuple[str, ...]) -> dict[int, Any]:
    return {value: SimpleNamespace(value=value, word=word, meaning="") for value, word in enumerate(words, 1)}


def _inside(score: Score) -> Inside:
    count = COUNTS.get((score.likelihood, score.impact), 0)
    return Inside(count, tuple(f"R-{number:03}" for number in range(7, 7 + min(count, 3))), "#")

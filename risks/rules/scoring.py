"""Scores, and the matrix that gives each a band. Pure. Source: the domain's "Risks and issues".

A score is likelihood × impact, each from 1 to 5. A matrix has a band for every one of the 25 cells, or it is
none: a score can never be absent from a band.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple

from ..choices import HIGHEST, LOWEST, Band

STEPS = range(LOWEST, HIGHEST + 1)
BANDS = list(Band)
HALF = "Half a score is no score: choose both likelihood and impact, or neither."

# The highest score of each band where nobody has settled otherwise.
DEFAULT_TOPS = {Band.LOW: 4, Band.MEDIUM: 9, Band.HIGH: 15, Band.SEVERE: 25}


class HalfAScore(ValueError):
    """Likelihood without impact, or impact without likelihood."""


@dataclass(frozen=True, order=False)
class Score:
    """How likely it is and how much it would hurt, each from 1 to 5; ``value`` is their product."""

    likelihood: int
    impact: int

    def __post_init__(self) -> None:
        if self.likelihood not in STEPS or self.impact not in STEPS:
            raise ValueError(f"Likelihood and impact are from {LOWEST} to {HIGHEST}.")

    @classmethod
    def of(cls, likelihood: int | None, impact: int | None) -> Score | None:
        """None where neither is known. Raises :class:`HalfAScore` where one is."""
        if likelihood is None and impact is None:
            return None
        if likelihood is None or impact is None:
            raise HalfAScore(HALF)
        return cls(likelihood, impact)

    @property
    def value(self) -> int:
        return self.likelihood * self.impact

    def __str__(self) -> str:
        return f"{self.likelihood} × {self.impact} = {self.value}"


CELLS = tuple(Score(likelihood, impact) for likelihood in STEPS for impact in STEPS)


class Scores(NamedTuple):
    """The three scores of a risk: without controls, with those in place, after the planned actions."""

    inherent: Score | None = None
    current: Score | None = None
    target: Score | None = None


@dataclass(frozen=True)
class Matrix:
    """A band for each of the 25 cells. Raises ``ValueError`` where one is missing."""

    bands: Mapping[Score, Band]

    def __post_init__(self) -> None:
        if set(self.bands) != set(CELLS):
            missing = ", ".join(f"{one.likelihood} × {one.impact}" for one in CELLS if one not in self.bands)
            raise ValueError(f"Every cell of the matrix needs a band; missing: {missing or 'none'}.")
        object.__setattr__(self, "bands", MappingProxyType({one: Band(self.bands[one]) for one in CELLS}))

    def band(self, score: Score) -> Band:
        return self.bands[score]

    def band_of(self, score: Score | None) -> Band | None:
        """The band, or None of what is not yet scored."""
        return None if score is None else self.bands[score]

    def cells_in(self, band: str) -> Iterator[Score]:
        return (score for score in CELLS if self.bands[score] == band)

    def backward_steps(self) -> list[tuple[Score, Score]]:
        """Pairs of cells where more likelihood or impact gives a milder band: allowed, but worth a look."""
        return [
            (one, other)
            for one in CELLS
            for other in _next(one)
            if rank(self.bands[other]) < rank(self.bands[one])
        ]


def default_band(score: Score) -> Band:
    """1–4 low, 5–9 medium, 10–15 high, 16–25 severe."""
    return next(band for band, top in DEFAULT_TOPS.items() if score.value <= top)


DEFAULT_MATRIX = Matrix({score: default_band(score) for score in CELLS})


def rank(band: str) -> int:
    """0 for low to 3 for severe."""
    return BANDS.index(Band(band))


def outside_appetite(score: Score | None, highest_tolerated: int | None) -> bool:
    """Whether a score is above what its category tolerates; never where either is not known."""
    return score is not None and highest_tolerated is not None and score.value > highest_tolerated


def contradictions(scores: Scores) -> list[str]:
    """What to say of scores that cannot all be right: allowed, since others may have judged so, but named."""
    found = []
    without, now, target = scores.inherent, scores.current, scores.target
    if without and now and without.value < now.value:
        found.append(f"Without controls it scores {without.value}, which is less than {now.value} with them.")
    if target and now and target.value > now.value:
        found.append(f"The target, {target.value}, is above the score now, {now.value}.")
    return found


def half_scores(pairs: Iterable[tuple[str, int | None, int | None]]) -> dict[str, str]:
    """What to say at each field that is missing: ``pairs`` are name, likelihood and impact.

    ``{"current_impact": "Choose the impact too …"}``; empty where every score is whole or not there.
    """
    found = {}
    for name, likelihood, impact in pairs:
        if likelihood is None and impact is not None:
            found[f"{name}_likelihood"] = "Choose the likelihood too, or take the impact away."
        if impact is None and likelihood is not None:
            found[f"{name}_impact"] = "Choose the impact too, or take the likelihood away."
    return found


def _next(score: Score) -> Iterator[Score]:
    if score.likelihood < HIGHEST:
        yield Score(score.likelihood + 1, score.impact)
    if score.impact < HIGHEST:
        yield Score(score.likelihood, score.impact + 1)

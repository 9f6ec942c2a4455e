"""The top risks: the severe and the high ones, the most severe first, each with its path."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q

from programme.people.models import User

from ..choices import Band
from ..models import Risk
from ..rules.scoring import Matrix
from .scores import Step, paths

TOP = (Band.SEVERE, Band.HIGH)


@dataclass(frozen=True)
class TopRisk:
    """One risk and the steps of its path that have a current score, the oldest first."""

    risk: Risk
    band: Band
    path: tuple[Step, ...]


def top(user: User, matrix: Matrix, number: int, *, condition: Q) -> tuple[list[TopRisk], int]:
    """The first ``number`` of those that ``user`` may see, and how many severe and high ones there are.

    At most five queries, however many risks.
    """
    standing = Risk.objects.visible_to(user).standing().filter(condition)
    found: list[tuple[Risk, Band]] = []
    total = 0
    for band in TOP:
        inside = standing.in_band(matrix, band)
        total += inside.count()
        if left := number - len(found):
            risks = inside.highest_first().select_related("owner__profile", "category")[:left]
            found += [(risk, band) for risk in risks]
    steps = paths(user, [risk for risk, _ in found])
    return [TopRisk(risk, band, _scored(steps.get(risk.pk, ()))) for risk, band in found], total


def _scored(steps: Sequence[Step]) -> tuple[Step, ...]:
    return tuple(step for step in steps if step.scores.current)

"""The top risks: the severe and the high ones, the most severe first, each with its path."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import accumulate
from operator import or_

from django.db.models import Case, Q, SmallIntegerField, When

from programme.foundation.kept_answers import Register
from programme.people.models import User

from ..choices import Band
from ..models import Risk
from ..models.risk import RiskQuerySet
from ..rules.scoring import Matrix, Score
from .cells import standing
from .scores import Step, in_cells, paths

TOP = (Band.SEVERE, Band.HIGH)


@dataclass(frozen=True)
class TopRisk:
    """One risk and the steps of its path that have a current score, the oldest first."""

    risk: Risk
    band: Band
    path: tuple[Step, ...]


@dataclass(frozen=True)
class Top:
    """The first few, how many severe and high ones there are, and how many that nobody has scored."""

    risks: list[TopRisk]
    total: int
    not_scored: int


def top(user: User, matrix: Matrix, number: int, *, condition: Q) -> Top:
    """The first ``number`` of those that ``user`` may see.

    Only the cells in which the first ones lie are read. Five queries, however many risks; two more once
    something has changed.
    """
    rows = standing(user).filter(condition)
    counts = in_cells(rows)
    filled = {cell: band for band in TOP for cell in _highest_first(matrix.cells_in(band)) if counts[cell]}
    before = accumulate((counts[cell] for cell in filled), initial=0)
    cells = [cell for cell, already in zip(filled, before, strict=False) if already < number]
    found = Register(_in_order(rows, cells)).page(0, number)
    steps = paths(user, found)
    risks = [
        TopRisk(one, filled[one.current], _scored(steps.get(one.pk, ()))) for one in found if one.current
    ]
    return Top(risks, sum(counts[cell] for cell in filled), counts[None])


def _highest_first(cells: Iterable[Score]) -> list[Score]:
    return sorted(cells, key=lambda one: (-one.value, -one.impact))


def _in_order(risks: RiskQuerySet, cells: Sequence[Score]) -> RiskQuerySet:
    """Those that lie in ``cells``, in the order of these."""
    inside = [Q(current_likelihood=cell.likelihood, current_impact=cell.impact) for cell in cells]
    if not inside:
        return risks.none()
    place = Case(*(When(one, then=at) for at, one in enumerate(inside)), output_field=SmallIntegerField())
    rows = risks.filter(reduce(or_, inside)).order_by(place, "pk")
    return rows.select_related("owner__profile", "category")


def _scored(steps: Sequence[Step]) -> tuple[Step, ...]:
    return tuple(step for step in steps if step.scores.current)

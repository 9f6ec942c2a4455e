"""What became of each risk since a day, read in a handful of queries however many risks there are."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, Subquery

from programme.foundation import calendar
from programme.people.models import User

from ..choices import Movement
from ..models import MatrixCell, Risk
from ..rules.movement import Moment, movements
from ..rules.scoring import Matrix, Score

# What a moment needs of a risk or of a row of its history.
FIELDS = ("status", "escalated_to", "withdrawn", "current_likelihood", "current_impact")


@dataclass(frozen=True)
class Moved:
    """One risk, how it stood before and stands now, and everything that happened between."""

    risk: Risk
    before: Moment | None
    now: Moment
    movements: tuple[Movement, ...]


def since(user: User, day: datetime.date, *, risks: Any = None) -> list[Moved]:
    """What became of the risks that ``user`` may see since the end of ``day``: also nothing (SAME).

    Left out are those that had ended before and did not come back. ``risks`` narrows them to a queryset.
    Bands are by the matrix of each of the two moments. Five queries.
    """
    seen = Risk.objects.visible_to(user)
    found = list((seen if risks is None else risks & seen).select_related("owner__profile", "category"))
    then, matrix = MatrixCell.objects.matrix_on(day), MatrixCell.objects.matrix()
    past = _as_they_stood(day)
    return list(_moved(found, past, then, matrix))


def _moved(
    risks: Iterable[Risk], past: dict[int, tuple[Any, ...] | None], then: Matrix, matrix: Matrix
) -> Iterator[Moved]:
    for risk in risks:
        values = tuple(getattr(risk, name) for name in FIELDS)
        now = _moment(values, matrix)
        stood = past.get(risk.pk, values)
        before = None if stood is None else _moment(stood, then)
        if found := movements(before, now):
            yield Moved(risk, before, now, found)


def _as_they_stood(day: datetime.date) -> dict[int, tuple[Any, ...] | None]:
    """How the risks that changed since ``day`` stood at its end; None for one that did not exist yet.

    One that did not change stands as it stood, so that only the changed ones are looked up in the history.
    """
    end = calendar.end_of_day(day)
    changed = Risk.history.filter(history_date__gt=end).order_by()
    before = Risk.history.filter(id=OuterRef("pk"), history_date__lte=end)
    newest = before.order_by("-history_date", "-history_id").values("history_id")[:1]
    moved = Risk.objects.filter(pk__in=changed.values("id")).order_by()
    rows = dict(moved.annotate(row=Subquery(newest)).values_list("pk", "row"))
    stood = Risk.history.filter(history_id__in=moved.annotate(row=Subquery(newest)).values("row")).order_by()
    values = {key: tuple(rest) for key, *rest in stood.values_list("history_id", *FIELDS)}
    return {key: values.get(row) for key, row in rows.items()}


def _moment(values: tuple[Any, ...], matrix: Matrix) -> Moment:
    status, escalated_to, withdrawn, likelihood, impact = values
    score = Score.of(likelihood, impact)
    return Moment(status, escalated_to, withdrawn, score, matrix.band_of(score))

"""What became of each risk since a day, read in a handful of queries however many risks there are."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import chain
from typing import Any, NamedTuple, TypeVar

from django.db.models import OuterRef, QuerySet, Subquery

from programme.foundation import calendar
from programme.people.kept import Kept, sight
from programme.people.models import Scope, User
from programme.portfolio.models import Project

from ..choices import Movement
from ..models import MatrixCell, Risk
from ..rules.movement import Moment, movements
from ..rules.scoring import Matrix, Score

# What a moment needs of a risk or of a row of its history.
FIELDS = ("status", "escalated_to", "withdrawn", "current_likelihood", "current_impact")
Values = tuple[Any, ...]
Answer = TypeVar("Answer")
HIDDEN: Values = ()  # how a risk stood that could not be read then


class Shown(NamedTuple):
    """What a list shows of a risk: a whole record for each of 20,000 would take seconds."""

    pk: int
    ref: str
    title: str

    def get_absolute_url(self) -> str:
        return f"/risks/{self.ref}/"


@dataclass(frozen=True, slots=True)
class Moved:
    """One risk, how it stood before and stands now, and everything that happened between."""

    risk: Shown
    before: Moment | None
    now: Moment
    movements: tuple[Movement, ...]


@dataclass(frozen=True)
class Since:
    """What moved since a day, in the register's order, and how many risks that may happen stayed the same."""

    moved: tuple[Moved, ...]
    same: int
    _drawn: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)

    def once(self, what: str, work: Callable[[], Answer]) -> Answer:
        """What ``work`` gives, worked out once for as long as this is kept."""
        if what not in self._drawn:
            self._drawn[what] = work()
        return self._drawn[what]

    @cached_property
    def tally(self) -> Counter[Movement]:
        """How many risks each movement happened to; one risk may count under several."""
        found = Counter(chain.from_iterable(one.movements for one in self.moved))
        return found + Counter({Movement.SAME: self.same})

    @cached_property
    def ordered(self) -> tuple[Moved, ...]:
        """Those that moved, the most important first."""
        order = {what: place for place, what in enumerate(Movement)}
        return tuple(sorted(self.moved, key=lambda one: order[one.movements[0]]))


def since(user: User, day: datetime.date, *, risks: QuerySet[Risk] | None = None) -> Since:
    """What became of the risks that ``user`` may see since the end of ``day``.

    Left out are those that had ended before and did not come back, and those that changed and that the user
    could not have read as they stood then. ``risks`` narrows them to a queryset. Bands are by the matrix of
    each of the two moments. Kept until something changes; then six queries, and only what changed is looked
    up.
    """
    visible = Risk.objects.visible_to(user).order_by()
    seen: Any = visible if risks is None else risks.order_by() & visible
    return _KEPT.answer_seen((day, sight(seen)), lambda: _since(user, day, seen))


# Few: of twenty thousand risks that all moved, one holds some megabytes.
_KEPT: Kept[Since] = Kept(Risk, MatrixCell, Scope, Project, most=4)


def _since(user: User, day: datetime.date, seen: Any) -> Since:
    # There are far fewer ways to stand than risks: each is worked out once.
    before_of, now_of = _moments(MatrixCell.objects.matrix_on(day)), _moments(MatrixCell.objects.matrix())
    compared = cache(movements)
    past, moved = _as_they_stood(user, seen, day), []
    same = seen.standing().exclude(pk__in=_changed(day).values("id")).count()
    changed = seen.filter(pk__in=_changed(day).values("id")).order_by("pk")
    for key, ref, title, *values in changed.values_list(*Shown._fields, *FIELDS):
        if (stood := past[key]) == HIDDEN:
            continue
        before, now = None if stood is None else before_of(stood), now_of(tuple(values))
        found = compared(before, now)
        if found == (Movement.SAME,):
            same += 1
        elif found:
            moved.append(Moved(Shown(key, ref, title), before, now, found))
    return Since(tuple(moved), same)


def _as_they_stood(user: User, seen: QuerySet[Risk], day: datetime.date) -> dict[int, Values | None]:
    """How the risks that changed since ``day`` stood at its end; None for one that did not exist yet.

    One that did not change stands as it stood, so that only the changed ones are looked up in the history.
    """
    before = Risk.history.filter(id=OuterRef("pk"), history_date__lte=calendar.end_of_day(day))
    newest = before.order_by("-history_date", "-history_id").values("history_id")[:1]
    moved = seen.filter(pk__in=_changed(day).values("id")).annotate(row=Subquery(newest))
    rows = dict(moved.values_list("pk", "row"))
    readable = Risk.objects.stood_seen_by(user)
    stood = Risk.history.filter(readable, history_id__in=moved.values("row")).order_by()
    values = {key: tuple(rest) for key, *rest in stood.values_list("history_id", *FIELDS)}
    return {key: None if row is None else values.get(row, HIDDEN) for key, row in rows.items()}


def _changed(day: datetime.date) -> QuerySet[Any]:
    """The rows of history since the end of ``day``."""
    return Risk.history.filter(history_date__gt=calendar.end_of_day(day)).order_by()


def _moments(matrix: Matrix) -> Callable[[Values], Moment]:
    @cache
    def moment(values: Values) -> Moment:
        status, escalated_to, withdrawn, likelihood, impact = values
        score = Score.of(likelihood, impact)
        return Moment(status, escalated_to, withdrawn, score, matrix.band_of(score))

    return moment

"""What lies in each cell of the matrix, now or on a past day: counted, the first few named.

However many risks there are, it takes the same few queries.
"""

from __future__ import annotations

import datetime
from array import array
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from programme.foundation import calendar
from programme.foundation.kept_answers import composed_once
from programme.people.classification import exempt_in_words
from programme.people.kept import Kept, sight
from programme.people.models import Scope, User
from programme.portfolio.models import Project

from ..choices import STANDING
from ..models import MatrixCell, Risk
from ..rules.scoring import CELLS, Score

NAME = ("ref", "title", "classification", "exempt_paragraphs")
NAMED = 5  # of each cell; the count says how many more there are


@dataclass(frozen=True)
class Named:
    """A risk as a list shows it, as it was called at the time."""

    ref: str
    title: str
    exempt: str = ""  # "exempt, paragraph 3"


@dataclass(frozen=True)
class Filling:
    """By one kind of score: how many lie in each cell and which come first; None is not yet scored.

    Of a past day also the numbers of their rows of history: of each cell, and of ``every`` one.
    """

    counts: dict[Score | None, int]
    names: dict[Score | None, tuple[Named, ...]]
    rows: dict[Score | None, Sequence[int]] = field(default_factory=dict)
    every: Sequence[int] = ()

    @property
    def total(self) -> int:
        return sum(self.counts.values())


def standing(user: User, day: datetime.date | None = None) -> Any:
    """The risks that may still happen and that ``user`` may see: now, or as they stood at the end of ``day``.

    Of a past day these are rows of history. Who may not read a risk now, or could not have read it as it
    stood then, does not see it.
    """
    if day is None:
        return _standing_now(user)
    seen = _seen(user)
    end = calendar.end_of_day(day)
    before = Risk.history.filter(id=OuterRef("pk"), history_date__lte=end)
    newest = before.order_by("-history_date", "-history_id").values("history_id")[:1]
    rows = Risk.history.filter(history_id__in=seen.annotate(row=Subquery(newest)).values("row"))
    readable = Risk.objects.stood_seen_by(user)
    return rows.filter(readable, withdrawn=False, status__in=sorted(STANDING)).order_by()


@composed_once
def _seen(user: User) -> QuerySet[Risk]:
    return Risk.objects.visible_to(user).order_by()


@composed_once
def _standing_now(user: User) -> QuerySet[Risk]:
    return Risk.objects.visible_to(user).order_by().standing()


def fillings(user: User, condition: Q, day: datetime.date | None = None) -> tuple[Filling, Filling]:
    """What lies where of the risks of which ``condition`` holds: by the current score, and by the target.

    Kept until a risk, a place or a project changes: on a past day every risk is looked up in the history.
    """
    rows = standing(user, day).filter(condition)
    work = _as_read if day else _counted
    return _KEPT.answer_seen(sight(rows), lambda: work(rows))


_KEPT: Kept[tuple[Filling, Filling]] = Kept(Risk, Scope, Project, most=24)


def _counted(risks: QuerySet[Risk]) -> tuple[Filling, Filling]:
    return _filling(risks, "current"), _filling(risks, "target")


def _filling(risks: QuerySet[Risk], kind: str) -> Filling:
    """What lies where by a ``kind`` of score, counted and found in an index. Three queries."""
    pair = f"{kind}_likelihood", f"{kind}_impact"
    counts = _nothing()
    for likelihood, impact, number in risks.values_list(*pair).annotate(number=Count("pk")):
        counts[Score.of(likelihood, impact)] += number
    first: list[int] = list(
        risks.filter(**dict.fromkeys(pair)).order_by("id").values_list("pk", flat=True)[:NAMED]
    )
    inside = risks.filter(**{pair[0]: OuterRef("likelihood"), pair[1]: OuterRef("impact")}).order_by("id")
    nth = {f"nth_{n}": Subquery(inside.values("pk")[n : n + 1]) for n in range(NAMED)}
    for found in MatrixCell.objects.order_by().values_list(*(nth.values())):
        first += [key for key in found if key]
    names: dict[Score | None, list[Named]] = defaultdict(list)
    named = Risk.objects.filter(pk__in=first).order_by("id")
    for *name, likelihood, impact in named.values_list(*NAME, *pair):
        names[Score.of(likelihood, impact)].append(_named(*name))
    return Filling(counts, {score: tuple(found) for score, found in names.items()})


def _as_read(rows: QuerySet[Any]) -> tuple[Filling, Filling]:
    """Both out of rows that are read once, since each was looked up in the history."""
    counts, every = (_nothing(), _nothing()), array("q")
    names: tuple[dict[Any, list[Named]], ...] = defaultdict(list), defaultdict(list)
    inside: tuple[dict[Any, array[int]], ...] = ({}, {})
    pairs = [f"{kind}_{part}" for kind in ("current", "target") for part in ("likelihood", "impact")]
    for row, *name_and_four in rows.order_by("id").values_list("history_id", *NAME, *pairs):
        name, four = name_and_four[: len(NAME)], name_and_four[len(NAME) :]
        every.append(row)
        for place, score in enumerate((Score.of(*four[:2]), Score.of(*four[2:]))):
            counts[place][score] += 1
            inside[place].setdefault(score, array("q")).append(row)
            if counts[place][score] <= NAMED:
                names[place][score].append(_named(*name))
    now, target = (
        Filling(number, {score: tuple(found) for score, found in called.items()}, dict(cells), every)
        for number, called, cells in zip(counts, names, inside, strict=True)
    )
    return now, target


def _named(ref: str, title: str, classification: str, paragraphs: Sequence[int]) -> Named:
    return Named(ref, title, exempt_in_words(classification, paragraphs))


def _nothing() -> dict[Score | None, int]:
    return {None: 0, **dict.fromkeys(CELLS, 0)}

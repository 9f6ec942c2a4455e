"""Cells and paths: where risks lie in the matrix, and how one came to where it is."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery

from programme.foundation import kept_answers
from programme.foundation.kept_answers import Question
from programme.people.models import User
from programme.people.readable_history import readable_each

from ..models import Review, Risk
from ..rules.scoring import CELLS, Score, Scores


@dataclass(frozen=True)
class Step:
    """One point of a risk's path: its scores after a review."""

    day: datetime.date
    scores: Scores
    outcome: str
    words: str


def in_cells(risks: QuerySet[Risk], *, kind: str = "current") -> dict[Score | None, int]:
    """How many of ``risks`` lie in each of the 25 cells by a ``kind`` of score; None: not yet scored.

    One query, which counts nothing while nothing changed.
    """
    counts: dict[Score | None, int] = {None: 0, **dict.fromkeys(CELLS, 0)}
    pair = f"{kind}_likelihood", f"{kind}_impact"
    rows = risks.order_by().values_list(*pair).annotate(number=Count("pk"))
    (found,) = kept_answers.read([Question(rows)])
    for likelihood, impact, number in found:
        counts[Score.of(likelihood, impact)] += number
    return counts


def paths(user: User, risks: Sequence[Risk]) -> dict[int, list[Step]]:
    """The steps of each risk's path, oldest first, by its number; none of a time when the risk was kept from
    ``user``. Two queries at most, however many risks."""
    found: dict[int, list[Step]] = defaultdict(list)
    readable = readable_each(risks, user)
    reviews = written(Review.objects.visible_to(user).filter(risk__in=[one.pk for one in risks]))
    for one in reviews.order_by("risk", "reviewed_on", "pk"):
        if readable[one.risk_id](one.written):
            found[one.risk_id].append(Step(one.reviewed_on, one.scores, one.outcome, one.words))
    return dict(found)


def written(reviews: QuerySet[Any]) -> QuerySet[Any]:
    """Each review with the moment when it was ``written``: a risk may become open on the day of a review."""
    rows = Review.history.filter(id=OuterRef("pk")).order_by("history_date", "history_id")
    return reviews.annotate(written=Subquery(rows.values("history_date")[:1]))

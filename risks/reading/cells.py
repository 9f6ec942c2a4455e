"""What lies in each cell of the matrix, now or on a past day: counted in the database, the first few named.

However many risks there are, it takes the same few queries and reads as many rows as there are names.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, OuterRef, QuerySet, Subquery, Window
from django.db.models.functions import RowNumber

from programme.foundation import calendar
from programme.people.models import User

from ..choices import STANDING
from ..models import Risk
from ..models.access import seen_with
from ..rules.scoring import CELLS, Score

NAMED = 5  # of each cell; the count says how many more there are


@dataclass(frozen=True)
class Named:
    """A risk as a list shows it, as it was called at the time."""

    ref: str
    title: str


@dataclass(frozen=True)
class Filling:
    """By one kind of score: how many lie in each cell and which come first; None is not yet scored."""

    counts: dict[Score | None, int]
    names: dict[Score | None, tuple[Named, ...]]

    @property
    def total(self) -> int:
        return sum(self.counts.values())


def standing(user: User, day: datetime.date | None = None) -> QuerySet[Any]:
    """The risks that may still happen and that ``user`` may see: now, or as they stood at the end of ``day``.

    Of a past day these are rows of history. Who may not read a risk now, or could not have read it as it
    stood then, does not see it.
    """
    seen = Risk.objects.visible_to(user).order_by()
    if day is None:
        return seen.standing()
    end = calendar.end_of_day(day)
    before = Risk.history.filter(id=OuterRef("pk"), history_date__lte=end)
    newest = before.order_by("-history_date", "-history_id").values("history_id")[:1]
    rows = Risk.history.filter(history_id__in=seen.annotate(row=Subquery(newest)).values("row"))
    return rows.filter(seen_with(user), withdrawn=False, status__in=sorted(STANDING)).order_by()


def filling(risks: QuerySet[Any], kind: str) -> Filling:
    """What lies where by a ``kind`` of score. Three queries."""
    pair = f"{kind}_likelihood", f"{kind}_impact"
    counts: dict[Score | None, int] = {None: 0, **dict.fromkeys(CELLS, 0)}
    for likelihood, impact, number in risks.values_list(*pair).annotate(number=Count("pk")):
        counts[Score.of(likelihood, impact)] += number
    nth = Window(RowNumber(), partition_by=[F(name) for name in pair], order_by=F("id").asc())
    first = risks.annotate(nth=nth).filter(nth__lte=NAMED).values_list("pk", flat=True)
    names: dict[Score | None, list[Named]] = defaultdict(list)
    # Named in a second step, so that what is counted out is read from the index alone.
    named = risks.filter(pk__in=list(first)).order_by("id")
    for ref, title, likelihood, impact in named.values_list("ref", "title", *pair):
        names[Score.of(likelihood, impact)].append(Named(ref, title))
    return Filling(counts, {score: tuple(found) for score, found in names.items()})

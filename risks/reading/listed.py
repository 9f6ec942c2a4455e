"""The rows of the registers, with the names of places as far as a reader may know them."""

from __future__ import annotations

from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.db.models.expressions import OrderBy

from programme.foundation import calendar
from programme.foundation.kept_answers import composed_once
from programme.people.models import Scope, User

from ..models import Issue, Risk
from ..models.scored import value_of
from . import findings

BEYOND = 26  # more than any score
UNKNOWN_PLACE = "A project that you may not read"

# What the filter on appetite asks; a score that is not known is neither inside nor outside.
INSIDE, OUTSIDE, ACCEPTED, UNACCEPTED = "inside", "outside", "accepted", "unaccepted"


@composed_once
def risks(user: User) -> QuerySet[Risk]:
    """All that are not withdrawn and that the reader may know of, each with ``place``, a name."""
    rows = Risk.objects.visible_to(user).live().select_related("owner__profile", "category", "scope")
    return rows.annotate(place=_place(user)).order_by("pk")


@composed_once
def issues(user: User) -> QuerySet[Issue]:
    rows = Issue.objects.visible_to(user).live().select_related("owner__profile", "asked_of", "scope")
    return rows.annotate(place=_place(user)).severest_first()


def _place(user: User) -> Any:
    """The name of the place; nothing for a project that is kept from the reader."""
    known = Scope.objects.visible_to(user).filter(pk=OuterRef("scope")).order_by()
    return Subquery(known.values("name")[:1])


def by_score(kind: str, *, descending: bool) -> OrderBy:
    """The order by likelihood × impact; what is not yet scored stands last whichever way."""
    return value_of(kind).desc() if descending else value_of(kind, unknown=BEYOND).asc()


def by_appetite(rows: QuerySet[Risk], asked: str) -> QuerySet[Risk]:
    """Those inside or outside appetite; outside with an acceptance that covers it today, or without one."""
    if asked == INSIDE:
        score = F("current_likelihood") * F("current_impact")
        return rows.filter(category__highest_tolerated__gte=score)
    outside: QuerySet[Risk] = rows.filter(findings.outside())
    covered = findings.covered_by_the_board(calendar.today())
    if asked == ACCEPTED:
        return outside.filter(covered)
    return outside.exclude(covered) if asked == UNACCEPTED else outside

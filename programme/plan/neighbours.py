"""What an activity waits for and what waits for it, today or as it stood, as one person may see it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db.models import Q

from programme.foundation import calendar
from programme.people.models import User

from . import dependencies as rules
from .models import Activity, Dependency
from .timetable import forecast_of, too_soon


@dataclass(frozen=True)
class Neighbour:
    """One dependency of an activity, seen from it: the other end, and what the forecasts say of it.

    ``clash`` is the sentence of a contradicted forecast, else empty; it is about the one that waits.
    ``too_soon`` says only by how much.
    """

    dependency: Dependency
    other: Activity
    before: bool
    how: str
    clash: str
    too_soon: str


def neighbours_of(activity: Activity, user: User, day: datetime.date | None = None) -> list[Neighbour]:
    """The dependencies of ``activity`` whose other end ``user`` may see; at the end of ``day`` if given.

    One query today, four for a past day.
    """
    mine = Q(successor_id=activity.pk) | Q(predecessor_id=activity.pk)
    rows = Dependency.objects.visible_to(user).filter(mine).order_by("pk")
    if day is None:
        links = list(rows.live().select_related("predecessor__project", "successor__project"))
        ends = {key: end for one in links for key, end in _ends(one)}
    else:
        links = [one for one in rows.as_at(day) if not one.withdrawn]
        keys = {key for one in links for key in (one.predecessor_id, one.successor_id)}
        stood = Activity.objects.visible_to(user).filter(pk__in=keys).as_at(day)
        ends = {one.pk: one for one in stood if one.stood_visible_to(user) and not one.withdrawn}
    ends[activity.pk] = activity
    found = [
        _neighbour(one, ends, activity)
        for one in links
        if {one.predecessor_id, one.successor_id} <= set(ends)
    ]
    return sorted(found, key=lambda one: (one.other.latest_finish, one.other.ref))


def _ends(link: Dependency) -> list[tuple[int, Activity]]:
    return [(link.predecessor_id, link.predecessor), (link.successor_id, link.successor)]


def _neighbour(link: Dependency, ends: dict[int, Activity], activity: Activity) -> Neighbour:
    rule = rules.Dependency(link.predecessor_id, link.successor_id, link.kind, link.lag)
    forecasts = [forecast_of(ends[key], key) for key in (link.predecessor_id, link.successor_id)]
    clash = next(rules.contradictions(forecasts, [rule], calendar.england()), None)
    before = link.successor_id == activity.pk
    other = ends[link.predecessor_id if before else link.successor_id]
    how = rule.words[:1].upper() + rule.words[1:]
    if clash is None:
        return Neighbour(link, other, before, how, "", "")
    return Neighbour(link, other, before, how, clash.words, too_soon(clash.working_days, clash.allowed))

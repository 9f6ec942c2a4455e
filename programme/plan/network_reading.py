"""The whole plan, read once: the timetable for all, and from it what one person may see.

The critical path takes every activity into account, also those that the viewer may not see: otherwise two
people would be told different dates. Nothing of the unseen is ever shown: rows, counts and contradictions
are taken only where the viewer sees the project, or both projects of a dependency.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from operator import add
from typing import Any

from django.core.cache import cache
from django.db import connection, models
from django.db.models.expressions import RawSQL

from programme.foundation import calendar
from programme.foundation.history_tables import state_of
from programme.people.kept import AnswersOnce
from programme.people.models import User
from programme.portfolio.models import Project

from .models import Activity, Dependency
from .models.activity import unseen_projects
from .timetable import Conflict, Counts, Linked, Planned, Timetable, Timing, reckon

SHAPE = "1"  # raise it when a timetable kept by an earlier version can no longer be read
KEPT_SECONDS = 60 * 60 * 24
KEPT_READINGS = 20  # a reading of a large plan may hold a megabyte
_last: dict[str, Timetable] = {}
_readings: dict[frozenset[int], Reading] = {}


def timetable() -> Timetable:
    """The timetable of the plan as it stands today: one query while nothing changed, four otherwise."""
    key = _key()
    found = _last.get(key)  # once: another thread may forget it meanwhile
    if found is None:
        found = cache.get(key)
        if found is None:
            found = _reckoned()
            cache.set(key, found, KEPT_SECONDS)
        _last.clear()
        _readings.clear()
        _last[key] = found
    return found


def _key() -> str:
    """Changes with every change of activities, dependencies and projects, and at midnight."""
    return f"timetable:{SHAPE}:{calendar.today()}:{state_of(Activity, Dependency, Project)}"


def _reckoned() -> Timetable:
    plan = Activity.objects.planned().order_by("pk")
    links = Dependency.objects.live().order_by("pk")
    deadlines = Project.objects.live().filter(approved_finish__isnull=False)
    return reckon(
        [Planned(*row) for row in plan.values_list("pk", "project_id", *Planned._fields[2:])],
        [Linked(*row) for row in links.values_list("pk", "predecessor_id", "successor_id", "kind", "lag")],
        deadlines={key: finish for key, finish in deadlines.values_list("pk", "approved_finish") if finish},
        today=calendar.today(),
        calendar=calendar.england(),
    )


@dataclass(frozen=True)
class Reading(AnswersOnce):
    """The timetable as one person may know it. ``hidden`` are the numbers of the projects kept from them.

    Kept while nothing of the plan changes, and shared by all from whom the same projects are hidden: what
    is worked out from everything is worked out once.
    """

    timetable: Timetable
    hidden: frozenset[int] = frozenset()

    def sees(self, *projects: int) -> bool:
        return self.hidden.isdisjoint(projects)

    def timing(self, activity: Activity) -> Timing | None:
        return self.timetable.timing(activity.pk) if self.sees(activity.project_id) else None

    def conflicts_of(self, activity: Activity) -> list[Conflict]:
        return [one for one in self.timetable.conflicts_of(activity.pk) if self.sees(*one.projects)]

    def contradicted(self) -> list[tuple[int, int]]:
        """(dependency, successor) of every contradicted dependency both of whose ends are seen."""
        kept = self.hidden
        return [
            (key, successor)
            for key, successor, one, other in self.timetable.contradicted()
            if one not in kept and other not in kept
        ]

    def near(self, most: int = 0) -> list[tuple[int, int]]:
        """(activity, project) with at most so much total float, by early start."""
        return self.once(
            ("near", most), lambda: [one for one in self.timetable.near(most) if self.sees(one[1])]
        )

    def near_keys(self, most: int = 0) -> list[int]:
        """The same activities by their numbers alone; to be read, not changed."""
        return self.once(("near keys", most), lambda: [key for key, _ in self.near(most)])

    def counts(self) -> Counts:
        """How the plan stands, over the projects seen."""
        seen = [one for project, one in self.timetable.counts.items() if self.sees(project)]
        return Counts(*(reduce(add, numbers, 0) for numbers in zip(*seen, strict=True))) if seen else Counts()


def reading_of(user: User) -> Reading:
    """What ``user`` may know of the timetable. At most two queries while nothing changed.

    The timetable is read before the hidden projects: what is in it is known when they are asked for.
    """
    if not user.has_perm("plan.view_plan"):
        return Reading(Timetable())
    found, unseen = timetable(), unseen_projects(user)
    hidden = frozenset() if unseen is None else frozenset(unseen.values_list("pk", flat=True))
    if (kept := _readings.get(hidden)) and kept.timetable is found:
        return kept
    if len(_readings) >= KEPT_READINGS:
        _readings.clear()
    reading = _readings[hidden] = Reading(found, hidden)
    return reading


def among(keys: Iterable[int]) -> RawSQL:
    """For ``pk__in``: any number of keys as one parameter, where databases limit how many there may be."""
    listed = json.dumps(list(keys))
    if connection.vendor == "postgresql":
        return RawSQL("SELECT value::bigint FROM json_array_elements_text(%s::json)", [listed])
    return RawSQL("SELECT value FROM json_each(%s)", [listed])


class InOrder:
    """Records in an order worked out beforehand, read from the database a page at a time.

    ``keys`` may only name what the viewer may see; ``rows`` starts at ``visible_to`` all the same. Each
    record carries its ``timing``.
    """

    def __init__(self, keys: list[int], rows: models.QuerySet, *, timed: Reading):
        self.keys, self.rows, self.timed = keys, rows, timed

    def __len__(self) -> int:
        return len(self.keys)

    def __getitem__(self, part: Any) -> Any:
        if not isinstance(part, slice):
            return self[part : part + 1][0]
        found = self.rows.in_bulk(self.keys[part])
        for one in found.values():
            one.timing = self.timed.timing(one)
        return [found[key] for key in self.keys[part] if key in found]

    def __iter__(self) -> Any:
        for start in range(0, len(self.keys), 500):
            yield from self[start : start + 500]

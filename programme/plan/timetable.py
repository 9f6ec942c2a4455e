"""The outcome of the critical path and of the dependencies, packed for keeping: pure arithmetic, no models.

A plan of 24,000 activities takes most of a second to work out, so it is worked out once and kept; a page
then looks up its 25 rows. Days are kept as ordinals in arrays, a few bytes each.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

from programme.foundation.calendar import WorkingCalendar, in_words
from programme.plan.choices import Kind
from programme.plan.dependencies import (
    CycleFound,
    Dependency,
    Forecast,
    Key,
    contradictions,
    count_working_days,
)
from programme.plan.scheduling import Activity, BadPlan, Schedule, schedule

NEAR = 20
"""Up to this total float, in working days, work is listed with the critical path."""


class Planned(NamedTuple):
    """What the reckoning needs of one activity or milestone; the columns in which the plan is read."""

    key: int
    project: int
    kind: str
    earliest_start: date | None
    forecast_start: date | None
    forecast_finish: date
    approved_finish: date | None
    actual_start: date | None
    actual_finish: date | None


class Linked(NamedTuple):
    """One dependency; the columns in which dependencies are read."""

    key: int
    predecessor: int
    successor: int
    kind: str
    lag: int


class Timing(NamedTuple):
    """Early and late dates, inclusive; total float in working days."""

    early_start: date
    early_finish: date
    late_start: date
    late_finish: date
    total_float: int

    @property
    def critical(self) -> bool:
        return self.total_float <= 0


def too_soon(working_days: int, allowed: date) -> str:
    """`3 working days too soon: not before 6 July 2022`."""
    words = f"{count_working_days(working_days)} too soon" if working_days else "Too soon"
    return f"{words}: not before {in_words(allowed)}"


class Conflict(NamedTuple):
    """A forecast that comes sooner than a dependency allows; ``working_days`` may be 0 over a weekend."""

    dependency: int
    successor: int
    projects: tuple[int, int]
    allowed: date
    working_days: int

    @property
    def sentence(self) -> str:
        return too_soon(self.working_days, self.allowed)


class Counts(NamedTuple):
    """How one project's plan stands: what is not done, in numbers."""

    ahead: int = 0
    milestones: int = 0
    late: int = 0
    overdue: int = 0
    critical: int = 0


@dataclass(frozen=True)
class Timetable:
    """Early and late dates, floats and contradictions of the whole plan, on one day.

    ``rows`` holds six numbers for each activity that is not done (key, four days, float) in the order of
    early starts; ``clashes`` six for each contradicted dependency (dependency, successor, the two projects,
    first day allowed, working days). ``trouble`` says why nothing could be worked out, else it is empty.
    """

    rows: array = field(default_factory=lambda: array("q"))
    projects: array = field(default_factory=lambda: array("q"))
    clashes: array = field(default_factory=lambda: array("q"))
    counts: dict[int, Counts] = field(default_factory=dict)
    trouble: str = ""

    @cached_property
    def _places(self) -> dict[int, int]:
        return {key: place for place, key in enumerate(self.rows[::6])}

    @cached_property
    def _by_successor(self) -> dict[int, list[int]]:
        found: dict[int, list[int]] = {}
        for place, successor in enumerate(self.clashes[1::6]):
            found.setdefault(successor, []).append(place)
        return found

    @cached_property
    def _by_dependency(self) -> dict[int, int]:
        return {key: place for place, key in enumerate(self.clashes[::6])}

    @cached_property
    def _near(self) -> list[tuple[int, int, int]]:
        """Key, project and float of everything critical or near it, by early start."""
        return [
            (key, project, total)
            for key, project, total in zip(self.rows[::6], self.projects, self.rows[5::6], strict=True)
            if total <= NEAR
        ]

    def timing(self, key: int) -> Timing | None:
        """None for what is done, withdrawn, or not known."""
        place = self._places.get(key)
        if place is None:
            return None
        _, *days, total = self.rows[place * 6 : place * 6 + 6]
        first, finish, late_first, late_finish = map(date.fromordinal, days)
        return Timing(first, finish, late_first, late_finish, total)

    def near(self, most: int = 0) -> Iterable[tuple[int, int]]:
        """(key, project) of what has at most so much total float, by early start; ``most`` up to ``NEAR``."""
        return ((key, project) for key, project, total in self._near if total <= most)

    def conflict(self, dependency: int) -> Conflict | None:
        place = self._by_dependency.get(dependency)
        return None if place is None else self._conflict(place)

    def conflicts_of(self, successor: int) -> list[Conflict]:
        return [self._conflict(place) for place in self._by_successor.get(successor, ())]

    def contradicted(self) -> Iterable[tuple[int, int, int, int]]:
        """(dependency, successor, the two projects) of every contradicted dependency."""
        return zip(*(self.clashes[column::6] for column in range(4)), strict=True)

    def _conflict(self, place: int) -> Conflict:
        dependency, successor, one, other, allowed, days = self.clashes[place * 6 : place * 6 + 6]
        return Conflict(dependency, successor, (one, other), date.fromordinal(allowed), days)


def reckon(
    planned: list[Planned],
    linked: list[Linked],
    *,
    deadlines: Mapping[Key, date],
    today: date,
    calendar: WorkingCalendar,
) -> Timetable:
    """Works the whole plan out. ``deadlines`` are projects' approved finishes.

    Nothing that has not begun starts before ``today``. Work that waits for nothing and has no
    start-no-earlier of its own starts at its forecast: nothing else says when. Work under way lasts to its
    forecast finish.
    """
    known: dict[Key, Planned] = {one.key: one for one in planned}
    links = [one for one in linked if one.predecessor in known and one.successor in known]
    waiting = {one.successor for one in links}
    dependencies = [Dependency(one.predecessor, one.successor, one.kind, one.lag) for one in links]
    activities = [_activity(one, one.key in waiting, today, calendar) for one in planned]
    clashes = _clashes(known, links, dependencies, calendar)
    try:
        outcome = schedule(
            activities,
            dependencies,
            start=today,
            calendar=calendar,
            deadlines=deadlines,
            forecasts=_latest_forecasts(planned),
        )
    except (BadPlan, CycleFound):
        words = "The critical path could not be worked out: some durations and lags lead too far."
        return Timetable(clashes=clashes, counts=_counts(planned, set(), today), trouble=words)
    return _timetable(planned, outcome, clashes, today)


def _timetable(planned: list[Planned], outcome: Schedule, clashes: array, today: date) -> Timetable:
    left = [(outcome.activities[one.key], one) for one in planned if not outcome.activities[one.key].done]
    left.sort(key=lambda pair: (pair[0].early_start, pair[0].early_finish, pair[1].key))
    rows, projects = array("q"), array("q")
    for found, one in left:
        days = (found.early_start, found.early_finish, found.late_start, found.late_finish)
        rows.extend((one.key, *(day.toordinal() for day in days if day), found.total_float or 0))
        projects.append(one.project)
    critical = {one.key for found, one in left if found.critical}
    return Timetable(rows, projects, clashes, _counts(planned, critical, today))


def _activity(one: Planned, waits: bool, today: date, calendar: WorkingCalendar) -> Activity:
    if one.kind == Kind.MILESTONE:
        own = one.earliest_start or (None if waits else one.forecast_finish)
        earliest = max(own or today, today)
        return Activity(one.key, one.project, 0, earliest, None, one.actual_finish)
    begun, finish = one.actual_start, one.forecast_finish
    first = begun or one.forecast_start or finish
    if begun and not one.actual_finish:
        finish = max(finish, today)
    duration = max(1, calendar.closing(finish) - calendar.opening(first))
    own = one.earliest_start or (None if waits else one.forecast_start)
    return Activity(one.key, one.project, duration, max(own or today, today), begun, one.actual_finish)


def _latest_forecasts(planned: Iterable[Planned]) -> dict[Key, date]:
    latest: dict[Key, date] = {}
    for one in planned:
        if not one.actual_finish:
            latest[one.project] = max(latest.get(one.project, one.forecast_finish), one.forecast_finish)
    return latest


def _clashes(
    known: Mapping[Key, Planned],
    links: list[Linked],
    dependencies: list[Dependency],
    calendar: WorkingCalendar,
) -> array:
    numbers = {id(dependency): link.key for dependency, link in zip(dependencies, links, strict=True)}
    found = array("q")
    forecasts = (forecast_of(one, one.key) for one in known.values())
    for one in contradictions(forecasts, dependencies, calendar):
        before, after = known[one.dependency.predecessor], known[one.dependency.successor]
        number = numbers[id(one.dependency)]
        found.extend(
            (number, after.key, before.project, after.project, one.allowed.toordinal(), one.working_days)
        )
    return found


def forecast_of(one: Any, key: int) -> Forecast:
    """The dates that stand for a row of the plan or an activity's record: actual ones, else forecasts."""
    milestone = one.kind == Kind.MILESTONE
    finish = one.actual_finish or one.forecast_finish
    start = finish if milestone else one.actual_start or one.forecast_start
    begun = bool(one.actual_start or one.actual_finish)
    return Forecast(key, start, finish, milestone, begun, bool(one.actual_finish))


def _counts(planned: Iterable[Planned], critical: set[int], today: date) -> dict[int, Counts]:
    totals: dict[int, Counter[str]] = {}
    for one in planned:
        if one.actual_finish:
            continue
        total = totals.setdefault(one.project, Counter())
        overdue = one.forecast_finish < today
        later = one.approved_finish is not None and one.forecast_finish > one.approved_finish
        total["ahead"] += 1
        total["milestones"] += one.kind == Kind.MILESTONE
        total["late"] += later or overdue
        total["overdue"] += overdue
        total["critical"] += one.key in critical
    return {project: Counts(**total) for project, total in totals.items()}

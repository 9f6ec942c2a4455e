"""The plan as a network of boundaries: the two passes behind `scheduling.schedule`, whose words rule here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from programme.foundation.calendar import WorkingCalendar
from programme.plan.dependencies import FROM_FINISH, TO_START, CycleFound, Dependency, Key, find_cycle

NEVER = -(10**9)

Link = tuple[int, bool, bool, int]
"""Number of the activity at the other end, from its finish?, to the successor's start?, lag."""


class BadPlan(ValueError):
    """The plan cannot be scheduled; the message says which activity or dependency and why."""


@dataclass(frozen=True, slots=True)
class Activity:
    """What the schedule needs to know. A duration of 0 working days makes it a milestone."""

    key: Key
    project: Key
    duration: int
    earliest_start: date | None = None
    actual_start: date | None = None
    actual_finish: date | None = None

    @property
    def milestone(self) -> bool:
        return self.duration == 0

    @property
    def finished(self) -> date | None:
        """A milestone has one actual date, whichever way it was given."""
        return self.actual_finish or (self.actual_start if self.duration == 0 else None)


@dataclass(frozen=True, slots=True)
class Scheduled:
    """Dates are inclusive, floats in working days. Done work has its actual dates and no float."""

    key: Key
    project: Key
    early_start: date
    early_finish: date
    late_start: date | None
    late_finish: date | None
    total_float: int | None
    free_float: int | None
    critical: bool
    done: bool


def _refuse_bad(activity: Activity) -> None:
    if activity.duration < 0:
        raise BadPlan(f"{activity.key}: a duration cannot be negative.")
    begun, finished = activity.actual_start, activity.actual_finish
    if begun and finished and finished < begun:
        raise BadPlan(f"{activity.key}: the actual finish lies before the actual start.")


class Network:
    """Activities by number, with boundaries (see `WorkingCalendar`) in lists, so that passes are quick."""

    def __init__(
        self, activities: list[Activity], dependencies: Iterable[Dependency], calendar: WorkingCalendar
    ) -> None:
        self.activities = activities
        self.calendar = calendar
        self.numbers: dict[Key, int] = {}
        for number, activity in enumerate(activities):
            _refuse_bad(activity)
            if self.numbers.setdefault(activity.key, number) != number:
                raise BadPlan(f"{activity.key} is in the plan twice.")
        size = len(activities)
        self.durations = [activity.duration for activity in activities]
        self.done = [activity.finished is not None for activity in activities]
        self.begun = [activity.actual_start is not None for activity in activities]
        self.incoming: list[list[Link]] = [[] for _ in range(size)]
        self.outgoing: list[list[Link]] = [[] for _ in range(size)]
        self.early_start, self.early_finish = [NEVER] * size, [NEVER] * size
        self.started_by = [NEVER] * size  # the first boundary at which a milestone can mark the start
        self.late_start, self.late_finish = [0] * size, [0] * size
        self.free_float = [0] * size
        self.given: dict[int, date] = {}  # milestones' dates that people gave on days that are not worked
        self._days: dict[int, date] = {}
        dependencies = list(dependencies)
        self._link(dependencies)
        self.order = self._sort()
        if len(self.order) < size and (cycle := find_cycle(dependencies)):
            raise CycleFound(cycle, {})

    def _link(self, dependencies: Iterable[Dependency]) -> None:
        numbers = self.numbers
        for dependency in dependencies:
            try:
                before, after = numbers[dependency.predecessor], numbers[dependency.successor]
            except KeyError as error:
                raise BadPlan(f"A dependency names {error.args[0]}, which is not in the plan.") from None
            from_finish, to_start = dependency.kind in FROM_FINISH, dependency.kind in TO_START
            self.incoming[after].append((before, from_finish, to_start, dependency.lag))
            self.outgoing[before].append((after, from_finish, to_start, dependency.lag))

    def _sort(self) -> list[int]:
        """Predecessors before successors."""
        waiting = [len(links) for links in self.incoming]
        order = [number for number, count in enumerate(waiting) if not count]
        for number in order:
            for after, _, _, _ in self.outgoing[number]:
                waiting[after] -= 1
                if not waiting[after]:
                    order.append(after)
        return order

    # Forward: early dates

    def go_forward(self, start: date) -> None:
        for i in self.order:
            activity = self.activities[i]
            if finished := activity.finished:
                self._place_done(i, activity, finished)
            else:
                self._place_open(i, activity, start)

    def _place_done(self, i: int, activity: Activity, finished: date) -> None:
        finish = self.early_finish[i] = self.calendar.closing(finished)
        if activity.actual_start is None or activity.milestone:
            self.early_start[i] = self.started_by[i] = finish - activity.duration
            self.started_by[i] += not activity.milestone
        else:
            self.early_start[i] = self.calendar.opening(activity.actual_start)
            self.started_by[i] = self.calendar.closing(activity.actual_start)

    def _place_open(self, i: int, activity: Activity, start: date) -> None:
        start_bound, finish_bound = self._bounds(i)
        duration = activity.duration
        if activity.actual_start is not None:
            begin = self.calendar.opening(activity.actual_start)
            self.started_by[i] = self.calendar.closing(activity.actual_start)
        elif duration:
            own = self.calendar.opening(activity.earliest_start or start)
            begin = max(own, start_bound, finish_bound - duration)
            self.started_by[i] = begin + 1
        else:
            own = self.calendar.closing(activity.earliest_start or start)
            begin = self.started_by[i] = max(own, start_bound, finish_bound)
            self._keep_given_day(i, begin, activity.earliest_start or start)
        self.early_start[i] = begin
        self.early_finish[i] = max(begin + duration, finish_bound)

    def _bounds(self, i: int) -> tuple[int, int]:
        """The boundaries before which the predecessors let it neither start nor finish."""
        start_bound = finish_bound = NEVER
        starts = self.early_start if self.durations[i] else self.started_by
        for before, from_finish, to_start, lag in self.incoming[i]:
            bound = (self.early_finish[before] if from_finish else starts[before]) + lag
            if to_start:
                start_bound = max(start_bound, bound)
            else:
                finish_bound = max(finish_bound, bound)
        return start_bound, finish_bound

    def _keep_given_day(self, i: int, boundary: int, own: date) -> None:
        """Let a milestone fall on the Saturday that people gave to it or to what it waits for."""
        waits = [(before, from_finish) for before, from_finish, _, lag in self.incoming[i] if not lag]
        latest = max([own, *filter(None, (self._given_day(before, finish) for before, finish in waits))])
        if self.calendar.closing(latest) == boundary:
            self.given[i] = latest

    def _given_day(self, i: int, finish: bool) -> date | None:
        activity = self.activities[i]
        if activity.milestone:
            return activity.finished or self.given.get(i)
        return activity.actual_finish if finish else activity.actual_start

    # Back: late dates and floats

    def go_back(self, deadlines: Mapping[Key, date], forecasts: Mapping[Key, date]) -> None:
        ends = self._project_ends(deadlines, forecasts)
        for i in reversed(self.order):
            if not self.done[i]:
                self._place_late(i, ends[self.activities[i].project])

    def _project_ends(self, deadlines: Mapping[Key, date], forecasts: Mapping[Key, date]) -> dict[Key, int]:
        ends: dict[Key, int] = {}
        for i, activity in enumerate(self.activities):
            if not self.done[i]:
                ends[activity.project] = max(ends.get(activity.project, NEVER), self.early_finish[i])
        for project, forecast in forecasts.items():
            ends[project] = max(ends.get(project, NEVER), self.calendar.closing(forecast))
        for project, deadline in deadlines.items():
            ends[project] = self.calendar.closing(deadline)
        return ends

    def _place_late(self, i: int, end: int) -> None:
        late, free = end, end - self.early_finish[i]
        for after, from_finish, to_start, lag in self.outgoing[i]:
            if self.done[after] or (to_start and self.begun[after]) or (self.begun[i] and not from_finish):
                continue  # what has happened can no longer be moved, nor move anything
            if from_finish:
                own = self.early_finish[i]
            else:
                own = self.early_start[i] if self.durations[after] else self.started_by[i]
            early = self.early_start[after] if to_start else self.early_finish[after]
            latest = self.late_start[after] if to_start else self.late_finish[after]
            late = min(late, self.early_finish[i] + latest - lag - own)
            free = min(free, early - lag - own)
        self.late_finish[i] = late
        self.late_start[i] = self.early_start[i] if self.begun[i] else late - self.durations[i]
        self.free_float[i] = max(0, free)

    # Boundaries back to dates

    def outcome(self, i: int) -> Scheduled:
        try:
            return self._outcome(i, self.activities[i])
        except ValueError as error:
            raise BadPlan(f"{self.activities[i].key}: {error}") from error

    def _outcome(self, i: int, activity: Activity) -> Scheduled:
        if activity.finished is not None:
            begun = activity.finished if activity.milestone else activity.actual_start
            begun = begun or self._opens(self.early_start[i])
            return Scheduled(
                activity.key, activity.project, begun, activity.finished, None, None, None, None, False, True
            )
        total = self.late_finish[i] - self.early_finish[i]
        if activity.milestone:
            early_start = early_finish = self._falls(i, self.early_finish[i])
            late_start = late_finish = self._falls(i, self.late_finish[i])
        else:
            early_finish, late_finish = self._closes(self.early_finish[i]), self._closes(self.late_finish[i])
            early_start = activity.actual_start or self._opens(self.early_start[i])
            late_start = activity.actual_start or self._opens(self.late_start[i])
        return Scheduled(
            activity.key, activity.project, early_start, early_finish, late_start, late_finish,
            total, self.free_float[i], total <= 0, False,
        )  # fmt: skip

    def _falls(self, i: int, boundary: int) -> date:
        given = self.given.get(i) if boundary == self.early_finish[i] else None
        return given or self._closes(boundary)

    def _closes(self, boundary: int) -> date:
        return self._opens(boundary - 1)

    def _opens(self, boundary: int) -> date:
        if boundary not in self._days:
            self._days[boundary] = self.calendar.day(boundary)
        return self._days[boundary]

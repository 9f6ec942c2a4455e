"""The critical path of the plan: pure arithmetic on working days, no models.

How days, points and links are counted is said in `dependencies.py`. On top of it:

* an early start is the latest of what the predecessors allow and the activity's own start-no-earlier;
* work begun keeps the start it had (a predecessor may still hold back its finish), and work done keeps
  both dates and constrains its successors with them;
* late dates count back from each project's approved finish, else from its latest finish: the latest early
  finish of what is not yet done, or the latest forecast where that is later;
* total float is by how many working days the finish may slip before a project finishes late; at zero or
  below the activity is critical. Done work has neither late dates nor float and is never critical;
* free float is by how many working days it may slip without moving any successor's early dates or its
  own project's finish; never below zero.

A date that people gave on a weekend or a holiday is kept: an activity with such a start-no-earlier starts on
the next working day, a milestone may fall on the day itself, which takes no working time from anyone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from programme.foundation.calendar import WorkingCalendar
from programme.plan.dependencies import Dependency, Key
from programme.plan.network import Activity, BadPlan, Network, Scheduled

__all__ = ["Activity", "BadPlan", "Schedule", "Scheduled", "schedule"]


@dataclass(frozen=True)
class Schedule:
    """The outcome, activities in the order given."""

    activities: dict[Key, Scheduled]

    @cached_property
    def critical(self) -> tuple[Scheduled, ...]:
        """The critical activities, earliest first."""
        chosen = [activity for activity in self.activities.values() if activity.critical]
        return tuple(sorted(chosen, key=lambda activity: (activity.early_start, activity.early_finish)))

    @cached_property
    def finishes(self) -> dict[Key, date]:
        """The latest early finish of each project, done work included."""
        latest: dict[Key, date] = {}
        for activity in self.activities.values():
            known = latest.get(activity.project, activity.early_finish)
            latest[activity.project] = max(known, activity.early_finish)
        return latest


def schedule(
    activities: Iterable[Activity],
    dependencies: Iterable[Dependency],
    *,
    start: date,
    calendar: WorkingCalendar,
    deadlines: Mapping[Key, date] | None = None,
    forecasts: Mapping[Key, date] | None = None,
) -> Schedule:
    """Early and late dates, floats and the critical path of the whole programme.

    `start` is the day before which nothing begins that has no date of its own; `deadlines` gives projects'
    approved finishes, `forecasts` the latest forecast finishes of what is not done in them. Raises
    `CycleFound` (naming the circle) and `BadPlan` for a dependency on an activity that is not there, the same
    key twice, a negative duration, actual dates in the wrong order, or dates beyond the year 9999.
    """
    network = Network(list(activities), dependencies, calendar)
    network.go_forward(start)
    network.go_back(deadlines or {}, forecasts or {})
    return Schedule({activity.key: network.outcome(i) for i, activity in enumerate(network.activities)})

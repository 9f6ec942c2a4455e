"""Dependencies between activities and milestones: four kinds, lag in working days, cycles, contradictions.

Pure rules, no models. Time is counted on the boundaries of a `WorkingCalendar`: working day n runs from
boundary n to boundary n + 1. Days are inclusive, so an activity of d working days that starts on day n
starts at boundary n, finishes on day n + d - 1 and closes at boundary n + d.

A **milestone** is a point at the close of its day; its start and its finish are that one point. So:

* an activity that finishes on Friday lets a milestone fall on that Friday (finish to start, no lag);
* a milestone on Friday lets an activity start on the next working day, Monday, whether the link is finish
  to start or start to start;
* a milestone on Friday lets another milestone fall on that Friday;
* a milestone that waits for an activity's *start* may fall on the day the activity starts, not before.

Between activities the four kinds are the usual ones: finish to start (the next working day), start to
start and finish to finish (the same day), start to finish (the working day before: the successor has
finished when the predecessor starts). A lag is added in working days; a lead is a negative lag.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from graphlib import CycleError, TopologicalSorter

from programme.foundation.calendar import WorkingCalendar, in_words
from programme.plan.choices import DependencyKind

Key = int
"""As the database numbers activities and projects; the arithmetic would take anything hashable."""


FROM_FINISH = frozenset({DependencyKind.FINISH_START, DependencyKind.FINISH_FINISH})
"""Kinds in which the predecessor's finish, not its start, holds back the successor."""
TO_START = frozenset({DependencyKind.FINISH_START, DependencyKind.START_START})
"""Kinds in which the successor's start, not its finish, is held back."""
KINDS = frozenset(DependencyKind)


@dataclass(frozen=True, slots=True)
class Dependency:
    """`successor` waits for `predecessor`; `lag` is in working days, negative for a lead.

    `kind` may be the two letters as the database keeps them. Raises ValueError for any other.
    """

    predecessor: Key
    successor: Key
    kind: str = DependencyKind.FINISH_START
    lag: int = 0

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"“{self.kind}” is not a kind of dependency: FS, SS, FF or SF.")

    @property
    def words(self) -> str:
        """Such as `finish to start, 2 working days later`."""
        kind = DependencyKind(self.kind).label.lower()
        if not self.lag:
            return kind
        direction = "later" if self.lag > 0 else "sooner"
        return f"{kind}, {count_working_days(abs(self.lag))} {direction}"


def count_working_days(number: int) -> str:
    """`1 working day`, `12 working days`."""
    return f"{number:,} working day{'' if number == 1 else 's'}"


# Cycles


class CycleFound(ValueError):
    """Activities wait for each other in a circle. `keys` names it: each waits for the one before it."""

    def __init__(self, keys: tuple[Key, ...], names: Mapping[Key, str]) -> None:
        self.keys = keys
        steps = " → ".join(names.get(key, str(key)) for key in keys)
        super().__init__(f"These would wait for each other in a circle: {steps}.")


def find_cycle(dependencies: Iterable[Dependency]) -> tuple[Key, ...] | None:
    """The keys of one circle, predecessor before successor, the first again at the end; else None."""
    sorter: TopologicalSorter[Key] = TopologicalSorter()
    for dependency in dependencies:
        sorter.add(dependency.successor, dependency.predecessor)
    try:
        sorter.prepare()
    except CycleError as error:
        return tuple(error.args[1])
    return None


def refuse_cycle(dependencies: Iterable[Dependency], names: Mapping[Key, str] | None = None) -> None:
    """Raise `CycleFound` if the dependencies, existing and proposed together, form a circle.

    `names` gives the words for keys in the message. Any circle is refused, whatever its kinds and lags.
    """
    if cycle := find_cycle(dependencies):
        raise CycleFound(cycle, names or {})


# Forecasts that contradict a dependency


@dataclass(frozen=True, slots=True)
class Forecast:
    """The dates that stand for one activity or milestone: actual where known, else forecast.

    A milestone gives the same date twice. A date not known is None and contradicts nothing. `begun` and
    `done` say which dates are facts: facts are never called contradictory.
    """

    key: Key
    start: date | None
    finish: date | None
    milestone: bool = False
    begun: bool = False
    done: bool = False


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A forecast sooner than its dependency allows. Flagged for people to resolve, never moved silently."""

    dependency: Dependency
    end: str
    """Which end of the successor is too soon: `start`, `finish` or `fall` (a milestone)."""
    forecast: date
    allowed: date
    """The first date that would satisfy the dependency."""
    working_days: int
    """How many working days too soon; 0 if only weekends or holidays lie between."""

    @property
    def words(self) -> str:
        sooner = f"{count_working_days(self.working_days)} sooner" if self.working_days else "sooner"
        return (
            f"Forecast to {self.end} on {in_words(self.forecast)}, {sooner} than the dependency "
            f"({self.dependency.words}) allows: not before {in_words(self.allowed)}."
        )


def contradictions(
    forecasts: Iterable[Forecast], dependencies: Iterable[Dependency], calendar: WorkingCalendar
) -> Iterator[Contradiction]:
    """Each dependency that the forecasts contradict, in the order given.

    Dependencies on activities that are not among the forecasts (withdrawn, or not visible) are passed over.
    """
    known = {forecast.key: forecast for forecast in forecasts}
    for dependency in dependencies:
        before, after = known.get(dependency.predecessor), known.get(dependency.successor)
        if before and after and (found := _contradiction(dependency, before, after, calendar)):
            yield found


def _contradiction(
    dependency: Dependency, before: Forecast, after: Forecast, calendar: WorkingCalendar
) -> Contradiction | None:
    from_finish, to_start = dependency.kind in FROM_FINISH, dependency.kind in TO_START
    source = before.finish if from_finish else before.start
    target = after.start if to_start else after.finish
    if source is None or target is None or after.done or (after.begun and to_start):
        return None
    lag = dependency.lag
    from_close = from_finish or before.milestone or after.milestone
    to_opening = to_start and not after.milestone
    allowed = (calendar.closing(source) if from_close else calendar.opening(source)) + lag
    planned = calendar.opening(target) if to_opening else calendar.closing(target)
    # Over a weekend no working time passes, yet a start or a milestone must not carry an earlier date
    # than what it waits for. (An activity's finish may: it closes with the last working day.)
    dated = from_close and not lag and (to_opening or after.milestone)
    earlier_in_weekend = dated and planned == allowed and target < source
    if planned >= allowed and not earlier_in_weekend:
        return None
    first = calendar.day(allowed if to_opening else allowed - 1)
    if dated:
        first = max(first, source)
    end = "fall" if after.milestone else "start" if to_start else "finish"
    return Contradiction(dependency, end, target, first, allowed - planned)

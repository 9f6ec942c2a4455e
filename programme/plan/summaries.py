"""What other pages and the pack say of the plan: frozen rows, as one person may see them."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from programme.people.models import User

from .models import Activity, Dependency
from .network_reading import InOrder, among, reading_of
from .picture import in_a_sentence
from .timetable import Counts


@dataclass(frozen=True)
class Standing:
    """How the plan stands: numbers of what is not done, and the same in a sentence."""

    counts: Counts
    contradicted: int
    sentence: str


@dataclass(frozen=True)
class CriticalStep:
    """One step of a critical path, with early and late dates (inclusive) and total float in working days."""

    ref: str
    name: str
    url: str
    project: str
    milestone: bool
    early_start: datetime.date
    early_finish: datetime.date
    late_start: datetime.date
    late_finish: datetime.date
    total_float: int


@dataclass(frozen=True)
class ContradictedForecast:
    """A forecast sooner than what it waits for allows: ``words`` say by how much, 3 working days too soon."""

    ref: str
    name: str
    url: str
    waits_for: str
    waits_for_url: str
    working_days: int
    words: str


def standing(user: User) -> Standing:
    """Counts over the projects that ``user`` may see. At most two queries while nothing changed."""
    reading = reading_of(user)
    counts = reading.counts()
    return Standing(counts, len(reading.contradicted()), in_a_sentence(counts))


def critical_path(user: User, *, most: int = 100) -> tuple[CriticalStep, ...]:
    """What decides the finishes of the projects that ``user`` may see, earliest first; at most ``most``."""
    reading = reading_of(user)
    keys = [key for key, _ in reading.near()][:most]
    rows = Activity.objects.visible_to(user).live().select_related("project")
    return tuple(
        CriticalStep(
            one.ref, one.name, one.get_absolute_url(), one.project.ref, one.is_milestone, *one.timing
        )
        for one in InOrder(keys, rows, timed=reading)
    )


def contradicted(user: User, *, most: int = 100) -> tuple[ContradictedForecast, ...]:
    """Forecasts that contradict a dependency both of whose ends ``user`` may see, the worst first."""
    reading = reading_of(user)
    keys = [key for key, _ in reading.contradicted()]
    conflicts = {key: found for key in keys if (found := reading.timetable.conflict(key))}
    worst = sorted(conflicts.values(), key=lambda one: (-one.working_days, one.dependency))[:most]
    rows = Dependency.objects.visible_to(user).live().filter(pk__in=among(one.dependency for one in worst))
    links = rows.select_related("predecessor", "successor").in_bulk()
    return tuple(
        ContradictedForecast(
            ref=link.successor.ref,
            name=link.successor.name,
            url=link.successor.get_absolute_url(),
            waits_for=str(link.predecessor),
            waits_for_url=link.predecessor.get_absolute_url(),
            working_days=one.working_days,
            words=one.sentence,
        )
        for one in worst
        if (link := links.get(one.dependency))
    )

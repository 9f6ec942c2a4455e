"""Which decisions named a project or an activity, and which of these a decision authorised.

Read from the history, since a later move or baseline names another decision in its place.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from programme.foundation import calendar
from programme.people.models import User
from programme.plan.models import Activity
from programme.portfolio.models import Decision, Project


@dataclass(frozen=True)
class Named:
    """A decision, and what it was named for."""

    reference: str
    url: str
    day: datetime.date
    question: str
    outcome: str
    exempt: str
    purposes: tuple[str, ...]


@dataclass(frozen=True)
class Authorised:
    """What was done on the authority of a decision."""

    what: str
    url: str
    words: str
    when: datetime.datetime


def decisions_of(project: Project, user: User, day: datetime.date | None = None) -> list[Named]:
    """The decisions that stage moves and baselines of the project named, of those ``user`` may see."""
    purposes: dict[int, list[str]] = {}
    for row in _until(_stage_rows().filter(id=project.pk), day):
        purposes.setdefault(row.stage_decision_id, []).append(f"Moved to {row.get_stage_display().lower()}")
    baselined: dict[int, set[str]] = {}
    for row in _until(_baseline_rows().filter(project_id=project.pk), day):
        baselined.setdefault(row.baseline_decision_id, set()).add(row.ref)
    for key, refs in baselined.items():
        purposes.setdefault(key, []).append(_baseline_words(sorted(refs)))
    rows = Decision.objects.visible_to(user).filter(pk__in=purposes)
    return [
        Named(
            reference=one.reference,
            url=one.get_absolute_url(),
            day=one.date,
            question=one.question,
            outcome=one.get_outcome_display(),
            exempt=one.exempt_words,
            purposes=tuple(dict.fromkeys(purposes[one.pk])),
        )
        for one in rows
    ]


def authorised_by(decision: Decision, user: User, day: datetime.date | None = None) -> list[Authorised]:
    """Stage moves and baselines that named this decision, of what ``user`` may see; the first first."""
    moves = _first_of_each(_until(_stage_rows().filter(stage_decision_id=decision.pk), day), "id", "stage")
    baselines = _first_of_each(
        _until(_baseline_rows().filter(baseline_decision_id=decision.pk), day), "id", "approved_finish"
    )
    seen = _visible(Project, moves, user) | _visible(Activity, baselines, user)
    found = [
        Authorised(
            str(seen[Project, row.id]),
            f"/projects/{row.ref}/",
            f"Moved to {row.get_stage_display().lower()}",
            row.history_date,
        )
        for row in moves
        if (Project, row.id) in seen
    ]
    found += [
        Authorised(
            str(seen[Activity, row.id]),
            f"/plan/{row.ref}/",
            f"Approved finish {calendar.in_words(row.approved_finish)}",
            row.history_date,
        )
        for row in baselines
        if (Activity, row.id) in seen and row.approved_finish
    ]
    return sorted(found, key=lambda one: one.when)


def _baseline_words(refs: list[str]) -> str:
    named = ", ".join(refs) if len(refs) <= 3 else f"{len(refs)} activities and milestones"
    return f"Baseline of {named}"


def _stage_rows() -> Any:
    return Project.history.filter(stage_decision_id__isnull=False).order_by("history_date", "history_id")


def _baseline_rows() -> Any:
    return Activity.history.filter(baseline_decision_id__isnull=False).order_by("history_date", "history_id")


def _until(rows: Any, day: datetime.date | None) -> Any:
    return rows if day is None else rows.filter(history_date__lte=calendar.end_of_day(day))


def _first_of_each(rows: Any, *names: str) -> list[Any]:
    """The first history row for each combination of values: later ones only repeat it."""
    found: dict[tuple[Any, ...], Any] = {}
    for row in rows:
        found.setdefault(tuple(getattr(row, name) for name in names), row)
    return list(found.values())


def _visible(model: Any, rows: list[Any], user: User) -> dict[tuple[Any, int], Any]:
    records = model.objects.visible_to(user).filter(pk__in={row.id for row in rows})
    return {(model, one.pk): one for one in records}

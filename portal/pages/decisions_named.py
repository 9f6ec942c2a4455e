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
    for row in _until(_dates_rows().filter(id=project.pk), day):
        purposes.setdefault(row.dates_decision_id, []).append(DATES_WORDS)
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
    """Stage moves and baselines that named this decision, of projects that ``user`` may see; the first first.

    The baselines of one project stand together. Four queries.
    """
    moves: dict[tuple[int, str], Any] = {}
    for row in _until(_stage_rows().filter(stage_decision_id=decision.pk), day):
        moves.setdefault((row.id, row.stage), row)  # later rows only repeat it
    for row in _until(_dates_rows().filter(dates_decision_id=decision.pk), day):
        moves.setdefault((row.id, ""), row)
    baselines: dict[int, dict[str, Any]] = {}
    for row in _until(_baseline_rows().filter(baseline_decision_id=decision.pk), day):
        baselines.setdefault(row.project_id, {}).setdefault(row.ref, row)
    keys = {key for key, _ in moves} | set(baselines)
    seen = Project.objects.visible_to(user).in_bulk(keys)
    found = [
        _authorised(seen[key], f"Moved to {row.get_stage_display().lower()}" if stage else DATES_WORDS, row)
        for (key, stage), row in moves.items()
        if key in seen
    ]
    for key, rows in baselines.items():
        if key in seen:
            found.append(_authorised(seen[key], _baseline_words(sorted(rows)), next(iter(rows.values()))))
    return sorted(found, key=lambda one: one.when)


def _authorised(project: Project, words: str, row: Any) -> Authorised:
    return Authorised(str(project), project.get_absolute_url(), words, row.history_date)


DATES_WORDS = "Dates of the project as a whole"


def _baseline_words(refs: list[str]) -> str:
    named = ", ".join(refs) if len(refs) <= 3 else f"{len(refs)} activities and milestones"
    return f"Baseline of {named}"


def _dates_rows() -> Any:
    return Project.history.filter(dates_decision_id__isnull=False).order_by("history_date", "history_id")


def _stage_rows() -> Any:
    return Project.history.filter(stage_decision_id__isnull=False).order_by("history_date", "history_id")


def _baseline_rows() -> Any:
    return Activity.history.filter(baseline_decision_id__isnull=False).order_by("history_date", "history_id")


def _until(rows: Any, day: datetime.date | None) -> Any:
    return rows if day is None else rows.filter(history_date__lte=calendar.end_of_day(day))

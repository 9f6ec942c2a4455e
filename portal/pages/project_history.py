"""A project's history: its own changes, with what it came to serve and to depend on, in one order."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from programme.foundation import calendar
from programme.foundation.changes import Change, FieldChange
from programme.people.models import User
from programme.portfolio.models import (
    CorporatePriority,
    Decision,
    DesignPrinciple,
    Project,
    ProjectDependency,
    ProjectService,
)

HIDDEN = "a decision that you may not read"
DECISION = "Decision behind the stage"


def of(project: Project, own: list[Change], user: User, day: datetime.date | None) -> list[Change]:
    """Everything that happened to ``project`` until ``day``, newest first; ``own`` are its own changes.

    Decisions and projects that ``user`` may not know of are not named. At most nine queries.
    """
    found = [*_without_hidden(own, user), *_served(project, day), *_needed(project, user, day)]
    return sorted(found, key=lambda one: (one.when, one.recorded), reverse=True)


def _without_hidden(own: list[Change], user: User) -> list[Change]:
    named = {
        words
        for one in own
        for field in one.fields
        if field.label == DECISION
        for words in (field.old, field.new)
    }
    if not named - {""}:
        return own
    seen = set(
        Decision.objects.visible_to(user).filter(reference__in=named).values_list("reference", flat=True)
    )

    def shown(field: FieldChange) -> FieldChange:
        if field.label != DECISION:
            return field
        old, new = (words if not words or words in seen else HIDDEN for words in (field.old, field.new))
        return FieldChange(field.label, old, new)

    return [replace(one, fields=tuple(map(shown, one.fields))) for one in own]


def _served(project: Project, day: datetime.date | None) -> list[Change]:
    rows = _rows(ProjectService, day).filter(project_id=project.pk)
    principles = DesignPrinciple.objects.in_bulk({row.principle_id for row in rows} - {None})
    priorities = CorporatePriority.objects.in_bulk({row.priority_id for row in rows} - {None})

    def words(row: Any) -> str:
        return str(principles[row.principle_id] if row.principle_id else priorities[row.priority_id])

    return [_change(row, "Serves", words(row)) for row in rows]


def _needed(project: Project, user: User, day: datetime.date | None) -> list[Change]:
    seen = ProjectDependency.objects.visible_to(user).filter(project=project)
    rows = _rows(ProjectDependency, day).filter(id__in=seen.values("pk"))
    needed = Project.objects.visible_to(user).in_bulk({row.needs_id for row in rows})
    return [_change(row, "Depends on", str(needed[row.needs_id])) for row in rows if row.needs_id in needed]


def _rows(model: Any, day: datetime.date | None) -> Iterable[Any] | Any:
    rows = model.history.prefetch_related("history_user").order_by("history_date", "history_id")
    return rows if day is None else rows.filter(history_date__lte=calendar.end_of_day(day))


def _change(row: Any, label: str, words: str) -> Change:
    """One line of a child's history as a change of the project: it came, or it went."""
    field = FieldChange(label, words, "") if row.withdrawn else FieldChange(label, "", words)
    return Change(
        when=row.history_date,
        recorded=row.recorded,
        who=row.history_user,
        reason=row.history_change_reason,
        kind="changed",
        fields=(field,),
    )

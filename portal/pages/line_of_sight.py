"""From each corporate priority to the workstreams, projects and milestones that serve it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, F, OuterRef, Window
from django.db.models.functions import RowNumber

from programme.people.models import User
from programme.portfolio.choices import Stage
from programme.portfolio.models import (
    CorporatePriority,
    Project,
    ProjectService,
    Workstream,
    WorkstreamPriority,
)

from . import milestones, stood

OVER = [Stage.CLOSED, Stage.STOPPED]
SHOWN = 8  # projects of a workstream; the list of projects has them all


@dataclass(frozen=True)
class SeenProject:
    """A project in the line of sight, with its next milestone if one is planned."""

    ref: str
    name: str
    url: str
    next: milestones.Milestone | None


@dataclass(frozen=True)
class SeenWorkstream:
    """A workstream that serves a priority: its own, with its projects, or one that it supports."""

    name: str
    url: str
    is_own: bool
    projects: tuple[SeenProject, ...] = ()
    more_url: str = ""


@dataclass(frozen=True)
class Sight:
    """A corporate priority and all that serves it. ``also`` are projects of other workstreams that say so."""

    priority: str
    workstreams: tuple[SeenWorkstream, ...]
    also: tuple[SeenProject, ...] = field(default=())

    @property
    def words(self) -> str:
        """Who serves it, in a sentence; empty where one workstream serves it as its own."""
        if not self.workstreams:
            return "No workstream serves it."
        if any(one.is_own for one in self.workstreams):
            return ""
        number = {2: "both", 3: "all three"}.get(len(self.workstreams), "these")
        return (
            f"Supported by {number} workstreams."
            if len(self.workstreams) > 1
            else "Supported by one workstream."
        )


def lines_of_sight(
    user: User, workstreams: Iterable[Workstream], day: datetime.date | None = None
) -> list[Sight]:
    """One line for each priority, in the corporate plan's order. Five queries, however many projects."""
    priorities = stood.on(CorporatePriority.objects.visible_to(user), day, user, order=("position",))
    served = stood.on(WorkstreamPriority.objects.visible_to(user), day, user)
    projects = _projects(user, day)
    following = milestones.next_of_each(user, [one.pk for one in projects]) if day is None else {}
    by_workstream = {one.pk: one for one in workstreams}
    seen = {
        key: _workstream(one, [p for p in projects if p.workstream_id == key], following)
        for key, one in by_workstream.items()
    }
    also = _also(user, day, following)
    lines = []
    for priority in priorities:
        rows = [row for row in served if row.priority_id == priority.pk and row.workstream_id in seen]
        rows.sort(key=lambda row: by_workstream[row.workstream_id].position)
        steps = tuple(_step(seen[row.workstream_id], is_own=row.is_own) for row in rows)
        lines.append(Sight(priority.name, steps, tuple(also.get(priority.pk, ()))))
    return lines


def _step(one: SeenWorkstream, *, is_own: bool) -> SeenWorkstream:
    """Projects stand once, under the priority that is their workstream's own."""
    return SeenWorkstream(
        one.name, one.url, is_own, one.projects if is_own else (), one.more_url if is_own else ""
    )


def _projects(user: User, day: datetime.date | None) -> list[Any]:
    """The first projects of each workstream, and one more than is shown, to know that there are more."""
    rows = Project.objects.visible_to(user)
    if day is not None:
        return [one for one in stood.on(rows, day, user, order=("ref",)) if one.stage not in OVER]
    place = Window(RowNumber(), partition_by=[F("workstream")], order_by=["ref"])
    first = rows.live().exclude(stage__in=OVER).order_by().annotate(place=place).filter(place__lte=SHOWN + 1)
    return list(Project.objects.filter(pk__in=first.values("pk")))


def _workstream(one: Workstream, projects: list[Any], following: dict[int, Any]) -> SeenWorkstream:
    shown = tuple(_project(project, following) for project in projects[:SHOWN])
    more = f"/projects/?workstream={one.slug}" if len(projects) > SHOWN else ""
    return SeenWorkstream(one.name, one.get_absolute_url(), True, shown, more)


def _project(project: Project, following: dict[int, Any]) -> SeenProject:
    return SeenProject(project.ref, project.name, project.get_absolute_url(), following.get(project.pk))


def _also(user: User, day: datetime.date | None, following: dict[int, Any]) -> dict[int, list[SeenProject]]:
    """Projects that serve another priority than their workstream's own, at most ``SHOWN`` a priority."""
    if day is not None or not user.has_perm("portfolio.view_portfolio"):
        return {}
    place = Window(RowNumber(), partition_by=[F("priority")], order_by=["project__ref"])
    own = WorkstreamPriority.objects.live().filter(
        workstream=OuterRef("project__workstream"), priority=OuterRef("priority"), is_own=True
    )
    rows = (
        ProjectService.objects.visible_to(user)
        .live()
        .filter(priority__isnull=False, project__withdrawn=False)
        .exclude(project__stage__in=OVER)
        .exclude(Exists(own))
    )
    found: dict[int, list[SeenProject]] = {}
    first = rows.order_by().annotate(place=place).filter(place__lte=SHOWN).values("pk")
    shown = ProjectService.objects.filter(pk__in=first).order_by("project__ref", "pk")
    for row in shown.select_related("project"):
        found.setdefault(row.priority_id, []).append(_project(row.project, following))
    return found

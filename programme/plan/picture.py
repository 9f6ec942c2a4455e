"""The plan drawn: which rows stand in the picture, grouped by project, and how the plan stands in words."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from itertools import groupby
from typing import Any

from programme.foundation import calendar
from programme.foundation.charts import PlanRow, gantt
from programme.foundation.figures import Figure
from programme.people.models import User
from programme.portfolio.models import Project, Workstream

from .models import Activity
from .network_reading import Reading, reading_of
from .timetable import Counts

MOST = 60  # rows, projects' headings included: more are no longer read on one page
RECENTLY = datetime.timedelta(days=31)


def in_a_sentence(counts: Counts) -> str:
    """How the plan stands: `6 of 37 activities and milestones ahead are late, …`."""
    if not counts.ahead:
        return "Nothing lies ahead: the plan is empty or done."
    late = f"{counts.late:,} of" if counts.late else "None of the"
    words = (
        f"{late} {counts.ahead:,} activities and milestones ahead {'is' if counts.late == 1 else 'are'} late"
    )
    parts = []
    if counts.overdue:
        parts.append(f"{counts.overdue:,} of them past the forecast")
    parts.append(f"{counts.critical:,} {'is' if counts.critical == 1 else 'are'} critical")
    return f"{words}, {' and '.join(parts)}."


def plan_picture(
    user: User,
    *,
    projects: Iterable[Project] | None = None,
    day: datetime.date | None = None,
    most: int = MOST,
) -> Figure | None:
    """The plan that ``user`` may see as a picture with its table; None where there is nothing to draw.

    ``projects`` narrows it; ``day`` in the past draws the plan as it stood at the end of that day, then
    without the critical path. At most ``most`` rows: what is done since a month, and what is due next.
    """
    if not user.has_perm("plan.view_plan"):
        return None
    rows = Activity.objects.visible_to(user)
    if projects is not None:
        rows = rows.filter(project__in=[one.pk for one in projects])
    if day and day < calendar.today():
        return drawn(_as_stood(rows, user, day, most), None, day=day, most=most)
    return drawn(chosen(rows.live(), most=most), reading_of(user), day=calendar.today(), most=most)


def chosen(rows: Any, *, most: int = MOST, all_done: bool = False) -> list[Activity]:
    """The rows of a picture out of a queryset: what is due next, before it what was done lately.

    ``all_done`` where the reader asked for what is done. Two queries, however long the plan.
    """
    rows = rows.select_related("project__workstream")
    left = list(rows.not_done().order_by("forecast_finish", "pk")[:most])
    done = rows.filter(actual_finish__isnull=False)
    if not all_done:
        done = done.filter(actual_finish__gte=calendar.today() - RECENTLY)
    return [*left, *done.order_by("-actual_finish", "pk")[: most - len(left)]]


def _as_stood(rows: Any, user: User, day: datetime.date, most: int) -> list[Activity]:
    """The rows of a past day under their projects of that day, where the viewer could see these then."""
    past = [one for one in rows.as_at(day) if not one.withdrawn]
    projects = {
        one.pk: one for one in Project.objects.filter(pk__in={one.project_id for one in past}).as_at(day)
    }
    workstreams = Workstream.objects.in_bulk({one.workstream_id for one in projects.values()})
    recent = []
    for one in past:
        if (project := projects.get(one.project_id)) and project.stood_visible_to(user):
            project.workstream = workstreams[project.workstream_id]
            one.project = project
            recent.append(one)
    recent = [one for one in recent if not one.actual_finish or one.actual_finish >= day - RECENTLY]
    recent.sort(key=lambda one: (one.actual_finish is not None, one.latest_finish, one.pk))
    return recent[:most]


def drawn(
    rows: list[Activity],
    reading: Reading | None,
    *,
    day: datetime.date,
    most: int = MOST,
    title: str = "Plan on a page",
) -> Figure | None:
    """The picture of these rows under headings of their projects; None without rows."""
    rows = _fitting(rows, most)
    if not rows:
        return None
    lines: list[PlanRow] = []
    order = sorted(rows, key=_by_project)
    for project, own in groupby(order, key=lambda one: one.project):
        lines.append(PlanRow(f"{project.ref} {project.name}", kind="group", link=project.get_absolute_url()))
        lines += [_line(one, reading) for one in own]
    states = [line.state(day) for line in lines if line.kind != "group"]
    return gantt(title=title, summary=_summary(states, lines), rows=lines, today=day)


def _by_project(one: Activity) -> tuple:
    project = one.project
    start = one.latest_finish if one.is_milestone else one.actual_start or one.forecast_start
    return (project.workstream.position, project.ref, start, one.latest_finish, one.pk)


def _fitting(rows: list[Activity], most: int) -> list[Activity]:
    """As many of the first rows as fit in the picture with a heading for each of their projects."""
    kept: list[Activity] = []
    projects: set[int] = set()
    for one in rows:
        headings = len(projects | {one.project_id})
        if len(kept) + 1 + headings > most:
            continue
        projects.add(one.project_id)
        kept.append(one)
    return kept


def _line(one: Activity, reading: Reading | None) -> PlanRow:
    timing = reading.timing(one) if reading else None
    return PlanRow(
        name=one.name,
        kind=one.kind,
        approved_start=one.approved_start,
        approved_finish=one.approved_finish,
        start=one.actual_start or one.forecast_start,
        finish=one.latest_finish,
        done=one.actual_finish is not None,
        critical=bool(timing and timing.critical),
        link=one.get_absolute_url(),
    )


def _summary(states: list[str], lines: list[PlanRow]) -> str:
    late, done = states.count("late"), states.count("done")
    critical = sum(line.critical for line in lines)
    words = f"{len(states)} activities and milestones: {done} done, {late} late"
    return f"{words}, {critical} critical." if critical else f"{words}."

"""The programme on a page: workstreams, and milestones with how late they are, as one reader may see them.

Read for home, the programme page and the pack. Frozen data; the number of queries does not depend on rows.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from programme.foundation import calendar
from programme.foundation.charts import PlanRow, gantt
from programme.foundation.figures import Figure
from programme.people.models import User
from programme.plan.models import Activity
from programme.portfolio.models import Project, Workstream

from .pages.milestones import is_past

SOON = datetime.timedelta(days=30)


@dataclass(frozen=True)
class MilestoneRow:
    """A milestone that is not done. ``days_late`` is in working days against the approved date."""

    ref: str
    name: str
    url: str
    project: str
    workstream: int
    approved: datetime.date | None
    forecast: datetime.date
    days_late: int
    overdue: bool


@dataclass(frozen=True)
class WorkstreamRow:
    name: str
    short: str
    url: str
    under_way: int
    proposals: int
    due_soon: int
    late: int


@dataclass(frozen=True)
class Overview:
    """``milestones`` are all that are not done, soonest first."""

    day: datetime.date
    workstreams: tuple[WorkstreamRow, ...]
    milestones: tuple[MilestoneRow, ...]

    @property
    def late(self) -> tuple[MilestoneRow, ...]:
        return tuple(one for one in self.milestones if one.days_late > 0)

    @property
    def overdue(self) -> tuple[MilestoneRow, ...]:
        return tuple(one for one in self.milestones if one.overdue)

    def in_a_sentence(self) -> str:
        """How the plan stands, in words."""
        if not self.milestones:
            return "No milestone lies ahead: the plan is empty or done."
        late, ahead = len(self.late), len(self.milestones)
        if not late:
            words = f"None of the {ahead} milestones ahead is forecast later than approved"
        else:
            words = f"{late} of {ahead} milestones ahead {_are(late)} forecast later than approved"
        if self.overdue:
            words += f", and {len(self.overdue)} {_have(len(self.overdue))} passed without being done"
        return f"{words}."


def _are(number: int) -> str:
    return "is" if number == 1 else "are"


def _have(number: int) -> str:
    return "has" if number == 1 else "have"


def overview(user: User) -> Overview:
    """What ``user`` may see of workstreams, projects and milestones today. Three queries."""
    streams = Workstream.objects.visible_to(user).live()
    projects = Project.objects.visible_to(user).live().only("pk", "ref", "stage", "workstream_id")
    milestones: Any = Activity.objects.visible_to(user).live().milestones().not_done()
    return overview_of(calendar.today(), streams, projects, milestones)


def overview_of(
    day: datetime.date,
    streams: Iterable[Workstream],
    projects: Iterable[Project],
    milestones: Iterable[Activity],
) -> Overview:
    """The same of records already read, as they stood on ``day``. Makes no queries of its own."""
    known = {project.pk: project for project in projects}
    ahead = [one for one in milestones if one.actual_finish is None and one.project_id in known]
    ahead.sort(key=lambda one: (one.forecast_finish, one.ref))
    shown = tuple(_milestone(one, known[one.project_id], day) for one in ahead)
    counts: dict[int, list[Project]] = defaultdict(list)
    for project in known.values():
        counts[project.workstream_id].append(project)
    return Overview(day, tuple(_workstream(one, counts[one.pk], shown, day) for one in streams), shown)


def _milestone(one: Activity, project: Project, day: datetime.date) -> MilestoneRow:
    planned = one.approved_finish
    late = calendar.england().lateness(planned, one.forecast_finish) if planned else 0
    return MilestoneRow(
        ref=one.ref,
        name=one.name,
        url=one.get_absolute_url(),
        project=project.ref,
        workstream=project.workstream_id,
        approved=planned,
        forecast=one.forecast_finish,
        days_late=max(late, 0),
        overdue=is_past(one.forecast_finish, one.precision, day),
    )


def _workstream(
    stream: Workstream, projects: list[Project], milestones: Iterable[MilestoneRow], day: datetime.date
) -> WorkstreamRow:
    own = [one for one in milestones if one.workstream == stream.pk]
    return WorkstreamRow(
        name=stream.name,
        short=stream.short,
        url=stream.get_absolute_url(),
        under_way=sum(one.is_under_way for one in projects),
        proposals=sum(one.is_proposal for one in projects),
        due_soon=sum(day <= one.forecast <= day + SOON for one in own),
        late=sum(one.days_late > 0 for one in own),
    )


def next_milestones_figure(view: Overview, *, most: int = 8) -> Figure | None:
    """The milestones that come next, approved against forecast; None where there is none."""
    chosen = view.milestones[:most]
    if not chosen:
        return None
    late = sum(one.days_late > 0 for one in chosen)
    late_words = f"{late} of these {len(chosen)}" if late else "None of these"
    summary = f"{late_words} {_are(late or 1)} forecast later than approved."
    rows = [
        PlanRow(
            name=one.name,
            kind="milestone",
            approved_finish=one.approved,
            finish=one.forecast,
            link=one.url,
        )
        for one in chosen
    ]
    return gantt(title="Next milestones", summary=summary, rows=rows, today=view.day)

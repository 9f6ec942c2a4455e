"""The programme on a page: workstreams, and milestones with how late they are, as one reader may see them.

Read for home, where the database counts, and for the pack, whose records are read already. Frozen data.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q

from programme.foundation import calendar, kept_answers
from programme.foundation.charts import PlanRow, gantt
from programme.foundation.figures import Figure
from programme.foundation.kept_answers import Question
from programme.foundation.money import FinancialYear
from programme.people.models import User
from programme.plan.choices import Precision
from programme.plan.models import Activity
from programme.portfolio.choices import Stage
from programme.portfolio.models import Project, Workstream

from .pages.milestones import is_past

SOON = datetime.timedelta(days=30)
SOONEST = 8  # milestones that home shows
COUNTS_OF_PROJECTS = {
    "under_way": Count("pk", filter=~Q(stage__in=[Stage.PROPOSAL, Stage.CLOSED, Stage.STOPPED])),
    "proposals": Count("pk", filter=Q(stage=Stage.PROPOSAL)),
}


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

    @property
    def is_late(self) -> bool:
        return self.approved is not None and self.forecast > self.approved


@dataclass(frozen=True)
class WorkstreamRow:
    slug: str
    name: str
    short: str
    url: str
    under_way: int
    proposals: int
    due_soon: int
    late: int


@dataclass(frozen=True)
class Overview:
    """``milestones`` are those not done, soonest first: all of them, or on home the next few.

    ``ahead``, ``late`` (forecast after the approved date) and ``overdue`` count all that are not done.
    """

    day: datetime.date
    workstreams: tuple[WorkstreamRow, ...]
    milestones: tuple[MilestoneRow, ...]
    ahead: int
    late: int
    overdue: int

    def in_a_sentence(self) -> str:
        """How the plan stands, in words."""
        if not self.ahead:
            return "No milestone lies ahead: the plan is empty or done."
        if not self.late:
            words = f"None of the {self.ahead:,} milestones ahead is forecast later than approved"
        else:
            late = f"{self.late:,} of {self.ahead:,} milestones ahead {_are(self.late)}"
            words = f"{late} forecast later than approved"
        if self.overdue:
            words += f", and {self.overdue:,} {_have(self.overdue)} passed without being done"
        return f"{words}."


def _are(number: int) -> str:
    return "is" if number == 1 else "are"


def _have(number: int) -> str:
    return "has" if number == 1 else "have"


def overview(user: User) -> Overview:
    """What ``user`` may see of workstreams, projects and milestones today. Four queries, which count."""
    day = calendar.today()
    plan: Any = Activity.objects.visible_with_project(user)
    ahead = plan.live().milestones().not_done().filter(project__withdrawn=False).order_by()
    projects = Project.objects.visible_to(user).live().order_by()
    planned = _by_workstream(ahead, "project__workstream", _counts_of_milestones(day))
    stages = _by_workstream(projects, "workstream", COUNTS_OF_PROJECTS)
    address = _address_for(user)
    soonest = ahead.order_by("forecast_finish", "ref").select_related("project")[:SOONEST]
    return Overview(
        day,
        tuple(
            WorkstreamRow(
                slug=one.slug,
                name=one.name,
                short=one.short,
                url=one.get_absolute_url(),
                under_way=stages[one.pk]["under_way"],
                proposals=stages[one.pk]["proposals"],
                due_soon=planned[one.pk]["due_soon"],
                late=planned[one.pk]["late"],
            )
            for one in Workstream.objects.visible_to(user).live()
        ),
        tuple(_milestone(one, one.project, day, address) for one in soonest),
        **{name: sum(row[name] for row in planned.values()) for name in ("ahead", "late", "overdue")},
    )


def _by_workstream(rows: Any, path: str, counts: dict[str, Count]) -> dict[int, dict[str, int]]:
    """Counts of ``rows`` by the number of the workstream that ``path`` leads to; 0 where there are none."""
    found: dict[int, dict[str, int]] = defaultdict(lambda: dict.fromkeys(counts, 0))
    (counted,) = kept_answers.read(
        [Question(rows.values(path).annotate(**counts).values_list(path, *counts))]
    )
    return found | {key: dict(zip(counts, numbers, strict=True)) for key, *numbers in counted}


def _counts_of_milestones(day: datetime.date) -> dict[str, Count]:
    """What is counted of milestones not done; passed as in ``milestones.is_past``."""
    passed = (
        Q(precision=Precision.DAY, forecast_finish__lt=day)
        | Q(precision=Precision.MONTH, forecast_finish__lt=calendar.reporting_period(day).first)
        | Q(precision=Precision.FINANCIAL_YEAR, forecast_finish__lt=FinancialYear.of(day).first)
    )
    return {
        "ahead": Count("pk"),
        "late": Count("pk", filter=Q(forecast_finish__gt=F("approved_finish"))),
        "overdue": Count("pk", filter=passed),
        "due_soon": Count("pk", filter=Q(forecast_finish__range=(day, day + SOON))),
    }


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
    shown = tuple(_milestone(one, known[one.project_id], day, Activity.get_absolute_url) for one in ahead)
    counts: dict[int, list[Project]] = defaultdict(list)
    for project in known.values():
        counts[project.workstream_id].append(project)
    return Overview(
        day,
        tuple(_workstream(one, counts[one.pk], shown, day) for one in streams),
        shown,
        ahead=len(shown),
        late=sum(one.is_late for one in shown),
        overdue=sum(one.overdue for one in shown),
    )


def _address_for(user: User) -> Callable[[Activity], str]:
    """Where a milestone leads: who may not open the plan comes to the project's public face."""
    if user.has_perm("plan.view_plan"):
        return Activity.get_absolute_url
    return lambda one: one.project.get_absolute_url()


def _milestone(
    one: Activity, project: Project, day: datetime.date, address: Callable[[Activity], str]
) -> MilestoneRow:
    planned = one.approved_finish
    late = calendar.england().lateness(planned, one.forecast_finish) if planned else 0
    return MilestoneRow(
        ref=one.ref,
        name=one.name,
        url=address(one),
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
        slug=stream.slug,
        name=stream.name,
        short=stream.short,
        url=stream.get_absolute_url(),
        under_way=sum(one.is_under_way for one in projects),
        proposals=sum(one.is_proposal for one in projects),
        due_soon=sum(day <= one.forecast <= day + SOON for one in own),
        late=sum(one.is_late for one in own),
    )


def next_milestones_figure(view: Overview, *, most: int = SOONEST) -> Figure | None:
    """The milestones that come next, approved against forecast; None where there is none."""
    chosen = view.milestones[:most]
    if not chosen:
        return None
    late = sum(one.is_late for one in chosen)
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

"""Milestones on pages of projects, workstreams and the programme."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, Subquery

from programme.foundation import calendar
from programme.foundation.money import FinancialYear
from programme.people.models import User
from programme.plan.choices import Precision
from programme.plan.dates import stated
from programme.plan.models import Activity
from programme.portfolio.models import Project


@dataclass(frozen=True)
class Milestone:
    """A milestone not yet reached: its name, its forecast in words, and whether that day has passed."""

    ref: str
    name: str
    url: str
    project_id: int
    project: str
    project_url: str
    day: datetime.date
    when: str
    overdue: bool


def is_past(day: datetime.date, precision: str, today: datetime.date) -> bool:
    """Whether a planned date has gone by, the month or year it names having ended."""
    if precision == Precision.FINANCIAL_YEAR:
        return FinancialYear.of(day).last < today
    return (calendar.reporting_period(day).last if precision == Precision.MONTH else day) < today


def ahead(user: User) -> Any:
    """Milestones not yet reached that ``user`` may see, the next first."""
    rows = Activity.objects.visible_to(user).live().milestones().not_done().filter(project__withdrawn=False)
    return rows.order_by("forecast_finish", "pk").select_related("project")


def next_of_each(user: User, projects: Iterable[int]) -> dict[int, Milestone]:
    """The next milestone of each of these projects, by the project's number. One query: a look-up a project,
    where ranking all milestones would walk through the whole plan."""
    following = ahead(user).select_related(None).filter(project=OuterRef("pk")).values("pk")[:1]
    first = Project.objects.filter(pk__in=list(projects)).order_by().values(first=Subquery(following))
    rows = Activity.objects.filter(pk__in=first).select_related("project")
    return {one.project_id: one for one in described(rows, user)}


def described(rows: Iterable[Activity], user: User) -> list[Milestone]:
    """In words; linked to the plan only for those who may open it."""
    today, plan = calendar.today(), user.has_perm("plan.view_plan")
    return [
        Milestone(
            ref=one.ref,
            name=one.name,
            url=one.get_absolute_url() if plan else "",
            project_id=one.project_id,
            project=str(one.project),
            project_url=one.project.get_absolute_url(),
            day=one.forecast_finish,
            when=stated(one.forecast_finish, one.precision),
            overdue=is_past(one.forecast_finish, one.precision, today),
        )
        for one in rows
    ]


def as_rows(found: Iterable[Milestone], *, with_project: bool) -> list[list[object]]:
    """Rows of a small table: milestone, its project where asked, and its date, marked when it has passed."""
    return [
        [
            {"text": one.name, "url": one.url} if one.url else one.name,
            *([{"text": one.project, "url": one.project_url}] if with_project else []),
            {"text": f"{one.when}, overdue" if one.overdue else one.when, "late": one.overdue, "date": True},
        ]
        for one in found
    ]

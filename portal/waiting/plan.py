"""Milestones that passed unsaid and projects without a stage, for whoever keeps them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from functools import reduce
from operator import or_

from django.db.models import Q

from programme.foundation import calendar
from programme.people.choices import Role
from programme.people.models import User
from programme.plan.models import Activity
from programme.portfolio.models import Project

from .item import MOST, Waiting


def overdue(user: User) -> Iterable[Waiting]:
    if not user.has_perm("plan.change_plan"):
        return
    day = calendar.today()
    late = Activity.objects.visible_to(user).live().not_done().filter(_keeps(user, "project__scope"))
    for one in late.filter(forecast_finish__lt=day).order_by("forecast_finish")[:MOST]:
        yield Waiting(f"Say what happened: {one.name}", one.get_absolute_url(), _since(one.forecast_finish))


def without_stage(user: User) -> Iterator[Waiting]:
    if not user.has_perm("portfolio.change_project"):
        return
    blank = Project.objects.visible_to(user).live().filter(_keeps(user, "scope"), stage="")
    for one in blank.order_by("ref")[:MOST]:
        yield Waiting(f"Say the stage of {one.ref}", one.get_absolute_url(), one.name)


def _keeps(user: User, path: str) -> Q:
    """Records of the scopes that this person keeps as lead, project manager or programme office."""
    own = [
        key
        for key, roles in user.standing.roles.items()
        if roles & {Role.WORKSTREAM_LEAD, Role.PROJECT_MANAGER, Role.PROGRAMME_MANAGER}
    ]
    paths = (path, f"{path}__parent", f"{path}__parent__parent")
    return reduce(or_, (Q(**{f"{one}__in": own}) for one in paths))


def _since(day: datetime.date) -> str:
    return f"was forecast for {calendar.in_words(day)}"

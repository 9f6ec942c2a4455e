"""What waits for one person, most urgent first: the first thing home says."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Exists, OuterRef, Q

from programme.foundation import calendar
from programme.people.choices import Role
from programme.people.models import Appointment, User
from programme.plan.models import Activity
from programme.portfolio.models import Project

from .models import Pack, PackOpening

MOST = 5  # of one kind, so that one kind does not bury the others


@dataclass(frozen=True)
class Waiting:
    """One thing to do: what, where, and a word on it."""

    label: str
    url: str
    meta: str


def waiting_for(user: User) -> list[Waiting]:
    """Everything that waits for ``user``; empty when nothing does. At most five queries."""
    return [*_confirmations(user), *_unread_pack(user), *_overdue(user), *_without_stage(user)]


def _confirmations(user: User) -> Iterator[Waiting]:
    for one in Appointment.objects.waiting_for(user)[:MOST]:
        yield Waiting(
            f"Confirm {one.person} as {one}",
            f"/people/appointments/{one.pk}/confirm/",
            "Has no effect before",
        )


def _unread_pack(user: User) -> Iterator[Waiting]:
    """The newest pack, until this person has opened it in any form."""
    if not user.standing.reads_all_exempt or user.standing.holds(Role.PROGRAMME_MANAGER):
        return
    opened = PackOpening.objects.filter(pack=OuterRef("pk"), person=user)
    newest = Pack.objects.visible_to(user).annotate(read=Exists(opened)).exclude(issued_by=user).first()
    if newest and not newest.read:
        yield Waiting(
            f"Read the pack as at {calendar.in_words(newest.as_at)}",
            newest.get_absolute_url(),
            f"version {newest.version}",
        )


def _keeps(user: User, path: str) -> Q:
    """Records of the scopes whose plan this person keeps as lead or project manager."""
    own = [
        key
        for key, roles in user.standing.roles.items()
        if roles & {Role.WORKSTREAM_LEAD, Role.PROJECT_MANAGER, Role.PROGRAMME_MANAGER}
    ]
    paths = (path, f"{path}__parent", f"{path}__parent__parent")
    return reduce(or_, (Q(**{f"{one}__in": own}) for one in paths))


def _overdue(user: User) -> Iterable[Waiting]:
    if not user.has_perm("plan.change_plan"):
        return
    day = calendar.today()
    late = Activity.objects.visible_to(user).live().not_done().filter(_keeps(user, "project__scope"))
    for one in late.filter(forecast_finish__lt=day).order_by("forecast_finish")[:MOST]:
        yield Waiting(f"Say what happened: {one.name}", one.get_absolute_url(), _since(one.forecast_finish))


def _since(day: datetime.date) -> str:
    return f"was forecast for {calendar.in_words(day)}"


def _without_stage(user: User) -> Iterator[Waiting]:
    if not user.has_perm("portfolio.change_project"):
        return
    blank = Project.objects.visible_to(user).live().filter(_keeps(user, "scope"), stage="")
    for one in blank.order_by("ref")[:MOST]:
        yield Waiting(f"Say the stage of {one.ref}", one.get_absolute_url(), one.name)

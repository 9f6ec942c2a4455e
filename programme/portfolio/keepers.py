"""Who may change a workstream's projects by an appointment on it, for pages that say what a move changes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from programme.people.choices import ScopeKind
from programme.people.grants import GRANTS
from programme.people.models import Appointment, User

from .models import Workstream


@dataclass(frozen=True)
class Keepers:
    """The posts that may change a workstream's projects, and those that may only move forecast dates."""

    workstream: Workstream
    keepers: tuple[str, ...]
    forecasters: tuple[str, ...]


def keepers_of(workstreams: Iterable[Workstream], *, viewer: User) -> list[Keepers]:
    """By today's appointments on each workstream and on its delivery groups, as far as ``viewer`` may know
    of them. Two queries, however many workstreams."""
    found = list(workstreams)
    places = [one.scope_id for one in found]
    here = Q(scope__in=places) | Q(scope__parent__in=places, scope__kind=ScopeKind.BODY)
    rows = list(
        Appointment.objects.visible_to(viewer)
        .in_force()
        .filter(here)
        .select_related("person__profile", "scope")
    )

    def posts(workstream: Workstream, permission: str) -> set[str]:
        key = workstream.scope_id
        return {
            one.person.post
            for one in rows
            if key in {one.scope_id, one.scope.parent_id} and permission in GRANTS[one.role]
        }

    answer = []
    for one in found:
        keep = posts(one, "portfolio.change_project")
        forecast = posts(one, "plan.change_forecast") - keep
        answer.append(Keepers(one, tuple(sorted(keep)), tuple(sorted(forecast))))
    return answer

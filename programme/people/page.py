"""What the page of one person says, and the page of the whole matrix: read once, then drawn."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any, Self

from django.db.models import prefetch_related_objects

from programme.foundation import calendar
from programme.foundation.changes import Change, of_all
from programme.foundation.tables import day_in_words

from .choices import Role
from .grants import GRANTS, PERMISSIONS
from .models import Appointment, Profile, User

COLUMNS = ["Role", "Place", "First day", "Last day", "Appointed by", "Confirmed by", "State"]


@dataclass(frozen=True)
class Standings:
    """A person's appointments on a day, as rows of words and links, and what they allow together."""

    facts: list[dict[str, Any]]
    columns: list[str]
    now: list[list[Any]]
    past: list[list[Any]]
    allowed: list[tuple[str, str]]

    @classmethod
    def of(cls, profile: Profile, *, viewer: User, as_at: datetime.date | None) -> Self:
        """``as_at`` None is today; of the past, nothing can be done, so there are no links."""
        day = as_at or calendar.today()
        mine = Appointment.objects.visible_to(viewer).filter(person=profile.user_id)
        rows = list(mine) if as_at is None else mine.as_at(as_at)
        prefetch_related_objects(rows, "scope", "appointed_by", "confirmed_by")
        rows.sort(key=lambda one: (one.starts, one.pk))
        over = {one.pk for one in rows if one.state_on(day) in ("Withdrawn", "Ended")}
        can_act = as_at is None and viewer.pk != profile.user_id
        columns = [*COLUMNS, "What you can do"] if can_act and _may_act(viewer) else COLUMNS
        return cls(
            facts=_facts(profile, viewer),
            columns=columns,
            now=[
                _row(one, day, viewer=viewer if columns is not COLUMNS else None)
                for one in rows
                if one.pk not in over
            ],
            past=[_row(one, day) for one in rows if one.pk in over],
            allowed=_allowed([one for one in rows if one.state_on(day) == "In force"]),
        )


def _may_act(viewer: User) -> bool:
    return viewer.has_perm("people.change_people") or viewer.has_perm("people.confirm_finance_reviewer")


def _facts(profile: Profile, viewer: User) -> list[dict[str, Any]]:
    facts = [{"key": "Number", "value": profile.number}]
    if viewer.has_perm("people.change_people"):
        facts.append({"key": "User name", "value": profile.user.username})
        facts.append({"key": "E-mail address", "value": profile.user.email})
    signs_in = "Yes" if profile.user.is_active else "No"
    return [*facts, {"key": "Can sign in", "value": signs_in}]


def _row(one: Appointment, day: datetime.date, viewer: User | None = None) -> list[Any]:
    confirmed = f"{one.confirmed_by}, {day_in_words(one.confirmed_on)}" if one.confirmed_on else "–"
    row: list[Any] = [
        one.role_words,
        str(one.scope),
        day_in_words(one.starts),
        day_in_words(one.ends) if one.ends else "Open",
        str(one.appointed_by),
        confirmed,
        one.state_on(day),
    ]
    return row if viewer is None else [*row, _deed(one, viewer)]


def _deed(one: Appointment, viewer: User) -> Any:
    page = f"/people/appointments/{one.pk}"
    if one.is_waiting and not one.why_not_confirmed_by(viewer):
        return {"text": f"Confirm or decline {one.get_role_display()}", "url": f"{page}/confirm/"}
    if viewer.has_perm("people.change_people", one.scope):
        return {"text": f"End {one.get_role_display()}", "url": f"{page}/end/"}
    return "–"


def _allowed(rows: list[Appointment]) -> list[tuple[str, str]]:
    """Each permission in words with the appointments that grant it, in the order of the matrix."""
    found = []
    for name, words in PERMISSIONS.items():
        granting = [str(one) for one in rows if name in GRANTS[Role(one.role)]]
        if granting:
            everyone = len(granting) == len(rows) > 1
            found.append((words, "By each of these roles" if everyone else "; ".join(granting)))
    return found


def history_of(profile: Profile, *, viewer: User, until: datetime.date | None) -> list[Change]:
    """What happened to a person and to their appointments, newest first; ``until`` the end of that day."""
    mine = Appointment.objects.visible_to(viewer).filter(person=profile.user_id)
    appointments = mine.select_related("scope")
    changes = profile.changes(viewer) + of_all(appointments, viewer)
    if until is not None:
        changes = [one for one in changes if one.when <= calendar.end_of_day(until)]
    return sorted(changes, key=lambda one: (one.when, one.recorded), reverse=True)

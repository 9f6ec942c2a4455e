"""Who holds which role where, by post: never by name."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from programme.people.choices import Role
from programme.people.models import Appointment, Scope, User

ORDER = {role: place for place, role in enumerate(Role)}


@dataclass(frozen=True)
class Holder:
    """A post, the role in words, the place it is held on and the person's page."""

    post: str
    role: str
    role_words: str
    place: str
    url: str


def holders(
    user: User, scopes: Iterable[Scope], day: datetime.date | None = None, *, roles: set[str] | None = None
) -> list[Holder]:
    """Appointments in force on these scopes that ``user`` may see, the most senior role first. One query."""
    rows = Appointment.objects.visible_to(user).in_force(day).filter(scope__in=[one.pk for one in scopes])
    if roles:
        rows = rows.filter(role__in=sorted(roles))
    found = rows.select_related("person__profile", "scope")
    return [
        Holder(one.person.post, one.role, one.role_words, one.scope.name, one.get_absolute_url())
        for one in sorted(found, key=lambda one: (ORDER[one.role], one.person.post))
    ]


def as_rows(found: Iterable[Holder], *, with_place: bool = False) -> list[list[object]]:
    """Rows of a small table: post, role and, where asked, place."""
    return [
        [{"text": one.post, "url": one.url}, one.role_words, *([one.place] if with_place else [])]
        for one in found
    ]

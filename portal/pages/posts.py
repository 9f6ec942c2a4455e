"""Who holds which role where, by post: never by name."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from programme.people.choices import Role
from programme.people.models import Appointment, User

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
    user: User, scopes: Iterable[int], day: datetime.date | None = None, *, roles: set[Role] | None = None
) -> list[Holder]:
    """Appointments in force on these scopes (by number), the most senior role first. One query.

    Nobody, for those who may not see who holds which role.
    """
    if not user.has_perm("people.view_people"):
        return []
    rows = Appointment.objects.visible_to(user).in_force(day).filter(scope__in=list(scopes))
    if roles:
        rows = rows.filter(role__in=sorted(roles))
    found = rows.select_related("person__profile", "scope")
    return [
        Holder(one.person.post, one.role, one.role_words, one.scope.name, one.get_absolute_url())
        for one in sorted(found, key=lambda one: (ORDER[one.role], one.person.post))
    ]


def grouped(found: Iterable[Holder], *, with_place: bool = False) -> list[dict[str, object]]:
    """Each post once, with its roles and, where asked, their places: for ``portal/people.html``."""
    people: dict[str, dict[str, object]] = {}
    for one in found:
        roles = people.setdefault(one.url, {"post": one.post, "url": one.url, "roles": []})["roles"]
        words = f"{one.role_words}, {one.place}" if with_place else one.role_words
        roles.append(words)  # type: ignore[attr-defined]
    return list(people.values())

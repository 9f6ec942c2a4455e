"""Appointments to confirm and the newest pack to read."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Exists, OuterRef

from programme.foundation import calendar
from programme.people.choices import Role
from programme.people.models import Appointment, User

from ..models import Pack, PackOpening
from .item import MOST, Waiting


def confirmations(user: User) -> Iterator[Waiting]:
    for one in Appointment.objects.waiting_for(user)[:MOST]:
        yield Waiting(
            f"Confirm {one.person} as {one}",
            f"/people/appointments/{one.pk}/confirm/",
            "Has no effect before",
        )


def unread_pack(user: User) -> Iterator[Waiting]:
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

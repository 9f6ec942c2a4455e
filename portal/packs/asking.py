"""Asking for a pack, a correction or a comparison: each becomes a job that can be left and found again."""

from __future__ import annotations

import datetime

from django.core.exceptions import PermissionDenied, ValidationError

from portal.models import Pack
from portal.models.pack import Variant
from programme.foundation import calendar, jobs
from programme.foundation.job_records import Job
from programme.people.models import User

from . import tasks
from .issuing import TITLES, Order

MAY_NOT_ISSUE = "Packs are issued by the Senior Responsible Officer and the programme office."


def new_pack(*, by: User, variant: str, as_at: datetime.date | None = None) -> Job:
    """Ask for a new pack as the records stand, or as they stood on ``as_at``; gives its job, the same one
    however often the button is pressed. Raises PermissionDenied, ValidationError, ``jobs.CannotQueue``."""
    return _ask(Order(variant, as_at or calendar.today()), by=by, key=f"pack {variant} {as_at}")


def correction(pack: Pack, *, by: User, reason: str, as_at: datetime.date | None = None) -> Job:
    """Ask for the next version of ``pack`` that says what changed; the version it corrects stays as it is.

    It is read anew, as the records stand on ``as_at``, today if not given: what was put right in the records
    took effect when it was put right. Raises what :func:`new_pack` raises.
    """
    newest = Pack.objects.visible_to(by).filter(number=pack.number).order_by("-version").first()
    if newest is None or newest.pk != pack.pk:
        raise ValidationError(f"{pack} has been corrected already: correct the newest version, {newest}.")
    day = as_at or calendar.today()
    if day < pack.as_at:
        raise ValidationError({"as_at": "A correction cannot stand on an earlier date than the pack."})
    order = Order(pack.variant, day, pack.number, pack.version + 1, reason)
    return _ask(order, by=by, key=f"pack {pack.number} {order.version}")


def comparison(pack: Pack, *, by: User) -> Job:
    """Ask that ``pack`` is drawn again from its sealed data and compared with what is kept."""
    if not by.has_perm("portal.check_pack"):
        raise PermissionDenied("Packs are compared by those who read the history.")
    title = f"Compare {pack} with a new drawing"
    arguments = {"pack": pack.pk}
    return jobs.enqueue(
        tasks.compare_pack, owner=by, title=title, arguments=arguments, key=f"compare {pack.pk}"
    )


def _ask(order: Order, *, by: User, key: str) -> Job:
    if not by.has_perm("portal.issue_pack"):
        raise PermissionDenied(MAY_NOT_ISSUE)
    if order.as_at > calendar.today():
        raise ValidationError({"as_at": "The date cannot be in the future."})
    title = f"{TITLES[Variant(order.variant)]} as at {calendar.in_words(order.as_at)}"
    return jobs.enqueue(tasks.issue_pack, owner=by, title=title, arguments=order.as_arguments(), key=key)

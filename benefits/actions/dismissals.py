"""Warnings of double counting: dismiss one with a reason, or take the dismissal back."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError

from programme.people.models import User

from ..models import Dismissal
from ..rules.double_counting import LONGEST, Warned, grown


def dismiss(warned: Warned, *, by: User, reason: str) -> Dismissal:
    """Says why it is no double counting. It holds for the same lines, subject and year, and for no more
    pounds than are at stake now; once it has lapsed the warning is dismissed anew.

    Raises ``ValidationError`` when it was dismissed already, or ``Stale``.
    """
    if len(reason) > LONGEST:
        raise ValidationError({"reason": f"Reason must be {LONGEST} characters or fewer"})
    about: Any = {"rule": warned.rule, "subject": warned.subject, "year": warned.year}
    # The database's own rule lets several pass where there is no second line or year.
    present = next((one for one in Dismissal.objects.live().filter(**about) if one.key == warned.key), None)
    if present and present.known and not grown(warned, present.known):
        raise ValidationError("This warning was dismissed already.")
    dismissal = present or Dismissal(**about)
    dismissal.first_id = warned.first.key
    dismissal.second_id = warned.second.key if warned.second else None
    dismissal.because, dismissal.known = reason.strip(), warned.known
    return dismissal.record(by=by, reason=reason)


def take_back(dismissal: Dismissal, *, by: User, reason: str) -> Dismissal:
    """The warning stands again. Raises ``ValidationError``."""
    if dismissal.withdrawn:
        raise ValidationError("This dismissal was taken back already.")
    return dismissal.withdraw(by=by, reason=reason)

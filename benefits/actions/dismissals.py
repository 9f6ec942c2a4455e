"""Warnings of double counting: dismiss one with a reason, or take the dismissal back."""

from __future__ import annotations

from django.core.exceptions import ValidationError

from programme.people.models import User

from ..models import Dismissal
from ..rules.double_counting import LONGEST, Warned


def dismiss(warned: Warned, *, by: User, reason: str) -> Dismissal:
    """Says why it is no double counting. It holds for the same lines, subject and year.

    Raises ``ValidationError`` when it was dismissed already.
    """
    if len(reason) > LONGEST:
        raise ValidationError({"reason": f"Reason must be {LONGEST} characters or fewer"})
    rule, first, second, subject, year = warned.key
    new = Dismissal(
        rule=rule, first_id=first, second_id=second, subject=subject, year=year, because=reason.strip()
    )
    known = Dismissal.objects.live().filter(rule=rule, first=first, second=second, subject=subject, year=year)
    if known.exists():  # the database's own rule lets several pass where there is no second line or year
        raise ValidationError("This warning was dismissed already.")
    return new.record(by=by, reason=reason)


def take_back(dismissal: Dismissal, *, by: User, reason: str) -> Dismissal:
    """The warning stands again. Raises ``ValidationError``."""
    if dismissal.withdrawn:
        raise ValidationError("This dismissal was taken back already.")
    return dismissal.withdraw(by=by, reason=reason)

"""What the budget requires of savings in a year: stated, corrected, withdrawn."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError

from programme.people.models import Scope, User

from ..models import Requirement


def state(*, scope: Scope, by: User, reason: str, **facts: Any) -> Requirement:
    """Enters what is required in one year. Raises ``ValidationError`` where the year has one already."""
    return Requirement(scope=scope, confirmed_by=by, **facts).record(by=by, reason=reason)


def correct(requirement: Requirement, *, by: User, reason: str, **facts: Any) -> Requirement:
    """Changes a figure; what it was stays in history. Raises ``ValidationError`` or ``Stale``."""
    if requirement.withdrawn:
        raise ValidationError(f"{requirement} was withdrawn and is not changed any more.")
    for name, value in facts.items():
        setattr(requirement, name, value)
    requirement.confirmed_by = by
    return requirement.record(by=by, reason=reason)


def withdraw(requirement: Requirement, *, by: User, reason: str) -> Requirement:
    """Takes a figure out of use. Raises ``ValidationError`` where it is already."""
    if requirement.withdrawn:
        raise ValidationError(f"{requirement} is withdrawn already.")
    return requirement.withdraw(by=by, reason=reason)

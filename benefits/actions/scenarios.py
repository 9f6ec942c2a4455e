"""Payback scenarios: save a question under a name, or withdraw it. What it comes to is never saved."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction

from programme.people.models import User

from ..models import PaybackScenario


@transaction.atomic
def save(*, name: str, assumptions: dict[str, list[str]], by: User, reason: str) -> PaybackScenario:
    """Saves the controls under ``name``. Raises ``ValidationError`` when the name is taken."""
    if PaybackScenario.objects.live().filter(name__iexact=name).exists():
        raise ValidationError({"name": f"There is a scenario called “{name}” already. Choose another name."})
    return PaybackScenario(name=name, assumptions=assumptions, owner=by).record(by=by, reason=reason)


def withdraw(scenario: PaybackScenario, *, by: User, reason: str) -> PaybackScenario:
    """The scenario is no longer offered; it stays in history. Raises ``ValidationError``."""
    if scenario.withdrawn:
        raise ValidationError("This scenario was withdrawn already.")
    return scenario.withdraw(by=by, reason=reason)

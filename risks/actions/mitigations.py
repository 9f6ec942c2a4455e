"""Actions on a risk: plan, change, complete, take the completion back, withdraw."""

from __future__ import annotations

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from programme.foundation import calendar
from programme.people.models import User

from ..models import Risk, RiskAction
from ..rules import lifecycle, responding

CHANGEABLE = {"what", "owner", "due"}


@transaction.atomic
def plan(risk: Risk, *, what: str, owner: User, due: datetime.date, by: User, reason: str) -> RiskAction:
    """Plans something that is done about a risk, by one person, until a day.

    The risk itself does not change by it, so that whoever reviews it meanwhile is not disturbed. Raises
    ``ValidationError`` at the field that is wrong.
    """
    held = _held(risk)
    if words := lifecycle.not_standing(held.status):
        raise ValidationError(words)
    return RiskAction(risk=risk, what=what, owner=owner, due=due).record(by=by, reason=reason)


@transaction.atomic
def change(action: RiskAction, *, by: User, reason: str, **facts: Any) -> RiskAction:
    """Changes what is planned: words, owner, day. Raises ``ValidationError`` or ``Stale``."""
    if unknown := set(facts) - CHANGEABLE:
        raise ValidationError(f"These are not changed here: {', '.join(sorted(unknown))}.")
    _refuse_withdrawn(action)
    if action.done_on is not None:
        raise ValidationError("This action is done: take that back before it is changed.")
    for field, value in facts.items():
        setattr(action, field, value)
    return action.record(by=by, reason=reason)


@transaction.atomic
def complete(
    action: RiskAction, *, done_on: datetime.date, how_it_went: str = "", by: User, reason: str
) -> RiskAction:
    """Says that an action is done, since when and how it went. Raises ``ValidationError`` or ``Stale``."""
    _refuse_withdrawn(action)
    if action.done_on is not None:
        raise ValidationError("This action is done already.")
    if done_on > calendar.today():
        raise ValidationError({"done_on": "An action cannot be done in the future."})
    action.done_on, action.how_it_went = done_on, how_it_went
    return action.record(by=by, reason=reason)


@transaction.atomic
def take_back(action: RiskAction, *, by: User, reason: str) -> RiskAction:
    """Says that an action is not done after all. Raises ``ValidationError`` or ``Stale``."""
    _refuse_withdrawn(action)
    if action.done_on is None:
        raise ValidationError("This action is not done yet.")
    action.done_on, action.how_it_went = None, ""
    return action.record(by=by, reason=reason)


@transaction.atomic
def withdraw(action: RiskAction, *, by: User, reason: str) -> RiskAction:
    """Takes an action off a risk. The only one of a risk that is treated stays until another is planned.

    Raises ``ValidationError`` or ``Stale``.
    """
    _refuse_withdrawn(action)
    held = _held(action.risk)
    others = RiskAction.objects.live().filter(risk=held).exclude(pk=action.pk).count()
    if words := responding.last_action_refusal(held.response, others=others):
        raise ValidationError(words)
    return action.withdraw(by=by, reason=reason)


def _held(risk: Risk) -> Risk:
    """The risk as it stands, locked: nobody chooses to treat it while its last action goes."""
    held = Risk.objects.select_for_update().get(pk=risk.pk)
    if held.withdrawn:
        raise ValidationError(f"{held.ref} was withdrawn and is not changed any more.")
    return held


def _refuse_withdrawn(action: RiskAction) -> None:
    if action.withdrawn or action.risk.withdrawn:
        raise ValidationError("This action was withdrawn and is not changed any more.")

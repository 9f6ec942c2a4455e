"""The status of a risk: escalate, take the escalation back, turn into an issue, close, open again."""

from __future__ import annotations

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from programme.foundation import calendar
from programme.people.models import User

from ..choices import AcceptanceEnd, Status
from ..models import Issue, Risk
from ..reading import holding
from ..rules import lifecycle
from . import issues
from .risks import CLASS_FIELDS


@transaction.atomic
def escalate(risk: Risk, *, to: str, by: User, reason: str) -> Risk:
    """Escalates to the workstream lead, the programme or the board, also one that is escalated already.

    Raises ``ValidationError`` at ``to``, or ``Stale``.
    """
    holding.hold(risk)
    _refuse(risk, Status.ESCALATED)
    if words := lifecycle.escalation_refusal(risk.escalated_to, to):
        raise ValidationError({"to": words})
    risk.status, risk.escalated_to = Status.ESCALATED, to
    return risk.record(by=by, reason=reason)


@transaction.atomic
def deescalate(risk: Risk, *, by: User, reason: str) -> Risk:
    """Takes the escalation back: the risk is open again. Raises ``ValidationError`` or ``Stale``."""
    holding.hold(risk)
    if risk.status != Status.ESCALATED:
        raise ValidationError("This risk is not escalated.")
    risk.status, risk.escalated_to = Status.OPEN, ""
    return risk.record(by=by, reason=reason)


@transaction.atomic
def close(risk: Risk, *, by: User, reason: str) -> Risk:
    """Closes a risk that cannot happen any more or is not worth watching; its acceptance ends.

    Raises ``ValidationError`` or ``Stale``.
    """
    return _end(risk, Status.CLOSED, by=by, reason=reason)


@transaction.atomic
def materialise(
    risk: Risk,
    *,
    what_happened: str,
    severity: str,
    by: User,
    reason: str,
    title: str = "",
    owner: User | None = None,
    due: datetime.date | None = None,
    **facts: Any,
) -> Issue:
    """The risk has happened: opens the issue that names it, and returns that.

    Title, place, owner and class are the risk's unless said otherwise; ``facts`` are more of the issue's
    fields. Raises ``ValidationError`` or ``Stale``.
    """
    _end(risk, Status.MATERIALISED, by=by, reason=reason)
    own = {name: getattr(risk, name) for name in CLASS_FIELDS}
    return issues.raise_issue(
        scope=risk.scope,
        risk=risk,
        title=title or risk.title,
        what_happened=what_happened,
        severity=severity,
        owner=owner or risk.owner,
        due=due,
        by=by,
        reason=reason,
        **own | facts,
    )


@transaction.atomic
def reopen(risk: Risk, *, by: User, reason: str) -> Risk:
    """Opens a risk again that was closed or has materialised; it is due for review the same day.

    Raises ``ValidationError`` or ``Stale``.
    """
    holding.hold(risk)
    if risk.status == Status.ESCALATED:
        raise ValidationError("This risk is escalated: take the escalation back.")
    _refuse(risk, Status.OPEN)
    risk.status, risk.ended_on, risk.review_due = Status.OPEN, None, calendar.today()
    return risk.record(by=by, reason=reason)


def _end(risk: Risk, to: Status, *, by: User, reason: str) -> Risk:
    holding.hold(risk)
    _refuse(risk, to)
    today = calendar.today()
    if acceptance := holding.acceptance_of(risk):
        acceptance.ended_on, acceptance.ended_because = today, AcceptanceEnd.RISK_ENDED
        acceptance.record(by=by, reason=reason)
    risk.status, risk.escalated_to, risk.ended_on, risk.review_due = to, "", today, None
    return risk.record(by=by, reason=reason)


def _refuse(risk: Risk, to: Status) -> None:
    if words := lifecycle.refusal(risk.status, to):
        raise ValidationError(words)

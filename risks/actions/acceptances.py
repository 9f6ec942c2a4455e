"""Acceptances: accept a risk as it is, or end its acceptance."""

from __future__ import annotations

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from programme.foundation import calendar
from programme.foundation.history import plain_reason
from programme.people.models import User
from programme.portfolio.models import Decision

from ..choices import AcceptanceEnd, Authority, Response
from ..models import Acceptance, Risk, RiskSettings
from ..reading import holding
from ..reading.authority import decision_refusal, own_word
from ..rules import accepting


@transaction.atomic
def accept(
    risk: Risk, *, expires: datetime.date, by: User, reason: str, decision: Decision | None = None
) -> Acceptance:
    """Accepts a risk at its current score until a day; the reason says why. It replaces the one before.

    The workstream lead accepts low and medium, the SRO high; severe and outside appetite need a ``decision``
    of the Programme Board that fits (``reading/authority.py``). The risk is back in review on the day of
    expiry at the latest. A response that nobody has chosen becomes *tolerate*. Raises ``ValidationError`` at
    the field that is wrong, or ``Stale``.
    """
    holding.hold_standing(risk)
    score = risk.current
    if score is None:
        raise ValidationError(accepting.NOT_SCORED)
    held = holding.ruling()
    band = held.matrix.band(score)
    authority = _authority(risk, band, by=by, decision=decision)
    months = RiskSettings.objects.current().acceptance_months
    if words := accepting.expiry_refusal(expires, today=held.today, months=months):
        raise ValidationError({"expires": words})
    if before := holding.acceptance_of(risk):
        _end(before, AcceptanceEnd.REPLACED, by=by, reason=reason)
    new = Acceptance(
        risk=risk,
        accepted_by=by,
        accepted_on=held.today,
        authority=authority,
        decision=decision,
        why=plain_reason(reason),
        expires=expires,
        likelihood=score.likelihood,
        impact=score.impact,
        band=band,
    ).record(by=by, reason=reason)
    risk.response = risk.response or Response.TOLERATE
    risk.review_due = holding.next_review(risk, new, held)
    risk.record(by=by, reason=reason)
    return new


@transaction.atomic
def end(acceptance: Acceptance, *, by: User, reason: str) -> Acceptance:
    """Says that a risk is no longer tolerated: its acceptance ends today, before its last day.

    Raises ``ValidationError`` or ``Stale``.
    """
    risk = acceptance.risk
    holding.hold(risk)
    if acceptance.ended_on is not None:
        raise ValidationError("This acceptance has ended already.")
    _end(acceptance, AcceptanceEnd.NOT_TOLERATED, by=by, reason=reason)
    risk.review_due = holding.next_review(risk, None, holding.ruling())
    risk.record(by=by, reason=reason)
    return acceptance


def _authority(risk: Risk, band: str, *, by: User, decision: Decision | None) -> Authority:
    """On whose word ``by`` may accept the risk. Raises ``ValidationError`` where it is not enough."""
    if not by.has_perm("risks.accept", risk):
        raise ValidationError(accepting.NO_AUTHORITY)
    if decision is not None and (words := decision_refusal(risk, decision, by)):
        raise ValidationError({"decision": words})
    authority = own_word(risk, by, decision=decision is not None)
    outside = risk.is_outside_appetite
    if words := accepting.authority_refusal(band, outside=outside, authority=authority):
        at_decision = accepting.needed(band, outside=outside) == Authority.BOARD
        raise ValidationError({"decision": words} if at_decision else words)
    assert authority is not None  # noqa: S101 (no authority is refused above)
    return authority


def _end(acceptance: Acceptance, because: AcceptanceEnd, *, by: User, reason: str) -> None:
    acceptance.ended_on, acceptance.ended_because = calendar.today(), because
    acceptance.record(by=by, reason=reason)

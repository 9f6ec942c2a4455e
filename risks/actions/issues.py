"""Issues: raise, change, ask a body for a decision, name its answer, resolve, reopen, classify, withdraw."""

from __future__ import annotations

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models.functions import Length

from programme.foundation import calendar
from programme.foundation.words import says_something
from programme.people.choices import Classification
from programme.people.models import Scope, User
from programme.portfolio.models import Body, Decision
from programme.portfolio.references import numbered

from ..choices import IssueStatus
from ..models import Issue, Risk
from .risks import CLASS_FIELDS, HIGHEST_REFERENCES, PLACES

STEM = "I-"
CHANGEABLE = {"title", "what_happened", "severity", "owner", "scope", "plan", "due", *CLASS_FIELDS}
RAISABLE = CHANGEABLE | {"raised_on", "decision_asked", "asked_of"}
RESOLVED = "This issue is resolved: open it again before it is changed."


@transaction.atomic
def raise_issue(
    *,
    scope: Scope,
    title: str,
    what_happened: str,
    severity: str,
    by: User,
    reason: str,
    risk: Risk | None = None,
    ref: str = "",
    **facts: Any,
) -> Issue:
    """Raises an issue; without ``ref`` it takes the next free one, ``I-004``.

    One that comes of a ``risk`` is raised by turning that into it (``moves.materialise``). Raises
    ``ValidationError`` at the field that is wrong.
    """
    _refuse_unknown(facts, RAISABLE)
    today = calendar.today()
    new = Issue(
        scope=scope,
        title=title,
        what_happened=what_happened,
        severity=severity,
        risk=risk,
        **{"raised_on": today} | facts,
    )
    if new.raised_on > today:
        raise ValidationError({"raised_on": "An issue cannot be raised in the future."})
    _refuse_place(new)
    _refuse_more_open_than_its_risk(new)

    def write(reference: str) -> Issue:
        new.ref = reference
        return new.record(by=by, reason=reason)

    return write(ref) if ref else numbered(write, stem=STEM, taken=_highest, width=3)


@transaction.atomic
def change(issue: Issue, *, by: User, reason: str, **facts: Any) -> Issue:
    """Changes what is known of an issue. Raises ``ValidationError`` at the field, or ``Stale``."""
    _refuse_unknown(facts, CHANGEABLE)
    _refuse_settled(issue)
    for field, value in facts.items():
        setattr(issue, field, value)
    _refuse_place(issue)
    _refuse_more_open_than_its_risk(issue)
    return issue.record(by=by, reason=reason)


@transaction.atomic
def ask_decision(issue: Issue, *, decision_asked: str, asked_of: Body | None, by: User, reason: str) -> Issue:
    """Asks a body for a decision; an empty question takes the asking back. An answer there was goes with it.

    Raises ``ValidationError`` at the field that is missing, or ``Stale``.
    """
    _refuse_settled(issue)
    if decision_asked and not says_something(decision_asked):
        raise ValidationError({"decision_asked": "Say which decision is asked for."})
    if bool(decision_asked) != (asked_of is not None):
        missing = "asked_of" if decision_asked else "decision_asked"
        raise ValidationError({missing: "A decision is asked of a body: name both, or neither."})
    issue.decision_asked, issue.asked_of, issue.decision = decision_asked, asked_of, None
    return issue.record(by=by, reason=reason)


@transaction.atomic
def answer(issue: Issue, *, decision: Decision, by: User, reason: str) -> Issue:
    """Names the decision of the register that answers what the issue asks; it may also be a refusal.

    Raises ``ValidationError`` or ``Stale``.
    """
    _refuse_settled(issue)
    if not issue.decision_asked:
        raise ValidationError({"decision": "This issue asks for no decision."})
    taken = Decision.objects.visible_to(by).live().filter(pk=decision.pk, date__lte=calendar.today())
    if not taken.exists():
        words = "Name a decision that stands in the register, has been taken by today, and that you may read."
        raise ValidationError({"decision": words})
    issue.decision = decision
    return issue.record(by=by, reason=reason)


@transaction.atomic
def resolve(
    issue: Issue, *, how_resolved: str, by: User, reason: str, resolved_on: datetime.date | None = None
) -> Issue:
    """Says that an issue is settled, how, and since when (today). Raises ``ValidationError`` or ``Stale``."""
    _refuse_settled(issue)
    if not says_something(how_resolved):
        raise ValidationError({"how_resolved": "Say how it was resolved."})
    today = calendar.today()
    day = resolved_on or today
    if not issue.raised_on <= day <= today:
        words = "An issue is resolved between the day on which it was raised and today."
        raise ValidationError({"resolved_on": words})
    issue.status, issue.resolved_on, issue.how_resolved = IssueStatus.RESOLVED, day, how_resolved
    return issue.record(by=by, reason=reason)


@transaction.atomic
def reopen(issue: Issue, *, by: User, reason: str) -> Issue:
    """Opens an issue again that turned out not to be resolved. Raises ``ValidationError`` or ``Stale``."""
    _refuse_withdrawn(issue)
    if issue.status != IssueStatus.RESOLVED:
        raise ValidationError("This issue is open already.")
    issue.status, issue.resolved_on, issue.how_resolved = IssueStatus.OPEN, None, ""
    return issue.record(by=by, reason=reason)


@transaction.atomic
def classify(issue: Issue, *, by: User, reason: str, **facts: Any) -> Issue:
    """Says who may see an issue, also one that is resolved or was withdrawn: what it holds may be noticed
    late. Raises ``ValidationError`` where it would be more open than its risk, or ``Stale``."""
    _refuse_unknown(facts, set(CLASS_FIELDS))
    for field, value in facts.items():
        setattr(issue, field, value)
    _refuse_more_open_than_its_risk(issue)
    return issue.record(by=by, reason=reason)


@transaction.atomic
def withdraw(issue: Issue, *, by: User, reason: str) -> Issue:
    """Takes an issue off the register; it stays in history. Raises ``ValidationError`` or ``Stale``."""
    _refuse_withdrawn(issue)
    return issue.withdraw(by=by, reason=reason)


def _highest() -> list[str]:
    """The highest references there are: of the longest, the last."""
    refs = Issue.objects.order_by(Length("ref").desc(), "-ref")
    return list(refs.values_list("ref", flat=True)[:HIGHEST_REFERENCES])


def _refuse_unknown(facts: dict[str, Any], known: set[str]) -> None:
    if unknown := set(facts) - known:
        raise ValidationError(f"These are not changed here: {', '.join(sorted(unknown))}.")


def _refuse_withdrawn(issue: Issue) -> None:
    if issue.withdrawn:
        raise ValidationError(f"{issue.ref} was withdrawn and is not changed any more.")


def _refuse_settled(issue: Issue) -> None:
    _refuse_withdrawn(issue)
    if issue.status == IssueStatus.RESOLVED:
        raise ValidationError(RESOLVED)


def _refuse_place(issue: Issue) -> None:
    if issue.scope.kind not in PLACES:
        raise ValidationError({"scope": "An issue lies on the programme, a workstream or a project."})


def _refuse_more_open_than_its_risk(issue: Issue) -> None:
    exempt = Classification.EXEMPT
    if issue.risk and issue.risk.classification == exempt != issue.classification:
        raise ValidationError({"classification": "Its risk is exempt, so the issue is exempt too."})

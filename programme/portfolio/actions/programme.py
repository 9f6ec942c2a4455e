"""The programme's own words: vision, statements, workstreams' purposes, workstrands, reports."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from programme.foundation import calendar
from programme.people.models import User

from ..models import (
    CorporatePriority,
    DesignPrinciple,
    ExecutiveReport,
    Programme,
    ProjectService,
    Statement,
    Workstrand,
    Workstream,
    WorkstreamPriority,
)

CHANGEABLE = {"name", "organisation", "corporate_plan", "vision", "business_case"}


@transaction.atomic
def change(programme: Programme, *, by: User, reason: str, **facts: Any) -> Programme:
    """Changes the programme's name, vision and sources. Raises ``ValidationError`` or ``Stale``."""
    if unknown := set(facts) - CHANGEABLE:
        raise ValidationError(f"These are not changed here: {', '.join(sorted(unknown))}.")
    for field, value in facts.items():
        setattr(programme, field, value)
    programme.record(by=by, reason=reason)
    if programme.scope.name != programme.name:
        programme.scope.name = programme.name
        programme.scope.record(by=by, reason=reason)
    return programme


@transaction.atomic
def state(programme: Programme, *, kind: str, texts: Sequence[str], by: User, reason: str) -> None:
    """Sets the sentences of one kind, in order: those that differ are changed, those too many withdrawn."""
    present = {row.position: row for row in Statement.objects.filter(programme=programme, kind=kind)}
    wanted = dict(enumerate(texts, 1))
    for position, text in wanted.items():
        row = present.get(position) or Statement(programme=programme, kind=kind, position=position)
        if row.pk is None or row.withdrawn or row.text != text:
            row.text, row.withdrawn = text, False
            row.record(by=by, reason=reason)
    for position, row in present.items():
        if position not in wanted and not row.withdrawn:
            row.withdraw(by=by, reason=reason)


def change_purpose(workstream: Workstream, *, purpose: str, by: User, reason: str) -> Workstream:
    """Changes what a workstream is for. Raises ``ValidationError`` or ``Stale``."""
    workstream.purpose = purpose
    return workstream.record(by=by, reason=reason)


@transaction.atomic
def say_which_priorities(
    workstream: Workstream,
    *,
    own: CorporatePriority | None,
    supports: Collection[CorporatePriority],
    by: User,
    reason: str,
) -> None:
    """Sets the corporate priorities a workstream serves: its own one, and those it supports with others.

    What is left out is withdrawn and stays in history. Raises ``ValidationError`` at the field.
    """
    if own is not None and own in supports:
        raise ValidationError({"supports": f"“{own}” is its own priority: choose it once."})
    wanted = {one.pk: False for one in supports} | ({own.pk: True} if own else {})
    present = {row.priority_id: row for row in WorkstreamPriority.objects.filter(workstream=workstream)}
    for key, is_own in sorted(wanted.items()):
        row = present.pop(key, None) or WorkstreamPriority(workstream=workstream, priority_id=key)
        if row.pk is None or row.withdrawn or row.is_own != is_own:
            row.is_own, row.withdrawn = is_own, False
            row.record(by=by, reason=reason)
    for row in present.values():
        if not row.withdrawn:
            row.withdraw(by=by, reason=reason)


@transaction.atomic
def settle_workstrand(
    workstrand: Workstrand,
    *,
    workstream: Workstream,
    home_confirmed: bool,
    note: str,
    principles: Sequence[str],
    by: User,
    reason: str,
) -> Workstrand:
    """Keeps a workstrand: its home, whether the board has confirmed it, its note and design principles.

    Principles keep their place, so that what projects say they serve stays true: words are changed in
    place, new ones follow, and one that a project serves cannot be left out. Raises ``ValidationError``.
    """
    workstrand.workstream, workstrand.home_confirmed, workstrand.note = workstream, home_confirmed, note
    workstrand.record(by=by, reason=reason)
    present = {row.position: row for row in DesignPrinciple.objects.filter(workstrand=workstrand)}
    wanted = dict(enumerate(principles, 1))
    for position, text in wanted.items():
        row = present.get(position) or DesignPrinciple(workstrand=workstrand, position=position)
        if row.pk is None or row.withdrawn or row.text != text:
            row.text, row.withdrawn = text, False
            row.record(by=by, reason=reason)
    for position, row in present.items():
        if position not in wanted and not row.withdrawn:
            _leave_out(row, by=by, reason=reason)
    return workstrand


def _leave_out(principle: DesignPrinciple, *, by: User, reason: str) -> None:
    if ProjectService.objects.live().filter(principle=principle).exists():
        words = f"“{principle.text}” is served by projects: take it from them first, or change its words."
        raise ValidationError({"principles": words})
    principle.withdraw(by=by, reason=reason)


def report(
    programme: Programme, *, date: datetime.date, subject: str, by: User, reason: str
) -> ExecutiveReport:
    """Adds a report to the Executive, once it has been made. Raises ``ValidationError``."""
    new = ExecutiveReport(programme=programme)
    return change_report(new, date=date, subject=subject, by=by, reason=reason)


def change_report(
    report: ExecutiveReport, *, date: datetime.date, subject: str, by: User, reason: str
) -> ExecutiveReport:
    """Corrects the date or subject of a report to the Executive. Raises ``ValidationError`` or ``Stale``."""
    if date > calendar.today():
        raise ValidationError({"date": "A report is entered once it has been made."})
    report.date, report.subject = date, subject
    return report.record(by=by, reason=reason)

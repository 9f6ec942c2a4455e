"""Measures: add, change, confirm the figures, withdraw."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from programme.people.choices import ScopeKind
from programme.people.models import Scope, User
from programme.portfolio.models import Workstream
from programme.portfolio.references import numbered

from ..models import Measure, TrajectoryPoint
from ..trajectory import refusal

STEM = "M-"
Points = Mapping[datetime.date, Decimal]

# A changed figure, unit or source has to be confirmed anew.
FIGURES = {
    "unit",
    "baseline",
    "baseline_qualifier",
    "baseline_date",
    "target",
    "target_qualifier",
    "target_date",
    "source_document",
    "source_place",
    "source_as_at",
    "basis",
}
CHANGEABLE = FIGURES | {
    "name",
    "definition",
    "direction",
    "frequency",
    "owner",
    "classification",
    "exempt_paragraphs",
    "exempt_reason",
    "exempt_review",
}


@transaction.atomic
def add(
    *, home: Scope, by: User, reason: str, trajectory: Points | None = None, ref: str = "", **facts: Any
) -> Measure:
    """Adds a measure at its ``home``: the programme, a workstream or a project.

    Without ``ref`` it takes the next free one, ``M-008``, also when two people add at once. Raises
    ``ValidationError`` at the field that is wrong.
    """

    def write(reference: str) -> Measure:
        new = Measure(ref=reference, scope=home, workstream=_workstream_of(home), **facts)
        return new.record(by=by, reason=reason)

    def taken() -> list[str]:
        return list(Measure.objects.values_list("ref", flat=True))

    new = write(ref) if ref else numbered(write, stem=STEM, taken=taken, width=3)
    _settle(new, trajectory or {}, by=by, reason=reason)
    return new


@transaction.atomic
def change(
    measure: Measure,
    *,
    by: User,
    reason: str,
    home: Scope | None = None,
    trajectory: Points | None = None,
    **facts: Any,
) -> Measure:
    """Changes what is known of a measure; a ``trajectory`` replaces the one before.

    Whoever confirmed the figures no longer has when a figure, its unit or its source changes. Raises
    ``ValidationError`` or ``Stale``.
    """
    _refuse_withdrawn(measure)
    unknown = set(facts) - CHANGEABLE
    if unknown:
        raise ValidationError(f"These are not changed here: {', '.join(sorted(unknown))}.")
    touched = {name for name, value in facts.items() if getattr(measure, name) != value}
    for name, value in facts.items():
        setattr(measure, name, value)
    if home is not None:
        measure.scope, measure.workstream = home, _workstream_of(home)
    if touched & FIGURES:
        measure.confirmed_by = None
    measure.record(by=by, reason=reason)
    if trajectory is not None:
        _settle(measure, trajectory, by=by, reason=reason)
    return measure


def confirm(measure: Measure, *, by: User, reason: str) -> Measure:
    """Says that baseline, target and their source were looked at and hold."""
    _refuse_withdrawn(measure)
    if measure.baseline is None and measure.target is None:
        raise ValidationError("There is neither a baseline nor a target to confirm.")
    measure.confirmed_by = by
    return measure.record(by=by, reason=reason)


@transaction.atomic
def withdraw(measure: Measure, *, by: User, reason: str) -> Measure:
    """Takes a measure out of use, its trajectory with it. It stays in history, and so do its benefits."""
    _refuse_withdrawn(measure)
    for point in measure.trajectory.live():
        point.withdraw(by=by, reason=reason)
    return measure.withdraw(by=by, reason=reason)


def _settle(measure: Measure, points: Points, *, by: User, reason: str) -> None:
    """Makes ``points`` the trajectory: what is left out is withdrawn, what stays is not touched."""
    if words := refusal(points, baseline_date=measure.baseline_date, target_date=measure.target_date):
        raise ValidationError({"trajectory": words})
    present = {point.date: point for point in measure.trajectory.live()}
    gone = [point for day, point in present.items() if day not in points]
    for point in gone:
        point.withdrawn = True
    kept = [point for day, point in present.items() if day in points and point.value != points[day]]
    for point in kept:
        point.value = points[point.date]
    fresh = [
        TrajectoryPoint(measure=measure, date=day, value=value)
        for day, value in sorted(points.items())
        if day not in present
    ]
    if written := [*gone, *kept, *fresh]:
        TrajectoryPoint.objects.bulk_record(written, by=by, reason=reason)


def _workstream_of(home: Scope) -> Workstream | None:
    """The workstream that a place is or lies in; none of the programme as a whole."""
    if home.kind == ScopeKind.WORKSTREAM:
        return home.workstream
    return home.project.workstream if home.kind == ScopeKind.PROJECT else None


def _refuse_withdrawn(measure: Measure) -> None:
    if measure.withdrawn:
        raise ValidationError(f"{measure.ref} was withdrawn and is not changed any more.")

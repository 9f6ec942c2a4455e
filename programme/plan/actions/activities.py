"""Activities and milestones: add, change, forecast, report as begun or done, re-baseline, withdraw."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from programme.foundation import calendar
from programme.people.models import User
from programme.portfolio.models import Decision, Project
from programme.portfolio.references import numbered

from ..choices import Kind
from ..dates import problems
from ..models import Activity

# Kept by the project's own people; dates of the baseline have their own action.
CHANGEABLE = {
    "name",
    "note",
    "earliest_start",
    "forecast_start",
    "forecast_finish",
    "actual_start",
    "actual_finish",
    "precision",
}


@transaction.atomic
def add(*, project: Project, kind: str, by: User, reason: str, **facts: Any) -> Activity:
    """Adds an activity or a milestone with its forecast. It has no baseline until a decision approves one.

    It takes the next free reference of its kind in the project, ``DIG-01-M03``, also when two people add at
    once. Raises ``ValidationError`` at the field that is wrong.
    """
    stem = f"{project.ref}-{'M' if kind == Kind.MILESTONE else 'A'}"

    def write(reference: str) -> Activity:
        new = Activity(project=project, kind=kind, ref=reference, **facts)
        _refuse_problems(new)
        return new.record(by=by, reason=reason)

    def taken() -> Iterable[str]:
        return Activity.objects.filter(ref__startswith=stem).values_list("ref", flat=True)

    return numbered(write, stem=stem, taken=taken, width=2)


def change(activity: Activity, *, by: User, reason: str, **facts: Any) -> Activity:
    """Changes what the project's own people keep. Raises ``ValidationError`` or ``Stale``."""
    unknown = set(facts) - CHANGEABLE
    if unknown:
        raise ValidationError(f"These are not changed here: {', '.join(sorted(unknown))}.")
    for field, value in facts.items():
        setattr(activity, field, value)
    _refuse_withdrawn(activity)
    _refuse_problems(activity)
    return activity.record(by=by, reason=reason)


def forecast(
    activity: Activity,
    *,
    forecast_finish: datetime.date,
    forecast_start: datetime.date | None = None,
    by: User,
    reason: str,
) -> Activity:
    """Moves the forecast alone: what a delivery group's member may also do. Refused once it is done."""
    if activity.actual_finish:
        raise ValidationError("This is done: its actual date stands, and there is nothing left to forecast.")
    dates: dict[str, Any] = {"forecast_finish": forecast_finish}
    if not activity.is_milestone and forecast_start:
        dates["forecast_start"] = forecast_start
    return change(activity, by=by, reason=reason, **dates)


def report(
    activity: Activity,
    *,
    actual_start: datetime.date | None = None,
    actual_finish: datetime.date | None = None,
    forecast_finish: datetime.date | None = None,
    by: User,
    reason: str,
) -> Activity:
    """Says that work began or is done, or corrects what was said; None takes an actual date back.

    ``forecast_finish`` moves the forecast of what is not done at the same time. Raises ``ValidationError``
    for a date in the future, the wrong order, or an activity done that never began.
    """
    if actual_finish and not actual_start and not activity.is_milestone:
        raise ValidationError({"actual_start": "Say when it began."})
    facts = {"actual_start": actual_start, "actual_finish": actual_finish}
    if forecast_finish and not actual_finish:
        facts["forecast_finish"] = forecast_finish
    return change(activity, by=by, reason=reason, **facts)


@transaction.atomic
def rebaseline(
    activities: Iterable[Activity], *, decision: Decision | None, by: User, reason: str
) -> list[Activity]:
    """Makes the forecast the approved baseline, on the authority of an approving decision.

    The first baseline becomes the original too and stays the original ever after. All or none.
    Raises ``ValidationError`` where no approving decision is named, or ``Stale``.
    """
    if decision is None or not Decision.objects.authorising().filter(pk=decision.pk).exists():
        raise ValidationError(
            {"decision": "Re-baselining names a decision of the register that approves it."}
        )
    moved = list(activities)
    if not moved:
        raise ValidationError({"activities": "Choose at least one activity or milestone."})
    for one in moved:
        _refuse_withdrawn(one)
        one.approved_start, one.approved_finish = one.forecast_start, one.forecast_finish
        if one.original_finish is None:
            one.original_start, one.original_finish = one.forecast_start, one.forecast_finish
        one.baseline_decision = decision
    Activity.objects.bulk_record(moved, by=by, reason=reason)
    return moved


@transaction.atomic
def withdraw(activity: Activity, *, by: User, reason: str) -> Activity:
    """Takes an activity out of the plan, and its dependencies with it."""
    _refuse_withdrawn(activity)
    links = [*activity.predecessor_links.live(), *activity.successor_links.live()]
    for link in links:
        link.withdraw(by=by, reason=reason)
    return activity.withdraw(by=by, reason=reason)


def _refuse_problems(activity: Activity) -> None:
    found = problems(activity, today=calendar.today())
    if found:
        raise ValidationError(found)


def _refuse_withdrawn(activity: Activity) -> None:
    if activity.withdrawn:
        raise ValidationError(f"{activity.ref} was withdrawn from the plan and is not changed any more.")

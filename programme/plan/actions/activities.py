"""Activities and milestones: add, change, forecast, report as done, re-baseline, withdraw."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from programme.foundation import calendar
from programme.people.models import User
from programme.portfolio.models import Decision, Project

from ..choices import Kind
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


def next_reference(project: Project, kind: str) -> str:
    """The next free reference of its kind in the project: ``DIG-01-M03``."""
    stem = f"{project.ref}-{'M' if kind == Kind.MILESTONE else 'A'}"
    taken = Activity.objects.filter(ref__startswith=stem).values_list("ref", flat=True)
    numbers = [int(one.removeprefix(stem)) for one in taken]
    return f"{stem}{max(numbers, default=0) + 1:02}"


@transaction.atomic
def add(*, project: Project, kind: str, by: User, reason: str, **facts: Any) -> Activity:
    """Adds an activity or a milestone with its forecast. It has no baseline until a decision approves one.

    Raises ``ValidationError`` at the field that is wrong.
    """
    _check_actuals(facts)
    reference = next_reference(project, kind)
    return Activity(project=project, kind=kind, ref=reference, **facts).record(by=by, reason=reason)


def change(activity: Activity, *, by: User, reason: str, **facts: Any) -> Activity:
    """Changes what the project's own people keep. Raises ``ValidationError`` or ``Stale``."""
    unknown = set(facts) - CHANGEABLE
    if unknown:
        raise ValidationError(f"These are not changed here: {', '.join(sorted(unknown))}.")
    _check_actuals(facts)
    for field, value in facts.items():
        setattr(activity, field, value)
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
    activity.forecast_finish = forecast_finish
    if not activity.is_milestone and forecast_start:
        activity.forecast_start = forecast_start
    return activity.record(by=by, reason=reason)


@transaction.atomic
def rebaseline(
    activities: Iterable[Activity], *, decision: Decision | None, by: User, reason: str
) -> list[Activity]:
    """Makes the forecast the approved baseline, on the authority of an approving decision.

    The first baseline becomes the original too and stays the original ever after. All or none.
    Raises ``ValidationError`` where no approving decision is named.
    """
    if decision is None or not Decision.objects.authorising().filter(pk=decision.pk).exists():
        raise ValidationError({"decision": "Re-baselining names a decision of the register that approves it."})
    moved = list(activities)
    if not moved:
        raise ValidationError({"activities": "Choose at least one activity or milestone."})
    for one in moved:
        one.approved_start, one.approved_finish = one.forecast_start, one.forecast_finish
        if one.original_finish is None:
            one.original_start, one.original_finish = one.forecast_start, one.forecast_finish
        one.baseline_decision = decision
    Activity.objects.bulk_record(moved, by=by, reason=reason)
    return moved


@transaction.atomic
def withdraw(activity: Activity, *, by: User, reason: str) -> Activity:
    """Takes an activity out of the plan, and its dependencies with it."""
    links = [*activity.predecessor_links.live(), *activity.successor_links.live()]
    for link in links:
        link.withdraw(by=by, reason=reason)
    return activity.withdraw(by=by, reason=reason)


def _check_actuals(facts: dict[str, Any]) -> None:
    """What has happened cannot lie in the future."""
    late = {
        field: "An actual date cannot be in the future."
        for field in ("actual_start", "actual_finish")
        if facts.get(field) and facts[field] > calendar.today()
    }
    if late:
        raise ValidationError(late)

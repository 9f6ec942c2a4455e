"""Dependencies between activities and milestones: link, change the lag, unlink."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import connection, transaction

from programme.people.models import User

from .. import dependencies as rules
from ..models import Activity, Dependency


@transaction.atomic
def link(
    *, predecessor: Activity, successor: Activity, kind: str, lag: int, by: User, reason: str
) -> Dependency:
    """Makes ``successor`` wait for ``predecessor``; ``lag`` is in working days, a lead negative.

    Raises ``ValidationError`` that names the circle when the two would come to wait for each other.
    """
    if predecessor.withdrawn or successor.withdrawn:
        raise ValidationError("What was withdrawn from the plan cannot be linked.")
    _hold_the_network()
    new = Dependency(predecessor=predecessor, successor=successor, kind=kind, lag=lag)
    _refuse_cycle(new, by)
    return new.record(by=by, reason=reason)


def change_lag(dependency: Dependency, *, lag: int, by: User, reason: str) -> Dependency:
    """Changes the lag or lead, in working days. Raises ``ValidationError`` or ``Stale``."""
    if dependency.withdrawn:
        raise ValidationError("This dependency was removed.")
    dependency.lag = lag
    return dependency.record(by=by, reason=reason)


def unlink(dependency: Dependency, *, by: User, reason: str) -> Dependency:
    """Withdraws a dependency; it stays in history."""
    if dependency.withdrawn:
        raise ValidationError("This dependency was removed already.")
    return dependency.withdraw(by=by, reason=reason)


def _hold_the_network() -> None:
    """One at a time: two links that close a circle only together must not be checked side by side.

    SQLite's immediate transactions already let only one writer in.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {Dependency._meta.db_table} IN SHARE ROW EXCLUSIVE MODE")


def _refuse_cycle(new: Dependency, by: User) -> None:
    """Names the circle, but not what in it ``by`` may not see."""
    rows = Dependency.objects.live().values_list("predecessor_id", "successor_id")
    links = [rules.Dependency(before, after) for before, after in rows]
    links.append(rules.Dependency(new.predecessor_id, new.successor_id))
    circle = rules.find_cycle(links)
    if circle:
        names = {one.pk: str(one) for one in Activity.objects.visible_to(by).filter(pk__in=circle)}
        steps = " → ".join(names.get(key, "work that you may not see") for key in circle)
        raise ValidationError(f"These would wait for each other in a circle: {steps}.")

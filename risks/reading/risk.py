"""A risk with what hangs on it, as one reader may see it, now or as it stood on a day."""

from __future__ import annotations

import datetime
from typing import Any

from django.db.models import prefetch_related_objects

from programme.people.choices import ScopeKind
from programme.people.models import Scope, User
from programme.people.readable_history import readable_at
from programme.plan.models import Activity
from programme.portfolio.models import Decision

from ..models import Acceptance, Issue, Review, Risk, RiskAction, RiskContributor, RiskMilestone
from .listed import UNKNOWN_PLACE
from .scores import written


def stood(rows: Any, day: datetime.date | None) -> list[Any]:
    """The live rows; or those that were live at the end of ``day``, as they stood."""
    if day is None:
        return list(rows.live())
    return sorted((one for one in rows.as_at(day) if not one.withdrawn), key=lambda one: one.pk)


def settle_category(risk: Risk, day: datetime.date | None) -> None:
    """Gives a risk of a past day its category with the appetite of that day."""
    if day is not None and risk.category is not None:
        risk.category = risk.category.as_at(day) or risk.category


def actions_of(risk: Risk, user: User, day: datetime.date | None = None) -> list[RiskAction]:
    """What is not done first, the soonest first."""
    found = stood(RiskAction.objects.visible_to(user).filter(risk=risk.pk), day)
    prefetch_related_objects(found, "owner__profile")
    for one in found:
        one.risk = risk
    return sorted(found, key=lambda one: (one.done_on is not None, one.due, one.pk))


def acceptance_of(risk: Risk, user: User, day: datetime.date | None = None) -> Acceptance | None:
    """The acceptance that nothing has ended; it may have expired."""
    rows = stood(Acceptance.objects.visible_to(user).filter(risk=risk.pk), day)
    found = [one for one in rows if one.ended_on is None]
    prefetch_related_objects(found, "accepted_by__profile")
    return found[0] if found else None


def decision_of(record: Any, user: User) -> dict[str, str] | None:
    """The decision that a record names, with its address where the reader may know of it."""
    if record.decision_id is None:
        return None
    found = Decision.objects.visible_to(user).filter(pk=record.decision_id).first()
    if found is None:
        return {"value": "A decision that you may not read"}
    return {"value": f"{found}: {found.question}", "url": found.get_absolute_url()}


def contributors_of(risk: Risk, user: User, day: datetime.date | None = None) -> list[User]:
    rows = stood(RiskContributor.objects.visible_to(user).filter(risk=risk.pk), day)
    people = User.objects.in_bulk([one.person_id for one in rows])
    return [people[one.person_id] for one in rows]


def milestones_of(risk: Risk, user: User, day: datetime.date | None = None) -> list[Activity]:
    """The milestones it threatens that the reader may see, soonest first, with their dates of then."""
    rows = stood(RiskMilestone.objects.visible_to(user).filter(risk=risk.pk), day)
    activities = Activity.objects.visible_to(user).filter(pk__in=[one.activity_id for one in rows])
    known = list(activities) if day is None else activities.as_at(day)
    prefetch_related_objects(known, "project")
    seen = [one for one in known if day is None or one.stood_visible_to(user)]
    return sorted(seen, key=lambda one: (one.latest_finish, one.ref))


def issues_of(risk: Risk, user: User, day: datetime.date | None = None) -> list[Issue]:
    """The issues it became; at a past day the stricter holds of what was exempt then and is now."""
    found = stood(Issue.objects.visible_to(user).filter(risk=risk.pk), day)
    return [one for one in found if day is None or one.stood_visible_to(user)]


def reviews_of(risk: Risk, user: User, day: datetime.date | None = None) -> list[Review]:
    """Its reviews, oldest first; none of a time when the risk was kept from the reader."""
    rows = Review.objects.visible_to(user).filter(risk=risk.pk).select_related("reviewer__profile")
    found = list(written(rows).order_by("reviewed_on", "pk"))
    if day is not None:
        found = [one for one in found if one.reviewed_on <= day]
    readable = readable_at(risk, user)
    return [one for one in found if readable(one.written)]


def place_of(scope: Scope, user: User) -> dict[str, str]:
    """The place in words with its address; a project that is kept from the reader is not named."""
    if not Scope.objects.visible_to(user).filter(pk=scope.pk).exists():
        return {"value": UNKNOWN_PLACE}
    addresses = {
        ScopeKind.PROJECT: f"/projects/{scope.key.upper()}/",
        ScopeKind.WORKSTREAM: f"/workstreams/{scope.key}/",
    }
    return {"value": scope.name, "url": addresses.get(ScopeKind(scope.kind), "/programme/")}

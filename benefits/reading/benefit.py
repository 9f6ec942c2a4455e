"""A benefit with what hangs on it, as one reader may see it, now or as it stood on a day."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, prefetch_related_objects

from programme.people.choices import ScopeKind
from programme.people.models import Scope, User
from programme.performance.models import Measure
from programme.plan.models import Activity
from programme.portfolio.models import Decision, Workstream

from ..models import Benefit, BenefitLine, BenefitShare, Claim, EnablingMilestone, LineReference
from .delivered import Delivered, by_line
from .line_profiles import UNKNOWN, LineProfiles, profiles_of

NOBODY_TOLD = "that you may not read"


@dataclass(frozen=True)
class LineCard:
    """One line with its profiles, what was claimed and verified, and the posts and contracts one may see."""

    line: BenefitLine
    profiles: LineProfiles
    delivered: Delivered
    references: tuple[LineReference, ...]
    decisions: dict[int, Decision]


def stood(rows: Any, day: datetime.date | None) -> list[Any]:
    """The live rows; or those that were live at the end of ``day``, as they stood."""
    if day is None:
        return list(rows.live())
    return sorted((one for one in rows.as_at(day) if not one.withdrawn), key=lambda one: one.pk)


def lines_of(benefit: Benefit, user: User, day: datetime.date | None = None) -> list[BenefitLine]:
    """Its lines in order; at a past day the stricter holds of what was exempt then and is now."""
    rows = BenefitLine.objects.visible_to(user).filter(benefit_id=benefit.pk)
    lines = stood(rows, day)
    for one in lines:
        one.benefit = benefit
        if one.scope_id == benefit.scope_id:
            one.scope = benefit.scope
    prefetch_related_objects(lines, "confirmed_by__profile", "forecast_confirmed_by__profile")
    lines = [one for one in lines if day is None or one.stood_visible_to(user)]
    return sorted(lines, key=lambda one: (one.position, one.pk))


def cards_of(lines: list[BenefitLine], user: User, day: datetime.date | None = None) -> list[LineCard]:
    """The lines with all that is known of them. Five queries, however many lines; eight for a past day."""
    keys = [one.pk for one in lines]
    profiles = profiles_of(keys, user, day)
    delivered = by_line(user, day, line__in=keys)
    references: dict[int, list[LineReference]] = {}
    for one in stood(LineReference.objects.visible_to(user).filter(line__in=keys), day):
        references.setdefault(one.line_id, []).append(one)
    named = {key for one in profiles.values() for key in one.decisions.values()}
    decisions = {one.pk: one for one in Decision.objects.visible_to(user).filter(pk__in=named)}
    return [
        LineCard(
            line,
            profiles.get(line.pk, UNKNOWN),
            delivered.get(line.pk, Delivered()),
            tuple(references.get(line.pk, ())),
            decisions,
        )
        for line in lines
    ]


def shares_of(benefit: Benefit, user: User, day: datetime.date | None = None) -> list[BenefitShare]:
    """In the order of the workstreams."""
    shares = stood(BenefitShare.objects.visible_to(user).filter(benefit_id=benefit.pk), day)
    names = Workstream.objects.visible_to(user).in_bulk([one.workstream_id for one in shares])
    for one in shares:
        one.workstream = names[one.workstream_id]
    return sorted(shares, key=lambda one: one.workstream.position)


def workstream_of(benefit: Benefit, user: User) -> Workstream | None:
    """The workstream of its home, for which all of it counts while nobody shared it out; none for the
    programme's own. A project that is kept from the reader does not say where it lies.
    """
    scope = benefit.scope
    known = Exists(Scope.objects.visible_to(user).filter(pk=scope.pk))
    place = scope.parent_id if scope.kind == ScopeKind.PROJECT else scope.pk
    return Workstream.objects.visible_to(user).filter(known, scope=place).first()


def milestones_of(
    benefit: Benefit, user: User, day: datetime.date | None = None
) -> list[tuple[EnablingMilestone, Activity]]:
    """The enabling milestones that the reader may see, soonest first, with their dates of then."""
    rows = stood(EnablingMilestone.objects.visible_to(user).filter(benefit_id=benefit.pk), day)
    activities = Activity.objects.visible_to(user).filter(pk__in=[one.activity_id for one in rows])
    known = list(activities) if day is None else activities.as_at(day)
    prefetch_related_objects(known, "project")
    seen = {one.pk: one for one in known if day is None or one.stood_visible_to(user)}
    found = [(one, seen[one.activity_id]) for one in rows if one.activity_id in seen]
    return sorted(found, key=lambda pair: (pair[1].latest_finish, pair[1].ref))


def claims_of(benefit: Benefit, user: User, day: datetime.date | None = None) -> list[Claim]:
    """All claims of its lines, the newest first: also of lines that are withdrawn."""
    rows = Claim.objects.visible_to(user).filter(line__benefit=benefit.pk)
    claims = stood(rows, day)
    prefetch_related_objects(claims, "line")
    return sorted(claims, key=lambda one: one.ref, reverse=True)


def home_of(benefit: Benefit, user: User) -> dict[str, str]:
    """The home in words with its address; a project that is kept from the reader is not named."""
    scope = benefit.scope
    if not Scope.objects.visible_to(user).filter(pk=scope.pk).exists():
        return {"value": f"A project {NOBODY_TOLD}"}
    addresses = {
        ScopeKind.PROJECT: f"/projects/{scope.key.upper()}/",
        ScopeKind.WORKSTREAM: f"/workstreams/{scope.key}/",
    }
    return {"value": scope.name, "url": addresses.get(ScopeKind(scope.kind), "/programme/")}


def measure_of(benefit: Benefit, user: User, day: datetime.date | None = None) -> Measure | None:
    """The measure, if the reader may see it, as it is or as it stood."""
    rows = Measure.objects.visible_to(user).filter(pk=benefit.measure_id)
    if day is None:
        return rows.live().first()
    return next((one for one in rows.as_at(day) if one.stood_visible_to(user)), None)


def decision_words(key: int | None, decisions: dict[int, Decision]) -> str:
    """The decision behind an amount; empty where none was named."""
    if key is None:
        return ""
    found = decisions.get(key)
    return str(found) if found else f"A decision {NOBODY_TOLD}"

"""The savings line by line at one moment, for a pack: as one reader may see them, now or on a past day.

Pounds throughout.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db.models import prefetch_related_objects

from programme.foundation import calendar
from programme.foundation.money import FinancialYear, Profile
from programme.people.choices import ScopeKind
from programme.people.models import User

from ..choices import AmountKind
from ..models import Benefit, BenefitLine
from ..rules import gap
from ..rules.sharing import apportion
from ..rules.suppression import Suppression
from ..rules.totals import CLAIMED, VERIFIED, Axis, Entry
from . import delivered
from .counted_claims import CountedClaim, counted_claims
from .delivered import NOTHING, Delivered
from .line_profiles import UNKNOWN, LineProfiles, profiles_of
from .outlook import Asked, Outlook, outlook
from .savings import Reading
from .sums import GAP_SIDES, Places, kind_of
from .withholding import Source, readable


@dataclass(frozen=True)
class StatedLine:
    """One line with all that is known of its amounts. ``status`` and ``owner`` are its benefit's.

    ``forecast_source`` is None where there is no forecast, or it comes from where the line comes from.
    """

    benefit: int
    ref: str
    name: str
    home: str
    owner: str
    status: str
    category: str
    kind: str
    deliverability: str
    frequency: str
    not_quantified_because: str
    workstreams: dict[str, Decimal]
    profiles: LineProfiles
    delivered: Delivered
    exempt: str
    source: Source
    forecast_source: Source | None


@dataclass(frozen=True)
class SavingsStatement:
    """Every line the reader may see; ``withheld`` is the sentence for the rest, ``begun`` this year."""

    lines: tuple[StatedLine, ...]
    claims: tuple[CountedClaim, ...]
    places: Places
    begun: FinancialYear
    withheld: str

    def along(self, axis: Axis) -> Outlook:
        """How these savings stand along one axis, as the savings page has them."""
        return outlook(self._reading, Asked(axis=axis))

    @cached_property
    def _reading(self) -> Reading:
        entries, nobody = _entries(self.lines), Suppression((), 0)
        return Reading(entries, entries, nobody, self.withheld, self.places, self.begun)


def savings_statement(user: User, day: datetime.date | None = None) -> SavingsStatement:
    """The savings that ``user`` may see, now or at the end of ``day``. Fifteen queries, more in the past."""
    lines, withheld = readable(BenefitLine, user, day)
    keys = [line.pk for line in lines]
    prefetch_related_objects(lines, "forecast_confirmed_by__profile")
    benefits = _benefits(keys, user, day)
    profiles, claimed = profiles_of(keys, user, day), delivered.by_line(user, day)
    places = Places.read(day)
    stated = []
    for line in sorted(lines, key=lambda one: one.ref):
        if benefit := benefits.get(line.pk):
            known = profiles.get(line.pk, UNKNOWN), claimed.get(line.pk, NOTHING)
            stated.append(_stated(line, benefit, places, *known))
    begun = FinancialYear.of(day or calendar.today())
    shown = {line.pk: line for line in lines if line.pk in benefits}
    return SavingsStatement(tuple(stated), counted_claims(user, shown, day), places, begun, withheld)


def _benefits(lines: list[int], user: User, day: datetime.date | None) -> dict[int, Benefit]:
    """The benefit of each line, as it stood, by the number of the line. A line is its benefit's for life."""
    belongs = dict(BenefitLine.objects.filter(pk__in=lines).values_list("pk", "benefit"))
    seen = Benefit.objects.visible_to(user).select_related("owner__profile", "scope__parent")
    found = seen.live() if day is None else [one for one in seen.as_at(day) if not one.withdrawn]
    known = {one.pk: one for one in found}
    return {line: known[benefit] for line, benefit in belongs.items() if benefit in known}


def _stated(
    line: Any, benefit: Benefit, places: Places, profiles: LineProfiles, claimed: Delivered
) -> StatedLine:
    return StatedLine(
        benefit=benefit.pk,
        ref=line.ref,
        name=line.name,
        home=benefit.scope.name,
        owner=str(benefit.owner or ""),
        status=benefit.status_words,
        category=line.category,
        kind=line.kind,
        deliverability=line.deliverability,
        frequency=line.frequency,
        not_quantified_because=line.not_quantified_because,
        workstreams=places.of(benefit.pk, _workstream(benefit)),
        profiles=profiles,
        delivered=claimed,
        exempt=line.exempt_words,
        source=Source.of(line),
        forecast_source=Source.of_own_forecast(line) if profiles.forecast else None,
    )


def _workstream(benefit: Benefit) -> int | None:
    """The number of the workstream's scope at which the benefit lies; None for the programme's own."""
    scope = benefit.scope
    if scope.kind == ScopeKind.PROGRAMME:
        return None
    return scope.pk if scope.kind == ScopeKind.WORKSTREAM else scope.parent_id


def _entries(lines: Iterable[StatedLine]) -> tuple[Entry, ...]:
    """The sums of lines that are alike in every respect, as the savings page has them from the database."""
    found: dict[tuple[Any, ...], Decimal] = {}
    for line in lines:
        kind = kind_of(line.category, line.kind)
        alike = (line.category, kind, line.deliverability, line.frequency)
        for profile, amounts in _profiles(line):
            for year, amount in amounts.items():
                for workstream, part in apportion(amount, line.workstreams).items():
                    key = (profile, year, *alike, workstream)
                    found[key] = found.get(key, Decimal(0)) + part
    return tuple(Entry(*parts) for parts in ((*key, amount) for key, amount in found.items()))


def _profiles(line: StatedLine) -> Iterator[tuple[str, Profile]]:
    """What is counted of a line, by the names that entries go by; the gap where both its sides are known."""
    known = line.profiles
    yield AmountKind.APPROVED.value, known.approved
    yield AmountKind.FORECAST.value, known.forecast
    yield CLAIMED, line.delivered.claimed
    yield VERIFIED, line.delivered.verified
    if known.first and known.forecast:
        yield GAP_SIDES[AmountKind.ORIGINAL.value], known.first
        yield GAP_SIDES[AmountKind.FORECAST.value], known.forecast
    for part in known.parts:
        yield part.kind, gap.by_year([part])

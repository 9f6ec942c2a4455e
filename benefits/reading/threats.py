"""Which risks threaten a benefit, and which benefits a risk threatens, as one reader may know of them."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import prefetch_related_objects

from programme.people.choices import Classification
from programme.people.classification import Classified
from programme.people.models import User
from risks.models import Risk

from ..models import Benefit, Threat
from .benefit import stood


@dataclass(frozen=True)
class Threatening:
    """A risk that threatens the benefit, as it stands or stood, and what it would take."""

    link: Threat
    risk: Risk


@dataclass(frozen=True)
class Threatened:
    """A benefit that the risk threatens, as it stands or stood, and what it would lose."""

    link: Threat
    benefit: Benefit


def threats_to(benefit: Benefit, user: User, day: datetime.date | None = None) -> list[Threatening]:
    """The highest score first, what is not yet scored last; withdrawn risks are left out.

    One query; for a past day a few, however many risks.
    """
    rows = Threat.objects.visible_to(user).filter(benefit_id=benefit.pk)
    if day is None:
        found = [Threatening(one, one.risk) for one in rows.live().select_related("risk")]
    else:
        links = stood(rows, day)
        then = Risk.objects.filter(pk__in=[one.risk_id for one in links]).as_at(day)
        _places_of_exempt(then)
        seen = {one.pk: one for one in then if one.stood_visible_to(user)}
        found = [Threatening(one, seen[one.risk_id]) for one in links if one.risk_id in seen]
    return sorted((one for one in found if not one.risk.withdrawn), key=_highest_first)


def benefits_threatened_by(risk: Risk, user: User, day: datetime.date | None = None) -> list[Threatened]:
    """In the order of the register of benefits; withdrawn ones are left out.

    One query; for a past day a few, however many benefits.
    """
    rows = Threat.objects.visible_to(user).filter(risk_id=risk.pk)
    if day is None:
        found = [Threatened(one, one.benefit) for one in rows.live().select_related("benefit")]
    else:
        links = stood(rows, day)
        then = Benefit.objects.filter(pk__in=[one.benefit_id for one in links]).as_at(day)
        _places_of_exempt(then)
        seen = {one.pk: one for one in then if one.stood_visible_to(user)}
        found = [Threatened(one, seen[one.benefit_id]) for one in links if one.benefit_id in seen]
    living = (one for one in found if not one.benefit.withdrawn)
    return sorted(living, key=lambda one: (one.benefit.position, one.benefit.ref))


def _highest_first(one: Threatening) -> tuple[int, int]:
    score = one.risk.current
    return (-score.value if score else 0, one.risk.pk)


def _places_of_exempt(records: Sequence[Classified]) -> None:
    """Only whether somebody may read what is exempt depends on where it lies."""
    exempt = [one for one in records if one.classification == Classification.EXEMPT]
    prefetch_related_objects(exempt, "scope__parent__parent")

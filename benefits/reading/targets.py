"""What the council said it would save: as stated, each with its place, never mixed with computed figures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from programme.foundation.money import millions
from programme.people.models import User

from ..choices import Measure
from ..models import StatedFigure
from .headlines import Headline, headline

COVERS = "target"


@dataclass(frozen=True)
class Target:
    """The least the programme is to save, and what else is stated as its target."""

    minimum: Headline | None
    others: tuple[Headline, ...]

    @property
    def as_figure(self) -> dict[str, Any]:
        first = self.minimum or self.others[0]
        others = [f"{millions(one.amount)} in {one.source.place}" for one in self.others if one is not first]
        least = "at least, a year; as stated" if self.minimum else "a year; as stated"
        meaning = f"{least}. Also stated: {', '.join(others)}" if others else least
        return {
            "label": "Target, as stated",
            "value": millions(first.amount),
            "meaning": meaning,
            "source": first.source,
        }


def target_for(user: User) -> Target | None:
    """The stated targets that ``user`` may see; None where there are none. One query."""
    rows = (
        StatedFigure.objects.visible_to(user)
        .live()
        .filter(measure__in=[Measure.MINIMUM_SAVINGS, Measure.ANNUAL_SAVINGS], amount__isnull=False)
        .select_related("confirmed_by__profile")
    )
    least = [headline(one) for one in rows if one.measure == Measure.MINIMUM_SAVINGS]
    others = [headline(one) for one in rows if one.measure == Measure.ANNUAL_SAVINGS and one.covers == COVERS]
    return Target(least[0] if least else None, tuple(others)) if least or others else None

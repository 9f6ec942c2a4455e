"""Profiles of lines by year, with the parts of their gap, read for many lines at once. Pounds."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from programme.foundation.money import FinancialYear, Profile
from programme.people.models import User

from ..choices import AmountKind
from ..models import BenefitAmount, BenefitLine, GapPart
from ..rules import gap
from ..rules.gap import Part


@dataclass(frozen=True)
class LineProfiles:
    """What a line was first approved to bring, is approved and forecast to bring; empty is unknown.

    ``decisions`` are the numbers of the decisions behind the approved amounts, by year.
    """

    original: Profile = field(default_factory=Profile)
    approved: Profile = field(default_factory=Profile)
    forecast: Profile = field(default_factory=Profile)
    parts: tuple[Part, ...] = ()
    decisions: Mapping[FinancialYear, int] = field(default_factory=dict)

    @property
    def first(self) -> Profile:
        """What was approved first: as long as nothing was approved anew, what is approved."""
        return self.original or self.approved

    @property
    def gap(self) -> Profile:
        return gap.gap(self.first, self.forecast)

    @property
    def years(self) -> list[FinancialYear]:
        return sorted({*self.original, *self.approved, *self.forecast})


UNKNOWN = LineProfiles()


def profiles_of(
    lines: Collection[int], user: User, day: datetime.date | None = None
) -> dict[int, LineProfiles]:
    """By the number of the line, as ``user`` may see them, now or as they stood at the end of ``day``.

    Two queries, however many lines.
    """
    amounts = BenefitAmount.objects.visible_to(user).filter(line__in=lines)
    parts = GapPart.objects.visible_to(user).filter(line__in=lines)
    return _gathered(_stood(amounts, day), _stood(parts, day))


def profiles_now(line: BenefitLine) -> LineProfiles:
    """One line's, for an action that changes them: whoever may change a line may read it."""
    rows = BenefitAmount.objects.live().filter(line=line), GapPart.objects.live().filter(line=line)
    return _gathered(*map(list, rows)).get(line.pk, UNKNOWN)


def _stood(rows: Any, day: datetime.date | None) -> list[Any]:
    if day is None:
        return list(rows.live())
    return [one for one in rows.as_at(day) if not one.withdrawn]


def _gathered(amounts: list[Any], parts: list[Any]) -> dict[int, LineProfiles]:
    sums: dict[int, dict[str, dict[FinancialYear, Decimal]]] = {}
    decisions: dict[int, dict[FinancialYear, int]] = {}
    for one in amounts:
        sums.setdefault(one.line_id, {}).setdefault(one.kind, {})[one.year] = one.amount
        if one.kind == AmountKind.APPROVED and one.decision_id:
            decisions.setdefault(one.line_id, {})[one.year] = one.decision_id
    found: dict[int, list[Part]] = {}
    for one in sorted(parts, key=lambda one: (one.from_year, one.pk)):
        part = Part(one.kind, one.from_year, one.amount, one.to_year, one.reason)
        found.setdefault(one.line_id, []).append(part)
    return {
        line: LineProfiles(
            **{kind: Profile(sums.get(line, {}).get(kind, {})) for kind in AmountKind.values},
            parts=tuple(found.get(line, ())),
            decisions=decisions.get(line, {}),
        )
        for line in {*sums, *found}
    }

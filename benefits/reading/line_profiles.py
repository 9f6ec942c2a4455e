"""Profiles of lines by year, with the parts of their gap, read for many lines at once. Pounds."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from operator import attrgetter, itemgetter
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
    return _gathered(_stood(amounts, day, AMOUNT), _stood(parts, day, PART))


def profiles_now(line: BenefitLine) -> LineProfiles:
    """One line's, for an action that changes them: whoever may change a line may read it."""
    amounts, parts = (model.objects.filter(line=line) for model in (BenefitAmount, GapPart))
    return _gathered(_stood(amounts, None, AMOUNT), _stood(parts, None, PART)).get(line.pk, UNKNOWN)


# The columns that are read of the two, in the order in which they are gathered.
AMOUNT = ("line_id", "kind", "year", "amount", "decision_id")
PART = ("from_year", "pk", "line_id", "kind", "amount", "to_year", "reason")


def _stood(rows: Any, day: datetime.date | None, columns: tuple[str, ...]) -> list[Any]:
    if day is None:
        return list(rows.live().values_list(*columns))
    return list(map(attrgetter(*columns), (one for one in rows.as_at(day) if not one.withdrawn)))


def _gathered(amounts: list[Any], parts: list[Any]) -> dict[int, LineProfiles]:
    sums: dict[int, dict[str, dict[FinancialYear, Decimal]]] = {}
    decisions: dict[int, dict[FinancialYear, int]] = {}
    for line, kind, year, amount, decision in amounts:
        sums.setdefault(line, {}).setdefault(kind, {})[year] = amount
        if kind == AmountKind.APPROVED and decision:
            decisions.setdefault(line, {})[year] = decision
    found: dict[int, list[Part]] = {}
    for from_year, _, line, kind, amount, to_year, reason in sorted(parts, key=itemgetter(0, 1)):
        found.setdefault(line, []).append(Part(kind, from_year, amount, to_year, reason))
    return {
        line: LineProfiles(
            **{kind: Profile(sums.get(line, {}).get(kind, {})) for kind in AmountKind.values},
            parts=tuple(found.get(line, ())),
            decisions=decisions.get(line, {}),
        )
        for line in {*sums, *found}
    }

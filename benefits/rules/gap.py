"""What became of the difference between what was first approved and what is forecast. Pure; pounds.

The gap of a year is its forecast less what was approved first. It is made up of typed parts that sum to it in
every year: *re-approved* (what later decisions moved), *slipped* (left one year, came in another, nets to
zero), *lost* and *exceeded*. Source: the domain's "Benefits".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from programme.foundation.money import FinancialYear, Profile, pounds

from ..choices import GapKind

NOUGHT = Decimal(0)
Amounts = Mapping[FinancialYear, Decimal]


@dataclass(frozen=True)
class Part:
    """``amount`` is what ``from_year`` gains (negative: loses); ``to_year`` gets it with the other sign."""

    kind: str
    from_year: FinancialYear
    amount: Decimal
    to_year: FinancialYear | None = None
    reason: str = ""

    @property
    def words(self) -> str:
        """Such as "£50,000 slipped from 2023/24 to 2024/25"."""
        size, year = pounds(abs(self.amount)), self.from_year
        if self.kind == GapKind.SLIPPED and self.to_year:
            left, came = (year, self.to_year) if self.amount < 0 else (self.to_year, year)
            verb = "slipped" if left < came else "came forward"
            return f"{size} {verb} from {left} to {came}"
        if self.kind == GapKind.RE_APPROVED:
            return f"{size} {'less' if self.amount < 0 else 'more'} approved since for {year}"
        return f"{size} {'lost in' if self.kind == GapKind.LOST else 'more than approved in'} {year}"


def gap(first: Amounts, forecast: Amounts) -> Profile:
    """Forecast less first approved, in each year that differs. Unknown, so empty, where either is unknown.

    A year that one of two known profiles does not have counts as nothing in it.
    """
    return _less(forecast, first) if first and forecast else Profile()


def by_year(parts: Iterable[Part]) -> Profile:
    """What the parts come to in each year."""
    sums: dict[FinancialYear, Decimal] = {}
    for one in parts:
        sums[one.from_year] = sums.get(one.from_year, NOUGHT) + one.amount
        if one.to_year is not None:
            sums[one.to_year] = sums.get(one.to_year, NOUGHT) - one.amount
    return Profile(sums)


def proposed(first: Amounts, approved: Amounts, forecast: Amounts) -> tuple[Part, ...]:
    """The parts that the profiles themselves suggest; they sum to the gap in every year.

    What was re-approved is known. Of the rest, what one year lost and a later year gained is taken to have
    slipped, the earliest first; then what a sooner year gained to have come forward; and what is left to be
    lost or exceeded.
    """
    if not first or not forecast:
        return ()
    current = approved or first
    parts = [Part(GapKind.RE_APPROVED, year, amount) for year, amount in _less(current, first).items()]
    left = dict(_less(forecast, current))
    for later in (True, False):
        parts += _slips(left, later=later)
    for year, amount in sorted(left.items()):
        if amount:
            parts.append(Part(GapKind.LOST if amount < 0 else GapKind.EXCEEDED, year, amount))
    return tuple(parts)


def problem(parts: Sequence[Part], *, first: Amounts, approved: Amounts, forecast: Amounts) -> str:
    """Why these parts do not explain the gap, in a sentence; empty where they do."""
    for one in parts:
        if words := _nonsense(one):
            return words
    moved = _less(approved or first, first) if first and forecast else Profile()
    said = by_year(one for one in parts if one.kind == GapKind.RE_APPROVED)
    for year, amount in _less(said, moved).items():
        return (
            f"In {year} decisions moved what is approved by {pounds(moved.get(year, NOUGHT))}; "
            f"re-approved parts come to {pounds(moved.get(year, NOUGHT) + amount)}."
        )
    wanted, said = gap(first, forecast), by_year(parts)
    for year in _less(said, wanted):
        return (
            f"In {year} the forecast differs from what was first approved by "
            f"{pounds(wanted.get(year, NOUGHT))}; these parts come to {pounds(said.get(year, NOUGHT))}."
        )
    return ""


def renewed(
    parts: Sequence[Part], *, first: Amounts, approved: Amounts, forecast: Amounts
) -> tuple[Part, ...]:
    """The parts after the profiles moved: as they are where they still explain the gap, else proposed anew.

    What was said about a part stays with its successor of the same kind and years.
    """
    if not problem(parts, first=first, approved=approved, forecast=forecast):
        return tuple(parts)
    said = {(one.kind, one.from_year, one.to_year): one.reason for one in parts}
    return tuple(
        replace(one, reason=said.get((one.kind, one.from_year, one.to_year), ""))
        for one in proposed(first, approved, forecast)
    )


def _less(left: Amounts, right: Amounts) -> Profile:
    """``left`` less ``right`` in each year where they differ."""
    found = {year: left.get(year, NOUGHT) - right.get(year, NOUGHT) for year in {*left, *right}}
    return Profile({year: amount for year, amount in found.items() if amount})


def _slips(left: dict[FinancialYear, Decimal], *, later: bool) -> list[Part]:
    """Takes out of ``left`` what one year lost and a later (or a sooner) one gained."""
    parts = []
    for lost in sorted(left):
        for gained in sorted(left):
            if left[lost] >= 0 or left[gained] <= 0 or (gained > lost) != later:
                continue
            moved = min(-left[lost], left[gained])
            left[lost] += moved
            left[gained] -= moved
            parts.append(Part(GapKind.SLIPPED, lost, -moved, gained))
    return parts


def _nonsense(part: Part) -> str:
    year = part.from_year
    if not part.amount:
        return f"A part of nothing explains nothing: leave out the one of {year}, or give its amount."
    if part.kind == GapKind.SLIPPED:
        if part.to_year is None or part.to_year == year:
            return f"What slipped from {year} must name another year that it moved to."
        return ""
    if part.to_year is not None:
        return f"Only what slipped moves to another year; {GapKind(part.kind).label.lower()} is of {year}."
    if part.kind == GapKind.LOST and part.amount > 0:
        return f"What was lost in {year} is less than approved: write it with a minus."
    if part.kind == GapKind.EXCEEDED and part.amount < 0:
        return f"What exceeded in {year} is more than approved: write it without a minus."
    return ""

"""From one figure to another by typed movements, and what they leave unexplained. Pounds throughout.

Two figures that both have years are bridged year by year; otherwise their totals are. A year that only one of
them has counts as nothing in the other, so that the years always come to the totals.
Source: the domain's "Reconciliation".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from functools import cached_property

from programme.foundation.money import FinancialYear, Profile, pounds, signed

Amounts = Decimal | Profile
Key = FinancialYear | None  # None: in total, without years
NOTHING = Decimal(0)


class Standing(Enum):
    """How a reconciliation stands; the value is what pages call it."""

    UNKNOWN = "Not known"
    OPEN = "Open"
    EXPLAINED = "Explained"
    SIGNED_OFF = "Signed off"


@dataclass(frozen=True)
class Step:
    """One movement of a bridge, in pounds; of one year where the figures have years."""

    kind: str
    amount: Decimal
    year: FinancialYear | None = None
    words: str = ""


@dataclass(frozen=True)
class Row:
    """One year of a bridge, or its total: where it starts, what moves it, what is left, where it ends."""

    key: Key
    start: Decimal
    moved: Decimal
    residual: Decimal
    end: Decimal

    @property
    def difference(self) -> Decimal:
        return self.end - self.start


@dataclass(frozen=True)
class Bridge:
    """Two figures and the movements between them."""

    start: Amounts
    end: Amounts
    steps: tuple[Step, ...] = ()

    @property
    def has_years(self) -> bool:
        return isinstance(self.start, Profile) and isinstance(self.end, Profile)

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """A row for each year that a figure or a movement has, in order; one in total where there are none.

        A movement that names no year between figures that have them stands in a row of its own, at the end.
        """
        if not isinstance(self.start, Profile) or not isinstance(self.end, Profile):
            return (self.total,)
        moved: dict[Key, Decimal] = {}
        for step in self.steps:
            moved[step.year] = moved.get(step.year, NOTHING) + step.amount
        years: list[Key] = sorted({*self.start, *self.end, *(year for year in moved if year)})
        keys = [*years, *([None] if None in moved else [])]
        return tuple(
            _row(key, _of(self.start, key), moved.get(key, NOTHING), _of(self.end, key)) for key in keys
        )

    @cached_property
    def total(self) -> Row:
        """All years together."""
        moved = sum((step.amount for step in self.steps), NOTHING)
        return _row(None, total_of(self.start), moved, total_of(self.end))

    @cached_property
    def residual(self) -> dict[Key, Decimal]:
        """What is left unexplained, by year or in total; only what is not nought."""
        return {row.key: row.residual for row in self.rows if row.residual}

    @property
    def is_explained(self) -> bool:
        """Only where nothing is left in any year: two errors that cancel out in total explain nothing."""
        return not self.residual


def _row(key: Key, start: Decimal, moved: Decimal, end: Decimal) -> Row:
    return Row(key, start, moved, end - start - moved, end)


def _of(amounts: Profile, key: Key) -> Decimal:
    return NOTHING if key is None else amounts.get(key, NOTHING)


def total_of(amounts: Amounts) -> Decimal:
    return amounts.total if isinstance(amounts, Profile) else amounts


def in_words(amounts: Amounts | None) -> str:
    """``£1,950,000``; of a profile its total, saying of which years."""
    if not isinstance(amounts, Profile):
        return pounds(amounts)
    years = list(amounts)
    span = f" over {years[0]} to {years[-1]}" if len(years) > 1 else f" in {years[0]}" if years else ""
    return f"{pounds(amounts.total)}{span}"


def with_sign(amount: Decimal) -> str:
    """``+£3,000``, ``−£3,000``, or ``nothing``."""
    return signed(amount) if amount else "nothing"


def residual_words(residual: Mapping[Key, Decimal]) -> str:
    """``+£3,000 in 2022/23, −£23,000 in 2023/24``; ``+£31,000`` without years; ``nothing``."""
    parts = [
        f"{with_sign(amount)} in {key}" if key else with_sign(amount) for key, amount in residual.items()
    ]
    return ", ".join(parts) or "nothing"


def bridge(start: Amounts | None, end: Amounts | None, steps: Iterable[Step] = ()) -> Bridge | None:
    """The bridge; None where a figure is not known, since then nothing can be said of what is left."""
    if start is None or end is None:
        return None
    return Bridge(start, end, tuple(steps))


def as_signed(found: Bridge) -> dict[str, int]:
    """What is left, as a sign-off keeps it: whole pence by year, ``""`` for what has no year."""
    return {str(key or ""): int(amount * 100) for key, amount in found.residual.items()}


def in_pounds(signed: Mapping[str, int]) -> Decimal:
    """The total of what a sign-off was given for."""
    return sum((Decimal(pence) for pence in signed.values()), NOTHING) / 100


def holds(signed: Mapping[str, int] | None, found: Bridge | None) -> bool:
    """Whether a sign-off still holds: only for the very residual that it was given for, in every year."""
    return signed is not None and found is not None and dict(signed) == as_signed(found)


def standing(found: Bridge | None, signed: Mapping[str, int] | None = None) -> Standing:
    """What is explained needs no sign-off; a sign-off of another residual leaves it open."""
    if found is None:
        return Standing.UNKNOWN
    if found.is_explained:
        return Standing.EXPLAINED
    return Standing.SIGNED_OFF if holds(signed, found) else Standing.OPEN


def refuse_step(has_years: bool, step: Step) -> str:
    """Why this movement cannot stand in a bridge, as a sentence; nothing where it can."""
    if not step.amount:
        return "A movement of nothing explains nothing: give an amount, with a minus where it takes away."
    if has_years and step.year is None:
        return "Both figures have years: say which year this movement is about."
    return ""

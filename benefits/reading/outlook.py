"""How savings stand, for one reader and one question: which lines, cut along which axis. Pounds."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from programme.foundation.money import FinancialYear

from ..choices import AmountKind, Frequency, GapKind
from ..rules import totals
from ..rules.breakdown import Breakdown, breakdown, shown
from ..rules.totals import PROFILE, Axis, Block, Entry, Slice
from .savings import Reading
from .sums import GAP_SIDES

CUTS = (Axis.YEAR, Axis.CATEGORY, Axis.WORKSTREAM, Axis.DELIVERABILITY, Axis.KIND)


@dataclass(frozen=True)
class Asked:
    """``chosen`` are the filters, as (axis, value); ``carried`` lets recurring savings run on."""

    axis: Axis = Axis.YEAR
    carried: bool = False
    chosen: tuple[tuple[Axis, str], ...] = ()

    @property
    def cut(self) -> Slice:
        cut: Slice = {}
        for axis, value in self.chosen:
            cut = totals.narrowed(cut, axis, [value])
        return cut


@dataclass(frozen=True)
class Standing:
    """What a block comes to once everything has begun: recurring a year, by its last year; one-off in all."""

    block: Block
    last: FinancialYear
    amounts: Breakdown

    def amount(self, profile: str, rating: str) -> Decimal | None:
        return self.amounts.total.amount(profile, rating) if self.amounts.total else None

    def together(self, profile: str) -> Decimal | None:
        """Whatever the rating: for what is delivered, which no rating makes less true."""
        known = [one for rating in self.block.ratings if (one := self.amount(profile, rating)) is not None]
        return sum(known, Decimal(0)) if known else None

    @property
    def lead(self) -> str:
        """The rating that is spoken of first: deliverable where any line is, else not rated."""
        return next(one for one in ("deliverable", "not_rated", "aspirational") if one in self.block.ratings)


@dataclass(frozen=True)
class GapYear:
    """One year from what was first approved to the forecast, whatever the rating. ``parts`` by kind."""

    year: FinancialYear
    first: Decimal | None
    parts: dict[str, Decimal]
    forecast: Decimal | None

    @property
    def unexplained(self) -> Decimal:
        """Nought where the parts account for the gap, or where one side is unknown."""
        if self.first is None and self.forecast is None:
            return Decimal(0)
        return (self.forecast or Decimal(0)) - (self.first or Decimal(0)) - sum(self.parts.values())


@dataclass(frozen=True)
class Gap:
    """A block's way from first approved to forecast; no years where nothing is classified."""

    block: Block
    years: tuple[GapYear, ...]

    @property
    def title(self) -> str:
        return f"{self.block.name}, {Frequency(self.block.frequency).label.lower()}"

    @property
    def kinds(self) -> list[str]:
        return [GapKind(kind).label for kind in self.years[0].parts]

    @property
    def has_rest(self) -> bool:
        return any(year.unexplained for year in self.years)


@dataclass(frozen=True)
class Outlook:
    """``parts`` are the blocks along the axis asked for, ``wholes`` the same with withheld lines in them."""

    asked: Asked
    parts: tuple[Breakdown, ...]
    wholes: tuple[Breakdown, ...]
    standings: tuple[Standing, ...]
    gaps: tuple[Gap, ...]
    withheld: str

    @property
    def headline(self) -> Standing | None:
        """Recurring savings that release cash, where there are any."""
        return next((one for one in self.standings if one.block.releases_cash and one.block.recurring), None)

    @property
    def once(self) -> Standing | None:
        """One-off savings that release cash."""
        return next(
            (one for one in self.standings if one.block.releases_cash and not one.block.recurring), None
        )


def outlook(reading: Reading, asked: Asked) -> Outlook:
    return reading.once(("outlook", asked), lambda: _outlook(reading, asked))


def _outlook(reading: Reading, asked: Asked) -> Outlook:
    own = totals.inside(asked.cut, reading.seen)
    amounts = [one for one in own if one.profile in PROFILE]
    blocks = totals.blocks(amounts)
    return Outlook(
        asked=asked,
        parts=tuple(
            breakdown(block, asked.axis, amounts, begun=reading.begun, carried=asked.carried)
            for block in blocks
        ),
        wholes=_wholes(reading, asked, blocks, amounts) if reading.withheld else (),
        standings=tuple(_standing(block, amounts, reading) for block in blocks),
        gaps=tuple(gap for block in blocks if (gap := _gap(block, own)).years),
        withheld=reading.withheld,
    )


def _wholes(
    reading: Reading, asked: Asked, blocks: tuple[Block, ...], seen: list[Entry]
) -> tuple[Breakdown, ...]:
    """What the rule lets this reader know of totals with withheld lines in them, beside the lines in view."""
    everything = [one for one in totals.inside(asked.cut, reading.whole) if one.profile in PROFILE]
    cut_along = partial(breakdown, axis=asked.axis, begun=reading.begun, carried=asked.carried)
    found = []
    for block in blocks:
        part = cut_along(block, entries=seen)
        whole = shown(cut_along(block, entries=everything), part, reading.rule, asked.cut)
        if any(row.cells for row in (*whole.rows, *([whole.total] if whole.total else []))):
            found.append(whole)
    return tuple(found)


def _standing(block: Block, entries: list[Entry], reading: Reading) -> Standing:
    by_year = breakdown(block, Axis.YEAR, entries, begun=reading.begun)
    return Standing(block, by_year.rows[-1].key, by_year)


def _gap(block: Block, entries: list[Entry]) -> Gap:
    """Of lines that have both sides; no years where they are the same."""
    wanted = {*GAP_SIDES.values(), *GapKind.values}
    own = [one for one in totals.inside(block.slice(), entries) if one.profile in wanted]
    sums = totals.sums(own, lambda one: (one.profile, one.year))
    kinds = [kind for kind in GapKind.values if any(profile == kind for profile, _ in sums)]
    years = [
        GapYear(
            year,
            sums.get((GAP_SIDES[AmountKind.ORIGINAL], year)),
            {kind: sums.get((kind, year), Decimal(0)) for kind in kinds},
            sums.get((GAP_SIDES[AmountKind.FORECAST], year)),
        )
        for year in totals.years(own)
    ]
    differ = any(year.unexplained or any(year.parts.values()) for year in years)
    return Gap(block, tuple(years) if differ else ())

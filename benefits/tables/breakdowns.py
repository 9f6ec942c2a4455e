"""A block of savings as a table: in thousands for the page, to the penny for a sheet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from programme.foundation import cells
from programme.foundation.money import thousands
from programme.foundation.workbook import Sheet

from ..choices import Category, Deliverability, Frequency, Kind
from ..filters.addresses import CASHABLE_ONLY, RUN_RATE, in_address
from ..rules import totals
from ..rules.breakdown import ALL, Breakdown, Row
from ..rules.totals import Axis

HEADINGS = {
    Axis.YEAR: "Year",
    Axis.CATEGORY: "Category",
    Axis.WORKSTREAM: "Workstream",
    Axis.DELIVERABILITY: "Deliverability",
    Axis.KIND: "Kind",
}
LABELS: dict[Axis, Any] = {
    Axis.CATEGORY: Category,
    Axis.DELIVERABILITY: Deliverability,
    Axis.KIND: Kind,
    Axis.FREQUENCY: Frequency,
}
SHORT = {
    "Deliverability": "Rating",
    "Cashable": "cash",
    "Cost avoidance": "avoided",
    "Efficiency without cash": "no cash",
}
UNKNOWN = "–"
ROUNDED = "Rounded rows do not always come to their total, which is summed before rounding."
UNIT = 1_000
REGISTER = "/benefits/list/"


@dataclass(frozen=True)
class BlockTable:
    """One block as the page shows it. ``last`` is the year by which everything has begun."""

    part: Breakdown
    names: Mapping[str, str]
    chosen: tuple[tuple[Axis, str], ...] = ()
    last: str = ""
    linked: bool = True

    @property
    def title(self) -> str:
        often = Frequency(self.part.block.frequency).label.lower()
        return f"{self.part.block.name}, {often}"

    @property
    def unit(self) -> str:
        if not self.part.block.recurring:
            return "£000, once"
        if self.part.axis is not Axis.YEAR:
            return f"£000 a year by {self.last}"
        return "£000 a year, running on" if self.part.carried else "£000 a year, new in each year"

    @property
    def heading(self) -> str:
        return HEADINGS[self.part.axis]

    @property
    def groups(self) -> list[dict[str, Any]]:
        """The ratings above their columns; none where they are the rows."""
        if self.part.ratings == (ALL,):
            return []
        span = len(self.part.profiles)
        return [{"label": Deliverability(one).label, "span": span} for one in self.part.ratings]

    @property
    def columns(self) -> list[str]:
        return [profile.capitalize() for _ in self.part.ratings for profile in self.part.profiles]

    @property
    def rows(self) -> Iterator[dict[str, Any]]:
        """Each row leads to its lines, but for totals that hold what the register may not list."""
        for row in self.part.rows:
            url = self._lines(row) if self.linked else ""
            yield {"label": self.label(row), "url": url, "cells": list(self._words(row))}

    @property
    def total(self) -> dict[str, Any] | None:
        if self.part.total is None or len(self.part.rows) < 2:
            return None
        return {"label": self.total_label, "cells": list(self._words(self.part.total))}

    @property
    def total_label(self) -> str:
        recurring = self.part.block.recurring and self.part.axis is Axis.YEAR
        return f"A year by {self.last}" if recurring else "Together"

    @property
    def note(self) -> str:
        total = self.part.total
        if total is None:
            return ""
        fits = (
            totals.add_up([row.cells.get(cell) for row in self.part.rows], amount, UNIT)
            for cell, amount in total.cells.items()
        )
        return "" if all(fits) else ROUNDED

    def label(self, row: Row) -> str:
        axis = self.part.axis
        if axis is Axis.WORKSTREAM:
            return self.names.get(row.key, row.key)
        return str(LABELS[axis](row.key).label) if axis in LABELS else str(row.key)

    def _cells(self, row: Row) -> Iterator[tuple[tuple[str, str], Decimal | None]]:
        for rating in self.part.ratings:
            for profile in self.part.profiles:
                yield (rating, profile), row.amount(profile, rating)

    def _words(self, row: Row) -> Iterator[str]:
        for _, amount in self._cells(row):
            yield UNKNOWN if amount is None else thousands(amount)

    @property
    def lines(self) -> str:
        """The register's address with the lines behind the block."""
        return f"{REGISTER}?{urlencode(self._query)}"

    @property
    def _query(self) -> dict[str, str]:
        block = self.part.block
        query = {axis.value: in_address(axis, value) for axis, value in self.chosen}
        query["frequency"] = block.frequency
        query.setdefault("kind", CASHABLE_ONLY if block.releases_cash else block.kinds[0])
        return query

    def _lines(self, row: Row) -> str:
        """The same of one row; of what runs on, all amounts up to its year."""
        query = self._query | {self.part.axis.value: in_address(self.part.axis, row.key)}
        if self.part.carried:
            query["basis"] = RUN_RATE
        return f"{REGISTER}?{urlencode(query)}"

    @property
    def sheet_title(self) -> str:
        """Short enough for a sheet's name, such as "Year, cash, recurring"."""
        heading = "Run-rate" if self.part.carried else SHORT.get(self.heading, self.heading)
        often = Frequency(self.part.block.frequency).label.lower()
        return f"{heading}, {SHORT[self.part.block.name]}, {often}"

    def sheet(self, title: str = "") -> Sheet:
        """The same table in pounds and pence; a sheet's header has one row, so each column says all."""
        names = [
            f"{Deliverability(rating).label}: {profile}" if rating else profile.capitalize()
            for rating in self.part.ratings
            for profile in self.part.profiles
        ]
        known = [[self.label(row), *(amount for _, amount in self._cells(row))] for row in self.part.rows]
        total = self.part.total
        sums = [self.total_label, *(amount for _, amount in self._cells(total))] if total else None
        return Sheet(
            title or self.sheet_title,
            (cells.Column(self.heading, width=36), *(cells.Column(name, "money", 24) for name in names)),
            known,
            caption=f"{self.title}: by {self.heading.lower()}, {self.unit.replace('£000', '£')}",
            note="An empty cell is unknown.",
            totals=sums,
        )

    def long_rows(self) -> Iterator[list[Any]]:
        """Table, row, rating, profile and pounds, one amount a row; only what is known."""
        for row in self.part.rows:
            for (rating, profile), amount in self._cells(row):
                if amount is not None:
                    rated = Deliverability(rating or row.key).label
                    named = f"{self.heading}: {self.label(row)}"
                    yield [self.title, named, rated, profile.capitalize(), amount]

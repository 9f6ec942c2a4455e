"""Tables and charts of a pack: amounts as whole pence, and drawings that are never made again."""

import base64
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from portal.packs.drawings import check_svg
from portal.packs.texts import InvalidPack, clean, iso_date, one_of, words
from programme.foundation.figures import Figure

COLUMN_KINDS = ("text", "money", "thousands", "number", "percent", "date")
PENCE_KINDS = ("money", "thousands", "millions")
DECIMAL = re.compile(r"-?\d{1,15}(\.\d{1,6})?\Z")
PENCE = re.compile(r"-?\d{1,17}\Z")
LONGEST_PRINTED = 1000
CHART_WIDTH, PHONE_WIDTH = 680, 340


def stored(kind: str, value: Any) -> str | None:
    """A Python value as a cell holds it: Decimal pounds become whole pence, a date its ISO form."""
    if value is None or (kind == "text" and type(value) is str):
        return value
    if isinstance(value, float):
        raise InvalidPack("A pack holds no floats: give Decimal pounds, an int or a string.")
    if kind in PENCE_KINDS and isinstance(value, Decimal | int):
        pence = Decimal(value) * 100
        if pence != pence.to_integral_value():
            raise InvalidPack(f"£{value} is not a whole number of pence.")
        return f"{pence:.0f}"
    if kind == "date" and isinstance(value, date):
        return value.isoformat()[:10]
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def check_cell(kind: str, value: str | None) -> str | None:
    """A stored value, cleaned. Raises InvalidPack where it does not fit the kind of its column."""
    if value is None:
        return None
    text = clean(value)
    if kind == "text":
        return text
    if kind == "date":
        return iso_date(text)
    if kind in PENCE_KINDS and not PENCE.match(text):
        raise InvalidPack(f"“{text[:40]}” is not an amount in whole pence.")
    if kind in ("number", "percent") and not DECIMAL.match(text):
        raise InvalidPack(f"“{text[:40]}” is not a number.")
    return text


@dataclass(frozen=True)
class Column:
    """A column of a table. ``share`` is its share of the printed width against the others."""

    title: str
    kind: str = "text"
    share: int = 0

    def __post_init__(self) -> None:
        words(self, "title")
        one_of("kind of column", self.kind, COLUMN_KINDS)
        if type(self.share) is not int or not 0 <= self.share <= 100:
            raise InvalidPack("A column's share of the width is a whole number from 0 to 100.")


@dataclass(frozen=True)
class Table:
    """A table with its caption, rows of stored values, totals, note and sources.

    ``print_rows`` is how many rows the PDF prints; the rest stand in the workbook and the PDF says so.
    """

    TYPE: ClassVar = "table"
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str | None, ...], ...]
    totals: tuple[str | None, ...] | None = None
    note: str = ""
    sources: tuple[str, ...] = ()
    print_rows: int = 300
    empty: str = "Nothing to show."

    def __post_init__(self) -> None:
        words(self, "caption", "note", "empty", optional=("note", "empty"))
        if not self.columns:
            raise InvalidPack(f"The table “{self.caption}” has no columns.")
        if type(self.print_rows) is not int or not 1 <= self.print_rows <= LONGEST_PRINTED:
            raise InvalidPack(f"A table prints between 1 and {LONGEST_PRINTED} rows.")
        kinds = [column.kind for column in self.columns]
        object.__setattr__(self, "rows", tuple([self._checked(row, kinds) for row in self.rows]))
        if self.totals is not None:
            object.__setattr__(self, "totals", self._checked(self.totals, kinds))
        object.__setattr__(self, "sources", tuple(clean(source) for source in self.sources))

    def _checked(self, row: Sequence[str | None], kinds: Sequence[str]) -> tuple[str | None, ...]:
        if len(row) != len(kinds):
            raise InvalidPack(f"A row of “{self.caption}” has {len(row)} cells for {len(kinds)} columns.")
        return tuple(map(check_cell, kinds, row))

    @classmethod
    def of(
        cls,
        caption: str,
        columns: Iterable[Column | tuple[Any, ...] | str],
        rows: Iterable[Sequence[Any]],
        *,
        totals: Sequence[Any] | None = None,
        **more: Any,
    ) -> "Table":
        """A table from Python values: Decimal pounds, dates, ints, words, None for unknown.

        A column may be given as its title, or as ``(title, kind)`` or ``(title, kind, share)``.
        """
        made = tuple(
            c if isinstance(c, Column) else Column(c) if isinstance(c, str) else Column(*c) for c in columns
        )

        kinds = [column.kind for column in made]

        def cells(row: Sequence[Any]) -> tuple[str | None, ...]:
            return tuple([stored(kind, value) for kind, value in zip(kinds, row, strict=True)])

        return cls(
            caption, made, tuple(map(cells, rows)), cells(totals) if totals is not None else None, **more
        )


@dataclass(frozen=True)
class Chart:
    """A drawn chart with its summary and its data; the drawing is sealed, never made again."""

    TYPE: ClassVar = "chart"
    title: str
    summary: str
    svg: str
    png: str
    table: Table
    svg_narrow: str = ""

    def __post_init__(self) -> None:
        words(self, "title", "summary")
        check_svg(self.svg)
        if self.svg_narrow:
            check_svg(self.svg_narrow)
        try:
            drawn = base64.b64decode(self.png, validate=True)
        except ValueError:
            raise InvalidPack(f"The picture of “{self.title}” is not base64.") from None
        if not drawn.startswith(b"\x89PNG\r\n\x1a\n"):
            raise InvalidPack(f"The picture of “{self.title}” is not a PNG.")

    @classmethod
    def of(
        cls,
        figure: Figure,
        *,
        title: str = "",
        table: Table | None = None,
        note: str = "",
        sources: Iterable[str] = (),
        print_rows: int = 100,
    ) -> "Chart":
        """The chart of a figure, drawn for paper and for a phone, with its own title and data or these."""
        if table is None:
            columns = [(column.title, column.kind) for column in figure.columns]
            table = Table.of(
                figure.title, columns, figure.rows, note=note, sources=tuple(sources), print_rows=print_rows
            )
        return cls(
            title or figure.title,
            figure.summary,
            figure.svg(CHART_WIDTH, links=False),
            base64.b64encode(figure.png(CHART_WIDTH)).decode(),
            table,
            figure.svg(PHONE_WIDTH, links=False),
        )

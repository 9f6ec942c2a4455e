"""Amounts inside each other, row by row: what is certain inside what is claimed inside what is expected.

Every layer begins at nought and is thinner than the one behind it, so that none is hidden by a longer one.
Dark is certain, pale is not; an upright line says what was approved.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Any

from programme.foundation.cells import Column
from programme.foundation.charts.bars import NARROW, SHADES
from programme.foundation.charts.key import AmountsKey, Entry, shade, shortened
from programme.foundation.figures import DARK, GRID, HALO, INK, RULE, Figure
from programme.foundation.money import thousands

STEP, NARROW_STEP = 38, 56
THICKEST, THINNEST = 22, 6
WORD = 7.2  # the usual width of a letter of the words beside a bar, in pixels
MOST_ROWS = 60


@dataclass(frozen=True)
class LayeredRow:
    """One row, in pounds: an amount for each layer, the most certain first (None: unknown), and the line.

    Rows of one ``group`` follow each other under its name, all groups on one scale.
    """

    name: str
    amounts: tuple[Decimal | None, ...]
    mark: Decimal | None = None
    group: str = ""
    heads: bool = False

    @property
    def known(self) -> list[Decimal]:
        return [amount for amount in (*self.amounts, self.mark) if amount is not None]


def layered_bars(
    *,
    title: str,
    summary: str,
    layers: Sequence[str],
    rows: Sequence[LayeredRow],
    heading: str = "Year",
    mark_name: str = "Approved",
    axis_title: str = "£000",
) -> Figure:
    """Each row's amounts as bars inside each other, in thousands of pounds.

    ``heading`` says what the rows are. Raises ValueError for no layer, more than four, or one name twice, and
    for a row that has not an amount for each.
    """
    if not 1 <= len(layers) <= max(SHADES) or len(set(layers)) < len(layers):
        raise ValueError("Between one and four differently named layers can be told apart in one picture.")
    if any(len(row.amounts) != len(layers) for row in rows):
        raise ValueError("Each row has an amount for each layer; unknown is None.")
    columns = [Column(heading, width=40), Column(mark_name, "thousands")]
    columns += [Column(name, "thousands") for name in reversed(layers)]
    data = tuple((_in_full(row), row.mark, *reversed(row.amounts)) for row in rows)
    shapes = partial(_drawn, tuple(layers), tuple(_headed(rows[:MOST_ROWS])), mark_name, axis_title)
    return Figure(title, summary, tuple(columns), data, shapes)


def _in_full(row: LayeredRow) -> str:
    return f"{row.group}: {row.name}" if row.group else row.name


def _headed(rows: Iterable[LayeredRow]) -> Iterator[LayeredRow]:
    """The rows, each group's below a row that has its name and no bars."""
    last = ""
    for row in rows:
        if row.group != last:
            last = row.group
            yield LayeredRow(row.group, (None,) * len(row.amounts), heads=True)
        yield row


def _drawn(
    layers: Sequence[str], rows: Sequence[LayeredRow], mark_name: str, axis_title: str, width: int
) -> dict[str, Any]:
    picture = _Picture(layers, rows, mark_name, axis_title, width)
    return {
        "width": picture.width,
        "height": picture.height,
        "autosize": {"type": "none"},
        "padding": {"left": picture.names + 2, "right": 2, "top": picture.key.top, "bottom": 46},
        "layer": [
            picture.axis(),
            *picture.bars(),
            picture.marks(),
            picture.words(),
            *picture.labels(),
            *picture.key.layers(picture.names),
        ],
    }


@dataclass(frozen=True)
class _Picture:
    """The layers of the drawing, all on one scale of thousands and one of rows in pixels."""

    layers: Sequence[str]
    rows: Sequence[LayeredRow]
    mark_name: str
    axis_title: str
    whole: int

    @property
    def narrow(self) -> bool:
        return self.whole < NARROW

    @property
    def names(self) -> int:
        """Pixels for the names at the left; none on a phone, where they stand above the bars."""
        longest = max((len(row.name) for row in self.rows), default=0)
        return 0 if self.narrow else min(round(longest * WORD) + 16, round(self.whole * 0.36))

    @property
    def width(self) -> int:
        return self.whole - self.names - 4

    @property
    def step(self) -> int:
        return NARROW_STEP if self.narrow else STEP

    @property
    def height(self) -> int:
        return self.step * max(len(self.rows), 1)

    @property
    def room(self) -> float:
        """Pixels for the words beside the longest bar."""
        return 10 + WORD * max((len(self._said(row)) for row in self.rows), default=0)

    def _said(self, row: LayeredRow) -> str:
        return "" if row.mark is None else f"{self.mark_name.lower()} {thousands(row.mark)}"

    def layer(
        self, values: Iterable[dict[str, Any]], mark: dict[str, Any], **encoding: Any
    ) -> dict[str, Any]:
        return {"data": {"values": list(values)}, "mark": mark, "encoding": encoding}

    def x(self, field: str = "x") -> dict[str, Any]:
        known = [amount for row in self.rows for amount in row.known]
        low, high = min([*known, Decimal(0)]), max([*known, Decimal(0)])
        domain = [_thousands(low), _thousands(high if high > low else low + 1000)]
        scale = {"domain": domain, "range": [6, self.width - self.room], "nice": False}
        return {"field": field, "type": "quantitative", "scale": scale, "title": self.axis_title}

    def y(self, field: str = "y") -> dict[str, Any]:
        scale = {"domain": [0, len(self.rows)], "range": [0, self.height], "nice": False}
        return {"field": field, "type": "quantitative", "scale": scale, "axis": None}

    def middle(self, place: int) -> float:
        return place + (0.68 if self.narrow else 0.5)

    def axis(self) -> dict[str, Any]:
        axis = {"orient": "bottom", "title": self.axis_title, "titlePadding": 6, "format": ",~f", "offset": 2}
        axis |= {"tickCount": 3 if self.narrow else 6, "gridColor": GRID, "domain": True, "domainColor": RULE}
        return self.layer([{"x": 0}], {"type": "point", "opacity": 0}, x=self.x() | {"axis": axis})

    def bars(self) -> list[dict[str, Any]]:
        """From the palest, behind, to the darkest in front. Outlines, so that all see the palest on white."""
        found = []
        for order in reversed(range(len(self.layers))):
            half = self._thickness(order) / 2 / self.step
            values = [
                {
                    "x": 0,
                    "x2": _thousands(amount),
                    "y": self.middle(place) - half,
                    "y2": self.middle(place) + half,
                }
                for place, row in enumerate(self.rows)
                if (amount := row.amounts[order])
            ]
            mark = {"type": "rect", "fill": self._shade(order), "stroke": DARK, "strokeWidth": 0.75}
            ends = {"x": self.x(), "x2": {"field": "x2"}, "y": self.y(), "y2": {"field": "y2"}}
            found.append(self.layer(values, mark, **ends))
        return found

    def _thickness(self, order: int) -> float:
        steps = max(len(self.layers) - 1, 1)
        return THICKEST if len(self.layers) == 1 else THINNEST + order * (THICKEST - THINNEST) / steps

    def _shade(self, order: int) -> str:
        return SHADES[len(self.layers)][order]

    def marks(self) -> dict[str, Any]:
        half = (THICKEST / 2 + 6) / self.step
        values = [
            {"x": _thousands(row.mark), "y": self.middle(place) - half, "y2": self.middle(place) + half}
            for place, row in enumerate(self.rows)
            if row.mark is not None
        ]
        mark = {"type": "rule", "stroke": INK, "strokeWidth": 3}
        return self.layer(values, mark, x=self.x(), y=self.y(), y2={"field": "y2"})

    def words(self) -> dict[str, Any]:
        """What was approved, beside whatever reaches farthest."""
        values = [
            {"x": _thousands(max([*row.known, Decimal(0)])), "y": self.middle(place), "words": said}
            for place, row in enumerate(self.rows)
            if (said := self._said(row))
        ]
        mark = {"type": "text", "align": "left", "baseline": "middle", "dx": 8, **HALO}
        return self.layer(values, mark, x=self.x(), y=self.y(), text={"field": "words"})

    def labels(self) -> list[dict[str, Any]]:
        room = self.width if self.narrow else self.names - 12
        mark = {"type": "text", "align": "left", "baseline": "middle", "x": 2 - self.names, **HALO}
        found = []
        for bold in (False, True):
            values = [
                {"y": self._beside(place), "name": shortened(row.name, room, bold=bold)}
                for place, row in enumerate(self.rows)
                if row.heads is bold
            ]
            weight = {"fontWeight": "bold"} if bold else {}
            if values:
                found.append(self.layer(values, mark | weight, y=self.y(), text={"field": "name"}))
        return found

    def _beside(self, place: int) -> float:
        """Where a name stands: before its bars, or on a phone above them; a heading close to its rows."""
        if self.rows[place].heads:
            return place + 0.72
        return place + 0.24 if self.narrow else self.middle(place)

    @property
    def key(self) -> AmountsKey:
        """What the shades and the line mean."""
        entries = [shade(name, self._shade(order)) for order, name in enumerate(self.layers)]
        if any(row.mark is not None for row in self.rows):
            line = {"type": "point", "shape": "stroke", "angle": 90, "size": 160, "strokeWidth": 3}
            entries.append(Entry(self.mark_name, line | {"fill": INK, "stroke": INK, "opacity": 1}))
        return AmountsKey(entries, self.whole)


def _thousands(amount: Decimal) -> float:
    return float(amount / 1000)

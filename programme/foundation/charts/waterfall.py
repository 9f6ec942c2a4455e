"""From one amount to another, step by step: what was added, what was taken away, what is not explained.

Nothing rests on colour alone: every step says its amount with its sign, steps up are filled, steps down are
pale with an outline, and what is not explained has a dashed one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Any

from programme.foundation.cells import Column
from programme.foundation.charts.key import shortened
from programme.foundation.figures import DARK, GRID, HALO, LATE, LIGHT, MIDDLE, QUIET, RULE, Figure
from programme.foundation.money import MINUS, thousands

NARROW = 480  # below this width a picture is drawn for a phone: names above the bars
STEP, NARROW_STEP, BAR = 40, 54, 20
ROOM = 74  # pixels for the words beside the last bar
CROPPED = Decimal("0.4")  # where the steps span less than this part of the whole, the axis is cropped
KINDS = ("figure", "step", "rest")
STYLES: dict[str, dict[str, Any]] = {
    "figure": {"fill": DARK, "stroke": DARK},
    "more": {"fill": MIDDLE, "stroke": DARK},
    "less": {"fill": LIGHT, "stroke": DARK},
    "rest": {"fill": "#ffffff", "stroke": LATE, "strokeDash": [5, 3], "strokeWidth": 2},
}


@dataclass(frozen=True)
class Fall:
    """One line of a waterfall, in pounds.

    ``kind``: a "figure" stands at its amount; a "step" moves what stands before it; a "rest" does too, and
    is what nothing explains.
    """

    name: str
    amount: Decimal
    kind: str = "step"

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"“{self.kind}” is not a kind of line; choose one of {', '.join(KINDS)}.")


def waterfall(*, title: str, summary: str, falls: Sequence[Fall]) -> Figure:
    """The bridge from the first figure to the last, a line each, shown in thousands of pounds.

    Raises ValueError where it does not begin and end with a figure, or where the steps do not lead from one
    to the other: a bridge that does not meet the other bank is not drawn.
    """
    if len(falls) < 2 or falls[0].kind != "figure" or falls[-1].kind != "figure":
        raise ValueError("A waterfall begins and ends with a figure.")
    level = Decimal(0)
    rows, spans = [], []
    for place, fall in enumerate(falls):
        if fall.kind == "figure" and place and level != fall.amount:
            raise ValueError(f"The steps lead to {level}, not to {fall.amount} of “{fall.name}”.")
        before = Decimal(0) if fall.kind == "figure" else level
        level = before + fall.amount
        spans.append((before, level))
        rows.append((fall.name, None if fall.kind == "figure" else fall.amount, level))
    columns = (Column("Step", width=48), Column("Change", "thousands"), Column("Comes to", "thousands"))
    return Figure(title, summary, columns, tuple(rows), partial(_drawn, tuple(falls), tuple(spans)))


def _drawn(falls: Sequence[Fall], spans: Sequence[tuple[Decimal, Decimal]], width: int) -> dict[str, Any]:
    narrow = width < NARROW
    names = 0 if narrow else min(330, round(width * 0.38))
    step = NARROW_STEP if narrow else STEP
    low, high = _scale(spans)
    shapes = _Shapes(falls, spans, step, narrow, low, high, width - names - 4)
    return {
        "width": shapes.width,
        "height": step * len(falls),
        "autosize": {"type": "none"},
        "padding": {"left": names + 2, "right": 2, "top": 4, "bottom": 44},
        "layer": [shapes.axis(), shapes.joins(), *shapes.bars(), shapes.words(), shapes.names(names)],
    }


def _scale(spans: Sequence[tuple[Decimal, Decimal]]) -> tuple[Decimal, Decimal]:
    """From where to where the axis goes: from nought, unless the steps would then be too small to see."""
    levels = [level for span in spans for level in span]
    ends = [level for _, level in spans]
    low, high = min(levels), max(levels)
    span = max(ends) - min(ends)
    if min(ends) > 0 and span and span < CROPPED * high:
        return max(Decimal(0), min(ends) - span / 3), high
    if max(ends) < 0 and span and span < CROPPED * -low:
        return low, min(Decimal(0), max(ends) + span / 3)
    return low, high if high > low else low + 1


@dataclass(frozen=True)
class _Shapes:
    """The layers of the picture, all on one scale of pounds and one of rows in pixels."""

    falls: Sequence[Fall]
    spans: Sequence[tuple[Decimal, Decimal]]
    step: int
    narrow: bool
    low: Decimal
    high: Decimal
    width: int

    def layer(self, values: list[dict[str, Any]], mark: dict[str, Any], **encoding: Any) -> dict[str, Any]:
        return {"data": {"values": values}, "mark": mark, "encoding": encoding}

    def x(self, field: str) -> dict[str, Any]:
        domain = [float(self.low / 1000), float(self.high / 1000)]
        scale = {"domain": domain, "range": [4, self.width - ROOM], "nice": False, "zero": False}
        return {"field": field, "type": "quantitative", "scale": scale, "title": self.unit}

    @property
    def unit(self) -> str:
        return "£000, not from nought" if self.cropped else "£000"

    def y(self, field: str = "y") -> dict[str, Any]:
        rows = len(self.falls)
        scale = {"domain": [0, rows], "range": [0, self.step * rows], "nice": False, "zero": False}
        return {"field": field, "type": "quantitative", "scale": scale, "axis": None}

    def middle(self, place: int) -> float:
        return place + (0.68 if self.narrow else 0.5)

    @property
    def cropped(self) -> bool:
        """Whether the axis leaves out nought, so that a bar's length says nothing and only its end does."""
        return self.low > 0 or self.high < 0

    def axis(self) -> dict[str, Any]:
        axis = {"orient": "bottom", "title": self.unit, "titlePadding": 6, "format": ",~f", "offset": 2}
        axis |= {"tickCount": 3 if self.narrow else 6, "labelSeparation": 8, "gridColor": GRID}
        axis |= {"domain": True, "domainColor": RULE}
        ends = [{"x": float(end / 1000)} for end in (self.low, self.high)]
        return self.layer(ends, {"type": "point", "opacity": 0}, x=self.x("x") | {"axis": axis})

    def joins(self) -> dict[str, Any]:
        """Thin lines from the end of each bar down to the next, so that the eye finds where it goes on."""
        values = [
            {"x": float(level / 1000), "y": self.middle(place), "y2": self.middle(place + 1)}
            for place, (_, level) in enumerate(self.spans[:-1])
        ]
        mark = {"type": "rule", "stroke": QUIET, "strokeWidth": 1, "strokeDash": [2, 2]}
        return self.layer(values, mark, x=self.x("x"), y=self.y(), y2={"field": "y2"})

    def bars(self) -> list[dict[str, Any]]:
        """One layer a style; on a cropped axis a figure is a mark at its place, not a bar from nought."""
        half = BAR / 2 / self.step
        groups: dict[str, list[dict[str, Any]]] = {}
        for place, (fall, (start, end)) in enumerate(zip(self.falls, self.spans, strict=True)):
            style = _style(fall)
            first = end if style == "figure" and self.cropped else start
            ends = {"x": float(first / 1000), "x2": float(end / 1000)}
            middle = self.middle(place)
            groups.setdefault(style, []).append(ends | {"y": middle - half, "y2": middle + half})
        layers = []
        for style, values in groups.items():
            mark: dict[str, Any] = {"type": "rect", "strokeWidth": 1, **STYLES[style]}
            if style == "figure" and self.cropped:
                mark |= {"strokeWidth": 5}
            encoding = {"x": self.x("x"), "x2": {"field": "x2"}, "y": self.y(), "y2": {"field": "y2"}}
            layers.append(self.layer(values, mark, **encoding))
        return layers

    def words(self) -> dict[str, Any]:
        """The amount of each line at the right of its bar."""
        values = [
            {"x": float(max(span) / 1000), "y": self.middle(place), "label": _amount(fall)}
            for place, (fall, span) in enumerate(zip(self.falls, self.spans, strict=True))
        ]
        mark = {"type": "text", "align": "left", "baseline": "middle", "dx": 8, **HALO}
        return self.layer(values, mark, x=self.x("x"), y=self.y(), text={"field": "label"})

    def names(self, room: int) -> dict[str, Any]:
        wide = self.width if self.narrow else room - 14
        values = [
            {"y": place + 0.28 if self.narrow else self.middle(place), "name": shortened(fall.name, wide)}
            for place, fall in enumerate(self.falls)
        ]
        x = 4 if self.narrow else -room + 4
        mark = {"type": "text", "align": "left", "baseline": "middle", "x": x, **HALO}
        return self.layer(values, mark, y=self.y(), text={"field": "name"})


def _style(fall: Fall) -> str:
    if fall.kind != "step":
        return fall.kind
    return "less" if fall.amount < 0 else "more"


def _amount(fall: Fall) -> str:
    """``1,937`` for a figure, ``+23`` or ``−3`` for a step; pence and pounds that round to nought say so."""
    words = thousands(fall.amount)
    if fall.kind == "figure":
        return words
    if words == "0" and fall.amount:
        return f"{MINUS if fall.amount < 0 else '+'}<1"
    return words if fall.amount < 0 else f"+{words}"

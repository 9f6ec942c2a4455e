"""Swings of one result as bars on both sides of it, the widest at the top."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Any

from programme.foundation.cells import Column
from programme.foundation.charts.bars import NARROW
from programme.foundation.charts.key import AmountsKey, shade, shortened, width_of
from programme.foundation.figures import DARK, HALO, INK, LIGHT, Figure

STEP, NARROW_STEP = 40, 58
SHADES = (LIGHT, DARK)  # of what is lower, and of what is higher
MOST = 12
BELOW, RIGHT = 46, 16  # pixels for the axis with its title, and beside its last figure


@dataclass(frozen=True)
class SwingBar:
    """The result in pounds when what ``name`` says is lower and when it is higher."""

    name: str
    lower: Decimal
    higher: Decimal


def tornado_bars(
    *,
    title: str,
    summary: str,
    swings: Sequence[SwingBar],
    middle: Decimal,
    lower: str = "lower",
    higher: str = "higher",
    heading: str = "Line",
    axis_title: str = "£000",
) -> Figure:
    """At most a dozen bars around ``middle``, in thousands of pounds. Raises ValueError without any."""
    ends = (Column(end.capitalize(), "thousands") for end in (lower, higher))
    columns = (Column(heading, width=40), *ends)
    rows = tuple((one.name, one.lower, one.higher) for one in swings[:MOST])
    shapes = partial(_drawn, tuple(swings[:MOST]), middle, (lower, higher), axis_title)
    return Figure(title, summary, columns, rows, shapes)


def _drawn(
    swings: Sequence[SwingBar], middle: Decimal, ends: tuple[str, str], axis_title: str, width: int
) -> dict[str, Any]:
    narrow = width < NARROW
    room = min(300, round(width * 0.36))
    names = [shortened(one.name, room) for one in swings]
    keys = [f"{place:02} {name}" for place, name in enumerate(names)]
    left = 4 if narrow else round(max(map(width_of, names))) + 14
    key = AmountsKey([shade(end, colour) for end, colour in zip(ends, SHADES, strict=True)], width)
    y = {
        "field": "key",
        "type": "nominal",
        "sort": None,
        "scale": {"domain": keys, "paddingInner": 0.4, "paddingOuter": 0.2},
        "axis": None if narrow else {"labelExpr": "slice(datum.label, 3)"},
    }
    x = {
        "field": "low",
        "type": "quantitative",
        "scale": {"zero": False, "nice": True},
        "axis": {"title": axis_title, "format": ",~f", "tickCount": 4 if narrow else 6, "titlePadding": 8},
    }
    rule = {"type": "rule", "color": INK, "strokeWidth": 1.5}
    result = {"data": {"values": [{}]}, "mark": rule, "encoding": {"x": {"datum": _thousands(middle)}}}
    above = [_names(swings, keys, width, y)] if narrow else []
    return {
        "width": width - left - RIGHT,
        "height": {"step": NARROW_STEP if narrow else STEP},
        "autosize": {"type": "none"},
        "padding": {"left": left, "right": RIGHT, "top": key.top, "bottom": BELOW},
        "layer": [_bars(swings, keys, middle, ends, x, y, narrow), result, *above, *key.layers(left)],
    }


def _bars(
    swings: Sequence[SwingBar],
    keys: Sequence[str],
    middle: Decimal,
    ends: tuple[str, str],
    x: dict[str, Any],
    y: dict[str, Any],
    narrow: bool,
) -> dict[str, Any]:
    values = [
        {"key": key, "low": _thousands(middle), "high": _thousands(amount), "end": end}
        for key, one in zip(keys, swings, strict=True)
        for end, amount in zip(ends, (one.lower, one.higher), strict=True)
    ]
    colour = {
        "field": "end",
        "type": "nominal",
        "scale": {"domain": list(ends), "range": list(SHADES)},
        "legend": None,
    }
    mark = {"type": "bar", "stroke": DARK, "strokeWidth": 0.75}
    mark |= {"height": 20, "yOffset": 12} if narrow else {}
    return {
        "data": {"values": values},
        "mark": mark,
        "encoding": {"y": y, "x": x, "x2": {"field": "high"}, "color": colour},
    }


def _names(swings: Sequence[SwingBar], keys: Sequence[str], width: int, y: dict[str, Any]) -> dict[str, Any]:
    """On a phone names stand above the bars."""
    values = [
        {"key": key, "name": shortened(one.name, width - 24)} for key, one in zip(keys, swings, strict=True)
    ]
    words = {"type": "text", "align": "left", "baseline": "middle", "x": 0, "dy": -12}
    at = {"y": y, "text": {"field": "name"}}
    return {"data": {"values": values}, "mark": words | HALO, "encoding": at}


def _thousands(amount: Decimal) -> float:
    return float(amount / 1000)

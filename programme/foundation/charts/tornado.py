"""Swings of one result as bars on both sides of it, the widest at the top."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Any

from programme.foundation.cells import Column
from programme.foundation.charts.bars import NARROW
from programme.foundation.charts.key import shortened
from programme.foundation.figures import DARK, INK, LIGHT, Figure

STEP, NARROW_STEP = 40, 58
MOST = 12


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
    keys = [f"{place:02} {one.name}" for place, one in enumerate(swings)]
    room = min(300, round(width * 0.36))
    axis = {"labelExpr": "slice(datum.label, 3)", "labelLimit": room + 20}
    keys = [key[:3] + shortened(key[3:], room) for key in keys]
    y = {
        "field": "key",
        "type": "nominal",
        "sort": None,
        "scale": {"domain": keys, "paddingInner": 0.4, "paddingOuter": 0.2},
        "axis": None if narrow else axis,
    }
    x = {
        "field": "low",
        "type": "quantitative",
        "scale": {"zero": False, "nice": True},
        "axis": {"title": axis_title, "format": ",~f", "tickCount": 4 if narrow else 6, "titlePadding": 8},
    }
    rule = {"type": "rule", "color": INK, "strokeWidth": 1.5}
    result = {"data": {"values": [{}]}, "mark": rule, "encoding": {"x": {"datum": _thousands(middle)}}}
    layers = [_bars(swings, keys, middle, ends, x, y, narrow), result]
    if narrow:
        layers += _names(swings, keys, width, y)
    return {
        "width": width,
        "height": {"step": NARROW_STEP if narrow else STEP},
        "autosize": {"type": "fit", "contains": "padding"},
        "layer": layers,
        "padding": {"left": 2, "right": 16, "top": 2, "bottom": 2},
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
    shade = {
        "field": "end",
        "type": "nominal",
        "scale": {"domain": list(ends), "range": [LIGHT, DARK]},
        "legend": {"columns": 1 if narrow else 0, "symbolSize": 120, "symbolStrokeWidth": 0.75},
    }
    mark = {"type": "bar", "stroke": DARK, "strokeWidth": 0.75}
    mark |= {"height": 20, "yOffset": 12} if narrow else {}
    return {
        "data": {"values": values},
        "mark": mark,
        "encoding": {"y": y, "x": x, "x2": {"field": "high"}, "color": shade},
    }


def _names(
    swings: Sequence[SwingBar], keys: Sequence[str], width: int, y: dict[str, Any]
) -> list[dict[str, Any]]:
    """On a phone names stand above the bars, on a halo so that no line crosses them."""
    values = [
        {"key": key, "name": shortened(one.name, width - 24)} for key, one in zip(keys, swings, strict=True)
    ]
    words = {"type": "text", "align": "left", "baseline": "middle", "x": 0, "dy": -12}
    at = {"y": y, "text": {"field": "name"}}
    halo = words | {"stroke": "#ffffff", "strokeWidth": 4}
    return [{"data": {"values": values}, "mark": one, "encoding": at} for one in (halo, words)]


def _thousands(amount: Decimal) -> float:
    return float(amount / 1000)

"""Running totals by year as lines, with nought drawn through them and the year marked that stays above it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Any

from programme.foundation.cells import Column
from programme.foundation.charts.bars import NARROW
from programme.foundation.figures import DARK, INK, LIGHT, MIDDLE, Figure

STROKES = ((DARK, [1, 0]), (MIDDLE, [7, 4]), (INK, [2, 3]))  # colour and dashes: neither stands alone
HEIGHT, NARROW_HEIGHT = 300, 260


@dataclass(frozen=True)
class Course:
    """A running total in pounds by year under one name; ``crosses`` is the year from which it stays above
    nought, where there is one."""

    name: str
    amounts: Mapping[str, Decimal]
    crosses: str = ""


def cumulative_lines(
    *, title: str, summary: str, courses: Sequence[Course], axis_title: str = "£000, running total"
) -> Figure:
    """Up to three running totals, shown in thousands of pounds; the first also as an area.

    Raises ValueError for no course, more than three, or one name twice.
    """
    names = [one.name for one in courses]
    if not 1 <= len(names) <= len(STROKES) or len(set(names)) < len(names):
        raise ValueError("Between one and three differently named courses can be told apart in one picture.")
    years = sorted({year for one in courses for year in one.amounts})
    columns = (Column("Year"), *(Column(name, "thousands", width=24) for name in names))
    rows = tuple((year, *(one.amounts.get(year) for one in courses)) for year in years)
    return Figure(title, summary, columns, rows, partial(_drawn, tuple(courses), tuple(years), axis_title))


def _drawn(courses: Sequence[Course], years: Sequence[str], axis_title: str, width: int) -> dict[str, Any]:
    narrow = width < NARROW
    short = {"labelExpr": "slice(datum.label, 2)"} if narrow else {}
    x = {
        "field": "year",
        "type": "ordinal",
        "scale": {"type": "point", "domain": list(years), "padding": 0.3},
        "axis": {"labelAngle": 0, "labelOverlap": True, "title": None, "grid": False, **short},
    }
    y = {
        "field": "amount",
        "type": "quantitative",
        "title": axis_title,
        "axis": {"grid": True, "format": ",~f", "tickCount": 5, "titlePadding": 8},
    }
    rule = {"type": "rule", "color": INK, "strokeWidth": 1.5}
    nought = {"data": {"values": [{}]}, "mark": rule, "encoding": {"y": {"datum": 0}}}
    return {
        "width": width,
        "height": NARROW_HEIGHT if narrow else HEIGHT,
        "autosize": {"type": "fit", "contains": "padding"},
        "layer": [
            _area(courses[0], x, y),
            nought,
            *_lines(courses, x, y, narrow),
            *_crossings(courses, x, y),
        ],
        "padding": {"left": 2, "right": 16, "top": 2, "bottom": 2},
    }


def _values(course: Course) -> list[dict[str, Any]]:
    return [
        {"year": year, "series": course.name, "amount": float(amount / 1000)}
        for year, amount in course.amounts.items()
    ]


def _area(course: Course, x: dict[str, Any], y: dict[str, Any]) -> dict[str, Any]:
    mark = {"type": "area", "color": LIGHT, "opacity": 0.7, "line": False}
    return {"data": {"values": _values(course)}, "mark": mark, "encoding": {"x": x, "y": y}}


def _lines(
    courses: Sequence[Course], x: dict[str, Any], y: dict[str, Any], narrow: bool
) -> list[dict[str, Any]]:
    names = [one.name for one in courses]
    several = len(names) > 1
    legend = {"columns": 1 if narrow else 0, "symbolType": "stroke", "symbolStrokeWidth": 2.5}
    legend |= {"symbolSize": 400}
    colours, dashes = [one[0] for one in STROKES][: len(names)], [one[1] for one in STROKES][: len(names)]
    values = {"values": [value for one in courses for value in _values(one)]}
    shade = {"field": "series", "type": "nominal", "legend": legend if several else None}
    paint = {
        "color": {**shade, "scale": {"domain": names, "range": colours}},
        "strokeDash": {**shade, "scale": {"domain": names, "range": dashes}},
    }
    dots = {"color": {**shade, "legend": None, "scale": {"domain": names, "range": colours}}}
    point = {"type": "point", "filled": True, "size": 34, "opacity": 1}
    return [
        {"data": values, "mark": {"type": "line", "strokeWidth": 2.5}, "encoding": {"x": x, "y": y, **paint}},
        {"data": values, "mark": point, "encoding": {"x": x, "y": y, **dots}},
    ]


def _crossings(courses: Sequence[Course], x: dict[str, Any], y: dict[str, Any]) -> list[dict[str, Any]]:
    """A ring where each course comes to stay above nought, and the year of the first in the free corner."""
    marked = [one for one in courses if one.crosses in one.amounts]
    if not marked:
        return []
    rings = [{"year": one.crosses, "amount": float(one.amounts[one.crosses] / 1000)} for one in marked]
    ring = {"type": "point", "size": 190, "fill": "#ffffff", "fillOpacity": 0, "stroke": INK, "opacity": 1}
    words = {"type": "text", "align": "left", "x": 10, "y": 10, "color": INK}
    words["text"] = f"Ringed: above nought from {marked[0].crosses}"
    return [
        {"data": {"values": rings}, "mark": {**ring, "strokeWidth": 2}, "encoding": {"x": x, "y": y}},
        {"data": {"values": [{}]}, "mark": words},
    ]

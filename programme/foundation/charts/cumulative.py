"""Running totals by year as lines, with nought drawn through them and the year marked that stays above it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Any

from programme.foundation.cells import Column
from programme.foundation.charts.bars import NARROW
from programme.foundation.charts.key import AmountsKey, Entry
from programme.foundation.figures import DARK, HALO, INK, LIGHT, MIDDLE, Figure

STROKES = ((DARK, [1, 0]), (MIDDLE, [7, 4]), (INK, [2, 3]))  # colour and dashes: neither stands alone
HEIGHT, NARROW_HEIGHT = 300, 260
BELOW, RIGHT = 26, 16  # pixels for the years, and beside the last of them
DIGIT, TITLE = 7.8, 34  # pixels of one at the upright axis, and of its title with what lies around it


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
    key = AmountsKey(_entries(courses), width)
    left = round(DIGIT * _digits(courses)) + TITLE
    rule = {"type": "rule", "color": INK, "strokeWidth": 1.5}
    nought = {"data": {"values": [{}]}, "mark": rule, "encoding": {"y": {"datum": 0}}}
    return {
        "width": width - left - RIGHT,
        "height": (NARROW_HEIGHT if narrow else HEIGHT) - key.top - BELOW,
        "autosize": {"type": "none"},
        "padding": {"left": left, "right": RIGHT, "top": key.top, "bottom": BELOW},
        "layer": [
            _area(courses[0], x, y),
            nought,
            *_lines(courses, x, y),
            *_crossings(courses, x, y),
            *key.layers(left),
        ],
    }


def _entries(courses: Sequence[Course]) -> list[Entry]:
    """A key where there is more than one."""
    if len(courses) == 1:
        return []
    line = {"type": "point", "shape": "stroke", "size": 256, "strokeWidth": 2.5, "opacity": 1}
    return [
        Entry(one.name, line | {"stroke": colour, "strokeDash": dashes})
        for one, (colour, dashes) in zip(courses, STROKES, strict=False)
    ]


def _digits(courses: Sequence[Course]) -> int:
    """Of the longest figure that the upright axis may have: it goes a step beyond the largest amount."""
    ends = [abs(amount) for one in courses for amount in one.amounts.values()]
    return len(f"−{max(ends, default=Decimal(0)) / 1000 * Decimal('1.2'):,.0f}")


def _values(course: Course) -> list[dict[str, Any]]:
    return [
        {"year": year, "series": course.name, "amount": float(amount / 1000)}
        for year, amount in course.amounts.items()
    ]


def _area(course: Course, x: dict[str, Any], y: dict[str, Any]) -> dict[str, Any]:
    mark = {"type": "area", "color": LIGHT, "opacity": 0.7, "line": False}
    return {"data": {"values": _values(course)}, "mark": mark, "encoding": {"x": x, "y": y}}


def _lines(courses: Sequence[Course], x: dict[str, Any], y: dict[str, Any]) -> list[dict[str, Any]]:
    names = [one.name for one in courses]
    colours, dashes = [one[0] for one in STROKES][: len(names)], [one[1] for one in STROKES][: len(names)]
    values = {"values": [value for one in courses for value in _values(one)]}
    shade = {"field": "series", "type": "nominal", "legend": None}
    paint = {
        "color": {**shade, "scale": {"domain": names, "range": colours}},
        "strokeDash": {**shade, "scale": {"domain": names, "range": dashes}},
    }
    dots = {"color": paint["color"]}
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
    words = {"type": "text", "align": "left", "x": 10, "y": 10, **HALO}
    words["text"] = f"Ringed: above nought from {marked[0].crosses}"
    return [
        {"data": {"values": rings}, "mark": {**ring, "strokeWidth": 2}, "encoding": {"x": x, "y": y}},
        {"data": {"values": [{}]}, "mark": words},
    ]

"""Amounts by year as stacked bars, dark to light, with what was approved as an upright line."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Any

from programme.foundation.cells import Column
from programme.foundation.figures import DARK, HALO, INK, LIGHT, MIDDLE, Figure

SHADES = {1: (DARK,), 2: (DARK, LIGHT), 3: (DARK, MIDDLE, LIGHT), 4: (DARK, "#3f7a78", MIDDLE, LIGHT)}
NARROW = 480  # below this width a picture is drawn for a phone
BAR, STEP = 24, 62


@dataclass(frozen=True)
class Series:
    """Amounts in pounds by year under one name; a year that is missing is unknown, not nought."""

    name: str
    amounts: Mapping[str, Decimal | None]


def stacked_bars_by_year(
    *,
    title: str,
    summary: str,
    series: Sequence[Series],
    years: Sequence[str],
    marks: Mapping[str, Decimal] | None = None,
    mark_name: str = "approved",
    axis_title: str = "£000",
    rows_are: str = "Year",
) -> Figure:
    """Savings or costs by year, one bar a year, stacked by category or by certainty, dark to light.

    ``rows_are`` heads the first column of the table where the bars are of something else than years.
    ``marks`` sets an upright line at an amount of a year, say what was approved. Amounts are pounds and
    are shown in thousands. Raises ValueError for no series, more than four, or one name twice.
    """
    names = [one.name for one in series]
    if not 1 <= len(names) <= max(SHADES) or len(set(names)) < len(names):
        raise ValueError("Between one and four differently named series can be told apart in one picture.")
    marked = dict(marks or {})
    columns = [Column(rows_are), *(Column(name, "thousands") for name in names)]
    if len(names) > 1:
        columns.append(Column("Together", "thousands"))
    if marked:
        columns.append(Column(mark_name.capitalize(), "thousands"))
    rows = [_row(series, year, marked) for year in years]
    spec = partial(_bars, tuple(series), tuple(years), marked, mark_name, axis_title)
    return Figure(title, summary, tuple(columns), tuple(rows), spec)


def _row(series: Sequence[Series], year: str, marks: Mapping[str, Decimal]) -> tuple[Any, ...]:
    amounts = [one.amounts.get(year) for one in series]
    known = [amount for amount in amounts if amount is not None]
    together = [sum(known, Decimal(0)) if known else None] if len(series) > 1 else []
    return (year, *amounts, *together, *([marks.get(year)] if marks else []))


def _thousands(amount: Decimal) -> float:
    return float(amount / 1000)


def _bars(
    series: Sequence[Series],
    years: Sequence[str],
    marks: Mapping[str, Decimal],
    mark_name: str,
    axis_title: str,
    width: int,
) -> dict[str, Any]:
    narrow = width < NARROW
    year = {
        "field": "year",
        "type": "ordinal",
        "scale": {"domain": list(years)},
        "axis": {"labelFontSize": 13},
    }
    ends = _marks(marks, mark_name, year) if marks else _totals(series, years, year)
    return {
        "width": width,
        "height": {"step": STEP - 10 if narrow else STEP},
        "autosize": {"type": "fit", "contains": "padding"},
        "layer": [_stack(series, years, year, axis_title, narrow), *ends],
        "padding": {"left": 2, "right": 24, "top": 2, "bottom": 2},
    }


def _stack(
    series: Sequence[Series], years: Sequence[str], year: dict[str, Any], axis_title: str, narrow: bool
) -> dict[str, Any]:
    """The bars themselves. The lightest shade needs an outline to be seen on white by everyone."""
    names = [one.name for one in series]
    values = [
        {"year": key, "series": one.name, "order": place, "amount": _thousands(amount)}
        for place, one in enumerate(series)
        for key in years
        if (amount := one.amounts.get(key)) is not None
    ]
    ticks = {"tickCount": 4 if narrow else 6, "format": ",~f", "domain": True, "labelSeparation": 8}
    axis = {"title": axis_title, "titlePadding": 8, **ticks}
    length = {"field": "amount", "type": "quantitative", "stack": "zero", "axis": axis, "title": axis_title}
    shade = {
        "field": "series",
        "type": "nominal",
        "scale": {"domain": names, "range": list(SHADES[len(names)])},
        "legend": {"columns": 1 if narrow else 0, "symbolSize": 120} if len(names) > 1 else None,
    }
    return {
        "data": {"values": values},
        "mark": {"type": "bar", "height": BAR, "stroke": DARK, "strokeWidth": 0.75},
        "encoding": {"y": year, "x": length, "color": shade, "order": {"field": "order"}},
    }


def _marks(marks: Mapping[str, Decimal], name: str, year: dict[str, Any]) -> list[dict[str, Any]]:
    values = [
        {"year": key, "amount": _thousands(amount), "label": f"{name} {_thousands(amount):,.0f}"}
        for key, amount in marks.items()
    ]
    x = {"field": "amount", "type": "quantitative"}
    tick = {"type": "tick", "thickness": 3, "size": BAR + 14, "color": INK, "opacity": 1}
    return [
        {"data": {"values": values}, "mark": tick, "encoding": {"y": year, "x": x}},
        _labels(values, year, x),
    ]


def _totals(series: Sequence[Series], years: Sequence[str], year: dict[str, Any]) -> list[dict[str, Any]]:
    sums = {key: [a for one in series if (a := one.amounts.get(key)) is not None] for key in years}
    values = [
        {
            "year": key,
            "amount": max(0.0, _thousands(sum(known, Decimal(0)))),
            "label": f"{sum(known) / 1000:,.0f}",
        }
        for key, known in sums.items()
        if known
    ]
    return [_labels(values, year, {"field": "amount", "type": "quantitative"})]


def _labels(values: list[dict[str, Any]], year: dict[str, Any], x: dict[str, Any]) -> dict[str, Any]:
    """Words at the end of a bar."""
    text = {"text": {"field": "label"}, "y": year, "x": x}
    mark = {"type": "text", "align": "left", "dx": 7, **HALO}
    return {"data": {"values": values}, "mark": mark, "encoding": text}

"""The paths of the top risks: small multiples, one below the other on the same days and the same scale."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial
from typing import Any

from programme.foundation.cells import Column
from programme.foundation.charts.key import shortened
from programme.foundation.figures import DARK, GRID, INK, QUIET, Figure
from programme.foundation.tables import day_in_words

from ..reading.top import TopRisk
from ..words import top as words

DAYS = 365
WORST = 25
NARROW = 600
COLUMNS = (Column("Risk", width=48), Column("Score now", "number"), Column("Band"), Column("Path", width=60))


def picture(found: Sequence[TopRisk], today: date) -> Figure | None:
    """The last twelve months of each; None where there is none."""
    if not found:
        return None
    rows = tuple(
        (str(one.risk), one.risk.current and one.risk.current.value, one.band.label, words.path(one))
        for one in found
    )
    since = today - timedelta(days=DAYS)
    summary = (
        f"The score of each since {day_in_words(since)}, from 1 at the foot of its strip to 25 at the top; "
        "a dot is a review."
    )
    return Figure("Paths of the top risks", summary, COLUMNS, rows, partial(_drawn, tuple(found), today))


class _Plan:
    """Where strips and days lie, in pixels from the upper left corner."""

    def __init__(self, width: int, number: int, today: date):
        self.narrow = width < NARROW
        self.left = 12 if self.narrow else int(width * 0.42)
        self.right = width - 34
        self.strip, self.gap = 44, (24 if self.narrow else 10)
        self.width, self.height = width, 26 + number * (self.strip + self.gap)
        self.today, self.since = today, today - timedelta(days=DAYS)

    def x(self, day: date) -> float:
        share = max((day - self.since).days, 0) / DAYS
        return self.left + share * (self.right - self.left)

    def top(self, row: int) -> float:
        return 20 + row * (self.strip + self.gap) + (self.gap if self.narrow else 0)

    def y(self, row: int, score: int) -> float:
        return self.top(row) + self.strip * (1 - score / WORST)

    def layer(self, values: list[dict[str, Any]], mark: dict[str, Any], **encoding: Any) -> dict[str, Any]:
        at = {"x": _pixels("x", self.width), "y": _pixels("y", self.height)}
        return {"data": {"values": values}, "mark": mark, "encoding": at | encoding}


def _pixels(field: str, most: float) -> dict[str, Any]:
    scale = {"domain": [0, most], "range": [0, most], "nice": False, "zero": False}
    return {"field": field, "type": "quantitative", "scale": scale, "axis": None}


def _drawn(found: Sequence[TopRisk], today: date, width: int) -> dict[str, Any]:
    plan = _Plan(width, len(found), today)
    lines: list[dict[str, Any]] = []
    dots: list[dict[str, Any]] = []
    for row, one in enumerate(found):
        steps = words.points(one, today)
        lines += _line(plan, row, steps)
        reviewed = {step.day for step in one.path}
        dots += [
            {"x": plan.x(day), "y": plan.y(row, score)}
            for day, score in steps
            if day in reviewed and day >= plan.since
        ]
    ends = {"x2": {"field": "x2"}, "y2": {"field": "y2"}}
    line = {"type": "rule", "stroke": DARK, "strokeWidth": 2, "strokeCap": "round"}
    dot = {"type": "point", "filled": True, "size": 44, "fill": DARK, "opacity": 1}
    layers = [*_frame(plan, found), plan.layer(lines, line, **ends), plan.layer(dots, dot)]
    kept = [layer for layer in layers if layer["data"]["values"]]
    return {"width": width, "height": plan.height, "autosize": {"type": "none"}, "layer": kept}


def _line(plan: _Plan, row: int, steps: list[tuple[date, int]]) -> list[dict[str, Any]]:
    """Level until the next review, then up or down: a score holds until somebody changes it."""
    parts = []
    for (day, score), (until, then) in zip(steps, steps[1:] or steps, strict=False):
        if until < plan.since:
            continue
        x, x2, y, y2 = plan.x(day), plan.x(until), plan.y(row, score), plan.y(row, then)
        parts.append({"x": x, "x2": x2, "y": y, "y2": y})
        parts.append({"x": x2, "x2": x2, "y": y, "y2": y2})
    return parts


def _frame(plan: _Plan, found: Sequence[TopRisk]) -> list[dict[str, Any]]:
    """Strips, names, scores now, and the first and the last day."""
    room = plan.right - plan.left if plan.narrow else plan.left - 24
    strips, names, scores = [], [], []
    for row, one in enumerate(found):
        y = plan.top(row)
        strips.append({"x": plan.left, "x2": plan.right, "y": y, "y2": y + plan.strip})
        at = y - 9 if plan.narrow else y + plan.strip / 2
        names.append(
            {"x": 0, "y": at, "text": shortened(str(one.risk), room), "url": f"/risks/{one.risk.ref}/"}
        )
        score = one.risk.current
        if score:
            scores.append({"x": plan.right + 8, "y": plan.y(row, score.value), "text": str(score.value)})
    days = [{"x": plan.left, "y": 8, "text": day_in_words(plan.since)}]
    last = [{"x": plan.right, "y": 8, "text": day_in_words(plan.today)}]
    text = {"type": "text", "baseline": "middle", "align": "left", "fontSize": 13, "color": INK}
    named = {"text": {"field": "text"}}
    quiet = {**text, "fontSize": 12, "color": QUIET}
    strip = {"type": "rect", "fill": "#f3f7f6", "stroke": GRID}
    return [
        plan.layer(strips, strip, x2={"field": "x2"}, y2={"field": "y2"}),
        plan.layer(names, text, **named, href={"field": "url"}),
        plan.layer(scores, {**text, "fontWeight": "bold"}, **named),
        plan.layer(days, quiet, **named),
        plan.layer(last, {**quiet, "align": "right"}, **named),
    ]

"""The path of a risk: its score at each review, stepwise, with what its category tolerates as a line."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from itertools import takewhile
from typing import Any

from programme.foundation.calendar import in_words
from programme.foundation.cells import Column
from programme.foundation.figures import DARK, INK, MIDDLE, Figure

from ..reading.yardstick import Yardstick
from ..rules.scoring import Scores

HEIGHT, NARROW_HEIGHT, NARROW = 240, 220, 480
SERIES = {"current": ("Current", DARK, [1, 0]), "target": ("Target", MIDDLE, [6, 4])}


@dataclass(frozen=True)
class Point:
    """The scores after a review, and the day of it."""

    day: datetime.date
    scores: Scores


def path(points: Sequence[Point], yard: Yardstick, *, until: datetime.date, tolerated: int | None) -> Figure:
    """``points`` oldest first. The line goes on to ``until``, the day for which it is drawn.

    Raises ValueError without a point.
    """
    rows = tuple(
        (one.day, *(yard.in_full(score) for score in (one.scores.current, one.scores.target)))
        for one in points
    )
    columns = (Column("Reviewed on", "date"), Column("Current"), Column("Target"))
    spec = partial(_drawn, tuple(points), until, tolerated)
    return Figure("Score over time", _summary(points, yard, tolerated), columns, rows, spec)


def _summary(points: Sequence[Point], yard: Yardstick, tolerated: int | None) -> str:
    first, now = points[0], points[-1].scores.current
    same = list(takewhile(lambda one: one.scores.current == now, reversed(points)))
    words = f"{yard.in_full(now)} since the review of {in_words(same[-1].day)}."
    if len(same) < len(points):
        since = f"{words[0].lower()}{words[1:]}"
        words = f"{yard.in_full(first.scores.current)} on {in_words(first.day)}; {since}"
    return words if tolerated is None else f"{words} Its category tolerates {tolerated} at most."


def _moment(day: datetime.date) -> int:
    start = datetime.datetime(day.year, day.month, day.day, tzinfo=datetime.UTC)
    return int(start.timestamp() * 1000)


def _values(points: Sequence[Point], until: datetime.date) -> list[dict[str, Any]]:
    """A value a review and series, and one for ``until``; a score taken back begins another run."""
    found = []
    for kind, (name, *_) in SERIES.items():
        run = 0
        known = [(one.day, getattr(one.scores, kind)) for one in points]
        for day, score in [*known, (max(until, points[-1].day), known[-1][1])]:
            run += score is None
            if score is not None:
                found.append({"day": _moment(day), "score": score.value, "series": name, "run": run})
    return found


def _drawn(
    points: Sequence[Point], until: datetime.date, tolerated: int | None, width: int
) -> dict[str, Any]:
    narrow = width < NARROW
    axis: dict[str, Any] = {"title": None, "grid": False, "format": "%b %Y", "labelOverlap": True}
    axis |= {"tickCount": 3 if narrow else 6, "labelFlush": True}
    x = {"field": "day", "type": "temporal", "scale": {"type": "utc"}, "axis": axis}
    y = {
        "field": "score",
        "type": "quantitative",
        "scale": {"domain": [0, 25]},
        "axis": {"grid": True, "tickCount": 5, "values": [5, 10, 15, 20, 25], "title": "Score"},
    }
    values = {"values": _values(points, until)}
    line = {"type": "line", "interpolate": "step-after", "strokeWidth": 2.5}
    dots = {"type": "point", "filled": True, "size": 44, "color": DARK, "opacity": 1}
    reviews = [
        {"day": _moment(one.day), "score": one.scores.current.value} for one in points if one.scores.current
    ]
    return {
        "width": width,
        "height": NARROW_HEIGHT if narrow else HEIGHT,
        "autosize": {"type": "fit", "contains": "padding"},
        "layer": [
            {"data": values, "mark": line, "encoding": {"x": x, "y": y, **_paint()}},
            {"data": {"values": reviews}, "mark": dots, "encoding": {"x": x, "y": y}},
            *_tolerated(tolerated),
        ],
        "padding": {"left": 2, "right": 16, "top": 2, "bottom": 2},
    }


def _paint() -> dict[str, Any]:
    """Colour and dashes of the lines: neither stands alone."""
    names = [name for name, *_ in SERIES.values()]
    shade = {"field": "series", "type": "nominal"}
    legend = {"symbolType": "stroke", "symbolStrokeWidth": 2.5, "symbolSize": 400}
    return {
        "color": {
            **shade,
            "legend": legend,
            "scale": {"domain": names, "range": [colour for _, colour, _ in SERIES.values()]},
        },
        "strokeDash": {
            **shade,
            "legend": legend,
            "scale": {"domain": names, "range": [dashes for *_, dashes in SERIES.values()]},
        },
        "detail": {"field": "run", "type": "nominal"},
    }


def _tolerated(highest: int | None) -> list[dict[str, Any]]:
    """The highest score tolerated, drawn just above it so that a score on it is seen to be within."""
    if highest is None:
        return []
    rule = {"type": "rule", "color": INK, "strokeWidth": 1.5, "strokeDash": [2, 3]}
    text = {"type": "text", "align": "left", "x": 4, "dy": -8, "color": INK}
    text["text"] = f"Tolerated at most: {highest}"
    where = {"y": {"datum": min(highest + 0.5, 25)}}
    one: dict[str, Any] = {"values": [{}]}
    return [
        {"data": one, "mark": rule, "encoding": where},
        {"data": one, "mark": text, "encoding": where},
    ]

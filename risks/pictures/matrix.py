"""How many risks lie in each cell now, beside how many are to lie there after the planned actions."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from programme.foundation.cells import Column
from programme.foundation.figures import INK, QUIET, Figure

from ..reading.yardstick import Yardstick
from ..rules.scoring import BANDS, CELLS, HIGHEST, Score
from .cells import NARROW, PAINT, Plan, cells

TITLE = "Where the risks stand, and where they are to go"
COLUMNS = (Column("Band"), Column("Now", "number"), Column("Target", "number"))
HEADS = ("Now", "Target, after the planned actions")
TOP, BETWEEN, DOWN = 44, 30, 44
Counts = Mapping[Score | None, int]


def picture(held: Yardstick, now: Counts, target: Counts, *, summary: str) -> Figure:
    """Both matrices; on a phone one below the other. What is not yet scored lies in no cell."""
    both = now, target
    rows = tuple(
        (band.label, *(sum(counts[cell] for cell in held.matrix.cells_in(band)) for counts in both))
        for band in reversed(BANDS)
    )
    return Figure(TITLE, summary, COLUMNS, rows, partial(_drawn, held, both))


def _drawn(held: Yardstick, both: tuple[Counts, Counts], width: int) -> dict[str, Any]:
    layers = []
    plans = _plans(width)
    for plan, head, counts in zip(plans, HEADS, both, strict=True):
        layers += [*cells(plan, held), *_scales(plan, held, head), *_counts(plan, held, counts)]
    kept = [layer for layer in layers if layer["data"]["values"]]
    return {"width": width, "height": plans[0].height, "autosize": {"type": "none"}, "layer": kept}


def _plans(width: int) -> tuple[Plan, Plan]:
    matrix = HIGHEST * DOWN
    if width < NARROW:
        across = (width - 116) / HIGHEST
        height = 2 * (TOP + matrix) + BETWEEN
        first, second = TOP, TOP + matrix + BETWEEN + TOP
        return (
            Plan(width, height, 112, first, across, DOWN, short=True),
            Plan(width, height, 112, second, across, DOWN, short=True),
        )
    across = (width - 2 * 112 - BETWEEN - 4) / (2 * HIGHEST)
    right = 112 + HIGHEST * across + BETWEEN + 112
    return (
        Plan(width, TOP + matrix + 4, 112, TOP, across, DOWN, short=True),
        Plan(width, TOP + matrix + 4, right, TOP, across, DOWN, short=True),
    )


def _scales(plan: Plan, held: Yardstick, head: str) -> list[dict[str, Any]]:
    """What the matrix shows, the numbers of the impact above it and the words of the likelihood beside it."""
    impact, likelihood = [], []
    for value in range(1, HIGHEST + 1):
        x, y = plan.middle(Score(value, value))
        impact.append({"x": x, "y": plan.top - 10, "text": str(value)})
        likelihood.append({"x": plan.left - 8, "y": y, "text": str(held.likelihood[value])})
    text = {"type": "text", "baseline": "middle", "fontSize": 12}
    heads = [{"x": plan.left, "y": plan.top - 32, "text": head}]
    axis = [{"x": plan.left - 8, "y": plan.top - 10, "text": "Impact"}]
    named = {"text": {"field": "text"}}
    beside = {**text, "align": "right", "limit": 104}
    return [
        plan.layer(heads, {**text, "align": "left", "fontWeight": "bold"}, **named),
        plan.layer(axis, {**text, "align": "right", "color": QUIET}, **named),
        plan.layer(impact, {**text, "align": "center"}, **named),
        plan.layer(likelihood, beside, **named),
    ]


def _counts(plan: Plan, held: Yardstick, counts: Counts) -> list[dict[str, Any]]:
    """A number in each cell that holds a risk, in the ink of its band."""
    layers = []
    text = {"type": "text", "baseline": "middle", "align": "center", "fontSize": 16, "fontWeight": "bold"}
    for band, (_, ink) in PAINT.items():
        filled = [cell for cell in CELLS if counts[cell] and held.matrix.band(cell) == band]
        values = [
            dict(
                zip("xy", plan.middle(cell), strict=True),
                y=plan.middle(cell)[1] + 8,
                text=f"{counts[cell]:,}",
            )
            for cell in filled
        ]
        layers.append(plan.layer(values, {**text, "color": ink or INK}, text={"field": "text"}))
    return layers

"""The 25 cells of a matrix as layers of a picture: where they lie, their bands, the words of the scales."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from programme.foundation.figures import INK, QUIET

from ..choices import Band
from ..reading.yardstick import Yardstick
from ..rules.scoring import CELLS, HIGHEST, Score

NARROW = 600
PAINT = {
    Band.LOW: ("#f3f7f6", INK),
    Band.MEDIUM: ("#d5e4e0", INK),
    Band.HIGH: ("#86b8b1", INK),
    Band.SEVERE: ("#1d4d4f", "#ffffff"),
}


@dataclass(frozen=True)
class Plan:
    """Where the cells of a matrix lie in a picture, in pixels from its upper left corner.

    ``short`` where there is room for the first letter of a band and the numbers of the scales only.
    """

    width: int
    height: int
    left: float
    top: float
    across: float
    down: float
    short: bool

    def middle(self, score: Score) -> tuple[float, float]:
        x = self.left + (score.impact - 0.5) * self.across
        return x, self.top + (HIGHEST - score.likelihood + 0.5) * self.down

    def layer(self, values: list[dict[str, Any]], mark: dict[str, Any], **encoding: Any) -> dict[str, Any]:
        at = {"x": _pixels("x", self.width), "y": _pixels("y", self.height)}
        return {"data": {"values": values}, "mark": mark, "encoding": at | encoding}


def alone(width: int) -> Plan:
    """A matrix alone in a picture."""
    narrow = width < NARROW
    left, top, down = (24, 40, 62) if narrow else (130, 44, 78)
    height = top + HIGHEST * down + 4
    return Plan(width, height, left, top, (width - left - 4) / HIGHEST, down, short=narrow)


def _pixels(field: str, most: float) -> dict[str, Any]:
    scale = {"domain": [0, most], "range": [0, most], "nice": False, "zero": False}
    return {"field": field, "type": "quantitative", "scale": scale, "axis": None}


def cells(plan: Plan, held: Yardstick) -> list[dict[str, Any]]:
    layers = []
    for band, (paint, ink) in PAINT.items():
        cells = [plan.middle(score) for score in CELLS if held.matrix.band(score) == band]
        right, low = plan.across / 2 - 1.5, plan.down / 2 - 1.5
        boxes = [{"x": x - right, "x2": x + right, "y": y - low, "y2": y + low} for x, y in cells]
        names = [{"x": x - right + 5, "y": y - low + 11} for x, y in cells]
        mark = {"type": "rect", "fill": paint, "stroke": "#6b7f80"}
        text = {"type": "text", "align": "left", "baseline": "middle", "fontSize": 11, "color": ink}
        text["text"] = band.label[0] if plan.short else band.label
        layers.append(plan.layer(boxes, mark, x2={"field": "x2"}, y2={"field": "y2"}))
        layers.append(plan.layer(names, text))
    return layers


def scales(plan: Plan, held: Yardstick) -> list[dict[str, Any]]:
    """The words of the scales; on a phone their numbers."""
    impact, likelihood = [], []
    for value in range(1, HIGHEST + 1):
        x, y = plan.middle(Score(value, value))
        across, down = held.impact[value], held.likelihood[value]
        impact.append({"x": x, "y": plan.top - 12, "text": str(value) if plan.short else str(across)})
        likelihood.append(
            {"x": plan.left - 8, "y": y, "text": str(value) if plan.short else _short(str(down), 17)}
        )
    text = {"type": "text", "baseline": "middle", "fontSize": 12}
    axes = [{"x": plan.left, "y": 10, "text": "Impact across, likelihood up"}]
    return [
        plan.layer(axes, {**text, "align": "left", "color": QUIET}, text={"field": "text"}),
        plan.layer(impact, {**text, "align": "center", "limit": plan.across - 6}, text={"field": "text"}),
        plan.layer(likelihood, {**text, "align": "right"}, text={"field": "text"}),
    ]


def _short(words: str, most: int) -> str:
    return words if len(words) <= most else f"{words[: most - 1]}…"

"""The benefits map as a picture: six columns of names joined by lines; on a phone, an outline.

Nothing rests on colour alone: a link that does not hold is dashed, a benefit without a measure has a hollow
mark, and the list says it in words.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import accumulate
from typing import Any

from programme.foundation.cells import Column
from programme.foundation.charts.key import shortened
from programme.foundation.figures import DARK, INK, LATE, MIDDLE, QUIET, Figure, local_link

from ..rules.mapping import COLUMNS, Line, Node
from .map_layout import heights

MOST = 40  # lines in one picture: more are not read any more
NARROW = 480  # below this width a picture is drawn for a phone
ROW, NARROW_ROW, LINE, HEAD, MARK = 42, 30, 16, 30, 12
GAP = 46  # pixels between two columns, so that lines which lead far up or down can be told apart
SHARES = {"priority": 15, "workstream": 14, "project": 19, "milestone": 19, "benefit": 19, "measure": 14}
KEY = (
    "Dashed: something is missing between, or the benefit starts before its milestone. "
    "Hollow: a benefit without a measure."
)


def map_picture(lines: Sequence[Line], *, summary: str) -> Figure | None:
    """The first lines as a picture with their table; nothing where there are none."""
    shown = tuple(lines[:MOST])
    if not shown:
        return None
    columns = (*(Column(words, width=32) for words in COLUMNS.values()), Column("What is missing", width=40))
    rows = tuple((*line.nodes, line.missing_words or None) for line in shown)
    return Figure("Benefits map", summary, columns, rows, partial(_drawn, shown))


def _drawn(lines: Sequence[Line], width: int) -> dict[str, Any]:
    return _outline(lines, width) if width < NARROW else _columns(lines, width)


def _columns(lines: Sequence[Line], width: int) -> dict[str, Any]:
    placed = heights(lines)
    wide = {column: width * share / 100 for column, share in SHARES.items()}
    across = dict(zip(COLUMNS, accumulate(wide.values(), initial=0.0), strict=False))
    height = HEAD + ROW * (max(placed.values()) + 1) + ROW
    hollow = {line.benefit for line in lines if line.measure is None}

    def middle(node: Node) -> float:
        return HEAD + ROW * (placed[node] + 0.5)

    names = [
        {"x": across[node.column] + 4, "y": middle(node)}
        | _name(node, wide[node.column] - MARK - GAP, node in hollow)
        for node in placed
    ]
    joined = {
        (start, end, broken): {
            "x": across[start.column] + wide[start.column] - GAP + 8,
            "y": middle(start),
            "x2": across[end.column],
            "y2": middle(end),
            "broken": broken,
        }
        for line in lines
        for start, end, broken in line.links
    }
    heads = [{"x": across[column], "y": HEAD / 3, "text": words} for column, words in COLUMNS.items()]
    key = [{"x": 0, "y": height - ROW / 2, "text": KEY}]
    scale = _Scale(width, height)
    return scale.spec(
        [
            *scale.joins(list(joined.values())),
            *scale.names(names),
            scale.texts(heads, fontWeight="bold", color=QUIET),
            scale.texts(key, color=QUIET, fontSize=12),
        ]
    )


def _outline(lines: Sequence[Line], width: int) -> dict[str, Any]:
    """Each name in a row of its own under what it serves; what a row above says already is not said again."""
    rows: list[tuple[int, Node | str, bool]] = []
    before: tuple[Any, ...] = ("",) * len(COLUMNS)
    for line in lines:
        nodes = _with_gaps(line)
        said = (place for place, node in enumerate(nodes) if node != before[place])
        start = next(said, len(nodes))
        rows += [
            (place, node, node == line.benefit and line.measure is None)
            for place, node in enumerate(nodes[start:], start)
            if node is not None
        ]
        before = nodes
    names = []
    for number, (place, node, hollow) in enumerate(rows):
        x = 4 + place * 12
        at = {"x": x, "y": NARROW_ROW * (number + 0.5)}
        names.append(at | _name(node, width - x - MARK - 4, hollow, lines=1))
    height = NARROW_ROW * (len(rows) + 1)
    scale = _Scale(width, height)
    key = [{"x": 0, "y": height - NARROW_ROW / 3, "text": "Hollow: a benefit without a measure."}]
    return scale.spec([*scale.names(names), scale.texts(key, color=QUIET, fontSize=12)])


def _with_gaps(line: Line) -> tuple[Node | str | None, ...]:
    """The line's names, with words where it hangs on no workstream or no project."""
    nodes: list[Node | str | None] = list(line.nodes)
    if line.workstream is None:
        nodes[0] = "In no workstream"
    elif line.project is None:
        nodes[2] = "In no project"
    return tuple(nodes)


def _name(node: Node | str, room: float, hollow: bool, lines: int = 2) -> dict[str, Any]:
    """A name in so many lines, its mark and its address; words that are no name have neither."""
    if isinstance(node, str):
        return {"text": node, "url": None, "mark": "none", "bold": False}
    bold = node.column == "benefit"
    return {
        "text": "\n".join(_broken(node.label, round(room), lines, bold=bold)),
        "url": local_link(node.url),
        "mark": "hollow" if hollow else "full",
        "bold": bold,
    }


def _broken(words: str, room: int, lines: int, *, bold: bool) -> list[str]:
    """The words in one line or two of ``room`` pixels, with an ellipsis where they do not fit."""
    first: list[str] = []
    left = words.split()
    while lines > 1 and left and shortened(longer := " ".join([*first, left[0]]), room, bold=bold) == longer:
        first.append(left.pop(0))
    return [part for part in (" ".join(first), shortened(" ".join(left), room, bold=bold)) if part]


class _Scale:
    """Layers on one scale of pixels each way, from the upper left corner."""

    def __init__(self, width: float, height: float):
        self.width, self.height = width, height

    def spec(self, layers: list[dict[str, Any]]) -> dict[str, Any]:
        return {
            "width": self.width,
            "height": self.height,
            "autosize": {"type": "none"},
            "layer": [layer for layer in layers if layer["data"]["values"]],
        }

    def layer(self, values: list[dict[str, Any]], mark: dict[str, Any], **encoding: Any) -> dict[str, Any]:
        at = {"x": self._pixels("x", self.width), "y": self._pixels("y", self.height)}
        return {"data": {"values": values}, "mark": mark, "encoding": at | encoding}

    def _pixels(self, field: str, most: float) -> dict[str, Any]:
        scale = {"domain": [0, most], "range": [0, most], "nice": False, "zero": False}
        return {"field": field, "type": "quantitative", "scale": scale, "axis": None}

    def joins(self, values: list[dict[str, Any]]) -> list[dict[str, Any]]:
        ends = {"x2": {"field": "x2"}, "y2": {"field": "y2"}}
        whole = {"type": "rule", "stroke": MIDDLE, "strokeWidth": 1.5}
        broken = {"type": "rule", "stroke": LATE, "strokeWidth": 1.5, "strokeDash": [5, 4]}
        return [
            self.layer([one for one in values if one["broken"] is state], mark, **ends)
            for state, mark in ((False, whole), (True, broken))
        ]

    def names(self, values: list[dict[str, Any]]) -> list[dict[str, Any]]:
        looks = {"full": {"fill": DARK, "stroke": DARK}, "hollow": {"fill": "#ffffff", "stroke": LATE}}
        point = {"type": "point", "shape": "square", "size": 60, "strokeWidth": 2, "opacity": 1}
        marks = [
            self.layer([one for one in values if one["mark"] == name], point | look)
            for name, look in looks.items()
        ]
        words = [
            self.texts([one for one in values if one["bold"] is bold], dx=MARK, fontWeight=weight)
            for bold, weight in ((False, "normal"), (True, "bold"))
        ]
        return [*marks, *words]

    def texts(self, values: list[dict[str, Any]], **look: Any) -> dict[str, Any]:
        mark = {"type": "text", "align": "left", "baseline": "middle", "fontSize": 13, "color": INK}
        mark |= {"lineBreak": "\n", "lineHeight": LINE, **look}
        linked = {"href": {"field": "url"}} if any(one.get("url") for one in values) else {}
        return self.layer(values, mark, text={"field": "text"}, **linked)

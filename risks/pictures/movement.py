"""The matrix with an arrow for every way that risks went through it since a day."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from programme.foundation.cells import Column
from programme.foundation.figures import INK, Figure

from ..choices import ENDED
from ..reading.movements import Moved
from ..reading.yardstick import Yardstick
from ..rules.movement import Moment
from ..rules.scoring import Score
from ..words import movement as words
from .cells import Plan, alone, cells, scales

MOST = 20  # arrows that can still be told apart
TOLD = 60  # ways in the table
REFERENCES = 5
LETTER, LINE = 7.5, 15  # pixels of the words on arrows
PLACES = (0.5, 0.36, 0.64, 0.24, 0.76)  # along an arrow
NEW, UNSCORED, GONE = "New", "Not yet scored", "Closed, materialised or withdrawn"
COLUMNS = (Column("From"), Column("To"), Column("Risks", "number"), Column("Which", width=40))
End = Score | str


@dataclass(frozen=True)
class Way:
    """Risks that went from one place to another; a place is a cell, or words outside the matrix."""

    start: End
    end: End
    risks: tuple[Moved, ...]


def ways(moved: Sequence[Moved]) -> list[Way]:
    """Every way that a risk went, the most travelled first; what stayed where it was is none."""
    found: dict[tuple[End, End], list[Moved]] = defaultdict(list)
    for one in moved:
        start, end = _place(one.before), _place(one.now)
        if start != end:
            found[start, end].append(one)
    every = [Way(start, end, tuple(risks)) for (start, end), risks in found.items()]
    return sorted(every, key=lambda way: (-len(way.risks), str(way.start), str(way.end)))


def picture(found: Sequence[Way], held: Yardstick, *, summary: str) -> Figure | None:
    """The matrix of now with its arrows; None where nothing went anywhere."""
    if not found:
        return None
    rows = [
        (
            _said(way.start, held),
            _said(way.end, held),
            len(way.risks),
            words.references(way.risks, REFERENCES),
        )
        for way in found[:TOLD]
    ]
    if rest := found[TOLD:]:
        rows.append(
            (f"{len(rest):,} ways more", "Elsewhere", sum(len(way.risks) for way in rest), "In the list")
        )
    return Figure(
        "Ways through the matrix", summary, COLUMNS, tuple(rows), partial(_drawn, tuple(found), held)
    )


def _place(stood: Moment | None) -> End:
    if stood is None:
        return NEW
    if stood.withdrawn or stood.status in ENDED:
        return GONE
    return stood.score or UNSCORED


def _said(end: End, held: Yardstick) -> str:
    return end if isinstance(end, str) else held.in_full(end)


def _drawn(found: Sequence[Way], held: Yardstick, width: int) -> dict[str, Any]:
    plan = alone(width)
    inside = [way for way in found if isinstance(way.start, Score) and isinstance(way.end, Score)][:MOST]
    doors = _doors(plan, found)
    taken = [_Box.of(one["x"] - LETTER * len(one["text"]) / 2, one["y"], one["text"]) for one in doors]
    layers = [*cells(plan, held), *scales(plan, held), *_arrows(plan, inside, taken), *_told(plan, doors)]
    kept = [layer for layer in layers if layer["data"]["values"]]
    return {"width": width, "height": plan.height, "autosize": {"type": "none"}, "layer": kept}


@dataclass(frozen=True)
class _Box:
    """Where words lie, in pixels."""

    left: float
    top: float
    right: float
    bottom: float

    @classmethod
    def of(cls, x: float, y: float, words: str) -> _Box:
        half = LETTER * len(words) / 2
        return cls(x - half, y - LINE / 2, x + half, y + LINE / 2)

    def shared(self, other: _Box) -> float:
        """How much of both lies upon each other."""
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.bottom, other.bottom) - max(self.top, other.top)
        return max(across, 0) * max(down, 0)


def _beside(line: dict[str, float], words: str, taken: list[_Box]) -> tuple[float, float]:
    """A place on the line where the words cover the least of other words; the middle where it is free."""

    def at(part: float) -> tuple[float, float]:
        return (
            line["x"] + part * (line["x2"] - line["x"]),
            line["y"] + part * (line["y2"] - line["y"]),
        )

    best = min(PLACES, key=lambda part: sum(_Box.of(*at(part), words).shared(one) for one in taken))
    taken.append(_Box.of(*at(best), words))
    return at(best)


def _arrows(plan: Plan, inside: Sequence[Way], taken: list[_Box]) -> list[dict[str, Any]]:
    """A line with a white edge, a head, and how many went that way or which one did; off ``taken`` places."""
    lines, heads, names = [], [], []
    for way in inside:
        (x, y), (x2, y2) = plan.middle(way.start), plan.middle(way.end)  # type: ignore[arg-type]
        length = math.hypot(x2 - x, y2 - y)
        along, aside = (x2 - x) / length, (y2 - y) / length
        # Beside the middle line, so that there and back do not lie on each other.
        x, x2, y, y2 = x - 7 * aside, x2 - 7 * aside, y + 7 * along + 6, y2 + 7 * along + 6
        lines.append({"x": x, "y": y, "x2": x2 - 9 * along, "y2": y2 - 9 * aside})
        heads.append({"x": x2 - 6 * along, "y": y2 - 6 * aside, "a": math.degrees(math.atan2(along, -aside))})
        some = len(way.risks)
        label = way.risks[0].risk.ref if some == 1 else str(some)
        at_x, at_y = _beside({"x": x, "y": y, "x2": x2, "y2": y2}, label, taken)
        names.append({"x": at_x, "y": at_y, "text": label})
    ends = {"x2": {"field": "x2"}, "y2": {"field": "y2"}}
    turned = {"angle": {"field": "a", "type": "quantitative", "scale": None}}
    white = {"stroke": "#ffffff", "opacity": 1}
    head = {"type": "point", "shape": "triangle", "size": 110, "fill": INK, "strokeWidth": 1}
    text = {"type": "text", "baseline": "middle", "align": "center", "fontSize": 12, "fontWeight": "bold"}
    named = {"text": {"field": "text"}}
    return [
        plan.layer(lines, {"type": "rule", "strokeWidth": 5, **white}, **ends),
        plan.layer(lines, {"type": "rule", "strokeWidth": 2, "stroke": INK, "opacity": 1}, **ends),
        plan.layer(heads, head | white, **turned),
        plan.layer(names, {**text, **white, "strokeWidth": 5}, **named),
        plan.layer(names, text, **named),
    ]


def _doors(plan: Plan, found: Sequence[Way]) -> list[dict[str, Any]]:
    """In each cell, how many came into the matrix there and how many left it: words, and where they end."""
    came: dict[Score, int] = defaultdict(int)
    left: dict[Score, int] = defaultdict(int)
    for way in found:
        if isinstance(way.end, Score) and isinstance(way.start, str):
            came[way.end] += len(way.risks)
        if isinstance(way.start, Score) and isinstance(way.end, str):
            left[way.start] += len(way.risks)
    values = []
    for score in {*came, *left}:
        x, y = plan.middle(score)
        told = [f"+{came[score]}"] if came[score] else []
        told += [f"−{left[score]}"] if left[score] else []
        # In the upper right corner, where neither the band nor an arrow is.
        values.append({"x": x + plan.across / 2 - 6, "y": y - plan.down / 2 + 12, "text": " ".join(told)})
    return values


def _told(plan: Plan, values: list[dict[str, Any]]) -> list[dict[str, Any]]:
    text = {"type": "text", "baseline": "middle", "align": "right", "fontSize": 13, "fontWeight": "bold"}
    white = {"stroke": "#ffffff", "strokeWidth": 4, "opacity": 1}
    named = {"text": {"field": "text"}}
    return [plan.layer(values, text | white, **named), plan.layer(values, text, **named)]

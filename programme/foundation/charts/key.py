"""The key of a picture, and names cut to the room there is.

Text is set out here by an estimate of its width: Vega measures every word that it places by itself several
times, a millisecond each.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from programme.foundation.figures import DARK, INK, LATE, ON_TIME, QUIET

LETTER = 6.1  # the usual width of a letter of the key, in pixels
LINE = 24  # pixels from one line of a key of amounts to the next


def key(width: int, names: int, critical: bool) -> tuple[list[dict[str, Any]], int]:
    """What the marks mean, set out in lines as wide as the picture."""
    entries = [
        ("diamond", "#ffffff", QUIET, 1.5, "approved (thin line: activities)"),
        ("diamond", DARK, DARK, 1, "done"),
        ("diamond", ON_TIME, ON_TIME, 1, "forecast on time"),
        ("diamond", LATE, LATE, 1, "forecast late"),
    ]
    if critical:
        entries.append(("square", "#ffffff", INK, 3, "thick outline: critical"))
    entries.append(("stroke", INK, INK, 1.25, "today"))
    placed: list[dict[str, Any]] = []
    x, line = 8.0, 0
    for shape, fill, edge, thick, words in entries:
        wide = 34 + LETTER * len(words)
        if placed and x + wide > width:
            x, line = 8.0, line + 1
        placed.append(
            {
                "x": x - names,
                "line": line,
                "shape": shape,
                "fill": fill,
                "edge": edge,
                "thick": thick,
                "text": words,
            }
        )
        x += wide
    for entry in placed:
        entry["y"] = -42 - 20 * line + 20 * entry["line"]
    return _key_layers(placed), 20 * (line + 1) + 6


def _key_layers(entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The key in pixels, on no scale: shapes, the dashed line of today, words."""
    layers = []
    for entry in entries:
        place = {"x": {"value": entry["x"]}, "y": {"value": entry["y"]}}
        mark = {
            "type": "point",
            "shape": entry["shape"],
            "size": 100,
            "fill": entry["fill"],
            "stroke": entry["edge"],
        }
        mark |= {"strokeWidth": entry["thick"], "opacity": 1}
        if entry["shape"] == "stroke":
            mark = {"type": "rule", "strokeDash": [4, 3], "stroke": INK, "strokeWidth": 1.25}
            place["y"] = {"value": entry["y"] - 8}
            place["y2"] = {"value": entry["y"] + 8}
        words = {"type": "text", "align": "left", "baseline": "middle", "fontSize": 12}
        words |= {"x": entry["x"] + 12, "y": entry["y"], "text": entry["text"]}
        layers.append({"data": {"values": [{}]}, "mark": mark, "encoding": place})
        layers.append({"data": {"values": [{}]}, "mark": words})
    return layers


@dataclass(frozen=True)
class Entry:
    """What one shade or line of a picture of amounts is called, and the mark that shows it."""

    name: str
    mark: dict[str, Any]


def shade(name: str, colour: str) -> Entry:
    """An outlined square, so that everybody sees the palest on white."""
    outlined = {"fill": colour, "stroke": DARK, "strokeWidth": 0.75}
    return Entry(name, {"type": "square", "size": 130, "opacity": 1, **outlined})


@dataclass(frozen=True)
class AmountsKey:
    """The entries in as many lines above the picture as its ``width`` asks for, all of it in pixels."""

    entries: Sequence[Entry]
    width: int

    @property
    def top(self) -> int:
        """Pixels that it takes above the picture."""
        return LINE * (1 + max(line for _, line in self._places())) + 12 if self.entries else 8

    def layers(self, left: int) -> list[dict[str, Any]]:
        """Its marks and words; ``left`` pixels of the width lie before where amounts begin."""
        found: list[dict[str, Any]] = []
        for entry, (x, line) in zip(self.entries, self._places(), strict=True):
            place = {"x": {"value": x - left}, "y": {"value": LINE * line + 14 - self.top}}
            words = {"type": "text", "align": "left", "baseline": "middle", "dx": 13, "text": entry.name}
            found += [
                {"data": {"values": [{}]}, "mark": mark, "encoding": place} for mark in (entry.mark, words)
            ]
        return found

    def _places(self) -> list[tuple[float, int]]:
        """Of each entry: pixels from the left, and line."""
        found: list[tuple[float, int]] = []
        x, line = 10.0, 0
        for entry in self.entries:
            wide = 40 + (LETTER + 0.6) * len(entry.name)
            if found and x + wide > self.width:
                x, line = 10.0, line + 1
            found.append((x, line))
            x += wide
        return found


def width_of(name: str, *, bold: bool = False) -> float:
    """An estimate of its width in pixels."""
    return sum(_letter(letter) for letter in name) * (1.06 if bold else 1.0)


def _letter(letter: str) -> float:
    return 3.8 if letter in "iljtfrI.,;:'|()[] " else 11 if letter in "mwMW@%" else 7.3


def shortened(name: str, room: float, *, bold: bool = False) -> str:
    """The name, or as much of it as an estimate says fits in so many pixels, with an ellipsis."""
    used, scale = 0.0, 1.06 if bold else 1.0
    for place, letter in enumerate(name):
        used += scale * _letter(letter)
        if used > room:
            return name[: max(place - 2, 1)].rstrip() + "…"
    return name

"""The key of a plan's picture, and names cut to the room there is.

Text is cut here by an estimate of its width: letting Vega measure every name takes seconds.
"""

from typing import Any

from programme.foundation.figures import DARK, INK, LATE, ON_TIME, QUIET

LETTER = 6.1  # the usual width of a letter of the key, in pixels


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


def shortened(name: str, room: float, *, bold: bool = False) -> str:
    """The name, or as much of it as an estimate says fits in so many pixels, with an ellipsis."""
    used, scale = 0.0, 1.06 if bold else 1.0
    for place, letter in enumerate(name):
        used += scale * (3.8 if letter in "iljtfrI.,;:'|()[] " else 11 if letter in "mwMW@%" else 7.3)
        if used > room:
            return name[: max(place - 2, 1)].rstrip() + "…"
    return name

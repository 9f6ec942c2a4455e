"""Pictures of figures: a chart that cannot exist without the sentence and the table that stand for it.

Charts are Vega-Lite specifications drawn to SVG by the server (``drawing.py``), never in the reader's
browser: the same picture on the page, in the pack and in the workbook. The SVG works inline under a strict
content security policy: no script, no style, only presentation attributes.
"""

import hashlib
import json
import re
from collections.abc import Callable, Sequence
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from typing import Any
from xml.etree import ElementTree

from defusedxml.ElementTree import fromstring
from django.core.cache import cache as shared_cache

from programme.foundation import drawing
from programme.foundation.cells import Column, clean_text
from programme.foundation.drawing import NotDrawn

__all__ = ["Figure", "NotDrawn", "local_link"]

FONT = "Atkinson Hyperlegible Next"
DRAWING = "2"  # raise it when the same specification is to be drawn anew
PNG_SCALE = 2
NOT_AGAIN_FOR = 5 * 60  # seconds: a drawing that hangs would hold a page for 20 of them at every view
DARK, MIDDLE, LIGHT = "#1d4d4f", "#6fa8a0", "#d5e4e0"
UNCUT = 0  # words are cut in Python: Vega measures what it may have to cut once more, a millisecond each
HALO = {"stroke": "#ffffff", "strokeWidth": 4}  # behind words, so that no line crosses them
INK, QUIET, RULE, GRID = "#0b0c0c", "#505a5f", "#505a5f", "#dbdfe1"
LATE, ON_TIME = "#aa2a16", "#00703c"
SVG = "http://www.w3.org/2000/svg"
XLINK_HREF = "{http://www.w3.org/1999/xlink}href"
NOISE = ("aria-roledescription", "aria-label", "role", "pointer-events", "class", "aria-hidden", "cursor")
LOCAL_LINK = re.compile(r"/(?!/)[\w./?&=%#~+-]*\Z")
VEGA_BASE = "https://vega.github.io/vega-datasets/"

ElementTree.register_namespace("", SVG)

CONFIG: dict[str, Any] = {
    "font": FONT,
    "background": "transparent",
    "padding": {"left": 2, "right": 2, "top": 2, "bottom": 2},
    "view": {"stroke": None},
    "axis": {
        "labelColor": INK,
        "labelFontSize": 13,
        "labelLimit": UNCUT,
        "titleColor": INK,
        "titleFontSize": 13,
        "titleFontWeight": "normal",
        "gridColor": GRID,
        "domainColor": RULE,
        "tickColor": RULE,
    },
    "axisY": {"domain": False, "ticks": False, "grid": False, "labelPadding": 8, "title": None},
    "legend": {
        "orient": "top",
        "title": None,
        "labelColor": INK,
        "labelFontSize": 13,
        "labelLimit": UNCUT,
        "symbolType": "square",
        "symbolStrokeWidth": 0,
        "columnPadding": 14,
        "offset": 12,
    },
    "text": {"font": FONT, "fontSize": 13, "color": INK},
    "locale": {
        "number": {"decimal": ".", "thousands": ",", "grouping": [3], "currency": ["£", ""], "minus": "−"}
    },
}


@dataclass(frozen=True)
class Figure:
    """A chart with its title, a summary in words, and its data as a table.

    ``spec`` takes the width in pixels and gives a Vega-Lite specification drawn for that width.
    Raises ValueError where the summary or the data is missing: a picture never stands alone.
    """

    title: str
    summary: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Any, ...], ...]
    spec: Callable[[int], dict[str, Any]]

    def __post_init__(self) -> None:
        if not self.title.strip() or not self.summary.strip():
            raise ValueError("A figure needs a title and a summary that says what it shows.")
        if not self.columns or not self.rows:
            raise ValueError(f"The figure “{self.title}” has no data to stand for it as a table.")
        if any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError(f"The data of the figure “{self.title}” does not fit its columns.")

    def svg(self, width: int = 900, *, links: bool = True) -> str:
        """The picture as SVG for a page, redrawn for this width in pixels; without links for a pack.

        Raises NotDrawn where the drawing engine gives none: the words and the table stand without it.
        """
        return _remembered("svg", self._content(width, links), lambda: self._drawn(width, links))

    def png(self, width: int = 900) -> bytes:
        """The picture as PNG on white, at twice the pixels, for a workbook. Raises NotDrawn."""
        content = self._content(width, False)
        return _remembered("png", content, lambda: _rastered(self._drawn(width, False)))

    def _content(self, width: int, links: bool) -> str:
        content = [self.title, self.summary, self.spec(width), width, links, DRAWING, _engine()]
        return json.dumps(content, sort_keys=True)

    def _drawn(self, width: int, links: bool) -> str:
        spec = _clean({**self.spec(width), "config": CONFIG})
        return _for_pages(drawing.svg(spec), self, width, links)


def local_link(address: str) -> str | None:
    """The address if it is a page of this portal, else nothing: Vega stops at addresses it distrusts."""
    return address if LOCAL_LINK.match(address) else None


def _remembered(form: str, content: str, draw: Callable[[], Any]) -> Any:
    """The drawing, kept by its content; also that there is none, for some minutes. Raises NotDrawn."""
    key = f"figure:{form}:{hashlib.sha256(content.encode()).hexdigest()}"
    kept = shared_cache.get(key)
    if kept is None:
        if words := shared_cache.get(f"{key}:not-drawn"):
            raise NotDrawn(words)
        try:
            kept = draw()
        except NotDrawn as failed:
            shared_cache.set(f"{key}:not-drawn", str(failed) or "Not drawn.", timeout=NOT_AGAIN_FOR)
            raise
        shared_cache.set(key, kept, timeout=None)
    return kept


@cache
def _engine() -> str:
    """The version of the drawing engine, which this process never loads."""
    return metadata.version("vl-convert-python")


def _rastered(svg: str) -> bytes:
    size = re.search(r'width="([\d.]+)" height="([\d.]+)"', svg)
    assert size, "every drawing carries its size"  # noqa: S101 - _for_pages has just written it
    white = f'<rect width="{size[1]}" height="{size[2]}" fill="#ffffff"/>'
    return drawing.png(svg.replace("</desc>", f"</desc>{white}", 1), scale=PNG_SCALE)


def _clean(value: Any) -> Any:
    """The specification without characters that XML forbids, whoever typed them."""
    if isinstance(value, str):
        return clean_text(value)
    if isinstance(value, dict):
        return {key: _clean(item) for key, item in value.items()}
    return [_clean(item) for item in value] if isinstance(value, list | tuple) else value


def _for_pages(drawn: str, figure: Figure, width: int, links: bool) -> str:
    """Vega's drawing as it may stand inline: named, described, unique, nothing that runs or styles."""
    root = _simplified(fromstring(drawn), links)
    mark = hashlib.sha256(f"{drawn}{width}{links}{figure.title}".encode()).hexdigest()[:10]
    _rename_ids(root, mark)
    name, words = f"figure-{mark}-title", f"figure-{mark}-summary"
    for place, (tag, id_, text) in enumerate(
        (("title", name, figure.title), ("desc", words, figure.summary))
    ):
        element = ElementTree.Element(f"{{{SVG}}}{tag}", {"id": id_})
        element.text = clean_text(text)
        root.insert(place, element)
    size = {key: root.get(key, "") for key in ("width", "height", "viewBox")}
    linked = any(element.tag.endswith("}a") for element in root.iter())
    root.attrib.clear()
    # A picture's insides are hidden from screen readers, so one with links must be a group instead.
    role = "group" if linked else "img"
    root.attrib.update(size, role=role, focusable="false")
    root.attrib.update({"aria-labelledby": name, "aria-describedby": words})
    return ElementTree.tostring(root, encoding="unicode")


def _simplified(element: Any, links: bool) -> Any:
    """Without Vega's class names, inner labels, empty shapes, and links that leave the portal."""
    for name in NOISE:
        element.attrib.pop(name, None)
    if size := element.get("font-size"):
        element.set("font-size", size.removesuffix("px"))
    children: list[Any] = []
    for child in element:
        _simplified(child, links)
        if _invisible(child, inside=element):
            continue
        children.extend(_linked(child, links) if child.tag.endswith("}a") else _on_halo(child))
    element[:] = children
    return element


def _on_halo(shape: Any) -> Sequence[Any]:
    """Words with an outline stand before it: drawn by Vega as two texts, each would be measured.

    ``paint-order`` would do it in one, but in a PDF the outline of each letter covers the letter before.
    """
    if not (shape.tag.endswith("}text") and shape.get("fill") and shape.get("stroke")):
        return [shape]
    halo = deepcopy(shape)
    halo.set("aria-hidden", "true")
    for name in [name for name in shape.attrib if name.startswith("stroke")]:
        del shape.attrib[name]
    return [halo, shape]


def _invisible(shape: Any, *, inside: Any) -> bool:
    if inside.tag.endswith("}clipPath"):
        return False
    painted = {"fill", "stroke"} & set(shape.attrib) and shape.get("d")
    return shape.get("display") == "none" or (shape.tag.endswith("}path") and not painted)


def _linked(anchor: Any, links: bool) -> Sequence[Any]:
    """The link if it stays in the portal and is wanted, else only what it held."""
    address = anchor.attrib.pop(XLINK_HREF, "").replace(VEGA_BASE, "", 1)
    if not links or not LOCAL_LINK.match(address):
        return list(anchor)
    anchor.attrib.clear()
    anchor.set("href", address)
    return [anchor]


def _rename_ids(root: Any, mark: str) -> None:
    """Ids that no other picture on the page has."""
    names = {element.get("id"): f"{mark}-{n}" for n, element in enumerate(root.iter()) if element.get("id")}
    for element in root.iter():
        for key, value in list(element.attrib.items()):
            if key == "id":
                element.set(key, names[value])
            elif "url(#" in value:
                element.set(key, re.sub(r"url\(#([^)]*)\)", lambda m: f"url(#{names[m[1]]})", value))

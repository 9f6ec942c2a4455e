"""A chart on a page, at both widths, with its sentence and its table: ``{% load portal_charts %}``."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any

from django import template
from django.utils.safestring import SafeString

from programme.foundation import cells, columns, money
from programme.foundation.figures import Figure, NotDrawn

register = template.Library()
log = logging.getLogger(__name__)

PAGE, PHONE = 900, 350  # drawn widths in pixels
WORDS = {"money": money.pounds, "thousands": money.thousands, "date": columns.day_in_words}


@register.inclusion_tag("components/chart.html")
def chart(figure: Figure, *, width: int = PAGE, links: Any = (), untitled: bool = False) -> dict[str, Any]:
    """Draw ``figure``; ``width`` in pixels, 480 in the lesser of two columns.

    ``links`` as [{"label", "url"}] stand beside its sentence. ``untitled`` where the page's own heading
    says the title already. The SVG is our own drawing, whose words ``Figure`` has escaped as XML.
    """
    return {
        "title": figure.title,
        "untitled": untitled,
        "summary": figure.summary,
        "wide": _picture(figure, width),
        "narrow": _picture(figure, PHONE),
        "columns": [_heading(column) for column in figure.columns],
        "rows": [list(_row(figure, row)) for row in figure.rows],
        "links": links,
    }


def _picture(figure: Figure, width: int) -> SafeString:
    """Nothing where it cannot be drawn: the page says its sentence and its table all the same."""
    try:
        return SafeString(figure.svg(width))
    except NotDrawn:
        log.exception("The figure “%s” could not be drawn.", figure.title)
        return SafeString("")


def _heading(column: cells.Column) -> dict[str, Any]:
    return {"label": column.title, "numeric": column.kind in cells.NUMERIC}


def _row(figure: Figure, row: tuple[Any, ...]) -> Iterator[dict[str, Any]]:
    for column, value in zip(figure.columns, row, strict=True):
        yield {"text": _words(column.kind, value), "numeric": column.kind in cells.NUMERIC}


def _words(kind: str, value: Any) -> str:
    if value is None:
        return columns.EMPTY
    if kind == "percent":
        return f"{value:,}%".replace("-", "−")
    if kind == "number":
        return f"{value:,}".replace("-", "−")
    words: Any = WORDS.get(kind, str)
    return str(words(value))

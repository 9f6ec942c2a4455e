"""The rows of a small table: ``{% load portal_tables %}{% data_rows rows columns numeric_from stacked %}``.

For ``components/data_table.html``, which says what a row and a cell may be. They are written here because a
template looks for each of a cell's seven properties in every cell, and takes longest where there is none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.formats import localize
from django.utils.safestring import SafeString
from django.utils.timezone import template_localtime  # type: ignore[attr-defined]

from programme.foundation.columns import escaped

register = template.Library()


@register.simple_tag
def data_rows(
    rows: Sequence[Any], columns: Sequence[Any], numeric_from: int | str = "", stacked: bool | str = ""
) -> SafeString:
    """Each row as ``<tr>``, its first cell the header; ``stacked`` names each cell's column for a phone."""
    headings = [escaped(_words(_of(one, "label") or one)) for one in columns] if stacked else []
    first = int(numeric_from) if numeric_from else len(columns) + 1
    return SafeString("\n".join(_row(row, headings, first) for row in rows))


def _row(row: Any, headings: Sequence[str], numeric_from: int) -> str:
    marked = isinstance(row, Mapping)
    cells = row["cells"] if marked else row
    css = "govuk-table__row"
    if marked and row.get("total"):
        css += " pp-table__total"
    if marked and row.get("withdrawn"):
        css += " pp-table__row--withdrawn"
    written = [_cell(cell, nth, headings, numeric_from) for nth, cell in enumerate(cells)]
    return f'<tr class="{css}">{"".join(written)}</tr>'


def _cell(cell: Any, nth: int, headings: Sequence[str], numeric_from: int) -> str:
    inside = _inside(cell)
    if nth == 0:
        return f'<th scope="row" class="govuk-table__header">{inside}</th>'
    css = "govuk-table__cell"
    if _of(cell, "numeric") or nth + 1 >= numeric_from:
        css += " govuk-table__cell--numeric"
    if _of(cell, "date"):
        css += " pp-table__date"
    if _of(cell, "wide"):
        css += " pp-table__wide"
    label = f' data-label="{headings[nth]}"' if headings else ""
    return f'<td class="{css}"{label}>{inside}</td>'


def _inside(cell: Any) -> str:
    text = _of(cell, "text")
    if text is None:
        return escaped(_words(cell))
    words = escaped(_words(text))
    if _of(cell, "band") is not None:
        return _drawn("components/band.html", band=str(_of(cell, "band")), score=text)
    if _of(cell, "rating"):
        return _drawn("components/rating.html", rating=str(_of(cell, "rating")), label=text)
    if _of(cell, "url"):
        return f'<a class="govuk-link" href="{escaped(_of(cell, "url"))}">{words}</a>'
    return f'<span class="pp-late">{words}</span>' if _of(cell, "late") else words


def _of(cell: Any, name: str) -> Any:
    """A property of a cell that is more than words."""
    return cell.get(name) if isinstance(cell, Mapping) else None


def _words(value: Any) -> Any:
    return value if isinstance(value, str) else localize(template_localtime(value))


@lru_cache(maxsize=500, typed=True)  # words that are HTML are not those that read the same and are not
def _drawn(component: str, **parts: Any) -> str:
    return render_to_string(component, parts).strip()

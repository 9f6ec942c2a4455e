"""A sealed pack as it is read: amounts in pounds, dates in words, tables and charts numbered.

The HTML and the PDF are both drawn from this, so that they cannot differ in what they
say. It never asks the clock, the database or the settings, and it must not change for packs already
issued: a new look is a new template.
"""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from portal.packs.blocks import (
    Block,
    Chart,
    Document,
    Facts,
    Heading,
    KeyFigures,
    Listing,
    Notice,
    Paragraph,
    Table,
)

UNKNOWN = "–"
MONTHS = (  # the locale has no say
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
VARIANTS = {"board": "Board version", "open": "Open version: exempt and internal matter is left out"}
NUMERIC = ("money", "thousands", "number", "percent", "millions")


def words_for(kind: str, value: str | None) -> str:
    """A stored value as people read it: £1,950,000, 1,950 (thousands), £1.950m, 90%, 6 July 2022."""
    if value is None:
        return UNKNOWN
    if kind == "date":
        day = date.fromisoformat(value)
        return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
    if kind not in NUMERIC:
        return value
    number = Decimal(value)
    sign, size = ("−" if number < 0 else ""), abs(number)
    if kind == "money":
        pounds = size / 100
        return f"{sign}£{pounds:,.0f}" if pounds == pounds.to_integral_value() else f"{sign}£{pounds:,.2f}"
    if kind == "thousands":
        return _rounded(number, 100_000, "1", "", "")
    if kind == "millions":
        return _rounded(number, 100_000_000, "0.001", "£", "m")
    return f"{sign}{size:,f}{'%' if kind == 'percent' else ''}"


def _rounded(pence: Decimal, unit: int, step: str, before: str, after: str) -> str:
    """Half a step away from nought is rounded away from it; what rounds to nought has no sign."""
    rounded = (abs(pence) / unit).quantize(Decimal(step), ROUND_HALF_UP)
    return f"{'−' if pence < 0 and rounded else ''}{before}{rounded:,f}{after}"


def displayed(document: Document, digest: str) -> dict[str, Any]:
    """The whole pack as words, with numbers on its tables and charts (3.1, 3.2 in section 3)."""
    return {
        "title": document.title,
        "council": document.council,
        "programme": document.programme,
        "as_at": words_for("date", document.as_at),
        "variant": VARIANTS[document.variant],
        "number": document.number,
        "version": str(document.version),
        "correction": document.correction,
        "issued": document.issued,
        "digest": digest,
        "notices": [_block(notice, "") for notice in document.notices],
        "sections": [
            {
                "number": section.number,
                "title": section.title,
                "blocks": [
                    _block(block, number) for block, number in numbered(section.number, section.blocks)
                ],
            }
            for section in document.sections
        ],
    }


def numbered(section: str, blocks: tuple[Block, ...]) -> list[tuple[Block, str]]:
    """Each block with its number where it is a table or a chart, else with nothing."""
    count, found = 0, []
    for block in blocks:
        counted = isinstance(block, Table | Chart)
        count += counted
        found.append((block, f"{section}.{count}" if counted else ""))
    return found


def _block(block: Block, number: str) -> dict[str, Any]:
    shown: dict[str, Any] = {"type": block.TYPE, "number": number}
    match block:
        case Paragraph():
            return shown | {"paragraphs": paragraphs(block.text)}
        case Heading():
            return shown | {"text": block.text, "new_page": block.new_page}
        case Listing():
            return shown | {"items": list(block.items), "ordered": block.ordered}
        case Notice():
            return shown | {"kind": block.kind, "title": block.title, "paragraphs": paragraphs(block.text)}
        case Facts():
            return shown | {
                "items": [
                    {"label": i.label, "value": i.value or UNKNOWN, "source": i.source} for i in block.items
                ]
            }
        case KeyFigures():
            return shown | {
                "items": [
                    {
                        "label": i.label,
                        "value": words_for(i.kind, i.value),
                        "meaning": i.meaning,
                        "source": i.source,
                    }
                    for i in block.items
                ]
            }
        case Chart():
            drawn = {
                "title": block.title,
                "summary": block.summary,
                "svg": block.svg,
                "narrow": block.svg_narrow,
            }
            return shown | drawn | {"table": table(block.table, number)}
        case Table():
            return shown | table(block, number)
    raise TypeError(f"No template knows the block {type(block).__name__}.")


def table(block: Table, number: str) -> dict[str, Any]:
    """A table's words, which columns stand right, and how much of the width each wants."""
    kinds = [column.kind for column in block.columns]

    def row(cells: tuple[str | None, ...]) -> list[str]:
        return [words_for(kind, value) for kind, value in zip(kinds, cells, strict=True)]

    return {
        "type": "table",
        "number": number,
        "caption": block.caption,
        "columns": [
            {"title": c.title, "kind": c.kind, "right": c.kind in NUMERIC, "share": c.share}
            for c in block.columns
        ],
        "rows": [row(cells) for cells in block.rows],
        "totals": row(block.totals) if block.totals is not None else None,
        "note": block.note,
        "sources": list(block.sources),
        "print_rows": block.print_rows,
        "empty": block.empty,
    }


def paragraphs(text: str) -> list[str]:
    return [part.strip() for part in text.split("\n\n") if part.strip()]

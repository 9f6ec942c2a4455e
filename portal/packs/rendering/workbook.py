"""The pack as a workbook: what it is, its words, and one numbered sheet a table."""

import base64
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
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
    Section,
    Table,
)
from portal.packs.rendering.display import VARIANTS, numbered, words_for
from programme.foundation.workbook import Column, Picture, Properties, Sheet, write_workbook

PENCE = ("money", "thousands")
WORDS = "Words"


def draw(document: Document, digest: str) -> bytes:
    """The workbook: a first sheet with the contents, the words of every section, then the tables."""
    moment = datetime.combine(date.fromisoformat(document.as_at), time(12), UTC)
    properties = Properties(
        title=f"{document.title}, {document.council}",
        creator=document.council,
        subject=f"{document.number}, version {document.version}, digest {digest}",
        created=moment,
    )
    tables = list(_tables(document))
    sheets = [_contents(document, digest, tables), _words(document), *(one.sheet for one in tables)]
    stream = io.BytesIO()
    write_workbook(sheets, stream, properties=properties, deterministic=True)
    return stream.getvalue()


@dataclass(frozen=True)
class _Numbered:
    """A sheet with the number of its table and of its section."""

    section: Section
    number: str
    sheet: Sheet


def _tables(document: Document) -> Iterator[_Numbered]:
    for section in document.sections:
        for block, number in numbered(section.number, section.blocks):
            if isinstance(block, Table):
                yield _Numbered(section, number, _sheet(block, number))
            elif isinstance(block, Chart):
                picture = Picture(base64.b64decode(block.png), f"{block.title}. {block.summary}")
                yield _Numbered(section, number, _sheet(block.table, number, block, picture))


def _sheet(table: Table, number: str, chart: Chart | None = None, picture: Picture | None = None) -> Sheet:
    kinds = [column.kind for column in table.columns]
    sources = [f"Source: {source}" for source in table.sources]
    return Sheet(
        title=f"{number} {chart.title if chart else table.caption}",
        columns=[
            Column(column.title, column.kind, _width(table, n)) for n, column in enumerate(table.columns)
        ],
        rows=([_value(k, v) for k, v in zip(kinds, row, strict=True)] for row in table.rows),
        totals=[_value(k, v) for k, v in zip(kinds, table.totals, strict=True)] if table.totals else None,
        caption=f"{number} {chart.title if chart else table.caption}",
        note=" ".join(filter(None, (chart.summary if chart else "", table.note))),
        after=sources if table.rows else [table.empty, *sources],
        picture=picture,
    )


def _width(table: Table, place: int) -> int | None:
    """Characters: the usual length of what a column of words holds, within reason."""
    if table.columns[place].kind != "text":
        return None
    lengths = sorted(len(row[place] or "") for row in table.rows) or [0]
    return max(12, min(60, lengths[int((len(lengths) - 1) * 0.9)] + 2))


def _value(kind: str, value: str | None) -> Any:
    if value is None or kind == "text":
        return value
    if kind == "date":
        return date.fromisoformat(value)
    return Decimal(value) / 100 if kind in PENCE else Decimal(value)


def _contents(document: Document, digest: str, tables: list[_Numbered]) -> Sheet:
    facts: list[tuple[str, str, str]] = [
        ("", "Council", document.council),
        ("", "Programme", document.programme),
        ("", "As at", words_for("date", document.as_at)),
        ("", "Pack", f"{document.number}, version {document.version}"),
        ("", "Variant", VARIANTS[document.variant]),
        *([("", "What changed", document.correction)] if document.correction else []),
        *([("", "Issued", document.issued)] if document.issued else []),
        ("", "Digest (SHA-256)", digest),
        *(("", f"Notice: {notice.title}", notice.text) for notice in document.notices),
        ("", WORDS, "The words of every section stand on the sheet “Words”."),
    ]
    for section in document.sections:
        facts.append((section.number, section.title, "Section"))
        facts += [
            (one.number, one.sheet.title.removeprefix(f"{one.number} "), "Sheet")
            for one in tables
            if one.section is section
        ]
    if any(column.kind == "thousands" for one in tables for column in one.sheet.columns):
        facts.append(("", "£000", "Cells in columns of thousands hold whole pounds and show thousands."))
    columns = [Column("Number", width=10), Column("Contents", width=46), Column("What it is", width=70)]
    return Sheet("Contents", columns, facts, caption=document.title)


def _words(document: Document) -> Sheet:
    rows = ((s.number, *line) for s in document.sections for block in s.blocks for line in _lines(block))
    columns = [
        Column("Section", width=10),
        Column("What it is", width=18),
        Column("About", width=36),
        Column("Words", width=90),
        Column("Source", width=36),
    ]
    return Sheet(WORDS, columns, rows, caption="The words of every section")


def _lines(block: Block) -> Iterator[tuple[str, str, str, str]]:
    match block:
        case Paragraph():
            yield "Paragraph", "", block.text, ""
        case Heading():
            yield "Heading", block.text, "", ""
        case Listing():
            yield from (("List", "", item, "") for item in block.items)
        case Notice():
            yield "Notice", block.title, block.text, ""
        case Facts():
            yield from (("Fact", fact.label, fact.value, fact.source) for fact in block.items)
        case KeyFigures():
            for one in block.items:
                said = ", ".join(filter(None, (words_for(one.kind, one.value), one.meaning)))
                yield "Figure", one.label, said, one.source

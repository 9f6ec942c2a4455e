"""Spreadsheets and CSV for councils: every list, and every pack, leaves the portal through here.

Rows are streamed, so that a long register costs little memory. Text typed by people stays text: it
never becomes a formula in Excel, and characters that XML forbids are replaced.
"""

import csv
import io
import re
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import IO, Any

from openpyxl import Workbook
from openpyxl.drawing.image import Image
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, OneCellAnchor, SpreadsheetDrawing
from openpyxl.drawing.xdr import XDRPositiveSize2D
from openpyxl.utils import get_column_letter
from openpyxl.utils.units import pixels_to_EMU
from openpyxl.writer.excel import ExcelWriter

from programme.foundation.cells import (
    WIDTHS,
    Column,
    csv_text,
    csv_value,
    safe_text,
    safe_title,
)
from programme.foundation.workbook_cells import Row, Styles, line_cell, write_through

__all__ = ["Column", "Picture", "Properties", "Sheet", "csv_lines", "write_csv", "write_workbook"]

A4 = 9  # Excel's number for the paper


@dataclass(frozen=True)
class Picture:
    """A PNG drawn for a sheet, with the words that stand for it where it cannot be seen."""

    png: bytes
    description: str
    width: int = 640


@dataclass(frozen=True)
class Sheet:
    """One sheet. Rows may be a generator; ``caption`` and ``note`` stand above the header row."""

    title: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Any]]
    note: str = ""
    caption: str = ""
    totals: Sequence[Any] | None = None
    after: Sequence[str] = ()
    picture: Picture | None = None


@dataclass(frozen=True)
class Properties:
    """What the file says about itself. ``created`` is needed for a workbook that must not vary."""

    title: str = "Programme portal"
    creator: str = "Programme portal"
    subject: str = ""
    created: datetime | None = None


def write_workbook(
    sheets: Iterable[Sheet], stream: IO[bytes], *, properties: Properties, deterministic: bool = False
) -> None:
    """Write the sheets as an Excel workbook (.xlsx), row by row.

    With ``deterministic`` the same sheets give the same bytes on every machine: dates come from
    ``properties.created``, entries are sorted and stored uncompressed. Raises ValueError when that
    date is missing or there is no sheet.
    """
    if deterministic and properties.created is None:
        raise ValueError("A workbook that must not vary needs a fixed date: give properties.created.")
    book = Workbook(write_only=True)
    taken: set[str] = set()
    styles: Styles = {}
    try:
        for sheet in sheets:
            _write_sheet(book, sheet, safe_title(sheet.title, taken), styles)
    except BaseException:
        _forget(book)
        raise
    if not taken:
        raise ValueError("A workbook needs at least one sheet.")
    book.properties.title = safe_text(properties.title)
    book.properties.creator = safe_text(properties.creator)
    book.properties.subject = safe_text(properties.subject) or None
    book.properties.language = "en-GB"
    if properties.created:
        book.properties.created = properties.created.astimezone(UTC).replace(tzinfo=None)
    if not deterministic:
        book.save(stream)
        return
    with tempfile.TemporaryFile() as raw:
        book.properties.modified = book.properties.created
        with zipfile.ZipFile(raw, "w", zipfile.ZIP_STORED) as archive:
            ExcelWriter(book, archive).save()
        _repack(raw, stream, f"{book.properties.created:%Y-%m-%dT%H:%M:%SZ}")


def write_csv(columns: Sequence[Column], rows: Iterable[Sequence[Any]], stream: IO[bytes]) -> None:
    """Write the rows as CSV that Excel opens rightly: UTF-8 with a byte order mark, no formulas."""
    for line in csv_lines(columns, rows):
        stream.write(line)


def csv_lines(columns: Sequence[Column], rows: Iterable[Sequence[Any]]) -> Iterator[bytes]:
    """The same CSV piece by piece, for a streamed answer."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")

    def flush() -> bytes:
        piece = buffer.getvalue().encode()
        buffer.seek(0)
        buffer.truncate()
        return piece

    writer.writerow([csv_text(column.title) for column in columns])
    yield b"\xef\xbb\xbf" + flush()
    for row in rows:
        writer.writerow([csv_value(column.kind, value) for column, value in zip(columns, row, strict=True)])
        yield flush()


def _forget(book: Workbook) -> None:
    """Remove the temporary files of sheets that will never be saved."""
    for page in book.worksheets:
        if page._writer is not None:
            page._writer.cleanup()


def _write_sheet(book: Workbook, sheet: Sheet, title: str, styles: Styles) -> None:
    with closing(book.create_sheet(title)) as page:
        above = [line for line in (sheet.caption, sheet.note) if line]
        _set_up(page, sheet, header=len(above) + 1)
        write_through(page)
        _write(page, sheet, above, styles)


def _set_up(page: Any, sheet: Sheet, *, header: int) -> None:
    for place, column in enumerate(sheet.columns, 1):
        page.column_dimensions[get_column_letter(place)].width = column.width or WIDTHS[column.kind]
    page.freeze_panes = f"A{header + 1}"
    page.print_title_rows = f"{header}:{header}"
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = A4
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.page_setup.fitToHeight = 0


def _write(page: Any, sheet: Sheet, above: list[str], styles: Styles) -> None:
    for place, line in enumerate(above):
        page.append([line_cell(page, line, bold=place == 0 and bool(sheet.caption))])
    headings = [Column(column.title) for column in sheet.columns]
    top = Row(page, headings, styles, bold=True, rule="bottom")
    page.append(top.cells([column.title for column in sheet.columns]))
    last = _write_rows(page, sheet, len(above) + 1, styles)
    _write_below(page, sheet, last, styles)


def _write_rows(page: Any, sheet: Sheet, header: int, styles: Styles) -> int:
    """Write the rows as they come; the number of the last."""
    layout, last = Row(page, sheet.columns, styles), header
    for row in sheet.rows:
        page.append(layout.cells(row))
        last += 1
    if last > header:
        page.auto_filter.ref = f"A{header}:{get_column_letter(len(sheet.columns))}{last}"
    return last


def _write_below(page: Any, sheet: Sheet, last: int, styles: Styles) -> None:
    """Totals, the lines after the table (its sources), and the picture under them."""
    if sheet.totals is not None:
        page.append(Row(page, sheet.columns, styles, bold=True, rule="top").cells(sheet.totals))
        last += 1
    for line in sheet.after:
        page.append([line_cell(page, line)])
        last += 1
    if sheet.picture:
        page.add_image(_anchored(sheet.picture, row=last + 1))


def _anchored(picture: Picture, *, row: int) -> Image:
    """The picture under the table, with its words as alternative text."""
    image = Image(io.BytesIO(picture.png))
    scale = Decimal(picture.width) / image.width
    height = int((image.height * scale).to_integral_value(ROUND_HALF_UP))
    size = XDRPositiveSize2D(pixels_to_EMU(picture.width), pixels_to_EMU(height))
    anchor = OneCellAnchor(_from=AnchorMarker(col=0, row=row), ext=size)
    anchor.pic = SpreadsheetDrawing()._picture_frame(1)
    anchor.pic.nvPicPr.cNvPr.descr = safe_text(picture.description)
    image.anchor = anchor
    return image


def _repack(raw: IO[bytes], stream: IO[bytes], stamp: str) -> None:
    """Copy the archive with nothing left that varies: no dates, no order, no compression."""
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as target:
        for name in sorted(source.namelist()):
            data = source.read(name)
            if name == "docProps/core.xml":
                data = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + stamp.encode(), data)
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.create_system, entry.external_attr = 3, 0o600 << 16
            target.writestr(entry, data)

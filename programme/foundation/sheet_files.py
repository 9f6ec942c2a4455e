"""Workbooks and CSV files that come from outside: their rows as they stand, or why a file is not taken.

Whatever is sent here was made by somebody else's program, or by somebody with bad intent: nothing is unpacked
before its size is known, nothing is computed, and a file is refused in sentences that name the place and say
what to do. Rows are streamed, so that a register of 20,000 rows costs little memory.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from typing import IO, Any, NamedTuple
from xml.parsers import expat

from openpyxl.utils import get_column_letter

from .csv_files import (
    MOST_BYTES,
    OLD_WORKBOOK,
    PACKED,
    Line,
    Problem,
    Unreadable,
    csv_rows,
    csv_text,
    refused,
)
from .sheet_parts import LONGEST_TAG, TooMuch
from .sheet_rows import Book

MOST_UNPACKED = 200_000_000  # bytes of a workbook once unpacked; an honest one of 20,000 rows has 60 million
MOST_ENTRIES = 2_000
MOST_ROWS = 50_000  # that hold anything
MOST_EMPTY = 250_000  # rows that hold nothing, which spreadsheets keep when a whole column is formatted
MOST_COLUMNS = 200
BEGINNING = 20_000_000  # bytes of a sheet, unpacked, of which somebody waits for the first rows
PROLOGUE = 1 << 12

SAVE_AS_WORKBOOK = "In the spreadsheet choose “Save as”, then “Excel workbook (.xlsx)”, and send that file."
LOCKED = "EncryptedPackage".encode("utf-16-le")  # the part in which Office keeps what is locked
RANGE = re.compile(r"[A-Z]{1,3}[0-9]{1,7}:[A-Z]{1,3}[0-9]{1,7}")


class Merged(NamedTuple):
    """Cells that were made one, such as B5:B7."""

    first_row: int
    last_row: int
    words: str


class SheetFile:
    """A workbook or a CSV as it was sent. Raises :class:`Unreadable` where it is neither, or not safe.

    Values of a workbook are those its own program last computed; formulas are not.
    """

    def __init__(self, stream: IO[bytes]):
        self.stream = stream
        stream.seek(0)
        start = stream.read(8)
        self.is_workbook = start.startswith(PACKED)
        size = stream.seek(0, io.SEEK_END)
        stream.seek(0)
        if size == 0:
            raise refused("The file is empty.")
        if size > MOST_BYTES:
            words = (
                f"The file has {size / 1_000_000:,.0f} MB; {MOST_BYTES // 1_000_000} MB are taken at most."
            )
            raise refused(f"{words} Leave out pictures and other sheets, or send it in parts.")
        if start.startswith(OLD_WORKBOOK):
            if LOCKED in stream.read():
                words = (
                    "This workbook is locked with a password. Open it, take the password off, and save it."
                )
                raise refused(words)
            raise refused(f"This workbook is of the old kind (.xls). {SAVE_AS_WORKBOOK}")
        if self.is_workbook:
            self._refuse_unsafe()
            self.book = self._opened()
            self.sheets = self._names()
            self.hidden = [name for name in self.book.sheets if name not in self.sheets]
        else:
            self.text, self.sheets, self.hidden = csv_text(stream.read()), [""], []

    def rows(self, sheet: str, *, within: int | None = None) -> Iterator[Line]:
        """The rows of ``sheet`` that hold anything, or only those ``within`` so many from the top, if no more
        than 20 MB come before them.

        Raises :class:`Unreadable` where there are too many.
        """
        found = self._workbook_rows(sheet, within) if self.is_workbook else csv_rows(self.text)
        for count, line in enumerate(found, 1):
            if within is not None and line.number > within:
                return
            if count > MOST_ROWS:
                raise refused(f"There are more than {MOST_ROWS:,} rows. Send them in parts.", line.number)
            if len(line.cells) > MOST_COLUMNS:
                words = f"This row has more than {MOST_COLUMNS} cells. Delete columns that are not needed."
                raise refused(words, line.number)
            yield line

    def size(self, sheet: str) -> int:
        """The bytes of ``sheet`` once unpacked: how much there is to read, empty rows among it."""
        if not self.is_workbook:
            return len(self.text)
        with zipfile.ZipFile(self.stream) as archive:
            return archive.getinfo(self.book.sheets[sheet].path).file_size

    def merged(self, sheet: str) -> list[Merged]:
        """Cells of ``sheet`` that were made one, once its rows were read to the end; a CSV has none."""
        found = self.book.merged.get(sheet, ()) if self.is_workbook else ()
        return sorted({_merged(words) for words in found if RANGE.fullmatch(words)})

    def _refuse_unsafe(self) -> None:
        try:
            with zipfile.ZipFile(self.stream) as archive:
                _refuse_contents(archive.infolist())
                parts = [one for one in archive.infolist() if one.filename.endswith((".xml", ".rels"))]
                declares = any(_declares_entities(archive, part) for part in parts)
        except (
            zipfile.BadZipFile,
            zlib.error,
            ValueError,
            NotImplementedError,
            RuntimeError,
            EOFError,
            LookupError,  # an encoding that nobody has
        ) as wrong:
            if isinstance(wrong, Unreadable):
                raise
            raise refused(f"The file is damaged. {SAVE_AS_WORKBOOK}") from None
        if declares:
            raise refused(f"This workbook declares entities of its own, as none should. {SAVE_AS_WORKBOOK}")

    def _opened(self) -> Book:
        """Raises :class:`Unreadable` for whatever the library cannot read, of which there is no end."""
        self.stream.seek(0)
        try:
            return Book(self.stream)
        except TooMuch as wrong:
            raise _excessive(wrong) from wrong
        except Exception as wrong:  # damaged parts raise whatever they please
            raise refused(f"This workbook cannot be read. {SAVE_AS_WORKBOOK}") from wrong

    def _names(self) -> list[str]:
        names = [name for name, sheet in self.book.sheets.items() if sheet.is_visible]
        if not names:
            raise refused("The workbook has no sheet that can be seen.")
        return names

    def _workbook_rows(self, sheet: str, within: int | None) -> Iterator[Line]:
        rows, last, empty = self.book.rows(sheet, within and BEGINNING), 0, 0
        while True:
            try:
                found = next(rows, None)
            except TooMuch as wrong:
                raise _excessive(wrong, last) from wrong
            except Exception as wrong:  # damaged parts raise whatever they please
                words = f"Something after this row cannot be read. {SAVE_AS_WORKBOOK}"
                raise refused(words, last) from wrong
            if found is None or (within is not None and found[0] > within):
                return
            number, cells = found[0], _filled(found[1])
            if number <= last:
                continue  # as a spreadsheet would: the first row of a number counts
            empty += number - last - bool(cells)  # and those between that were never written
            last = number
            if empty > MOST_EMPTY:
                words = f"The sheet has more than {MOST_EMPTY:,} empty rows. Delete them, and save it."
                raise refused(words, number)
            if cells:
                yield Line(number, cells)


def _refuse_contents(entries: Sequence[zipfile.ZipInfo]) -> None:
    """Raises :class:`Unreadable` for an archive that is no workbook, or would be enormous once unpacked."""
    names = {entry.filename.lstrip("/") for entry in entries}
    if {"mimetype", "content.xml"} <= names:
        raise refused(f"This is an OpenDocument file (.ods), not an Excel workbook. {SAVE_AS_WORKBOOK}")
    if "[Content_Types].xml" not in names or not any(name.endswith("workbook.xml") for name in names):
        raise refused(f"This is not a workbook. {SAVE_AS_WORKBOOK}")
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > MOST_ENTRIES or unpacked > MOST_UNPACKED:
        size = f"{unpacked / 1_000_000:,.0f} MB in {len(entries):,} parts"
        words = f"Unpacked, this workbook would have {size}, so it is not opened."
        raise refused(f"{words} Copy the register into a new workbook and send that.")


def _excessive(wrong: TooMuch, row: int = 0) -> Unreadable:
    words = f"The workbook holds more {wrong} than any register does, so it is not read."
    words = f"{words} Delete what is not needed, or copy the register into a new workbook and send that."
    return Unreadable([Problem(row or int(bool(wrong.cell)), "", words, wrong.cell)])


class _Declared(Exception):
    """The part begins with a declaration of document type."""


class _Begun(Exception):
    """The first element has come: no declaration can follow."""


def _declares_entities(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    """Whether a part could multiply entities. The parser is asked: another encoding would hide the bytes."""

    def declared(*_: Any) -> None:
        raise _Declared

    def begun(*_: Any) -> None:
        raise _Begun

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler, parser.StartElementHandler = declared, begun
    try:
        with archive.open(part) as stream:
            given = 0
            while piece := stream.read(PROLOGUE):
                parser.Parse(piece)
                given += len(piece)
                if given > LONGEST_TAG:
                    raise _excessive(TooMuch("text in one tag or comment"))
    except _Declared:
        return True
    except (_Begun, expat.ExpatError):
        pass  # what is damaged is refused where it is read
    return False


def _filled(values: Sequence[Any]) -> tuple[Any, ...]:
    """The values as far as the last that is not empty; text without the space around it."""
    cells = [value.strip() if isinstance(value, str) else value for value in values]
    while cells and cells[-1] in (None, ""):
        cells.pop()
    return tuple(cells)


def _merged(reference: str) -> Merged:
    first, last = (int(re.sub(r"\D", "", corner)) for corner in reference.split(":"))
    return Merged(first, last, reference)


def cell_name(column: int, row: int) -> str:
    """``G7``: the cell as a spreadsheet calls it; ``column`` counts from 0."""
    return f"{get_column_letter(column + 1)}{row}"

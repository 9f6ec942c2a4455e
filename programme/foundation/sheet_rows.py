"""The rows of a workbook's sheet, read from its XML as openpyxl reads them, in less than half the time.

Openpyxl makes a tree of elements of every cell, and reads a sheet once more as it opens the book to learn its
size. Here the parser is asked for cells alone. What the book says of its sheets, texts and styles is
openpyxl's; what its own reader makes of a sheet is held beside this one by the tests.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import IO, Any, NamedTuple
from xml.parsers import expat

from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.stylesheet import apply_stylesheet
from openpyxl.utils import column_index_from_string
from openpyxl.utils.datetime import from_excel, from_ISO8601
from openpyxl.xml.constants import SHEET_MAIN_NS

PIECE = 1 << 16
CELL, ROW, VALUE, TEXT, INLINE, SPOKEN = (
    f"{SHEET_MAIN_NS} {name}" for name in ("c", "row", "v", "t", "is", "rPh")
)


Found = tuple[int, dict[int, Any]]  # a row's number, and its values by their columns from 1


class EntitiesDeclared(ValueError):
    """The part declares a document type, by which entities could multiply."""


class SheetPart(NamedTuple):
    """Where a sheet lies in the archive."""

    path: str
    is_visible: bool


class Book:
    """A workbook without its sheets' cells. Raises whatever openpyxl does for what it cannot read."""

    def __init__(self, stream: IO[bytes]):
        reader = ExcelReader(stream, read_only=True, data_only=True, keep_links=False)
        reader.read_manifest()
        reader.read_strings()
        reader.read_workbook()
        apply_stylesheet(reader.archive, reader.wb)
        self.archive, self.texts, self.styles = reader.archive, reader.shared_strings, reader.wb
        self.sheets = {
            sheet.name: SheetPart(rel.target, sheet.state == "visible")
            for sheet, rel in reader.parser.find_sheets()
            if rel.target in reader.valid_files and "chartsheet" not in rel.Type
        }

    def rows(self, sheet: str) -> Iterator[tuple[int, list[Any]]]:
        """Each row that the sheet writes down, with its number; its values from the first column on."""
        reading = _Reading(self)
        with self.archive.open(self.sheets[sheet].path) as part:
            while piece := part.read(PIECE):
                reading.parser.Parse(piece)
                yield from map(_listed, reading.taken())
        reading.parser.Parse(b"", True)
        yield from map(_listed, reading.taken())


class _Reading:
    """What the parser has met so far of one sheet."""

    def __init__(self, book: Book):
        self.book = book
        self.dates, self.spans = book.styles._date_formats, book.styles._timedelta_formats
        self.parser = parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text, parser.buffer_size = True, PIECE
        parser.StartElementHandler, parser.EndElementHandler = self.start, self.end
        parser.StartDoctypeDeclHandler = self.declared
        self.found: list[Found] = []
        self.number = self.column = 0
        self.values: dict[int, Any] = {}
        self.kind, self.style = "n", 0
        self.value: str | None = None
        self.texts: list[str] = []
        self.pieces: list[str] = []
        self.is_inline = self.is_spoken = False

    def taken(self) -> list[Found]:
        found, self.found = self.found, []
        return found

    def declared(self, *_: Any) -> None:
        raise EntitiesDeclared

    def start(self, name: str, said: dict[str, str]) -> None:
        if name == CELL:
            place = said.get("r")
            self.column = _column(place.rstrip("0123456789")) if place else self.column + 1
            self.kind, self.style = said.get("t", "n"), int(said.get("s", 0))
            self.value, self.texts = None, []
        elif name in (VALUE, TEXT):
            self.pieces = []
            self.parser.CharacterDataHandler = self.pieces.append
        elif name == ROW:
            self.number = _row(said["r"]) if "r" in said else self.number + 1
            self.column, self.values = 0, {}
        elif name == INLINE:
            self.is_inline = True
        elif name == SPOKEN:
            self.is_spoken = True

    def end(self, name: str) -> None:
        if name == CELL:
            if (value := self.read()) is not None:
                self.values[self.column] = value
        elif name == VALUE:
            self.parser.CharacterDataHandler = None
            self.value = "".join(self.pieces) if self.value is None else self.value
        elif name == TEXT:
            self.parser.CharacterDataHandler = None
            if self.is_inline and not self.is_spoken:
                self.texts.append("".join(self.pieces))
        elif name == ROW:
            self.found.append((self.number, self.values))
        elif name == INLINE:
            self.is_inline = False
        elif name == SPOKEN:
            self.is_spoken = False

    def read(self) -> Any:
        """The value of the cell that has just ended."""
        if self.kind == "inlineStr":
            return "".join(self.texts) or None
        if not self.value:
            return None
        if self.kind == "n":
            return self.number_or_day(_number(self.value))
        if self.kind == "s":
            return self.book.texts[int(self.value)]
        if self.kind == "b":
            return bool(int(self.value))
        return from_ISO8601(self.value) if self.kind == "d" else self.value

    def number_or_day(self, value: float) -> Any:
        if self.style not in self.dates:
            return value
        try:
            return from_excel(value, self.book.styles.epoch, timedelta=self.style in self.spans)
        except (OverflowError, ValueError):
            return "#VALUE!"


def _listed(found: Found) -> tuple[int, list[Any]]:
    """One row at a time: a value in the farthest column makes a long list."""
    number, values = found
    return number, [values.get(column) for column in range(1, max(values, default=0) + 1)]


@lru_cache(maxsize=1024)
def _column(letters: str) -> int:
    return int(column_index_from_string(letters))


def _row(said: str) -> int:
    value = float(said)
    if not value.is_integer():
        raise ValueError(f"{said} is no number of a row")
    return int(value)


def _number(said: str) -> float:
    return float(said) if "." in said or "E" in said or "e" in said else int(said)

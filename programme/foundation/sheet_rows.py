"""The rows of a workbook's sheet, read from its XML as openpyxl reads them, in less than half the time.

Openpyxl makes a tree of elements of every cell, and reads a sheet once more as it opens the book to learn its
size. Here the parser is asked for cells alone. What the book says of its sheets, texts and styles is
openpyxl's; what its own reader makes of a sheet is held beside this one by the tests.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import IO, Any, NamedTuple

from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.stylesheet import apply_stylesheet
from openpyxl.utils import column_index_from_string, get_column_letter
from openpyxl.utils.datetime import from_excel, from_ISO8601
from openpyxl.xml.constants import SHARED_STRINGS, SHEET_MAIN_NS

from .sheet_parts import SPOKEN, TEXT, Reading, SmallParts, Texts, TooMuch

CELL, ROW, VALUE, INLINE, FORMULA, MERGED = (
    f"{SHEET_MAIN_NS} {name}" for name in ("c", "row", "v", "is", "f", "mergeCell")
)
MOST_CELLS = 16_384  # in one row
MOST_CELLS_OF_ALL = 4_000_000  # empty ones among them, which a formatted sheet has
MOST_MERGED = 10_000

Found = tuple[int, dict[int, Any]]  # a row's number, and its values by their columns from 1


class NotWorkedOut:
    """The value of a formula that no program has worked out."""

    def __str__(self) -> str:
        return "a formula"


NOT_WORKED_OUT = NotWorkedOut()


class SheetPart(NamedTuple):
    """Where a sheet lies in the archive."""

    path: str
    is_visible: bool


class Book:
    """A workbook without its sheets' cells. Raises whatever openpyxl does for what it cannot read."""

    def __init__(self, stream: IO[bytes]):
        reader = ExcelReader(stream, read_only=True, data_only=True, keep_links=False)
        reader.archive = SmallParts(stream)
        reader.read_manifest()
        reader.read_workbook()
        apply_stylesheet(reader.archive, reader.wb)
        self.archive, self.styles = reader.archive, reader.wb
        self.texts: list[str] = []
        if shared := reader.package.find(SHARED_STRINGS):
            for texts in Texts().of(self.archive, shared.PartName[1:]):
                self.texts += texts
        found = {
            rel.target: (sheet.name, SheetPart(rel.target, sheet.state == "visible"))
            for sheet, rel in reversed(list(reader.parser.find_sheets()))
            if rel.target in reader.valid_files and "chartsheet" not in rel.Type
        }  # a part that several sheets name is one of them
        self.sheets = dict(reversed(found.values()))
        self.merged: dict[str, list[str]] = {}

    def rows(self, sheet: str, most: int | None = None) -> Iterator[tuple[int, list[Any]]]:
        """Each row that the sheet writes down, with its number; its values from the first column on. Of the
        beginning alone where ``most`` bytes are asked for.

        After the last one ``merged`` says which cells of the sheet were made one, such as B5:B7.
        """
        reading = _Cells(self)
        for rows in reading.of(self.archive, self.sheets[sheet].path, most):
            yield from map(_listed, rows)
        self.merged[sheet] = reading.merged


class _Cells(Reading):
    """The cells of one sheet."""

    def __init__(self, book: Book):
        super().__init__()
        self.book = book
        self.dates, self.spans = book.styles._date_formats, book.styles._timedelta_formats
        self.number = self.column = self.cells = self.all_cells = 0
        self.values: dict[int, Any] = {}
        self.merged: list[str] = []
        self.kind, self.style = "n", 0
        self.value: str | None = None
        self.is_inline = self.is_formula = False

    @property
    def cell(self) -> str:
        return f"{get_column_letter(self.column)}{self.number}"

    def start(self, name: str, said: dict[str, str]) -> None:
        self.deeper()
        if name == CELL:
            place = said.get("r")
            self.column = _column(place.rstrip("0123456789")) if place else self.column + 1
            self.kind, self.style = said.get("t", "n"), int(said.get("s", 0))
            self.value, self.texts, self.is_formula = None, [], False
            self.cells += 1
            if self.cells > MOST_CELLS:
                raise TooMuch("cells in one row")
        elif name in (VALUE, TEXT):
            self.listen()
        elif name == ROW:
            self.number = _row(said["r"]) if "r" in said else self.number + 1
            self.all_cells += self.cells
            self.column, self.cells, self.values = 0, 0, {}
            if self.all_cells > MOST_CELLS_OF_ALL:
                raise TooMuch("cells")
        elif name == FORMULA:
            self.is_formula = True
        elif name == INLINE:
            self.is_inline = True
        elif name == SPOKEN:
            self.is_spoken = True
        elif name == MERGED:
            self.merged.append(said.get("ref", ""))
            if len(self.merged) > MOST_MERGED:
                raise TooMuch("merged cells")

    def end(self, name: str) -> None:
        self.depth -= 1
        if name == CELL:
            if (value := self.read()) is not None:
                self.values[self.column] = value
        elif name == VALUE:
            text = self.heard()
            self.value = text if self.value is None else self.value
        elif name == TEXT:
            text = self.heard()
            if self.is_inline and not self.is_spoken:
                self.texts.append(text)
        elif name == ROW:
            self.found.append((self.number, self.values))
        elif name == INLINE:
            self.is_inline = False
        elif name == SPOKEN:
            self.is_spoken = False

    def read(self) -> Any:
        """The value of the cell that has just ended."""
        if self.kind == "inlineStr":
            return self.said() or None
        if not self.value:
            return NOT_WORKED_OUT if self.is_formula and self.kind != "str" else None
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

"""CSV files that come from outside: their rows as they stand, or why a file is not taken.

What is wrong is said in sentences that name the place and what to do. Workbooks are read by
:mod:`programme.foundation.sheet_files`, which refuses in the same words.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

MOST_BYTES = 20_000_000
SHOWN = 50  # problems in one answer: after fifty, nobody reads on

SAVE_AS = "In the spreadsheet choose “Save as”, then “CSV UTF-8 (comma delimited)”, and send that file."
OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"  # also what a workbook with a password looks like
PACKED = b"PK\x03\x04"


@dataclass(frozen=True)
class Problem:
    """What is wrong, where, and what to do.

    ``row`` 0 is the file as a whole. ``column`` is its heading; ``cell``, such as G7, only a workbook has.
    """

    row: int
    column: str
    words: str
    cell: str = ""

    def __str__(self) -> str:
        if not self.row:
            return self.words
        place = f"Cell {self.cell}" if self.cell else f"Row {self.row}"
        return f"{place}{f', {self.column}' if self.column else ''}: {self.words}"


class Unreadable(ValueError):
    """The file cannot be taken as it is. ``problems`` are the first of ``count``."""

    def __init__(self, problems: Sequence[Problem]):
        self.problems, self.count = list(problems[:SHOWN]), len(problems)
        super().__init__(" ".join(map(str, self.problems)))

    @property
    def sentences(self) -> list[str]:
        more = self.count - len(self.problems)
        return [*map(str, self.problems), *([f"And {more:,} more like these."] if more else [])]


class Line(NamedTuple):
    """A row that holds something: its number in the file, and its values as far as the last one."""

    number: int
    cells: tuple[Any, ...]


def refused(words: str, row: int = 0) -> Unreadable:
    """A refusal of the whole file, or of one row of it, in one sentence."""
    return Unreadable([Problem(row, "", words)])


def csv_text(data: bytes, *, most_bytes: int = MOST_BYTES) -> str:
    """The text of a CSV file. Raises :class:`Unreadable` for what is no text, or text of another encoding."""
    if len(data) > most_bytes:
        raise refused(f"The file is larger than {most_bytes // 1_000_000} MB. Send it in parts.")
    if data.startswith((PACKED, OLD_WORKBOOK)):
        raise refused(f"This is a workbook, not a CSV. {SAVE_AS}")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise refused(f"The file is in the encoding UTF-16. {SAVE_AS}")
    if b"\0" in data or data.startswith(b"%PDF"):
        raise refused(f"This is not a CSV. {SAVE_AS}")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        line = data.count(b"\n", 0, wrong.start) + 1
        words = f"The file is not in the encoding UTF-8: see row {line}. {SAVE_AS}"
        raise refused(words) from None


def csv_rows(text: str) -> Iterator[Line]:
    """The rows of a CSV that hold anything. Its mark is whichever of comma, semicolon and tab leads.

    They are numbered as a spreadsheet numbers them: a cell of several lines is in one row.

    Raises :class:`Unreadable` where a quotation mark is not closed.
    """
    head = next((line for line in text.splitlines() if line.strip()), "")
    mark = max(",;\t", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True)
    number = 0
    try:
        for number, cells in enumerate(reader, 1):
            if any(cell.strip() for cell in cells):
                yield Line(number, tuple(_unwrapped(cell) for cell in cells))
    except csv.Error as wrong:
        if "field limit" in str(wrong):
            words = f"A cell has more than {csv.field_size_limit():,} characters. Shorten it."
            raise refused(words, number + 1) from None
        words = f"A quotation mark in this row is not closed, or stands in the wrong place. {SAVE_AS}"
        raise refused(words, number + 1) from None


def _unwrapped(cell: str) -> str:
    """``="0123"`` and ``'=1+1``, by which a text is kept from becoming a formula, as the text alone."""
    bare = cell.strip()
    if bare.startswith('="') and bare.endswith('"') and len(bare) > 2:
        return bare[2:-1].strip()
    return bare.removeprefix("'").strip() if bare.startswith(("'=", "'+", "'-", "'@", "'0")) else bare

"""The parts of a workbook that somebody else made, read piece by piece and never further than is safe.

A file of 20 MB may hold ten times as much once unpacked, built so that reading it takes hours or all memory
there is: texts without end, elements within elements, tags so long that the parser begins them anew with each
piece. All is counted while it is read.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from typing import Any
from xml.parsers import expat

from openpyxl.xml.constants import SHEET_MAIN_NS

PIECE = 1 << 16
TEXT, SPOKEN, SHARED = (f"{SHEET_MAIN_NS} {name}" for name in ("t", "rPh", "si"))
ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")  # a sign as spreadsheets write one that XML has no place for

# What honest workbooks stay far below: an archive of 20 MB may unpack to much that is slow to read or large.
LONGEST_TEXT = 100_000  # characters of one cell; Excel gives it 32,767, others 50,000
LONGEST_TAG = 1 << 17  # bytes of one tag or comment, which the parser reads anew with every piece
DEEPEST = 50  # elements within each other
MOST_TEXTS = 1_000_000  # that cells share
MOST_LETTERS = 60_000_000  # of them together
MOST_TAGS = 400_000  # of a part that is read as a tree: what a book says of its sheets, its styles
LARGEST_TREE = 30_000_000  # bytes of such a part


class EntitiesDeclared(ValueError):
    """The part declares a document type, by which entities could multiply."""


class TooMuch(ValueError):
    """The book is built to be slow or large; says of what there is too much, and in which cell if in one."""

    def __init__(self, words: str, cell: str = ""):
        super().__init__(words)
        self.cell = cell


class SmallParts(zipfile.ZipFile):
    """An archive whose parts are handed out whole only where a tree of them is small."""

    def read(self, name: Any, pwd: bytes | None = None) -> bytes:
        is_large = self.getinfo(name).file_size > LARGEST_TREE
        part = b"" if is_large else super().read(name, pwd)
        if is_large or part.count(b"<") > MOST_TAGS:
            raise TooMuch("styles or sheets")
        return part


class Reading:
    """What the parser has met so far of one part. Raises :class:`TooMuch` before it is more than is safe."""

    def __init__(self) -> None:
        self.parser = parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text, parser.buffer_size = True, PIECE
        parser.StartElementHandler, parser.EndElementHandler = self.start, self.end
        parser.StartDoctypeDeclHandler = self.declared
        self.found: list[Any] = []
        self.pieces: list[str] = []
        self.texts: list[str] = []
        self.long = self.depth = 0
        self.is_spoken = False

    def of(self, archive: zipfile.ZipFile, path: str, most: int | None = None) -> Iterator[list[Any]]:
        """What is found, in portions; of the beginning alone where ``most`` bytes are asked for."""
        given = 0
        with archive.open(path) as part:
            while piece := part.read(PIECE):
                self.parser.Parse(piece)
                given += len(piece)
                if given - self.parser.CurrentByteIndex > LONGEST_TAG:
                    raise TooMuch("text in one tag or comment")
                found, self.found = self.found, []
                yield found
                if most is not None and given > most:
                    return
        self.parser.Parse(b"", True)
        yield self.found

    def declared(self, *_: Any) -> None:
        raise EntitiesDeclared

    def start(self, name: str, said: dict[str, str]) -> None:
        raise NotImplementedError

    def end(self, name: str) -> None:
        raise NotImplementedError

    @property
    def cell(self) -> str:
        """The name of the cell that is being read; empty where there is none."""
        return ""

    def deeper(self) -> None:
        self.depth += 1
        if self.depth > DEEPEST:
            raise TooMuch("elements within each other")

    def listen(self) -> None:
        """The text of an element begins."""
        self.pieces, self.long = [], 0
        self.parser.CharacterDataHandler = self.hear

    def hear(self, text: str) -> None:
        self.long += len(text)
        if self.long > LONGEST_TEXT:
            raise TooMuch("text in one cell", self.cell)
        self.pieces.append(text)

    def heard(self) -> str:
        self.parser.CharacterDataHandler = None
        return "".join(self.pieces)

    def said(self) -> str:
        """The texts of one cell together, phonetic ones left out."""
        text = "".join(self.texts)
        return ESCAPED.sub(_sign, text) if "_x" in text else text


class Texts(Reading):
    """The texts that cells share."""

    count = letters = 0

    def start(self, name: str, said: dict[str, str]) -> None:
        self.deeper()
        if name == TEXT:
            self.listen()
        elif name == SHARED:
            self.texts = []
        elif name == SPOKEN:
            self.is_spoken = True

    def end(self, name: str) -> None:
        self.depth -= 1
        if name == TEXT:
            text = self.heard()
            if not self.is_spoken:
                self.texts.append(text)
        elif name == SHARED:
            text = self.said()
            self.found.append(text)
            self.count, self.letters = self.count + 1, self.letters + len(text)
            if self.count > MOST_TEXTS or self.letters > MOST_LETTERS:
                raise TooMuch("text")
        elif name == SPOKEN:
            self.is_spoken = False


def _sign(match: re.Match[str]) -> str:
    """What is escaped, if a text can hold it."""
    sign = chr(int(match[1], 16))
    return sign if sign in "\t\n\r" or (sign >= " " and not "\ud800" <= sign <= "\udfff") else match[0]

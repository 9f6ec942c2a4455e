"""The parts a pack is made of: the council's board pack as plain, frozen data.

A document is a list of numbered sections, each a list of generic blocks, so that later releases add
sections without touching how earlier packs are drawn. Amounts are strings of whole pence, dates are
ISO dates, numbers are decimal strings: nothing here is a float. ``None`` in a table is unknown, never
nought. All text is cleaned on the way in, so that what is sealed can be drawn in every form.
"""

import re
from dataclasses import dataclass
from typing import ClassVar

from portal.packs.tabular import COLUMN_KINDS, Chart, Column, Table, check_cell, stored
from portal.packs.texts import InvalidPack, clean, iso_date, one_of, words

__all__ = [
    "Block",
    "Chart",
    "Column",
    "Document",
    "Fact",
    "Facts",
    "Heading",
    "InvalidPack",
    "KeyFigure",
    "KeyFigures",
    "Listing",
    "Notice",
    "Paragraph",
    "Section",
    "Table",
    "stored",
]

FORMAT = 1
FIGURE_KINDS = (*COLUMN_KINDS, "millions")
VARIANTS = ("board", "open")
TEMPLATES = ("v1", "v2")  # packs are issued with the newest and drawn with their own
NOTICE_KINDS = ("illustrative", "exempt", "difference", "information")


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of plain words; blank lines part it."""

    TYPE: ClassVar = "paragraph"
    text: str

    def __post_init__(self) -> None:
        words(self, "text")


@dataclass(frozen=True)
class Heading:
    """A heading inside a section; a page of its own in the PDF with ``new_page``."""

    TYPE: ClassVar = "heading"
    text: str
    new_page: bool = False

    def __post_init__(self) -> None:
        words(self, "text")


@dataclass(frozen=True)
class Listing:
    """A list of sentences, with bullets or in order."""

    TYPE: ClassVar = "list"
    items: tuple[str, ...]
    ordered: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "items", tuple(clean(item) for item in self.items))


@dataclass(frozen=True)
class Notice:
    """What must not be missed: illustrative data, exempt matter left out, an unexplained difference."""

    TYPE: ClassVar = "notice"
    kind: str
    title: str
    text: str = ""

    def __post_init__(self) -> None:
        words(self, "title", "text", optional=("text",))
        one_of("kind of notice", self.kind, NOTICE_KINDS)


@dataclass(frozen=True)
class Fact:
    """One label and its value in words, with the source where it is a figure."""

    label: str
    value: str
    source: str = ""

    def __post_init__(self) -> None:
        words(self, "label", "value", "source", optional=("value", "source"))


@dataclass(frozen=True)
class Facts:
    """Labels and values, one below the other."""

    TYPE: ClassVar = "facts"
    items: tuple[Fact, ...]


@dataclass(frozen=True)
class KeyFigure:
    """A big number with its meaning and source. ``value`` is stored as its kind asks, or None: unknown."""

    label: str
    value: str | None
    kind: str = "millions"
    meaning: str = ""
    source: str = ""

    def __post_init__(self) -> None:
        words(self, "label", "meaning", "source", optional=("meaning", "source"))
        one_of("kind of figure", self.kind, FIGURE_KINDS)
        object.__setattr__(self, "value", check_cell(self.kind, self.value))


@dataclass(frozen=True)
class KeyFigures:
    """Up to four big numbers in a row."""

    TYPE: ClassVar = "figures"
    items: tuple[KeyFigure, ...]

    def __post_init__(self) -> None:
        if not 1 <= len(self.items) <= 4:
            raise InvalidPack("Between one and four figures stand in a row.")


Block = Paragraph | Heading | Listing | Notice | Facts | KeyFigures | Table | Chart


@dataclass(frozen=True)
class Section:
    """A numbered section: the same number in the HTML, the PDF and the workbook."""

    number: str
    title: str
    blocks: tuple[Block, ...] = ()

    def __post_init__(self) -> None:
        words(self, "title")
        if not re.fullmatch(r"[1-9]\d?(\.[1-9]\d?)?", self.number):
            raise InvalidPack(f"“{self.number}” is not a section number such as 3 or 3.1.")


@dataclass(frozen=True)
class Document:
    """A whole pack. ``as_at`` is an ISO date; ``correction`` says what changed since the last version."""

    title: str
    council: str
    programme: str
    as_at: str
    variant: str
    number: str
    version: int
    sections: tuple[Section, ...]
    notices: tuple[Notice, ...] = ()
    correction: str = ""
    issued: str = ""
    template: str = TEMPLATES[-1]
    format: int = FORMAT

    def __post_init__(self) -> None:
        optional = ("correction", "issued")
        words(self, "title", "council", "programme", "number", "correction", "issued", optional=optional)
        one_of("variant", self.variant, VARIANTS)
        one_of("template", self.template, TEMPLATES)
        if type(self.format) is not int or self.format != FORMAT:
            raise InvalidPack(f"This is not format {FORMAT} of a pack.")
        if type(self.version) is not int or not 1 <= self.version <= 999:
            raise InvalidPack("A version is a whole number from 1.")
        if self.version > 1 and not self.correction:
            raise InvalidPack("A later version must say what changed.")
        iso_date(self.as_at)
        numbers = [section.number for section in self.sections]
        if not numbers or len(set(numbers)) != len(numbers):
            raise InvalidPack("A pack has sections, and each has its own number.")

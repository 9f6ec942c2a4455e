"""Two questions to the payback page side by side: what each assumes and comes to, and the difference."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from programme.foundation.workbook import Column, Sheet

from ..reading.payback_answer import LINES, STATED, Answer, Result
from ..sheets.payback import number, source_words
from .payback import NONE, Output, assumptions, outputs

LONG = (
    *(Column("Appraisal", width=32), Column("Output", width=44), Column("One", "number", 18)),
    *(Column("The other", "number", 18), Column("One, in words"), Column("The other, in words")),
    *(Column("Difference"), Column("Source", width=60)),
)


@dataclass(frozen=True)
class Pair:
    """One output under both questions; None where a question does not have it."""

    label: str
    one: Output | None
    other: Output | None

    @property
    def words(self) -> tuple[str, str, str]:
        """Both, and the second less the first."""
        gap = self.other.less(self.one) if self.one and self.other else NONE
        return self.one.words if self.one else NONE, self.other.words if self.other else NONE, gap

    @property
    def numbers(self) -> tuple[Any, Any]:
        return number(self.one) if self.one else None, number(self.other) if self.other else None


@dataclass(frozen=True)
class Compared:
    """The outputs of one appraisal, of the lines or of the stated table, under both questions."""

    name: str
    source: str
    pairs: tuple[Pair, ...]

    @property
    def rows(self) -> list[list[str]]:
        """For a table of the page."""
        return [[pair.label, *pair.words] for pair in self.pairs]


def compared(one: Answer, other: Answer) -> list[Compared]:
    """The lines and the stated table, each where both questions have an answer."""
    both = [(LINES, one.lines, other.lines), (STATED, one.stated, other.stated)]
    return [
        Compared(name, source_words(a, one), _pairs((a, one), (b, other))) for name, a, b in both if a and b
    ]


def questions(one: Answer, other: Answer) -> list[list[str]]:
    """Every assumption of both, and whether they differ."""
    each = zip(assumptions(one.asked), assumptions(other.asked), strict=True)
    return [[label, a, b, "" if a == b else "differs"] for (label, a), (_, b) in each]


def sheets(names: Sequence[str], found: list[Compared], asked: list[list[str]]) -> Iterator[Sheet]:
    """A sheet for each appraisal, and one for what is assumed."""
    one, other = names
    columns = [Column("Output", width=44), Column(one, "number", 24), Column(other, "number", 24)]
    columns += [Column(f"{one}, in words", width=28), Column(f"{other}, in words", width=28)]
    for table in found:
        rows = [[pair.label, *pair.numbers, *pair.words] for pair in table.pairs]
        heads = [*columns, Column("Difference", width=20)]
        yield Sheet(table.name, heads, rows, caption=table.name, after=[table.source])
    heads = [Column("Assumption"), Column(one, width=60), Column(other, width=60), Column("Difference")]
    yield Sheet("Assumptions", heads, asked, caption="What each assumes")


def long_rows(found: list[Compared], asked: list[list[str]]) -> Iterator[list[Any]]:
    for label, a, b, differs in asked:
        yield ["Assumption", label, None, None, a, b, differs, None]
    for table in found:
        for pair in table.pairs:
            yield [table.name, pair.label, *pair.numbers, *pair.words, table.source]


def _pairs(one: tuple[Result, Answer], other: tuple[Result, Answer]) -> tuple[Pair, ...]:
    """One an output, in the first's order; what only the other has stands after what it follows there."""
    a, b = ({row.label: row for row in outputs(result, told.asked)} for result, told in (one, other))
    labels, place = list(a), 0
    for label in b:
        if label in a:
            place = labels.index(label) + 1
        else:
            while place < len(labels) and labels[place] not in b:
                place += 1
            labels.insert(place, label)
            place += 1
    return tuple(Pair(label, a.get(label), b.get(label)) for label in labels)

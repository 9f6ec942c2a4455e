"""The matrix as the page lays it out: five rows of five cells, worked out once and walked once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from ..choices import Band
from ..rules.scoring import STEPS, Matrix, Score, Scores

MARKS = {"inherent": "Inherent", "current": "Current", "target": "Target"}


class Step(Protocol):
    """A step of a scale: its number, its word and the sentence that says what it means."""

    @property
    def value(self) -> int: ...
    @property
    def word(self) -> str: ...
    @property
    def meaning(self) -> str: ...


@dataclass(frozen=True)
class Inside:
    """What lies in one cell: how many, the references of the first few, and where all of them are listed."""

    count: int
    names: tuple[str, ...] = ()
    url: str = ""

    @property
    def more(self) -> int:
        return self.count - len(self.names)

    @property
    def words(self) -> str:
        return f"{self.count:,}"

    @property
    def more_words(self) -> str:
        return f"{self.more:,}"


@dataclass(frozen=True)
class Mark:
    """One of the three scores of a risk, set into its cell."""

    kind: str

    @property
    def label(self) -> str:
        return MARKS[self.kind]


ALL_MARKS = tuple(Mark(kind) for kind in MARKS)


@dataclass(frozen=True)
class Cell:
    score: Score
    band: Band
    inside: Inside | None = None
    marks: tuple[Mark, ...] = ()

    @property
    def key(self) -> str:
        """As an address names it: ``4-5`` is likelihood 4, impact 5."""
        return f"{self.score.likelihood}-{self.score.impact}"


@dataclass(frozen=True)
class Row:
    step: Step
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Grid:
    """Rows from the likeliest down, columns from the mildest impact to the worst."""

    columns: tuple[Step, ...]
    rows: tuple[Row, ...]
    counted: bool = False
    marks: tuple[Mark, ...] = ()

    @property
    def cells(self) -> list[Cell]:
        return [cell for row in self.rows for cell in row.cells]


def grid(
    matrix: Matrix,
    likelihood: Mapping[int, Step],
    impact: Mapping[int, Step],
    *,
    inside: Callable[[Score], Inside] | None = None,
    marks: Scores | None = None,
) -> Grid:
    """The matrix with the words of both scales, by value; with counts, or with one risk's scores in it."""
    marked = _marked(marks)

    def cell(score: Score) -> Cell:
        return Cell(
            score, matrix.band(score), inside(score) if inside else None, tuple(marked.get(score, ()))
        )

    rows = [
        Row(likelihood[value], tuple(cell(Score(value, across)) for across in STEPS))
        for value in reversed(STEPS)
    ]
    present = tuple(mark for mark in ALL_MARKS if any(mark in found for found in marked.values()))
    return Grid(tuple(impact[value] for value in STEPS), tuple(rows), inside is not None, present)


def _marked(scores: Scores | None) -> dict[Score, list[Mark]]:
    found: dict[Score, list[Mark]] = {}
    pairs: Iterable[tuple[str, Score | None]] = scores._asdict().items() if scores else ()
    for kind, score in pairs:
        if score is not None:
            found.setdefault(score, []).append(Mark(kind))
    return found

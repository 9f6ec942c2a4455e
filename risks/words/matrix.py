"""The matrix page: what its counts say in a sentence, and the cells that hold something as rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..choices import Band
from ..reading.cells import Filling, Named
from ..reading.yardstick import Yardstick
from ..rules.scoring import BANDS, CELLS, Score


@dataclass(frozen=True)
class Listed:
    """What of one cell can be named, and how many more there are."""

    count: int
    names: tuple[Named, ...]
    url: str

    @property
    def more(self) -> str:
        rest = self.count - len(self.names)
        return f"{rest:,}" if rest else ""


@dataclass(frozen=True)
class CellRow:
    """One cell that holds a risk now or is aimed at by one; without a score, what is not yet scored."""

    words: str
    band: Band | None
    score: int | None
    current: Listed
    target: Listed


def in_a_sentence(yardstick: Yardstick, current: Filling, target: Filling, *, past: bool) -> str:
    """ "42 risks may still happen: 3 severe, 9 high, 30 low; 4 are not yet scored. …"."""
    if not current.total:
        return "No risk stood in the register." if past else "No risk here may still happen."
    one = current.total == 1
    subject = "1 risk" if one else f"{current.total:,} risks"
    words = [f"{subject} could still happen" if past else f"{subject} may still happen"]
    bands = _bands(yardstick, current)
    if bands:
        words.append(f": {bands}")
    words.append(f"{_unscored(current, past=past)}.")
    aims = _bands(yardstick, target)
    if aims:
        words.append(f" After the planned actions: {aims}.")
    return "".join(words)


def cell_rows(
    yardstick: Yardstick, current: Filling, target: Filling, links: dict[tuple[str, Score | None], str]
) -> list[CellRow]:
    """The cells that are not empty, the most severe first, what is not yet scored last."""
    return list(_rows(yardstick, current, target, links))


def _rows(
    yardstick: Yardstick, current: Filling, target: Filling, links: dict[tuple[str, Score | None], str]
) -> Iterator[CellRow]:
    order = sorted(CELLS, key=lambda one: (BANDS.index(yardstick.matrix.band(one)), one.value, one.impact))
    for score in [*reversed(order), None]:
        found = [
            Listed(one.counts[score], one.names.get(score, ()), links.get((kind, score), ""))
            for kind, one in (("current", current), ("target", target))
        ]
        if any(one.count for one in found):
            words = _cell(yardstick, score) if score else "Not yet scored"
            yield CellRow(words, yardstick.band(score), score.value if score else None, *found)


def _cell(yardstick: Yardstick, score: Score) -> str:
    likelihood, impact = yardstick.likelihood[score.likelihood], yardstick.impact[score.impact]
    return f"{likelihood.word} × {impact.word}"


def _bands(yardstick: Yardstick, filling: Filling) -> str:
    """ "3 severe, 9 high"."""
    counts = dict.fromkeys(BANDS, 0)
    for score, number in filling.counts.items():
        if score is not None:
            counts[yardstick.matrix.band(score)] += number
    return ", ".join(f"{counts[band]:,} {band.label.lower()}" for band in reversed(BANDS) if counts[band])


def _unscored(filling: Filling, *, past: bool) -> str:
    number = filling.counts[None]
    if not number:
        return ""
    verb = ("was" if number == 1 else "were") if past else ("is" if number == 1 else "are")
    return f"; {number:,} {verb} not yet scored"

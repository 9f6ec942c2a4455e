"""The matrix in a pack: how many risks lie in each band and each cell, now and after the planned actions."""

from __future__ import annotations

from collections import Counter, defaultdict

from portal.packs.blocks import Block, Chart, Paragraph, Table
from risks.pictures.matrix import picture
from risks.reading.cells import Filling
from risks.rules.scoring import BANDS, CELLS, STEPS, Score
from risks.words.matrix import in_a_sentence

from .register import Register

IN_A_CELL = 4  # references that are named there
NOT_SCORED = "Not yet scored"
CAPTIONS = {"current": "Matrix: where the risks stand", "target": "Matrix: where they are to go"}
DRAWN = (
    "How many risks lie in each cell now, and how many are to lie there after the planned actions. "
    "L is low, M medium, H high, S severe."
)
NOTE = "Likelihood down, impact across. A cell without a number holds none."


def blocks(register: Register) -> list[Block]:
    """A sentence, the bands with current beside target, drawn where a risk is scored, and both matrices."""
    now, target = (_filling(register, kind) for kind in CAPTIONS)
    sentence = in_a_sentence(register.yardstick, now, target, past=False)
    matrices = [_matrix(register, kind, found) for kind, found in zip(CAPTIONS, (now, target), strict=True)]
    if not now.total - now.counts[None]:
        return [Paragraph(sentence), _bands(register, now, target), *matrices]
    figure = picture(register.yardstick, now.counts, target.counts, summary=DRAWN)
    return [Paragraph(sentence), Chart.of(figure, table=_bands(register, now, target)), *matrices]


def _filling(register: Register, kind: str) -> Filling:
    counts: dict[Score | None, int] = {None: 0, **dict.fromkeys(CELLS, 0)}
    return Filling(counts | Counter(getattr(one, kind) for one in register.risks), {})


def _bands(register: Register, now: Filling, target: Filling) -> Table:
    """What is not yet scored is a row of its own."""
    matrix = register.yardstick.matrix
    rows = [
        [band.label, *(sum(one.counts[cell] for cell in matrix.cells_in(band)) for one in (now, target))]
        for band in reversed(BANDS)
    ]
    rows.append([NOT_SCORED, now.counts[None], target.counts[None]])
    return Table.of(
        "Risks by band, now and after the planned actions",
        ["Band", ("Now", "number"), ("Target", "number")],
        rows,
        totals=["All that may still happen", now.total, target.total],
    )


def _matrix(register: Register, kind: str, filling: Filling) -> Table:
    """Five rows of five cells: the band of each, how many lie there, and the first of them."""
    held, lying = register.yardstick, defaultdict(list)
    for one in register.risks:
        lying[getattr(one, kind)].append(one.ref)

    def cell(score: Score) -> str:
        return _cell(held.matrix.band(score).label, lying.get(score, []))

    rows = [
        [f"{value} {held.likelihood[value].word}", *(cell(Score(value, across)) for across in STEPS)]
        for value in reversed(STEPS)
    ]
    impacts = [(f"{value} {held.impact[value].word}", "text", 17) for value in STEPS]
    columns = [("Likelihood", "text", 14), *impacts]
    return Table.of(CAPTIONS[kind], columns, rows, note=f"{NOTE}{_beside(filling)}")


def _cell(band: str, refs: list[str]) -> str:
    if not refs:
        return band
    more = len(refs) - IN_A_CELL
    named = ", ".join(refs[:IN_A_CELL]) + (f" and {more:,} more" if more > 0 else "")
    return f"{band}: {len(refs):,} ({named})"


def _beside(filling: Filling) -> str:
    number = filling.counts[None]
    if not number:
        return ""
    return f" Beside it: {number:,} {'is' if number == 1 else 'are'} not yet scored."

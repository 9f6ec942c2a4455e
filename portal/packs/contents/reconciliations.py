"""Section 10: figures that disagree, the bridges between them, and what nothing explains."""

from collections.abc import Iterable
from decimal import Decimal

from benefits.pictures.bridges import bridge_picture
from benefits.reading.reconciliations import Reconciled, in_a_sentence
from benefits.rules.bridging import Standing
from portal.packs.blocks import Block, Chart, Notice, Paragraph, Section, Table

from .snapshot import Snapshot
from .withheld import INTERNAL_LEFT_OUT

DRAWN = 3  # of those that somebody has begun to explain; the table has them all


def section(number: str, snapshot: Snapshot) -> Section:
    rows = snapshot.reconciliations
    if snapshot.is_open:
        return Section(number, "Reconciliations", (Notice("exempt", "Left out", INTERNAL_LEFT_OUT),))
    if not rows:
        return Section(number, "Reconciliations", (Paragraph("No figures have been reconciled yet."),))
    blocks: list[Block] = [Paragraph(in_a_sentence(rows)), _table(rows)]
    blocks += [*_open(rows), _places(rows)]
    if moved := [one for one in rows if one.movements]:
        blocks.append(_movements(moved))
    blocks += [Chart.of(figure) for one in moved[:DRAWN] if (figure := bridge_picture(one))]
    return Section(number, "Reconciliations", tuple(blocks))


def _table(rows: Iterable[Reconciled]) -> Table:
    amounts = ("From", "To", "Difference", "Explained", "Left")
    return Table.of(
        "Figures that are bridged",
        ["Reference", ("Reconciliation", "text", 30), *((name, "money") for name in amounts), "Stands"],
        [[one.ref, one.title, *_amounts(one), _standing(one)] for one in rows],
    )


def _amounts(one: Reconciled) -> tuple[Decimal | None, ...]:
    return one.start.total, one.end.total, one.difference, one.explained, one.left


def _places(rows: Iterable[Reconciled]) -> Table:
    return Table.of(
        "Where the bridged figures stand",
        ["Reference", ("From", "text", 40), ("To", "text", 40)],
        [[one.ref, *(f"{end.name}: {end.place}" for end in (one.start, one.end))] for one in rows],
    )


def _standing(one: Reconciled) -> str:
    words = one.standing.value
    if one.standing is Standing.SIGNED_OFF and one.sign_off:
        return f"{words} by the {one.sign_off.by}: {one.sign_off.reason}"
    return f"{words}; signed off once, for another residual" if one.has_lapsed else words


def _open(rows: Iterable[Reconciled]) -> list[Block]:
    still = [one for one in rows if one.is_open and one.bridge is not None]
    if not still:
        return []
    words = " ".join(f"{one.ref}: {one.left_words}." for one in still)
    return [Notice("difference", "Not explained", words)]


def _movements(rows: Iterable[Reconciled]) -> Table:
    return Table.of(
        "Movements that explain a difference",
        ["Reconciliation", "Type", "Year", ("£", "money"), ("What it is", "text", 40)],
        [
            [one.ref, step.kind, str(step.year or "") or None, step.amount, step.words]
            for one in rows
            for step in one.movements
        ],
    )

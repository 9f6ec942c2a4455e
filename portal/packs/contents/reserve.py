"""Section 11: the transformation reserve, what was promised from it and what is left."""

from decimal import Decimal
from typing import Any

from benefits.rules.ledger import Standing
from portal.packs.blocks import Block, KeyFigure, KeyFigures, Paragraph, Section, Table

from .savings import class_words
from .snapshot import Snapshot
from .withheld import INTERNAL_LEFT_OUT, money_left_out

NOTE = (
    "Balance is what was allocated less what was spent and released; available is the balance less "
    "commitments that are still outstanding. Spending draws down its commitment."
)


def section(number: str, snapshot: Snapshot) -> Section:
    reserve = snapshot.reserve
    withheld = reserve.withheld or (INTERNAL_LEFT_OUT if snapshot.is_open else "")
    blocks: list[Block] = [*money_left_out(snapshot, "Reserve", withheld)]
    if reserve.rows:
        if reserve.standing is not None:
            blocks.append(_figures(reserve.standing))
        blocks.append(_ledger(snapshot))
    elif not withheld:
        blocks.append(Paragraph("Nothing has been entered into the reserve's ledger yet."))
    return Section(number, "Transformation reserve", tuple(blocks))


def _figures(standing: Standing) -> KeyFigures:
    return KeyFigures(
        (
            KeyFigure("Allocated", _stored(standing.allocated)),
            KeyFigure("Spent", _stored(standing.spent)),
            KeyFigure("Balance", _stored(standing.balance), meaning="allocated less spent and released"),
            KeyFigure("Available", _stored(standing.available), meaning="balance less what is promised"),
        )
    )


def _stored(amount: Decimal) -> str:
    return f"{amount * 100:.0f}"


def _ledger(snapshot: Snapshot) -> Table:
    rows = [
        [
            one.date,
            one.kind,
            one.words,
            one.amount,
            one.after.balance if one.after else None,
            one.after.available if one.after else None,
            class_words(one.exempt),
            str(one.source),
        ]
        for one in snapshot.reserve.rows
    ]
    columns: list[Any] = [
        *(("Date", "date"), "Entry", ("What it is for", "text", 30), ("£", "money")),
        *(("Balance", "money"), ("Available", "money"), "Class", "Source"),
    ]
    return Table.of("The reserve's ledger", columns, rows, note=NOTE, print_rows=60)

"""Section 7: the payback table as stated, and the lines' own sums beside it."""

from typing import Any

from benefits.reading.payback_answer import of_table
from benefits.reading.payback_inputs import Asked
from benefits.rules.appraisal import PaybackBasis, Terms, Timing
from benefits.words.payback import BASIS_WORDS, outputs, rate_words
from portal.money import LinesAgainstPayback, PaybackTable
from portal.packs.blocks import Block, Notice, Paragraph, Section, Table
from programme.foundation.money import pounds

from .savings import class_words
from .snapshot import Snapshot
from .withheld import money_left_out

ASKED = {
    "New in year": (PaybackBasis.NEW_IN_YEAR, Timing.END),
    "Run-rate, end of year": (PaybackBasis.RUN_RATE, Timing.END),
    "Run-rate, mid-year": (PaybackBasis.RUN_RATE, Timing.MID),
    "Run-rate, start of year": (PaybackBasis.RUN_RATE, Timing.START),
}


def section(number: str, snapshot: Snapshot) -> Section:
    stated = snapshot.case.payback
    blocks: list[Block] = [*money_left_out(snapshot, "Payback", stated.withheld)]
    if stated.table:
        blocks.append(_stated(stated.table))
        if stated.table.lines:
            blocks += _beside(stated.table, stated.table.lines)
        blocks.append(_appraised(stated.table, snapshot))
    elif not stated.withheld:
        blocks.append(Paragraph("No payback table has been entered yet."))
    return Section(number, "Payback as stated", tuple(blocks))


def _stated(table: PaybackTable) -> Table:
    years = [(str(year), "thousands") for year in table.years]
    rows: list[list[Any]] = [
        ["Benefit", *table.benefit, table.benefit_total],
        ["Cost", *table.cost, table.cost_total],
        ["Net", *table.net, table.net_total],
        ["Net, running total", *table.cumulative, None],
    ]
    said = [table.statement.rstrip(".") + "." if table.statement else "", table.note.rstrip(".") + "."]
    words = " ".join(one.capitalize() if one.islower() else one for one in said if one.strip("."))
    return Table.of(
        f"{table.name}, as stated",
        ["Row", *years, ("Total", "thousands")],
        rows,
        note=f"£000, new in year: a change in annual run-rate set against cash cost. "
        f"The document’s words: {words} {class_words(table.exempt)}.".strip(),
        sources=(str(table.source),),
    )


def _appraised(table: PaybackTable, snapshot: Snapshot) -> Table:
    """Every output of the stated rows, on both bases and the three timings."""
    settled = snapshot.settings
    asked = [
        Asked(Terms(basis, timing, settled.horizon, settled.discount_rate, settled.horizon_date))
        for basis, timing in ASKED.values()
    ]
    columns = [outputs(of_table(table, one.terms), one) for one in asked]
    rows = [[each[0].label, *(one.words for one in each)] for each in zip(*columns, strict=True)]
    return Table.of(
        "What the stated rows come to",
        [("Output", "text", 28), *ASKED],
        rows,
        note=f"£. {BASIS_WORDS[PaybackBasis.NEW_IN_YEAR]} {BASIS_WORDS[PaybackBasis.RUN_RATE]} "
        f"{settled.horizon} years; {rate_words(settled.discount_rate)} on money of the day "
        "counts later years for too much.",
        sources=(str(table.source),),
    )


def _beside(table: PaybackTable, lines: LinesAgainstPayback) -> list[Block]:
    years = [(str(year), "thousands") for year in table.years]
    rows: list[list[Any]] = [
        ["Savings lines", *lines.benefit, lines.benefit_total],
        ["Savings lines less stated benefit", *lines.benefit_gap, lines.benefit_gap_total],
        ["Savings lines less stated cost", *lines.net, lines.net_total],
        ["Stated net less that", *lines.net_gap, lines.net_gap_total],
    ]
    gaps = ", ".join(f"{pounds(gap)} in {year}" for year, gap in zip(table.years, lines.net_gap, strict=True))
    return [
        Table.of(
            "The savings lines beside the payback table",
            ["Row", *years, ("Total", "thousands")],
            rows,
            note="£000. The lines are those of section 5; the costs are the payback table’s, since the "
            "investment lines have no years.",
            sources=(str(table.source),),
        ),
        Notice("difference", "Unexplained", f"The stated net differs from the lines’ own: {gaps}."),
    ]

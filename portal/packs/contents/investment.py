"""Section 6: investment by line, and the totals stated elsewhere beside what the lines come to."""

from portal.money import InvestmentTable
from portal.packs.blocks import Block, Section, Table

from .savings import class_words
from .snapshot import Snapshot
from .withheld import money_left_out


def section(number: str, snapshot: Snapshot) -> Section:
    table = snapshot.case.investment
    blocks: list[Block] = [*money_left_out(snapshot, "Investment", table.withheld)]
    if table.rows:
        blocks.append(_lines(table))
    if table.stated and not table.withheld:
        blocks.append(_stated(table))
    return Section(number, "Investment", tuple(blocks))


def _lines(table: InvestmentTable) -> Table:
    return Table.of(
        "Investment by line",
        ["Line", "Funding", ("Amount", "money"), "Class"],
        [[row.name, row.funding, row.amount, class_words(row.exempt)] for row in table.rows],
        totals=None if table.withheld else ["Total", None, table.total, None],
        note="The business case gives its investment lines no years; they are not spread by guesswork.",
        sources=tuple(dict.fromkeys(str(row.source) for row in table.rows)),
    )


def _stated(table: InvestmentTable) -> Table:
    return Table.of(
        "Totals stated elsewhere",
        ["Where", ("As stated", "money"), ("More than the lines", "money")],
        [[str(row.source), row.amount, row.difference] for row in table.stated],
        note="Nobody has explained the differences yet; see section 8.",
    )

"""Section 8: stated figures that disagree, to the pound, and what a reader should know about them."""

from portal.money import Disagreement, Headline
from portal.packs.blocks import Block, Notice, Section, Table

from .snapshot import Snapshot
from .withheld import money_left_out

UNEXPLAINED = (
    "Nothing here has been reconciled yet: each difference stands until a reconciliation accounts for it, "
    "or the finance reviewer or the Senior Responsible Officer signs it off with a reason."
)


def section(number: str, snapshot: Snapshot) -> Section:
    stated = snapshot.case.headlines
    blocks: list[Block] = [*money_left_out(snapshot, "Stated figures", stated.withheld)]
    if stated.disagreements:
        blocks.append(Notice("difference", "Unexplained differences", UNEXPLAINED))
    blocks += [_disagreement(one) for one in stated.disagreements]
    blocks += [Notice("information", one.label, one.words) for one in stated.findings]
    if stated.others:
        blocks.append(_others(stated.others))
    return Section(number, "Stated figures that disagree", tuple(blocks))


def _disagreement(group: Disagreement) -> Table:
    """Amounts in pounds, or in words with the difference in days where the figures are dates."""
    if all(one.amount is not None for one in group.headlines):
        kind, title = "money", "Against the first"
    else:
        kind, title = "number", "Against the first, days"
    return Table.of(
        group.measure,
        ["Where it stands", "What it covers", "As stated", (title, kind), "Explained"],
        [
            [str(one.source), one.covers, one.words, one.difference, None if not one.difference else "No"]
            for one in group.headlines
        ],
    )


def _others(headlines: tuple[Headline, ...]) -> Table:
    return Table.of(
        "Other stated figures",
        ["Figure", "What it covers", "As stated", "Where it stands"],
        [[one.measure, one.covers, one.words, str(one.source)] for one in headlines],
        note="Stated once, or alike wherever they are stated.",
    )

"""Section 8: stated figures that disagree, to the pound, and what a reader should know about them."""

from portal.money import Disagreement, Headline
from portal.packs.blocks import Block, Notice, Section, Table
from programme.foundation.money import pounds

from .snapshot import Snapshot
from .withheld import money_left_out

UNEXPLAINED = (
    "Each difference stands until a reconciliation accounts for it, or the finance reviewer or the Senior "
    "Responsible Officer signs it off with a reason. Section 10 says how far that has come."
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
    amounts = all(one.amount is not None for one in group.headlines)
    plain = amounts and all(one.words == pounds(one.amount) for one in group.headlines)
    difference = ("Against the first", "money") if amounts else ("Against the first, days", "number")
    rows = [
        [
            str(one.source),
            one.covers or None,
            one.amount if plain else one.words,
            one.difference,
            "No" if one.difference else None,
        ]
        for one in group.headlines
    ]
    stated = ("As stated", "money") if plain else "As stated"
    return Table.of(group.measure, ["Where", "What it covers", stated, difference, "Explained"], rows)


def _others(headlines: tuple[Headline, ...]) -> Table:
    return Table.of(
        "Other stated figures",
        ["Figure", "What it covers", "As stated", "Where it stands"],
        [[one.measure, one.covers or None, one.words, str(one.source)] for one in headlines],
        note="Stated once, or alike wherever they are stated.",
    )

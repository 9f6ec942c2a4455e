"""Section 11: where the figures come from, how to read them, and what is not in this pack."""

from collections.abc import Iterator

from portal.money import Source
from portal.packs.blocks import Block, Heading, Listing, Paragraph, Section, Table
from programme.foundation import calendar

from .snapshot import Snapshot

NOT_YET = (
    "Agenda, minutes and papers: meetings are not kept in the portal yet, so this pack belongs to a date.",
    "Risks and issues, status updates, measures and early warnings: their registers come later.",
    "Forecast, claimed and verified savings, and spending against the investment: none is recorded yet.",
)
OPEN_LEFT_OUT = "Internal matter, and exempt matter under the paragraphs that the notices name."


def section(number: str, snapshot: Snapshot) -> Section:
    rows = list(dict.fromkeys(_rows(snapshot)))
    words = (
        f"Every record stands as it did at the end of {calendar.in_words(snapshot.day)}, read at one moment. "
        f"Business case: {snapshot.programme.business_case}. "
        "What is drawn here comes from sealed data alone. Its digest (SHA-256) is on the cover: whoever "
        "changes a figure changes the digest."
    )
    blocks: list[Block] = [Paragraph(words)]
    if rows:
        columns = ["Figures", "Document", "Place", ("As at", "date"), "Basis", "Price base", "Confirmed by"]
        blocks.append(Table.of("Sources of the figures", columns, rows))
    left_out = (OPEN_LEFT_OUT, *NOT_YET) if snapshot.is_open else NOT_YET
    blocks += [Heading("What this pack leaves out"), Listing(left_out)]
    return Section(number, "Sources and limits", tuple(blocks))


def _rows(snapshot: Snapshot) -> Iterator[tuple]:
    case = snapshot.case
    for row in (*case.savings.rows, *case.savings.not_quantified):
        yield _row("Savings", row.source)
    for line in case.investment.rows:
        yield _row("Investment", line.source)
    if case.payback.table:
        yield _row("Payback", case.payback.table.source)
    for group in case.headlines.disagreements:
        for one in group.headlines:
            yield _row("Stated figures", one.source)
    for one in case.headlines.others:
        yield _row("Stated figures", one.source)


def _row(what: str, source: Source) -> tuple:
    confirmed = source.confirmed or None
    return what, source.document, source.place, source.as_at, source.basis, source.price_base, confirmed

"""Section 16: where the figures come from, how to read them, and what is not in this pack."""

from collections.abc import Iterator
from typing import Any

from portal.money import Headline, Source
from portal.packs.blocks import Block, Heading, Listing, Paragraph, Section, Table
from programme.foundation import calendar

from .snapshot import Snapshot

NOT_KEPT = (
    "Agenda, minutes and papers of a meeting: the portal does not keep them; this pack belongs to a day.",
    "Status updates of projects, early warnings and readings of measures, which it does not keep either.",
)
OPEN_LEFT_OUT = "Internal matter, and exempt matter under the paragraphs that the notices name."


def section(number: str, snapshot: Snapshot) -> Section:
    words = (
        f"Every record stands as it did at the end of {calendar.in_words(snapshot.day)}, read at one moment. "
        f"Business case: {snapshot.programme.business_case}. "
        "What is drawn here comes from sealed data alone. Its digest (SHA-256) is on the cover: whoever "
        "changes a figure changes the digest."
    )
    blocks: list[Block] = [Paragraph(words)]
    if figures := _figures_by_source(snapshot):
        blocks.append(_sources(figures))
    left_out = (OPEN_LEFT_OUT, *NOT_KEPT) if snapshot.is_open else NOT_KEPT
    blocks += [Heading("What this pack leaves out"), Listing(left_out)]
    return Section(number, "Sources and limits", tuple(blocks))


def _sources(figures: dict[Source, list[str]]) -> Table:
    columns: list[Any] = ["Document", "Place", "Figures", ("As at", "date"), "Basis", "Price base"]
    columns.append("Confirmed by")
    rows = [(one.document, one.place, "; ".join(what), *_standing(one)) for one, what in figures.items()]
    return Table.of("Sources of the figures", columns, rows)


def _standing(one: Source) -> tuple[object, ...]:
    return one.as_at, one.basis, one.price_base, one.confirmed or None


def _figures_by_source(snapshot: Snapshot) -> dict[Source, list[str]]:
    """Each source once, with the tables whose figures it gives."""
    found: dict[Source, list[str]] = {}
    for what, source in _rows(snapshot):
        named = found.setdefault(source, [])
        if what not in named:
            named.append(what)
    return found


def _rows(snapshot: Snapshot) -> Iterator[tuple[str, Source]]:
    case = snapshot.case
    for row in case.savings.rows:
        yield "Savings", row.source
    for later in case.savings.not_quantified:
        yield "Savings", later.source
    for one in snapshot.savings.lines:
        yield "Benefits", one.source
        if one.forecast_source:
            yield "Forecasts of benefits", one.forecast_source
    for entry in snapshot.reserve.rows:
        yield "Transformation reserve", entry.source
    for line in case.investment.rows:
        yield "Investment", line.source
    if case.payback.table:
        yield "Payback", case.payback.table.source
    disagreeing: list[Headline] = [one for group in case.headlines.disagreements for one in group.headlines]
    for figure in (*disagreeing, *case.headlines.others):
        yield "Stated figures", figure.source

"""How savings stand as sheets, every axis its own, and as one long table for CSV: pounds and pence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from programme.foundation.workbook import Column, Sheet

from ..reading.headlines import Headline
from ..reading.outlook import CUTS, Asked, Gap, Outlook
from ..reading.outlook_lines import Some
from ..reading.targets import Target
from ..tables.breakdowns import BlockTable

LONG = (
    Column("Table", width=36),
    Column("Row", width=48),
    Column("Rating"),
    Column("Amount of"),
    Column("£", "money"),
    Column("Source", width=60),
)
WORKED_OUT = "Worked out from the lines, each of which names its source"


def every_cut(asked: Asked) -> Iterator[Asked]:
    """The same question along every axis: by year new in each year, then running on, then the rest."""
    for axis in CUTS:
        yield replace(asked, axis=axis, carried=False)
    yield replace(asked, axis=CUTS[0], carried=True)


@dataclass(frozen=True)
class Content:
    """Everything the page says, whole."""

    outlook: Outlook
    cuts: tuple[Outlook, ...]
    names: Mapping[str, str]
    target: Target | None
    not_quantified: Some
    moved: Some
    filters: list[tuple[str, str]]

    def sheets(self) -> Iterator[Sheet]:
        yield self._about()
        for one in self.cuts:
            for table in self._tables(one, one.parts):
                yield table.sheet()
            for table in self._tables(one, one.wholes):
                yield table.sheet(f"All, {table.sheet_title}")
        for gap in self.outlook.gaps:
            yield _gap_sheet(gap)
        yield _not_quantified(self.not_quantified)
        yield _moved(self.moved)

    def long_rows(self) -> Iterator[list[Any]]:
        for one in self._targets():
            covers = f", {one.covers}" if one.covers else ""
            yield ["Stated", f"{one.measure}{covers}", None, "Target", one.amount, str(one.source)]
        for cut in self.cuts:
            for table in self._tables(cut, cut.parts):
                for row in table.long_rows():
                    running = [f"{row[0]}, running on", *row[1:]] if table.part.carried else row
                    yield [*running, WORKED_OUT]
        for line in self.not_quantified.rows:
            yield ["Not yet quantified", f"{line.ref} {line.name}: {line.reason}", None, None, None, None]
        for part in self.moved.rows:
            yield ["What moved", f"{part.ref} {part.name}: {part.words}", None, part.kind, None, part.reason]

    def _tables(self, cut: Outlook, which: Any) -> list[BlockTable]:
        lasts = {one.block: str(one.last) for one in cut.standings}
        carried = cut.asked.carried
        return [
            BlockTable(one, self.names, cut.asked.chosen, lasts[one.block])
            for one in which
            if one.carried or not carried
        ]

    def _targets(self) -> list[Headline]:
        if self.target is None:
            return []
        return [*([self.target.minimum] if self.target.minimum else []), *self.target.others]

    def _about(self) -> Sheet:
        rows: list[list[Any]] = [[label, None, words, None] for label, words in self.filters]
        rows += [[one.measure, one.amount, one.covers, str(one.source)] for one in self._targets()]
        columns = (
            Column("What", width=36),
            Column("£", "money"),
            Column("Words", width=36),
            Column("Source", width=60),
        )
        note = self.outlook.withheld or "Nothing is withheld."
        return Sheet("About", columns, rows, caption="Filters, and targets as stated", note=note)


def _gap_sheet(gap: Gap) -> Sheet:
    names = ["First approved", *gap.kinds, "Not explained", "Forecast"]
    rows = [
        [str(one.year), one.first, *one.parts.values(), one.unexplained or None, one.forecast]
        for one in gap.years
    ]
    columns = (Column("Year"), *(Column(name, "money") for name in names))
    return Sheet(
        f"Gap, {gap.title}",
        columns,
        rows,
        caption="From what was first approved to the forecast, whatever the rating, £",
    )


def _not_quantified(some: Some) -> Sheet:
    columns = (
        Column("Benefit"),
        Column("Line", width=48),
        Column("Category"),
        Column("Why there is no figure", width=48),
        Column("Owner"),
    )
    rows = [[one.ref, one.name, one.category, one.reason, one.owner] for one in some.rows]
    return Sheet("Not yet quantified", columns, rows, caption="Lines whose amount nobody can say yet")


def _moved(some: Some) -> Sheet:
    columns = (
        Column("Benefit"),
        Column("Line", width=48),
        Column("What became of it"),
        Column("Words", width=48),
        Column("Why", width=48),
    )
    rows = [[one.ref, one.name, one.kind, one.words, one.reason] for one in some.rows]
    return Sheet("What moved", columns, rows, caption="What slipped, what was lost, what came instead")

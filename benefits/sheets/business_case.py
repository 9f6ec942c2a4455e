"""The business case's figures as sheets, and as one long table for CSV: what the page shows, no more."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from programme.foundation.workbook import Column, Sheet

from ..reading.business_case import BusinessCase
from ..reading.headlines import Headline, Headlines
from ..reading.stated_investment import InvestmentTable
from ..reading.stated_payback import Payback
from ..reading.stated_savings import SavingsTable

SOURCE = (Column("Source", width=48), Column("Place", width=36), Column("As at", "date"), Column("Basis"))
LONG = (Column("Table"), Column("Reference"), Column("Line", width=48), Column("Year"), Column("£", "money"))


def sheets(case: BusinessCase) -> list[Sheet]:
    """Sheets of pounds: savings, not yet quantified, investment, payback, headlines."""
    found = [savings(case.savings), not_quantified(case.savings), investment(case.investment)]
    if case.payback.table:
        found.append(payback(case.payback))
    return [*found, headlines(case.headlines)]


def savings(table: SavingsTable) -> Sheet:
    years = [Column(str(year), "money") for year in table.years]
    return Sheet(
        "Savings",
        (
            Column("Reference"),
            Column("Line", width=48),
            Column("Category"),
            *years,
            Column("Total", "money"),
            *SOURCE,
        ),
        [[row.ref, row.name, row.category, *row.amounts, row.total, *_source(row)] for row in table.rows],
        caption="Savings by line and year, £, new in year",
        note=table.withheld,
        totals=None
        if table.withheld
        else [None, "Total", None, *table.year_totals, table.total, *[None] * len(SOURCE)],
    )


def not_quantified(table: SavingsTable) -> Sheet:
    rows = [[row.ref, row.name, row.category, row.reason, *_source(row)] for row in table.not_quantified]
    columns = (Column("Reference"), Column("Line", width=40), Column("Category"), Column("Reason", width=48))
    return Sheet("Not yet quantified", (*columns, *SOURCE), rows, caption="Savings not yet quantified")


def investment(table: InvestmentTable) -> Sheet:
    columns = (
        Column("Reference"),
        Column("Line", width=48),
        Column("Funding"),
        Column("Amount", "money"),
        *SOURCE,
    )
    return Sheet(
        "Investment",
        columns,
        [[row.ref, row.name, row.funding, row.amount, *_source(row)] for row in table.rows],
        caption="Investment by line, £; the document gives its lines no years",
        note=table.withheld,
        totals=None if table.withheld else [None, "Total", None, table.total, *[None] * len(SOURCE)],
    )


def payback(stated: Payback) -> Sheet:
    table = stated.table
    assert table is not None  # noqa: S101 - asked by the caller
    rows: list[Sequence[Any]] = [
        ["Benefit", *table.benefit, table.benefit_total],
        ["Cost", *table.cost, table.cost_total],
        ["Net", *table.net, table.net_total],
        ["Net, running total", *table.cumulative, None],
    ]
    if table.lines:
        lines = table.lines
        rows += [
            ["Savings lines", *lines.benefit, lines.benefit_total],
            ["Savings lines less stated benefit", *lines.benefit_gap, lines.benefit_gap_total],
            ["Savings lines less stated cost", *lines.net, lines.net_total],
            ["Stated net less that (unexplained)", *lines.net_gap, lines.net_gap_total],
        ]
    years = [Column(str(year), "money") for year in table.years]
    return Sheet(
        "Payback as stated",
        (Column("Row", width=40), *years, Column("Total", "money")),
        rows,
        caption=f"{table.name} as stated, £. {table.statement}",
        note=table.note,
        after=[str(table.source), table.exempt],
    )


def headlines(stated: Headlines) -> Sheet:
    groups = [headline for one in stated.disagreements for headline in one.headlines]
    columns = (
        *(Column("Reference"), Column("Figure", width=40), Column("Covers", width=28), Column("As stated")),
        *(Column("£", "money"), Column("Against the first, £", "money", 20)),
    )
    return Sheet(
        "Headlines",
        (*columns, *SOURCE),
        [_headline(one) for one in [*groups, *stated.others]],
        caption="Headlines as stated, and how those of one measure differ",
        note=stated.withheld,
        after=[f"{one.label}: {one.words}" for one in stated.findings],
    )


def _headline(one: Headline) -> list[Any]:
    gap = one.difference if one.amount is not None else None
    return [one.ref, one.measure, one.covers, one.words, one.amount, gap, *_source(one)]


def _source(row: Any) -> list[Any]:
    return [row.source.document, row.source.place, row.source.as_at, row.source.basis]


def long_rows(case: BusinessCase) -> Iterator[list[Any]]:
    """Every amount of the page on a row of its own, for ``LONG`` and ``SOURCE``."""
    for row in case.savings.rows:
        for year, amount in zip(case.savings.years, row.amounts, strict=True):
            yield ["Savings", row.ref, row.name, str(year), amount, *_source(row)]
    for later in case.savings.not_quantified:
        yield ["Not yet quantified", later.ref, f"{later.name}: {later.reason}", None, None, *_source(later)]
    for line in case.investment.rows:
        yield ["Investment", line.ref, line.name, None, line.amount, *_source(line)]
    yield from _payback_rows(case.payback)
    for group in case.headlines.disagreements:
        for one in group.headlines:
            yield _headline_row(one)
    for one in case.headlines.others:
        yield _headline_row(one)


def _payback_rows(stated: Payback) -> Iterator[list[Any]]:
    table = stated.table
    if table is None:
        return
    for name, amounts in (("Benefit", table.benefit), ("Cost", table.cost), ("Net", table.net)):
        for year, amount in zip(table.years, amounts, strict=True):
            yield [f"{table.name} as stated", table.ref, name, str(year), amount, *_source(table)]


def _headline_row(one: Headline) -> list[Any]:
    words = one.measure if one.amount is not None else f"{one.measure}: {one.words}"
    if one.covers:
        words = f"{words}, {one.covers}"
    return ["Headline", one.ref, words, None, one.amount, *_source(one)]

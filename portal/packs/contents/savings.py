"""Section 5: savings by line, category and year, and what is not yet quantified."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from benefits.pictures.stated_savings import savings_by_year
from portal.money import SavingsTable
from portal.packs.blocks import Block, Chart, Section, Table

from .rounding import rounding_note
from .snapshot import Snapshot
from .withheld import money_left_out

CATEGORIES = "Savings by category and year"
BASIS = "£000, new in year: what appears in each year, as the business case counts it. A dash is not stated."


def section(number: str, snapshot: Snapshot) -> Section:
    table = snapshot.case.savings
    blocks: list[Block] = [*money_left_out(snapshot, "Savings", table.withheld)]
    if table.rows:
        blocks.append(_lines(table))
    if figure := savings_by_year(table):
        blocks.append(Chart.of(figure, title=CATEGORIES, table=_categories(table)))
    if table.not_quantified or not snapshot.is_open:
        blocks.append(_not_quantified(table))
    return Section(number, "Savings", tuple(blocks))


def _lines(table: SavingsTable) -> Table:
    years = [(str(year), "thousands") for year in table.years]
    rows = [
        [row.name, *row.amounts, row.total, row.stated_total, row.deliverability, class_words(row.exempt)]
        for row in table.rows
    ]
    stated = [row.stated_total for row in table.rows if row.stated_total is not None]
    stated_total = sum(stated, Decimal(0)) if len(stated) == len(table.rows) else None
    totals = ["Total", *table.year_totals, table.total, stated_total, None, None]
    return Table.of(
        "Savings by line and year",
        ["Line", *years, ("Total", "thousands"), ("Total as stated", "thousands"), "Deliverability", "Class"],
        rows,
        totals=None if table.withheld else totals,
        note=_note(table, table.rows),
        sources=_sources(table),
    )


def _categories(table: SavingsTable) -> Table:
    years = [(str(year), "thousands") for year in table.years]
    return Table.of(
        CATEGORIES,
        ["Category", *years, ("Total", "thousands")],
        [[row.category, *row.amounts, row.total] for row in table.by_category],
        totals=["Total", *table.year_totals, table.total],
        note=_note(table, table.by_category),
        sources=_sources(table),
    )


def _not_quantified(table: SavingsTable) -> Table:
    rows = [
        [row.name, row.category, row.reason, class_words(row.exempt), str(row.source)]
        for row in table.not_quantified
    ]
    return Table.of(
        "Savings not yet quantified",
        ["Saving", "Category", "Why there is no figure", "Class", "Source"],
        rows,
        note="Named, without an amount, so that they do not disappear; the totals do not hold them.",
        empty="Every saving has a figure.",
    )


def _note(table: SavingsTable, rows: Iterable[Any]) -> str:
    return f"{BASIS} {rounding_note(table.year_totals, [row.amounts for row in rows])}".strip()


def class_words(exempt: str) -> str:
    """The class of a line of money: those that are not exempt are internal."""
    return exempt.capitalize() if exempt else "Internal"


def _sources(table: SavingsTable) -> tuple[str, ...]:
    return tuple(dict.fromkeys(str(row.source) for row in table.rows))

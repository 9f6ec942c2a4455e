"""Registers of reconciliations and of stated figures."""

from __future__ import annotations

from typing import Any

from programme.foundation import tables
from programme.foundation.money import pounds

from ..models import StatedFigure
from ..reading.headlines import headline
from ..reading.reconciliations import Reconciled
from ..rules.bridging import Standing, with_sign

COLOURS = {
    Standing.OPEN.value: "orange",
    Standing.UNKNOWN.value: "grey",
    Standing.EXPLAINED.value: "green",
    Standing.SIGNED_OFF.value: "blue",
}


class SignedColumn(tables.MoneyColumn):
    """An amount with its sign: ``+£3,000``."""

    def render(self, value: Any) -> str:
        return with_sign(value)


class FigureColumn(tables.TextColumn):
    """Amounts in words, under each other: one, or several by year so that none hides another."""

    css = "govuk-table__cell--numeric pp-table__wraps"


class ReconciliationTable(tables.BaseTable):
    row_header = "title"

    ref = tables.TextColumn("Reference", width=12)
    title = tables.LinkColumn("Reconciliation", to=lambda row: row.url, width=48)
    start = tables.MoneyColumn("From", accessor="start__total")
    end = tables.MoneyColumn("To", accessor="end__total")
    difference = SignedColumn("Difference")
    explained = SignedColumn("Explained")
    left = FigureColumn("Left unexplained", accessor="left_words", orderable=False, width=48)
    standing = tables.TagColumn("Standing", accessor="standing__value", colours=COLOURS)

    def row_class(self, record: Reconciled) -> str:
        return "pp-table__row--late" if record.has_lapsed else ""


class StatedFigureTable(tables.BaseTable):
    """Every headline with its place, whether it is an amount, a per cent or a date."""

    row_header = "measure"

    ref = tables.TextColumn("Reference", width=12)
    measure = tables.LinkColumn("Measure", width=36)
    covers = tables.TextColumn("What it covers", width=36)
    stated = FigureColumn("As stated", accessor="pk", orderable=False, width=24)
    source_place = tables.TextColumn("Where", width=36)
    source_document = tables.TextColumn("Source", width=48)
    source_as_at = tables.DateColumn("As at")

    def render_stated(self, record: StatedFigure) -> str:
        return headline(record).words

    def value_stated(self, record: StatedFigure) -> str:
        return pounds(record.amount) if record.amount is not None else headline(record).words

"""The register of cost lines."""

from __future__ import annotations

from typing import Any

from programme.foundation import tables

from ..choices import CostCategory, FundingSource


class ChoiceColumn(tables.TextColumn):
    """A choice by its label."""

    def __init__(self, heading: str, choices: Any, **options: Any):
        super().__init__(heading, **options)
        self.labels = dict(choices.choices)


class CostTable(tables.BaseTable):
    """Budget, forecast and actual are the sums of the line's years; empty where it has none."""

    row_header = "name"

    ref = tables.TextColumn("Reference", width=12)
    name = tables.LinkColumn("Cost line", to=lambda row: row.url, width=48)
    category = ChoiceColumn("Category", CostCategory, width=28)
    funding = ChoiceColumn("Paid from", FundingSource, width=18)
    amount = tables.MoneyColumn("Whole amount", accessor="cost__amount")
    profiled = tables.TextColumn("Years", orderable=False, width=32)
    budget = tables.MoneyColumn("Budget")
    forecast = tables.MoneyColumn("Forecast")
    actual = tables.MoneyColumn("Actual")

"""The register of cost lines."""

from __future__ import annotations

from programme.foundation import tables


class CostTable(tables.BaseTable):
    """Budget, forecast and actual are the sums of the line's years; empty where it has none."""

    row_header = "name"

    ref = tables.TextColumn("Reference", width=12)
    name = tables.LinkColumn("Cost line", to=lambda row: row.url, width=48)
    category = tables.TextColumn("Category", width=28)
    funding = tables.TextColumn("Paid from", width=18)
    amount = tables.MoneyColumn("Whole amount", accessor="cost__amount")
    profiled = tables.TextColumn("Years", orderable=False, width=32)
    budget = tables.MoneyColumn("Budget")
    forecast = tables.MoneyColumn("Forecast")
    actual = tables.MoneyColumn("Actual")

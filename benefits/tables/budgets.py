"""The list of budgets, each with where it comes from."""

from __future__ import annotations

from typing import Any

from programme.foundation import tables


class BudgetTable(tables.BaseTable):
    row_header = "code"

    code = tables.TextColumn("Budget code", width=16)
    year = tables.FinancialYearColumn("Year")
    name = tables.TextColumn("Name", width=40)
    amount = tables.MoneyColumn("Budget")
    source_document = tables.TextColumn("Source", width=40)
    source_place = tables.TextColumn("Place", width=12)
    source_as_at = tables.DateColumn("As at")


def withdraw_address(record: Any) -> str:
    return f"/benefits/budgets/{record.pk}/withdraw/"


class KeptBudgetTable(BudgetTable):
    """For who keeps them."""

    withdraw = tables.LinkColumn(
        "Change", accessor="pk", to=withdraw_address, orderable=False, exclude_from_export=True
    )

    def render_withdraw(self, record: Any) -> Any:
        return self.columns["withdraw"].column.render("Withdraw", record)

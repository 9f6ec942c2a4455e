"""The ledger of the transformation reserve."""

from __future__ import annotations

from programme.foundation import tables


class LedgerTable(tables.BaseTable):
    """Newest first; balances are empty where they are withheld."""

    row_header = "words"

    date = tables.DateColumn("Date")
    kind = tables.TextColumn("Entry", width=24)
    words = tables.LinkColumn("What it is for", to=lambda row: row.url, width=48)
    cost_line = tables.TextColumn("Cost line", width=32)
    amount = tables.MoneyColumn("Amount")
    balance = tables.MoneyColumn("Balance", accessor="after__balance", orderable=False)
    committed = tables.MoneyColumn("Committed", accessor="after__committed", orderable=False)
    available = tables.MoneyColumn("Available", accessor="after__available", orderable=False)

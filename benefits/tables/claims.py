"""The register of claims: finance's queue."""

from __future__ import annotations

from programme.foundation import tables

COLOURS = {
    "Waits for finance": "blue",
    "Waits for the programme office": "blue",
    "Verified": "green",
    "Confirmed": "green",
    "Sent back": "yellow",
}


class ClaimTable(tables.BaseTable):
    """Pounds: claimed, and what finance verified of it as full-year effect and as cash."""

    row_header = "ref"

    ref = tables.LinkColumn("Claim", width=12)
    line = tables.LinkColumn("Line", to="line", accessor="line__name", width=44)
    year = tables.FinancialYearColumn("About")
    amount = tables.MoneyColumn("Claimed")
    status = tables.TagColumn("Status", accessor="status_words", order_by="status", colours=COLOURS, width=24)
    claimed_by = tables.TextColumn("Claimed by", width=32)
    full_year = tables.MoneyColumn("Full-year effect")
    cash = tables.MoneyColumn("Cash in the year")
    booked = tables.FinancialYearColumn("Entered in")
    corrects = tables.TextColumn("Corrects", accessor="corrects__ref", width=12)

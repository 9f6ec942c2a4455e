"""Savings and investment as the business case states them, as rows of small tables."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from programme.foundation import money
from programme.foundation.columns import EMPTY

from ..money import InvestmentTable, SavingsTable


def savings(table: SavingsTable) -> dict[str, Any]:
    """Lines by year in pounds, with totals where all lines may be seen. Blank cells stay blank."""
    rows: list[Any] = [
        [_name(one.name, one.exempt), *map(_pounds, one.amounts), _pounds(one.total)] for one in table.rows
    ]
    if table.rows and not table.withheld:
        rows.append(
            {"cells": ["Total", *map(_pounds, table.year_totals), _pounds(table.total)], "total": True}
        )
    return {
        "columns": ["Saving", *map(str, table.years), "Total"],
        "rows": rows,
        "not_quantified_columns": ["Saving", "Why there is no figure"],
        "not_quantified": [[_name(one.name, one.exempt), one.reason] for one in table.not_quantified],
        "withheld": table.withheld,
        "source": table.rows[0].source if table.rows else None,
        "has_blanks": table.has_blanks,
    }


def investment(table: InvestmentTable) -> dict[str, Any]:
    rows: list[Any] = [[_name(one.name, one.exempt), money.pounds(one.amount)] for one in table.rows]
    if table.rows and table.total is not None:
        rows.append({"cells": ["Total", money.pounds(table.total)], "total": True})
    return {
        "columns": ["Investment", "Amount"],
        "rows": rows,
        "withheld": table.withheld,
        "source": table.rows[0].source if table.rows else None,
    }


def _pounds(amount: Decimal | None) -> str:
    return EMPTY if amount is None else money.pounds(amount)


def _name(name: str, exempt: str) -> str:
    return f"{name} ({exempt})" if exempt else name

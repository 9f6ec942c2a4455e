"""Which financial years are closed, and holding them while claims of a year are written."""

from __future__ import annotations

from django.db import connection

from programme.foundation.money import FinancialYear

from .models import ClosedYear


def closed_years() -> frozenset[FinancialYear]:
    """The years whose claims are locked. One query."""
    return frozenset(ClosedYear.objects.live().values_list("year", flat=True))


def hold_years(*, closing: bool = False) -> None:
    """Until the transaction ends no year is closed by anybody else: no claim slips in while one is.

    SQLite's immediate transactions already let only one writer in.
    """
    if connection.vendor == "postgresql":
        mode = "SHARE ROW EXCLUSIVE" if closing else "SHARE"
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {ClosedYear._meta.db_table} IN {mode} MODE")

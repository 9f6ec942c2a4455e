"""Filters of the list of budgets."""

from __future__ import annotations

from programme.foundation.filters import RecordFilters, SearchFilter

from .claims import YearFilter


class BudgetFilters(RecordFilters):
    q = SearchFilter(["code", "name"])
    year = YearFilter("year", label="Financial year")

"""Filters of reconciliations, cost lines and the reserve's ledger, whose views answer them."""

from __future__ import annotations

import django_filters

from programme.foundation.filters import ChoiceFilter, DayFilter, RecordFilters

from ..choices import CostCategory, EntryKind, FundingSource
from ..rules.bridging import Standing


class WordsFilter(django_filters.CharFilter):
    def __init__(self) -> None:
        super().__init__(label="Search", max_length=200)


class ReconciliationFilters(RecordFilters):
    q = WordsFilter()
    standing = ChoiceFilter(
        label="Standing", choices=[(one.name.lower().replace("_", "-"), one.value) for one in Standing]
    )


class CostFilters(RecordFilters):
    q = WordsFilter()
    category = ChoiceFilter(label="Category", choices=CostCategory.choices)
    funding = ChoiceFilter(label="Paid from", choices=FundingSource.choices)
    years = ChoiceFilter(label="Years", choices=[("profiled", "By year"), ("not-profiled", "Not profiled")])


class LedgerFilters(RecordFilters):
    q = WordsFilter()
    kind = ChoiceFilter(label="Entry", choices=EntryKind.choices)
    since = DayFilter(label="From")
    until = DayFilter(label="Until")

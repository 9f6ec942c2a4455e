"""Filters of finance's queue of claims."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import Q

from programme.foundation.filters import ChoiceFilter, RecordFilter, RecordFilters, SearchFilter
from programme.foundation.money import FinancialYearFormField
from programme.portfolio.models import Workstream

from ..choices import ClaimStatus

STATUSES = [
    ("waiting", "Waits, for whomever"),
    ("office", "Waits for the programme office"),
    (ClaimStatus.SENT_BACK.value, ClaimStatus.SENT_BACK.label),
    (ClaimStatus.VERIFIED.value, ClaimStatus.VERIFIED.label),
    (ClaimStatus.WITHDRAWN.value, ClaimStatus.WITHDRAWN.label),
    ("all", "Any"),
]


class YearFilter(django_filters.Filter):
    """A financial year, written 2022/23, 2022-23 or 22/23."""

    field_class = FinancialYearFormField


class ClaimFilters(RecordFilters):
    """Without a status in the address: what waits for finance, which is what the list is for."""

    q = SearchFilter(["ref", "line__ref", "line__name", "line__benefit__name"])
    year = YearFilter("year", label="Year it is about")
    booked = YearFilter("booked", label="Year it is entered in")
    workstream = RecordFilter(Workstream, to_field_name="slug", method="of_workstream", label="Workstream")
    status = ChoiceFilter(
        choices=STATUSES, empty_label="Waits for finance", method="in_status", label="Status"
    )

    def filter_queryset(self, queryset: Any) -> Any:
        rows = super().filter_queryset(queryset)
        return rows if self.form.cleaned_data.get("status") else rows.waiting_for_finance()

    def of_workstream(self, rows: Any, name: str, value: Workstream) -> Any:
        """Claims of benefits at home in the workstream or in one of its projects."""
        return rows.filter(Q(line__scope=value.scope_id) | Q(line__scope__parent=value.scope_id))

    def in_status(self, rows: Any, name: str, value: str) -> Any:
        if value in {"office", "waiting"}:
            return rows.waiting_for_office() if value == "office" else rows.waiting()
        return rows if value == "all" else rows.filter(status=value)

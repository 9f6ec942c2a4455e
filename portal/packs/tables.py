"""The list of packs, and its filters."""

from __future__ import annotations

from portal.models.pack import Variant
from programme.foundation import tables
from programme.foundation.filters import ChoiceFilter, DayFilter, RecordFilters


class PackTable(tables.BaseTable):
    """Rows are packs with ``issued_by__profile`` fetched."""

    name = tables.LinkColumn("Pack", order_by=("number", "version"))
    as_at = tables.DateColumn("As at")
    variant = tables.TagColumn(
        "Variant", choices=Variant, colours={Variant.OPEN: "green", Variant.BOARD: "purple"}
    )
    issued = tables.DateColumn("Issued")
    issued_by = tables.TextColumn("Issued by", width=36, orderable=False)
    correction = tables.TextColumn("What it corrects", width=60)


class PackFilters(RecordFilters):
    variant = ChoiceFilter(choices=Variant.choices)
    as_at_from = DayFilter("as_at", lookup_expr="gte", label="As at from")
    as_at_to = DayFilter("as_at", lookup_expr="lte", label="As at to")

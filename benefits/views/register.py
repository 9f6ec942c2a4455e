"""The registers: every line with its money, every benefit with what it has."""

from __future__ import annotations

from typing import Any

from django.utils.functional import cached_property

from programme.foundation.views import RecordListView

from ..filters.register import BenefitFilters, LineFilters
from ..models import Benefit, BenefitLine
from ..reading.line_amounts import Counted, listed, put_right
from ..reading.listed_benefits import benefits
from ..reading.listed_sums import listed_sums
from ..reading.savings import Reading, reading_of
from ..tables.register import BenefitTable, FullLineTable, LineTable
from ..words.register import ComeTo
from .parts import parts

BY_LINE, BY_BENEFIT = "/benefits/list/", "/benefits/list/benefits/"


class Register(RecordListView):
    """One of the two ways of listing benefits."""

    permission = "benefits.view_benefits"
    template_name = "benefits/register.html"

    def parts(self) -> list[dict[str, Any]]:
        return parts(self.request.user, BY_LINE)

    @property
    def other(self) -> dict[str, str]:
        """The other way of listing them."""
        if self.request.path == BY_LINE:
            return {"label": "List by benefit, also those without lines", "url": BY_BENEFIT}
        return {"label": "List by line, with amounts", "url": BY_LINE}

    def actions(self) -> list[tuple[str, str]]:
        return (
            [("Add a benefit", "/benefits/add/")]
            if self.request.user.has_perm("benefits.add_benefit")
            else []
        )


class LineList(Register):
    model = BenefitLine
    filters_class = LineFilters
    title = "Benefits by line"
    introduction = (
        "Every line of every benefit. Amounts are the sum of a line’s years: for a recurring saving the "
        "annual run-rate that is reached, for a one-off its amount."
    )
    empty = "No lines yet. Add a benefit, then say what it brings, line by line."

    above_rows = "benefits/lines_come_to.html"

    @property
    def table_class(self) -> type[LineTable]:  # type: ignore[override]
        return FullLineTable if self.request.GET.get("columns") == "all" else LineTable

    def get_queryset(self) -> Any:
        """Whoever sees a line sees its amounts and claims, so these are not asked again."""
        return listed(self.request.user)

    @cached_property
    def counted(self) -> Counted:
        return self.filters.counted if self.filters_hold else Counted()

    @cached_property
    def reading(self) -> Reading:
        return reading_of(self.request.user)

    @cached_property
    def table(self) -> Any:
        """With the share that counts where a workstream is asked for, else without that column."""
        table: Any = super().table
        if self.counted.workstream is None:
            table.columns.hide("share")
        else:
            table.correct = lambda lines: put_right(lines, self.counted, self.reading.places.shares)
        return table

    @property
    def come_to(self) -> ComeTo | None:
        """What the lines come to, under filters that the savings page has as well."""
        if not self.filters_hold or (cut := self.filters.cut) is None:
            return None
        blocks = listed_sums(self.reading, cut, self.counted)
        return ComeTo(blocks, self.counted, self.reading.places.names)


class BenefitList(Register):
    model = Benefit
    table_class = BenefitTable
    filters_class = BenefitFilters
    title = "Benefits"
    introduction = "Every benefit with its owner, its measure and how far it has come."
    empty = "No benefits yet. Add the first one."

    def get_queryset(self) -> Any:
        return benefits(self.request.user)

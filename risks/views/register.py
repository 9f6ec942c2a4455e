"""The register of risks: every risk that the reader may know of, with filters, order, sheet and CSV."""

from __future__ import annotations

from typing import Any

from django.utils.functional import cached_property

from programme.foundation.tables import address
from programme.foundation.views import RecordListView

from ..filters.register import RiskFilters
from ..models import Risk
from ..reading import listed
from ..tables.register import RiskTable
from .parts import parts


class RiskList(RecordListView):
    permission = "risks.view_risks"
    model = Risk
    table_class = RiskTable
    filters_class = RiskFilters
    title = "Risks"
    template_name = "risks/register.html"
    empty = "No risks yet. Raise the first one: what may happen, why, and what it would do."

    @property
    def introduction(self) -> str:  # type: ignore[override]
        """Says that the list begins with what may still happen, since nothing in the address does."""
        what = "What may happen and would hurt, with its owner, its score now and the score aimed at."
        return what if self.request.GET.get("status") else f"{what} These are open or escalated."

    @property
    def parts(self) -> list[dict[str, Any]]:
        return parts(self.request.user, self.request.path)

    def actions(self) -> list[tuple[str, str]]:
        several = "/risks/several/" + address(self.request.GET, page=None, sort=None).removesuffix("?")
        offered = [
            ("Raise a risk", "/risks/raise/", "risks.raise_risk"),
            ("Load a workbook", "/risks/workbook/", "risks.load_workbook"),
            ("Change several", several, "risks.change_many"),
        ]
        may = self.request.user.has_perm
        return [(words, url) for words, url, permission in offered if may(permission)]

    def get_queryset(self) -> Any:
        return listed.risks(self.request.user)

    @cached_property
    def table(self) -> Any:
        table: Any = super().table
        table.yardstick = self.filters.yardstick  # type: ignore[union-attr]
        return table

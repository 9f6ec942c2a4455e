"""The benefits map, as picture and list."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from programme.foundation.views import RecordListView

from ..filters.benefits_map import MapFilters
from ..models import Benefit
from ..pictures.benefits_map import MOST, map_picture
from ..reading import benefits_map as map_reading
from ..tables.benefits_map import MapTable
from .parts import parts


class BenefitsMapPage(RecordListView):
    permission = "benefits.view_benefits"
    model = Benefit
    table_class = MapTable
    filters_class = MapFilters
    title = "Benefits map"
    empty = "There are no benefits to map yet."
    template_name = "benefits/map.html"

    @cached_property
    def map(self) -> map_reading.BenefitsMap:
        """Of the benefits that the filters leave; of none where a filter could not be understood."""
        if not self.filters_hold:
            return map_reading.BenefitsMap((), (), 0)
        asked = self.filters.form.cleaned_data["workstream"]
        return map_reading.benefits_map(self.request.user, self.filters.qs.order_by(), asked)

    @cached_property
    def lines(self) -> list[Any]:
        return [line for line in self.map.lines if self.filters.holds(line)]

    @cached_property
    def table(self) -> MapTable:  # type: ignore[override]
        return MapTable(self.lines, query=self.request.GET, caption=self.title)

    @property
    def introduction(self) -> str:  # type: ignore[override]
        return map_reading.in_a_sentence(self.map)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        partial = not self.request.user.standing.reads_all_exempt
        return context | {
            "parts": parts(self.request.user, self.request.path),
            "noun": "line of sight" if context["count"] == 1 else "lines of sight",
            "figure": map_picture(self.lines, summary=self.introduction),
            "cut": len(self.lines) > MOST,
            "most": MOST,
            "findings": self.map.findings,
            "only_visible": partial,
        }

"""The risks of a cell of the matrix as they stood on a past day, of which the register does not speak."""

from __future__ import annotations

from typing import Any

from django.db.models import Value
from django.utils.functional import cached_property
from django_tables2.data import TableListData

from programme.foundation.tables import address, day_in_words
from programme.foundation.views import RecordListView

from ..filters.cells import BY_KEY
from ..filters.matrix import StoodFilters
from ..models import Risk
from ..reading.cells import standing
from ..reading.stood import stood
from ..reading.yardstick import yardstick
from ..tables.stood import StoodTable
from .matrix import NAMES


class StoodList(RecordListView):
    """``?as_at=2022-10-31&cell=4-5``: each leads to the risk as it stood; without a day, today's."""

    permission = "risks.view_risks"
    model = Risk
    table_class = StoodTable
    filters_class = StoodFilters
    title = "Risks as they stood"
    empty = "No risk stood there on that day."
    template_name = "risks/stood.html"

    def get_queryset(self) -> Any:
        return standing(self.request.user)

    @property
    def introduction(self) -> str:  # type: ignore[override]
        day = self.filters.day if self.filters_hold else None
        when = f"at the end of {day_in_words(day)}, by the matrix then in force" if day else "today"
        return f"Risks that could still happen {when}. Only those that you may see."

    @cached_property
    def table(self) -> StoodTable:  # type: ignore[override]
        table = StoodTable(self._rows(), query=self.request.GET, caption=self.title)
        table.yardstick = yardstick(self.filters.day if self.filters_hold else None)
        return table

    def _rows(self) -> Any:
        user, filters = self.request.user, self.filters
        if not self.filters_hold:
            return Risk.objects.none()
        if filters.day is None:
            found = filters.filter_queryset(filters.queryset).select_related("owner__profile")
            return found.annotate(query=Value("")).order_by("id")
        said = filters.form.cleaned_data
        cells = {kind: BY_KEY.get(said[name]) for kind, name in NAMES.items() if said[name]}
        # Said to be a list: django-tables2 would read all of it into one.
        return TableListData(stood(user, filters.condition, filters.day, **cells))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kept = address(self.request.GET, cell=None, target=None, page=None, per=None)
        day = self.filters.day if self.filters_hold else None
        return super().get_context_data(**kwargs) | {
            "as_at": day,
            "matrix": f"/risks/matrix/{kept}",
            "today_url": f"/risks/{address(self.request.GET, as_at=None, page=None)}",
        }

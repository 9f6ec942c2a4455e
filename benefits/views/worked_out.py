"""Registers whose rows are worked out from several records, so that no query could filter or sort them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.functional import cached_property

from programme.foundation.tables import BaseTable
from programme.foundation.views import RecordListView


class WorkedOutList(RecordListView):
    """Its filters are asked and kept in the address as everywhere, and are answered here by ``holds``."""

    def get_queryset(self) -> Any:
        """Nothing: filters are given it as everywhere, and choose among ``rows``."""
        return self.model._default_manager.none()

    @cached_property
    def rows(self) -> Sequence[Any]:
        """Every row that the viewer may see, in order."""
        raise TypeError(f"{type(self).__name__} does not say what it lists.")

    def holds(self, row: Any, chosen: dict[str, Any]) -> bool:
        """Whether a row is among those asked for; ``chosen`` has only what somebody chose."""
        return True

    @cached_property
    def table(self) -> BaseTable:
        chosen = {}
        if self.filters is not None and self.filters_hold:
            chosen = {name: value for name, value in self.filters.form.cleaned_data.items() if value}
        rows = [row for row in self.rows if self.holds(row, chosen)] if self.filters_hold else []
        table = self.table_class(rows, query=self.request.GET, caption=self.title)
        table.sort(self.request.GET.get("sort", ""))
        return table


def says(words: str, *texts: str) -> bool:
    """Whether every word is somewhere in the texts, without regard to case."""
    text = " ".join(texts).casefold()
    return all(word in text for word in words.casefold().split())

"""A register that stands as cards on a phone: its rows below each other, each cell with its heading."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.html import format_html

from programme.foundation import tables

CELL = "<td"


class StackedTable(tables.BaseTable):
    """Each cell but the one that names the row knows its heading; the look is ``pp-table--stacked``."""

    stacked = True

    def _cell_writer(self, bound: Any) -> Callable[[Any], str]:
        write = super()._cell_writer(bound)
        labelled = format_html('<td data-label="{}"', bound.header)

        def with_heading(record: Any) -> str:
            cell = write(record)
            return labelled + cell[len(CELL) :] if cell.startswith(CELL) else cell

        return with_heading

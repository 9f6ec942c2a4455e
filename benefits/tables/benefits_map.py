"""The benefits map as a list: one line of sight a row."""

from __future__ import annotations

from collections.abc import Callable

from programme.foundation import tables

from ..rules.mapping import COLUMNS, Line


def _address_of(column: str) -> Callable[[Line], str]:
    return lambda line: getattr(line, column).url


def _column(name: str, width: int) -> tables.LinkColumn:
    return tables.LinkColumn(COLUMNS[name], to=_address_of(name), orderable=False, width=width)


class MapTable(tables.BaseTable):
    priority = _column("priority", 32)
    workstream = _column("workstream", 24)
    project = _column("project", 32)
    milestone = _column("milestone", 32)
    benefit = _column("benefit", 40)
    measure = _column("measure", 32)
    missing_words = tables.TextColumn("What is missing", orderable=False, width=40)

    row_header = "benefit"

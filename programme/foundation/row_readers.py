"""How a table reads its rows: once for each column it is found out what a cell asks for, and then only done.

django-tables2 inspects the signatures of the same functions again for every cell, half of its time on a long
register.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from django.core.exceptions import ObjectDoesNotExist


@lru_cache(maxsize=1024)
def _wanted(function: Callable) -> tuple[str, ...]:
    """The names of the arguments a rendering function asks for, looked up once a function."""
    return tuple(name for name in inspect.signature(function).parameters if name != "self")


def caller(function: Callable, table: Any, bound: Any) -> Callable[[Any, Any], Any]:
    """``function`` as a function of value and record, whichever of django-tables2's names it asks for."""
    wanted = _wanted(getattr(function, "__func__", function))
    if wanted == ("value",):
        return lambda value, record: function(value)
    if wanted == ("value", "record"):
        return function
    constant = {"table": table, "column": bound.column, "bound_column": bound}

    def call(value: Any, record: Any) -> Any:
        known = {"value": value, "record": record, **constant}
        return function(**{name: known[name] for name in wanted})

    return call


def reader(bits: list[str]) -> Callable[[Any], Any]:
    """A function that follows ``bits`` from a row, through relations; a missing relation reads as None."""

    def read(row: Any) -> Any:
        for bit in bits:
            try:
                row = row[bit] if isinstance(row, dict) else getattr(row, bit)
            except ObjectDoesNotExist:
                return None
            if callable(row) and not getattr(row, "do_not_call_in_templates", False):
                row = row()
            if row is None:
                return None
        return row

    return read

"""Kept choices of columns, as rows of a table."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ..models import ColumnMapping
from ..offline.scales import in_words

COLUMNS = ["Name", "Columns that are taken", "Words for scores", "To do"]


def rows(found: Iterable[ColumnMapping]) -> list[list[Any]]:
    """Each by its name, with the headings it knows and what they are taken for."""
    return [
        [
            one.name,
            one._meta.get_field("columns").value_to_words(one.columns),
            in_words(one.words) or "None",
            {"text": f"Withdraw {one.name}", "url": f"/risks/workbook/mappings/{one.pk}/withdraw/"},
        ]
        for one in found
    ]

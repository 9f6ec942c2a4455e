"""Filters by the cell of the matrix, as the matrix links to the register: ``?cell=4-5``, ``?target=2-3``."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from programme.foundation.filters import ChoiceFilter

from ..rules.scoring import CELLS, Score

NOT_SCORED = "not-scored"


def key(score: Score | None) -> str:
    """How an address names a cell: ``4-5`` is likelihood 4, impact 5."""
    return NOT_SCORED if score is None else f"{score.likelihood}-{score.impact}"


CHOICES = [*((key(score), str(score)) for score in reversed(CELLS)), (NOT_SCORED, "Not yet scored")]
BY_KEY = {key(score): score for score in CELLS}


class CellFilter(ChoiceFilter):
    """Those whose ``kind`` of score lies in one cell, or is not known."""

    def __init__(self, kind: str, **options: Any):
        super().__init__(choices=CHOICES, **options)
        self.kind = kind

    def filter(self, queryset: QuerySet, value: str) -> QuerySet:
        if not value:
            return queryset
        score = BY_KEY.get(value)
        asked = {f"{self.kind}_likelihood": score and score.likelihood}
        return queryset.filter(**asked, **{f"{self.kind}_impact": score and score.impact})

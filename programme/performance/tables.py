"""The register of measures: one declaration of columns for page, workbook and CSV."""

from __future__ import annotations

from typing import Any

from programme.foundation import tables
from programme.portfolio.tables import ClassColumn

from .models import Measure


class FigureColumn(tables.TextColumn):
    """Baseline or target in words, with its unit and what the source says beside it; sorted by the number."""

    empty_values = ()
    width = 24

    def __init__(self, verbose_name: str, words: str, **options: Any):
        super().__init__(verbose_name, **options)
        self.words = words

    def render(self, value: Any, record: Measure) -> str:  # type: ignore[override]
        words = getattr(record, self.words) or "Not known"
        return words.replace(" %", "\N{NO-BREAK SPACE}%")

    def plain(self, value: Any, record: Measure) -> str | None:  # type: ignore[override]
        return getattr(record, self.words) or None


class MeasureTable(tables.BaseTable):
    ref = tables.LinkColumn("Reference", width=12)
    name = tables.LinkColumn("Measure", width=48)
    workstream = tables.LinkColumn(
        "Workstream", to="workstream", accessor="workstream__short", width=24, default="Whole programme"
    )
    owner = tables.TextColumn("Owner", order_by="owner__profile__post", width=32, default="Nobody yet")
    baseline = FigureColumn("Baseline", "baseline_words")
    target = FigureColumn("Target", "target_words")
    target_date = tables.DateColumn("By")
    direction = tables.TextColumn("Better", width=18)
    frequency = tables.TextColumn("Read", width=14, default="Not settled")
    classification = ClassColumn("Class")

    row_header = "name"

"""Risks as they stood on a past day."""

from __future__ import annotations

from typing import Any

from django.utils.safestring import SafeString

from programme.foundation import tables

from ..reading.yardstick import Yardstick
from ..rules.scoring import Score
from .register import NameColumn, NobodyColumn, ReferenceColumn, band_and_words


def as_it_stood(record: Any) -> str:
    """``query`` is what the page's address says of the day."""
    return f"/risks/{record.ref}/{record.query}"


class StoodScoreColumn(tables.TextColumn):
    """One ``kind`` of score out of its two fields, by the matrix of the day."""

    empty_values = ()

    def __init__(self, words: str, kind: str):
        super().__init__(words, accessor=f"{kind}_likelihood", orderable=False, width=34)
        self.which = kind

    def render(self, record: Any, table: StoodTable) -> SafeString:  # type: ignore[override]
        score = self._score(record)
        said = table.yardstick.words(score) if score else ""
        return band_and_words(table.yardstick.band(score) or "", said)

    def plain(self, record: Any, table: StoodTable) -> str:  # type: ignore[override]
        return table.yardstick.in_full(self._score(record))

    def _score(self, record: Any) -> Score | None:
        return Score.of(getattr(record, f"{self.which}_likelihood"), getattr(record, f"{self.which}_impact"))


class StoodTable(tables.BaseTable):
    """Rows of history, each leading to its risk as it stood then."""

    yardstick: Yardstick

    ref = ReferenceColumn("Reference", orderable=False, to=as_it_stood, width=11)
    title = NameColumn("Risk", orderable=False, to=as_it_stood, width=48)
    current = StoodScoreColumn("Score", "current")
    target = StoodScoreColumn("Target", "target")
    owner = NobodyColumn("Owner", orderable=False, width=32)

    stacked = True
    row_header = "title"

"""Columns of our workbook that the portal works out: what was written into them is named, not taken. Pure."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

from programme.foundation.csv_files import Line
from programme.foundation.sheet_files import cell_name

from .cells import Known, as_text
from .columns import ONLY_READ, plain
from .rows import Layout, Stored

MOST = 20  # cells that are named; the rest is counted


class OnlyRead:
    """``cells`` are the first ``count`` that say otherwise than the register wrote."""

    def __init__(self, layout: Layout):
        places = {plain(heading): at for at, heading in layout.headings.items()}
        own = not layout.source
        self.places = {name: places[name] for name in ONLY_READ if own and name in places}
        self.is_workbook = layout.is_workbook
        self.cells: list[str] = []
        self.count = 0

    def look(self, line: Line, stored: Stored | None, known: Known) -> None:
        """Compares a row with the risk that it was written from; of a new one nothing is written there."""
        for name, at in self.places.items():
            raw = line.cells[at] if at < len(line.cells) else None
            if raw in (None, ""):
                continue
            if stored is None or as_text(raw) not in _written(name, stored, known):
                self._note(name, at, line.number)

    @property
    def named(self) -> list[str]:
        more = self.count - len(self.cells)
        return [*self.cells, *([f"and {more:,} more"] if more else [])]

    def _note(self, name: str, at: int, row: int) -> None:
        self.count += 1
        if self.count <= MOST:
            place = cell_name(at, row) if self.is_workbook else f"row {row}"
            self.cells.append(f"{place} {name.capitalize()}")


def _written(name: str, stored: Stored, known: Known) -> Sequence[Any]:
    """What the register writes there, also as other programs save it."""
    if name == "status":
        return (stored.status,)
    if name == "class":
        return (stored.classification.capitalize(),)
    if name == "next review":
        return _days(stored.review_due)
    score = (stored.values[f"{name}_likelihood"], stored.values[f"{name}_impact"])
    return (known.scores.get(score, ""),)


def _days(day: datetime.date | None) -> Sequence[str]:
    return (as_text(day), day.isoformat(), f"{day:%d/%m/%Y}") if day else ("",)

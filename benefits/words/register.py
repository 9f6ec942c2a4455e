"""What the lines of the register come to, and which of their amounts count, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ..choices import Deliverability, Frequency
from ..reading.line_amounts import Counted
from ..reading.standing import said
from ..rules.breakdown import Breakdown
from ..rules.totals import PROFILE


@dataclass(frozen=True)
class ComeTo:
    """The sums above the rows: a row for each rating of each block, since no two of them are added."""

    blocks: tuple[Breakdown, ...]
    counted: Counted
    names: Mapping[str, str]

    @property
    def columns(self) -> list[str]:
        return ["Together", *(profile.capitalize() for profile in PROFILE)]

    @property
    def rows(self) -> Iterator[list[Any]]:
        for part in self.blocks:
            often = Frequency(part.block.frequency).label.lower()
            for rating in part.ratings:
                words = f"{part.block.name}, {often}: {Deliverability(rating).label.lower()}"
                yield [words, *self._amounts(part, rating)]

    def _amounts(self, part: Breakdown, rating: str) -> Iterator[str]:
        """A dash also where pounds are never verified, since there is no cash."""
        for profile in PROFILE:
            yield said(part.rows[0].amount(profile, rating) if profile in part.profiles else None)

    @property
    def note(self) -> str:
        return " ".join(self._sentences())

    def _sentences(self) -> Iterator[str]:
        year, slug = self.counted.year, self.counted.workstream
        if year is not None:
            yield f"Amounts up to and including {year}." if self.counted.upto else f"Amounts new in {year}."
        if slug:
            name = self.names.get(slug, slug)
            yield f"What counts for {name}: of a shared benefit its share, of others the whole."
        elif slug is not None:
            yield "Lines that are at home in no workstream and are not shared."
        yield "To the penny, of the lines you may see, as the savings page adds them; a dash is unknown."

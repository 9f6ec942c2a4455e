"""Names that records had before: what a file says that was written before somebody renamed them. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

NUMBERED = re.compile(r"\bP\d{5,}\b", re.IGNORECASE)
QUOTED = str.maketrans("‘’‛“”„", "'''\"\"\"")
Bearers = Mapping[str, Mapping[str, frozenset[int]]]


def as_named(text: str) -> str:
    """A name as names are compared: spreadsheets bring hard spaces and other quotation marks."""
    return " ".join(text.casefold().split()).translate(QUOTED)


@dataclass(frozen=True)
class Names:
    """By column and name in small letters, the numbers of the records called so ``today`` and ``before``.

    A person is called by the post. Only records that the reader may know of are in it; ``offered`` are those
    of them that a cell may choose, so neither leavers nor what was withdrawn.
    """

    today: Bearers = field(default_factory=dict)
    before: Bearers = field(default_factory=dict)
    offered: Mapping[str, frozenset[int]] = field(default_factory=dict)

    def still(self, column: str, text: str, key: Any) -> bool:
        """Whether the cell names this record as it is called, or was called and nothing else is today."""
        number, name = _parts(column, text)
        if number is not None:
            return number == key and (not name or key in self._ever(column, name))
        if key in self._now(column, name):
            return True
        return not self._others(column, name) and key in self._then(column, name)

    def doubted(self, column: str, text: str, key: Any) -> frozenset[int]:
        """The records that have by now the name which this one had: which of them is meant is not known."""
        number, name = _parts(column, text)
        return self._others(column, name) if number is None and self._was(column, name, key) else frozenset()

    def one(self, column: str, text: str) -> int | None:
        """The one record that was called so, where none is today."""
        number, name = _parts(column, text)
        then = self._then(column, name)
        if number is not None:
            return number if number in then else None
        return next(iter(then)) if len(then) == 1 and not self._others(column, name) else None

    def is_old(self, column: str, text: str, key: Any) -> bool:
        """Whether the cell calls the record as it was called before."""
        name = _parts(column, text)[1]
        return bool(name) and self._was(column, name, key)

    def _was(self, column: str, name: str, key: Any) -> bool:
        return key in self._then(column, name) and key not in self._now(column, name)

    def _others(self, column: str, name: str) -> frozenset[int]:
        return self._now(column, name) & self.offered.get(column, frozenset())

    def _now(self, column: str, name: str) -> frozenset[int]:
        return self.today.get(column, {}).get(name, frozenset())

    def _then(self, column: str, name: str) -> frozenset[int]:
        return self.before.get(column, {}).get(name, frozenset())

    def _ever(self, column: str, name: str) -> frozenset[int]:
        return self._now(column, name) | self._then(column, name)


def _parts(column: str, text: str) -> tuple[int | None, str]:
    """The number and the name that a cell says; only people have a number."""
    found = NUMBERED.search(text) if column == "owner" else None
    if found is None:
        return None, as_named(text)
    return int(found[0][1:]), as_named(NUMBERED.sub("", text)).strip(" ()")

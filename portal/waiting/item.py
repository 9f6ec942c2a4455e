"""One thing that waits for a person, as home lists it."""

from __future__ import annotations

from dataclasses import dataclass

MOST = 5  # of one kind, so that one kind does not bury the others


@dataclass(frozen=True)
class Waiting:
    """One thing to do: what, where, and a word on it."""

    label: str
    url: str
    meta: str


def counted(number: int, one: str, many: str) -> str:
    """ "1 risk is due for review", "1,204 risks are due for review"."""
    return f"{number:,} {one if number == 1 else many}"

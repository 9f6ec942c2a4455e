"""References that number themselves: the next free one, also when two people ask at the same moment."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

T = TypeVar("T")
ATTEMPTS = 10


def following(stem: str, taken: Iterable[str], *, width: int) -> str:
    """The one after the highest of ``taken`` that begins with ``stem``: ``TB-2022-`` → ``TB-2022-014``."""
    numbers = [one.removeprefix(stem) for one in taken if one.startswith(stem)]
    highest = max((int(number) for number in numbers if number.isascii() and number.isdecimal()), default=0)
    return f"{stem}{highest + 1:0{width}}"


def numbered(write: Callable[[str], T], *, stem: str, taken: Callable[[], Iterable[str]], width: int) -> T:
    """What ``write`` makes of the next free reference.

    When somebody else takes the same number at the same moment, the following one is tried; any other
    refusal of ``write`` is passed on.
    """
    for attempt in range(ATTEMPTS):
        reference = ""
        try:
            with transaction.atomic():
                reference = following(stem, taken(), width=width)
                return write(reference)
        except (IntegrityError, ValidationError):
            if attempt == ATTEMPTS - 1 or reference not in set(taken()):
                raise
    raise AssertionError("unreachable")

"""Words as a pack may hold them, and the sentence that says why something may not stand in one."""

import unicodedata
from collections.abc import Collection
from datetime import date
from functools import lru_cache
from typing import Any

from programme.foundation.cells import clean_text


class InvalidPack(ValueError):
    """The data cannot become a pack; the message says what is wrong and where."""


def clean(value: object) -> str:
    """Text in Unicode's composed form (NFC) without characters that cannot be drawn or stored."""
    if not isinstance(value, str):
        raise InvalidPack(f"Words were expected, not {type(value).__name__}.")
    text = clean_text(value)
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def words(block: Any, *fields: str, optional: Collection[str] = ()) -> None:
    """Clean the named fields of a frozen block; refuse an empty one that is not optional."""
    for field in fields:
        text = clean(getattr(block, field))
        if not text.strip() and field not in optional:
            raise InvalidPack(f"{type(block).__name__} has no {field.replace('_', ' ')}.")
        object.__setattr__(block, field, text)


def one_of(what: str, value: object, allowed: Collection[str]) -> None:
    if value not in allowed:
        raise InvalidPack(f"“{value}” is not a {what}; choose one of {', '.join(allowed)}.")


@lru_cache(maxsize=4096)  # the same days stand in many cells
def iso_date(text: str) -> str:
    """The date as given. Raises InvalidPack unless it is written as 2022-11-30."""
    try:
        if date.fromisoformat(text).isoformat() == text:
            return text
    except (TypeError, ValueError):
        pass
    raise InvalidPack(f"“{str(text)[:40]}” is not a date such as 2022-11-30.")

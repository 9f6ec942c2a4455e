"""Whether a cell still holds what the register wrote, as far as a sheet or a new name lets it. Pure."""

from __future__ import annotations

from typing import Any

from programme.foundation.cells import safe_text

from .cells import Known, as_text, shown
from .columns import LINE, RECORD, TEXT, Column


def is_same(column: Column, raw: Any, old: Any, known: Known, *, is_workbook: bool) -> bool:
    """Whether the cell holds what the register wrote, though it could not be written there anew."""
    text = as_text(raw)
    if column.kind == RECORD:
        return bool(text) and old is not None and _is_named(column, text, old, known)
    return column.kind in (LINE, TEXT) and _is_same_text(text, old, is_workbook=is_workbook)


def doubted(column: Column, raw: Any, old: Any, known: Known) -> str:
    """What to write instead of a name that the record had and another has by now; empty without doubt."""
    text = as_text(raw)
    others = known.called.doubted(column.name, text, old) if column.kind == RECORD else ()
    if not others:
        return ""
    name = shown(known.names[column.name][old])
    told = f"{shown(text)} is called {name} by now, and another has its name."
    if column.name == "owner":
        numbers = " or ".join(f"P{key:05}" for key in sorted({old, *others}))
        return f"{told} Write the number of the one you mean: {numbers}."
    return f"{told} Write {name} to leave it; choose the other on the risk’s page."


def new_name(column: Column, raw: Any, key: Any, known: Known) -> str:
    """What the record is called by now, where the cell calls it otherwise; else empty."""
    if column.kind != RECORD or not known.called.is_old(column.name, as_text(raw), key):
        return ""
    return known.names[column.name].get(key, "")


def _is_named(column: Column, text: str, key: Any, known: Known) -> bool:
    return text == known.names[column.name].get(key) or known.called.still(column.name, text, key)


def _is_same_text(text: str, old: str, *, is_workbook: bool) -> bool:
    """A sheet cannot hold every text to the letter."""
    if text == old:
        return True
    text, old = text.strip(), as_text(old).strip()
    written = safe_text(old).strip()
    unwrapped = not is_workbook and old.startswith("'") and text == old[1:].strip()
    kept = text[:1] == "'" and text[1:].strip() == old  # our CSV, saved as a workbook
    return text in (old, written) or unwrapped or kept

"""What a measure reads, in its unit: typed by people, and written for them. Pure rules."""

from __future__ import annotations

import re
from decimal import Decimal

from programme.foundation.columns import MINUS

LARGEST, PLACES = Decimal("999999999.999"), 3
PER_CENT = {"percent", "per cent", "%"}
COUNTS = {"count", "number"}
_NUMBER = re.compile(r"-?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?", re.ASCII)


def parse_value(text: str) -> Decimal:
    """A number as people type it: ``75``, ``1,250``, ``92.5``, ``90 %``, ``−3``.

    Raises ``ValueError`` with a sentence for the rest, ``1,25`` among them, because a misplaced comma may
    hide a missing digit.
    """
    bare = text.strip().replace(MINUS, "-").removesuffix("%").strip()
    if not _NUMBER.fullmatch(bare):
        raise ValueError(f"“{text.strip()[:40]}” is not a number; write it like 75, 1,250 or 92.5.")
    value = Decimal(bare.replace(",", ""))
    if abs(value) > LARGEST:
        raise ValueError("That number is larger than the portal can hold (999,999,999.999).")
    if value != round(value, PLACES):
        raise ValueError("Give at most three figures after the point.")
    return value


def plain(value: Decimal) -> str:
    """The number without zeros that say nothing: ``1,250``, ``92.5``, with a true minus sign."""
    words = f"{value:,.3f}".rstrip("0").rstrip(".")
    return words.replace("-", MINUS)


def in_unit(value: Decimal | None, unit: str, qualifier: str = "") -> str:
    """``at least 90 %``, ``75`` for a count, ``12 minutes``; nothing where nothing is known."""
    if value is None:
        return ""
    known = unit.strip().lower()
    shown = "%" if known in PER_CENT else "" if known in COUNTS else unit.strip()
    return " ".join(part for part in (qualifier.strip(), plain(value), shown) if part)


def is_worse(target: Decimal | None, baseline: Decimal | None, *, up_is_better: bool) -> bool:
    """Whether reaching the target would be a step back from the baseline."""
    if target is None or baseline is None or target == baseline:
        return False
    return (target < baseline) == up_is_better

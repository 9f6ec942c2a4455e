"""Words that the addresses of the savings page and of the register have in common."""

from __future__ import annotations

from typing import Any

from ..rules.totals import Axis

RUN_RATE = "run-rate"  # amounts run on from year to year
NOBODY = "none"  # of no workstream
CASHABLE_ONLY = "cashable"  # every kind that releases cash


def in_address(axis: Axis, value: Any) -> str:
    """A value of an axis as an address has it."""
    return NOBODY if axis is Axis.WORKSTREAM and not value else str(value)

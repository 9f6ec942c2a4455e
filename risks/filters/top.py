"""Filters of the top risks, and how many of them."""

from __future__ import annotations

from .matrix import WholeFilters

NUMBERS = (5, 10, 20)
USUAL = 10


class TopFilters(WholeFilters):
    @property
    def number(self) -> int:
        """``?n=20``; anything else that is not offered is the usual number."""
        asked = self.data.get("n", "")
        return next((number for number in NUMBERS if str(number) == asked), USUAL)

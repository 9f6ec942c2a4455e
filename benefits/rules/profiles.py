"""Profiles by financial year: which years a form asks for, and that they lie within the benefit. Pure."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from programme.foundation.calendar import in_words
from programme.foundation.money import FinancialYear

SHOWN = 5  # years of boxes where nothing else says how many
MOST = 12  # more boxes than this are no longer read; further years are typed


def outside(
    years: Iterable[FinancialYear], *, starts: datetime.date | None, ends: datetime.date | None
) -> dict[FinancialYear, str]:
    """The years wholly before or after the benefit, each with a sentence. Open ends bound nothing."""
    found = {}
    for year in sorted(set(years)):
        if starts and year.last < starts:
            found[year] = f"{year} is over before the benefit starts on {in_words(starts)}."
        elif ends and year.first > ends:
            found[year] = f"{year} begins after the benefit ends on {in_words(ends)}."
    return found


def years_to_ask(
    known: Iterable[FinancialYear],
    *,
    starts: datetime.date | None,
    ends: datetime.date | None,
    today: datetime.date,
) -> list[FinancialYear]:
    """The years that have a box: all that have amounts, and those of the benefit as far as they can be read.

    Without dates they begin with the first year known, or with today's.
    """
    held = sorted(set(known))
    first = FinancialYear.of(starts) if starts else (held[0] if held else FinancialYear.of(today))
    if ends:
        last = min(FinancialYear.of(ends), first.next(MOST - 1))
    else:
        last = first.next(SHOWN - 1)
    return sorted({*held, *(FinancialYear(start) for start in range(first.start, last.start + 1))})


def box(year: FinancialYear) -> str:
    """The name of the year's box in a form."""
    return f"year_{year.start}"

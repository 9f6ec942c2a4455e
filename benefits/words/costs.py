"""Investment in rows: by year, against what is stated, beside what is saved."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from programme.foundation.money import Profile, pounds

from ..reading.costs import Costs, known_total
from ..reading.spend_beside_benefit import Beside
from ..reading.withholding import Source
from ..rules.bridging import with_sign
from ..rules.costs import Cost

NO_FIGURE = "–"
STATED_COLUMNS = ["Stated in", "Total", "Against the lines"]
BESIDE_COLUMNS = ["Where", "What there is", "Spend", "Approved saving a year"]


def facts(line: Any, home: Any) -> list[dict[str, Any]]:
    """What a cost line is. ``home`` is its project, where the reader may know of it."""
    place = {"value": home, "url": home.get_absolute_url()} if home else {"value": line.scope.name}
    return [
        {"key": "Whole amount", "value": pounds(line.amount), "source": Source.of(line)},
        {"key": "Category", "value": line.get_category_display()},
        {"key": "Paid from", "value": line.get_funding_display()},
        {"key": "Belongs to", **place},
    ]


def year_columns(found: Costs) -> list[str]:
    years = found.totals.years if found.totals else ()
    return ["All lines", *map(str, years), "All years"]


def year_rows(found: Costs) -> list[list[str]]:
    """Budget, forecast and actual of all lines by year; nothing where none has years or one is withheld."""
    whole = found.totals
    if whole is None or not whole.years:
        return []
    profiles = {"Budget": whole.budget, "Forecast": whole.forecast, "Actual": whole.actual}
    return [
        [name, *(_cell(profile, year) for year in whole.years), _all(profile)]
        for name, profile in profiles.items()
    ]


def line_rows(cost: Cost) -> list[Any]:
    """One line by year, with its sums; nothing where it has none."""
    profiles = (cost.budget, cost.forecast, cost.actual)
    years = sorted({year for profile in profiles for year in profile})
    rows: list[Any] = [[str(year), *(_cell(one, year) for one in profiles)] for year in years]
    return [*rows, {"cells": ["All years", *map(_all, profiles)], "total": True}] if rows else []


def outside_words(cost: Cost) -> str:
    """What of the whole amount stands in no year."""
    if not cost.is_profiled:
        return f"Not profiled: {pounds(cost.amount)} has no budget by year, and is not spread over any."
    outside = cost.outside_years
    if not outside:
        return ""
    more = "more than its whole amount" if outside < 0 else "less than its whole amount; the rest has no year"
    return f"The budgets by year come to {pounds(abs(outside))} {more}."


def not_profiled(found: Costs) -> str:
    """Which part of the investment stands in no year; nothing where all does, or a line is withheld."""
    whole = found.totals
    if whole is None or not whole.not_profiled:
        return ""
    many = "1 line" if whole.not_profiled == 1 else f"{whole.not_profiled} lines"
    amount = pounds(whole.not_profiled_amount)
    return f"{many}, {amount} in all, without a budget by year. What has no year is not spread over any."


def stated_rows(found: Costs) -> list[list[Any]]:
    return [
        [
            {"text": one.source.place or one.source.document, "url": one.url},
            pounds(one.amount),
            NO_FIGURE if one.difference is None else with_sign(one.difference),
        ]
        for one in found.stated
    ]


def beside_rows(rows: Iterable[Beside]) -> list[list[Any]]:
    return [
        [
            {"text": one.name, "url": one.url} if one.url else one.name,
            one.side,
            pounds(one.spend) if one.spend else "none known",
            pounds(one.benefit) if one.benefit else "none known",
        ]
        for one in rows
    ]


def _cell(profile: Profile, year: Any) -> str:
    return pounds(profile[year]) if year in profile else NO_FIGURE


def _all(profile: Profile) -> str:
    total = known_total(profile)
    return NO_FIGURE if total is None else pounds(total)

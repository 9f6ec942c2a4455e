"""Savings against the budget gap in words, as a table, as a picture and as sheets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from programme.foundation.charts import LayeredRow, layered_bars
from programme.foundation.figures import Figure
from programme.foundation.money import FinancialYear, millions, thousands
from programme.foundation.workbook import Column, Sheet

from ..choices import Deliverability, RequirementKind
from ..models import Requirement
from ..reading.budget_gap import BudgetGap, Found
from ..reading.headlines import Headline
from ..reading.withholding import Source

UNKNOWN = "–"
BASIS = "Recurring savings that release cash, new in each year"
LONG = (
    *(Column("Year"), Column("What", width=40), Column("Rating"), Column("£", "money")),
    *(Column("Source", width=48), Column("Place", width=36)),
)
FOUND = (
    *("Required by", "Required", "Delivered", "Deliverable forecasts"),
    *("Left if only these come", "Left if every forecast comes"),
)
WORDS = {2: "two", 3: "three", 4: "four"}
NAMES = {
    RequirementKind.BUDGET_GAP: "the budget gap",
    RequirementKind.MEDIUM_TERM_PLAN: "the medium-term plan",
}


def by_kind(requirements: Sequence[Requirement]) -> dict[str, dict[FinancialYear, Decimal]]:
    """What is required by kind and year, the budget gap first."""
    found: dict[str, dict[FinancialYear, Decimal]] = {}
    for kind in RequirementKind.values:
        years: Any = {one.year: one.amount for one in requirements if one.kind == kind}
        if years:
            found[kind] = years
    return found


def in_a_sentence(gap: BudgetGap, *, withheld: str = "") -> str:
    """``withheld`` is the sentence for what this reader does not see, where there is anything."""
    if not gap.found:
        return "What is required in each year has not been entered, so savings cannot be set against it yet."
    sentences = " ".join(_sentence(one) for one in gap.found)
    return f"Counting only the lines that you may see: {sentences}" if withheld else sentences


def _sentence(one: Found) -> str:
    name = NAMES[RequirementKind(one.kind)]
    start = f"Of {millions(one.required)} that {name} requires, deliverable forecasts bring"
    if one.left <= 0:
        return f"{start} {millions(one.deliverable)}: {millions(-one.left)} more than is required."
    return f"{start} {millions(one.deliverable)}; {millions(one.left)} is still to find."


def found(gap: BudgetGap) -> list[list[str]]:
    """Required, delivered, deliverable and left by requirement, in thousands."""
    return [
        [
            RequirementKind(one.kind).label,
            *map(
                thousands,
                (one.required, one.delivered, one.deliverable, one.left, one.left_of_everything),
            ),
        ]
        for one in gap.found
    ]


def stated(figures: Sequence[Headline]) -> str:
    """That the business case states budget gaps, and no years for them."""
    if not figures:
        return ""
    amounts = [one.words for one in figures]
    if len(amounts) == 1:
        return f"The business case states a budget gap of {amounts[0]}, and no years for it."
    listed = f"{', '.join(amounts[:-1])} and {amounts[-1]}"
    number = WORDS.get(len(amounts), len(amounts))
    return f"The business case states {number} budget gaps, {listed}, and no years for any of them."


def sources(requirements: Sequence[Requirement]) -> list[dict[str, Any]]:
    """Each figure of what is required, with its source."""
    return [
        {
            "pk": one.pk,
            "name": one.get_kind_display(),
            "year": str(one.year),
            "amount": one.amount,
            "source": Source.of(one),
            "exempt": one.exempt_words,
        }
        for one in requirements
    ]


def table(gap: BudgetGap) -> dict[str, Any]:
    """Columns in groups, and rows in thousands."""
    rated = [Deliverability(one).label for one in gap.ratings]
    groups = [
        ("Required", [RequirementKind(one).label for one in gap.kinds]),
        ("Approved", rated),
        ("Forecast", rated),
        ("Delivered", ["Verified"]),
    ]
    if gap.has_once:
        groups.append(("One-off", ["Forecast", "Verified"]))
    width = sum(len(columns) for _, columns in groups)
    return {
        "groups": [{"label": name, "span": len(columns)} for name, columns in groups if columns],
        "columns": [column for _, columns in groups for column in columns],
        "rows": [
            {"label": str(row.year), "cells": [_cell(one) for one in row.amounts[:width]]} for row in gap.rows
        ],
    }


def _cell(amount: Decimal | None) -> str:
    return UNKNOWN if amount is None else thousands(amount)


def picture(gap: BudgetGap) -> Figure | None:
    """Delivered inside forecast of the first rating, against what is required: the budget gap where known."""
    if not gap.rows or not gap.kinds:
        return None
    rated = f", {Deliverability(gap.ratings[0]).label.lower()}" if gap.ratings else ""
    rows = [
        LayeredRow(str(row.year), (row.delivered, row.forecast[0] if row.forecast else None), row.required[0])
        for row in gap.rows
    ]
    said = [
        f"{_cell(row.forecast[0] if row.forecast else None)} of {_cell(row.required[0])} in {row.year}"
        for row in gap.rows
    ]
    name = NAMES[RequirementKind(gap.kinds[0])]
    return layered_bars(
        title="Required, forecast and delivered",
        summary=f"Forecast{rated} against what {name} requires, £000: {', '.join(said)}.",
        layers=["Delivered", f"Forecast{rated}"],
        rows=rows,
        mark_name="Required",
        axis_title="£000, new in each year",
    )


def sheets(gap: BudgetGap, requirements: Sequence[Requirement], withheld: str) -> list[Sheet]:
    drawn = table(gap)
    names = [f"{group['label']}: " for group in drawn["groups"] for _ in range(group["span"])]
    columns = [f"{group}{name}" for group, name in zip(names, drawn["columns"], strict=True)]
    first = Sheet(
        "Budget gap",
        (Column("Year"), *(Column(name, "money", 24) for name in columns)),
        [[str(row.year), *row.amounts[: len(columns)]] for row in gap.rows],
        caption=f"{BASIS}, against what is required, £",
        note=withheld,
    )
    rows = [
        [one.get_kind_display(), str(one.year), one.amount, one.source_document, one.source_place]
        for one in requirements
    ]
    second = (Column("Required by"), Column("Year"), Column("£", "money"), Column("Source"), Column("Place"))
    return [first, Sheet("Required", second, rows, caption="What is required, with its source")]


def long_rows(gap: BudgetGap, requirements: Sequence[Requirement]) -> Iterator[list[Any]]:
    for one in requirements:
        kind = f"Required by {NAMES[RequirementKind(one.kind)]}"
        yield [str(one.year), kind, None, one.amount, one.source_document, one.source_place]
    worked_out = ["Worked out from the lines", None]
    for row in gap.rows:
        for name, amounts in (("Approved", row.approved), ("Forecast", row.forecast)):
            for rating, amount in zip(gap.ratings, amounts, strict=True):
                if amount is not None:
                    yield [str(row.year), name, Deliverability(rating).label, amount, *worked_out]
        for name, amount in (
            ("Delivered", row.delivered),
            ("One-off, forecast", row.once),
            ("One-off, verified", row.once_delivered),
        ):
            if amount is not None:
                yield [str(row.year), name, None, amount, *worked_out]

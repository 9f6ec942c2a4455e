"""A line as its page shows it: its facts, its profiles by year with their sources, the parts of its gap."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from programme.foundation.money import FinancialYear, Profile, pounds, signed

from ..choices import Frequency, ReferenceKind
from ..reading.benefit import LineCard, decision_words

EMPTY = "–"


def card_context(card: LineCard) -> dict[str, Any]:
    """What ``templates/benefits/line_card.html`` takes."""
    years = sorted({*card.profiles.years, *card.delivered.claimed, *card.delivered.verified})
    return {
        "line": card.line,
        "url": card.line.get_absolute_url(),
        "facts": list(_facts(card)),
        "years": years,
        "rows": list(_rows(card, years)),
        "note": _note(card),
        "parts": [{"words": one.words, "reason": one.reason} for one in card.profiles.parts],
        "references": card.references,
    }


def _facts(card: LineCard) -> Iterator[dict[str, Any]]:
    line = card.line
    yield {"key": "Category", "value": line.get_category_display()}
    yield {"key": "Kind", "value": line.get_kind_display()}
    if line.kind_note:
        yield {"key": "How the kind was settled", "value": line.kind_note}
    yield {"key": "Deliverability", "value": line.get_deliverability_display()}
    yield {"key": "Frequency", "value": line.get_frequency_display()}
    yield {"key": "Budget code", "value": line.budget_code}
    if line.fte is not None:
        yield {"key": "Full-time equivalents", "value": f"{line.fte.normalize():f}"}
    for kind, words in ((ReferenceKind.POST, "Posts"), (ReferenceKind.CONTRACT, "Contracts")):
        named = [_reference(one) for one in card.references if one.kind == kind]
        if named:
            yield {"key": words, "value": ", ".join(named)}
    if line.not_quantified_because:
        yield {"key": "No figure yet, because", "value": line.not_quantified_because}


def _reference(one: Any) -> str:
    return one.reference if one.fte is None else f"{one.reference} ({one.fte.normalize():f})"


def _rows(card: LineCard, years: list[FinancialYear]) -> Iterator[dict[str, Any]]:
    profiles = card.profiles
    if profiles.original and profiles.original != profiles.approved:
        yield _row("First approved", profiles.original, years, card.line.source_lines)
    yield _row("Approved", profiles.approved, years, _approved_source(card))
    yield _row("Forecast", profiles.forecast, years, card.line.forecast_source_lines)
    if profiles.first and profiles.forecast:
        yield _row("Gap to first approved", profiles.gap, years, differs=True)
    if card.delivered.claimed:
        yield _row("Claimed", card.delivered.claimed, years)
    if card.delivered.verified:
        yield _row("Verified, full-year effect", card.delivered.verified, years)
        yield _row("Verified, cash in the year", card.delivered.cash, years)


def _row(
    label: str,
    profile: Mapping[FinancialYear, Decimal],
    years: list[FinancialYear],
    source: list[tuple[str, Any]] | None = None,
    *,
    differs: bool = False,
) -> dict[str, Any]:
    """One row of pounds; a gap says its sign, and nothing where there is none."""
    known = Profile(profile)
    words = signed if differs else pounds
    return {
        "label": label,
        "cells": [words(known[year]) if year in known else EMPTY for year in years],
        "total": words(known.total) if known else EMPTY,
        "source": source if known else None,
    }


def _approved_source(card: LineCard) -> list[tuple[str, Any]]:
    """The line's source and the decisions behind the amounts, each with its years."""
    by_decision: dict[str, list[str]] = {}
    for year, key in sorted(card.profiles.decisions.items()):
        by_decision.setdefault(decision_words(key, card.decisions), []).append(str(year))
    decided = [("Approved by", f"{words} ({', '.join(years)})") for words, years in by_decision.items()]
    return [*decided, *card.line.source_lines]


def _note(card: LineCard) -> str:
    if card.line.frequency == Frequency.ONE_OFF:
        return "Each amount counts once, in its year. A dash is unknown, not nought."
    return (
        "Each amount is the change in annual run-rate that appears in its year: all years together are the "
        "run-rate that is reached. A dash is unknown, not nought."
    )

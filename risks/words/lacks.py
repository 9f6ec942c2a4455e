"""What the register lacks, in words that say what to do about it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..choices import Finding

COLUMNS = ["To look at", "What it asks for", "Risks"]
ASKS = {
    Finding.OVERDUE: "Its next review is past: the owner confirms or changes the scores.",
    Finding.OUTSIDE: "Above what its category tolerates, neither escalated nor accepted by the board.",
    Finding.EXPIRED: "Its acceptance ran out and nothing replaced it: review, then accept anew or treat.",
    Finding.NOT_SCORED: "Nobody has said yet how likely it is and how much it would hurt.",
    Finding.UNOWNED: "Nobody watches it: give it an owner.",
    Finding.NO_ACTION: "To be treated, but no action with an owner and a date is planned.",
    Finding.ACTION_OVERDUE: "One of its actions is past its date and not done.",
    Finding.UNTOUCHED: "Neither the risk nor one of its actions has changed for {months}.",
}


def in_a_sentence(counts: Mapping[Finding, int]) -> str:
    kinds = sum(1 for number in counts.values() if number)
    if not kinds:
        return "Nothing is lacking: every risk that may still happen is owned, scored, reviewed and answered."
    words = "1 kind of gap" if kinds == 1 else f"{kinds} kinds of gaps"
    return f"{words} in the register. One risk may count under several."


def rows(counts: Mapping[Finding, int], *, untouched_months: int) -> list[list[Any]]:
    """The most pressing first; each count leads to the register of exactly those risks."""
    months = "1 month" if untouched_months == 1 else f"{untouched_months} months"
    return [
        [
            {"text": finding.label},
            ASKS[finding].format(months=months),
            {
                "text": f"{number:,}",
                "url": f"/risks/?look={finding.value}" if number else "",
                "numeric": True,
            },
        ]
        for finding, number in counts.items()
    ]

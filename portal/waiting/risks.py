"""What of risks and issues waits for whoever keeps them, and for those who decide.

Each leads to the register filtered to exactly what is counted.
"""

from __future__ import annotations

from collections.abc import Iterator

from risks.choices import EscalatedTo, Finding

from ..risk_numbers import RiskNumbers
from .item import Waiting, counted

# What its keeper is told of each finding: words for one and for many, and a word on it.
OF_KEEPERS = {
    Finding.OVERDUE: (
        "risk is overdue for review",
        "risks are overdue for review",
        "Confirm or change the scores",
    ),
    Finding.EXPIRED: (
        "acceptance of a risk has expired",
        "acceptances of risks have expired",
        "Review the risk, then accept it anew or treat it",
    ),
    Finding.NOT_SCORED: ("risk is not yet scored", "risks are not yet scored", "Say how likely and how bad"),
    Finding.ACTION_OVERDUE: (
        "risk has an overdue action",
        "risks have an overdue action",
        "Say what happened, or give a new date",
    ),
}
ESCALATED = {
    EscalatedTo.BOARD: "to the board",
    EscalatedTo.PROGRAMME: "to the programme",
    EscalatedTo.LEAD: "to you",
}


def asked_of_deciders(register: RiskNumbers) -> Iterator[Waiting]:
    """What was escalated to this person, and what issues ask of bodies in which they decide."""
    for level, number in register.escalated.items():
        if number:
            words = counted(number, "risk is escalated", "risks are escalated")
            kept = "kept=true&" if level == EscalatedTo.LEAD else ""
            url = f"/risks/?{kept}escalated={level}"
            yield Waiting(f"{words} {ESCALATED[level]}", url, "Accept, or say what is to be done")
    for one in register.asking:
        words = counted(one.number, "issue asks", "issues ask")
        url = f"/issues/?asks=true&asked_of={one.body}"
        yield Waiting(f"{words} for a decision", url, one.name)


def asked_of_keepers(register: RiskNumbers) -> Iterator[Waiting]:
    """Reviews, scores, acceptances and actions that are due, and issues that are overdue."""
    for finding, number in register.kept.items():
        if number:
            one, many, meta = OF_KEEPERS[finding]
            yield Waiting(counted(number, one, many), f"/risks/?kept=true&look={finding}", meta)
    if register.acting:
        words = counted(register.acting, "risk has", "risks have")
        url = "/risks/?acting=true&kept=false"
        yield Waiting(f"{words} an overdue action of yours", url, "Say what happened, or give a new date")
    if register.issues_overdue:
        words = counted(register.issues_overdue, "issue is overdue", "issues are overdue")
        yield Waiting(words, "/issues/?kept=true&overdue=true", "Resolve, or give a new date")

"""The status of a benefit and the moves between them. Pure. Source: the domain's "Benefits".

"If it cannot be measured it cannot be claimed as realised."
"""

from __future__ import annotations

from dataclasses import dataclass

from ..choices import Status

ORDER = list(Status)

# Where a benefit may go from each status; finance may take back what it has agreed before it is approved.
MOVES: dict[str, list[Status]] = {
    Status.IDENTIFIED: [Status.VALIDATED],
    Status.VALIDATED: [Status.APPROVED, Status.IDENTIFIED],
    Status.APPROVED: [Status.IN_DELIVERY],
    Status.IN_DELIVERY: [Status.REALISED],
    Status.REALISED: [Status.CLOSED, Status.IN_DELIVERY],
    Status.CLOSED: [],
}

# What somebody must be allowed to do to make the move.
PERMISSION: dict[tuple[str, str], str] = {
    (Status.IDENTIFIED, Status.VALIDATED): "benefits.agree_method",
    (Status.VALIDATED, Status.IDENTIFIED): "benefits.agree_method",
    (Status.VALIDATED, Status.APPROVED): "benefits.approve_profile",
    (Status.APPROVED, Status.IN_DELIVERY): "benefits.change_benefit",
    (Status.IN_DELIVERY, Status.REALISED): "benefits.change_benefit",
    (Status.REALISED, Status.CLOSED): "benefits.change_benefit",
    (Status.REALISED, Status.IN_DELIVERY): "benefits.change_benefit",
}

# The words of the button or link that leads to a move.
VERBS: dict[tuple[str, str], str] = {
    (Status.IDENTIFIED, Status.VALIDATED): "Agree method and baseline",
    (Status.VALIDATED, Status.IDENTIFIED): "Take the agreement back",
    (Status.VALIDATED, Status.APPROVED): "Record the approval",
    (Status.APPROVED, Status.IN_DELIVERY): "Begin delivery",
    (Status.IN_DELIVERY, Status.REALISED): "Mark as realised",
    (Status.REALISED, Status.CLOSED): "Close",
    (Status.REALISED, Status.IN_DELIVERY): "Put back in delivery",
}

NOT_MEASURED = "If it cannot be measured it cannot be claimed as realised."
NEEDS_DECISION = "A benefit is approved by a decision of the register: enter it first, then name it."
OWN_BENEFIT = "Whoever owns a benefit does not agree how it is measured."

# From here on method, measure and baseline stand as finance agreed them.
AGREED = frozenset(ORDER[1:])


@dataclass(frozen=True)
class Facts:
    """What the moves ask of a benefit. ``claims`` are how many wait, were sent back and are verified."""

    owned: bool = False
    method: bool = False
    measure: bool = False
    baseline: bool = False
    decision: bool = False
    in_money: bool = False
    waiting: int = 0
    sent_back: int = 0
    verified: int = 0


def moves_from(status: str) -> list[Status]:
    """The statuses a benefit may move to, the next one first; none once it is closed."""
    return MOVES[status]


def refusal(status: str, to: str, facts: Facts) -> str:
    """Why this move is not allowed, as a sentence; empty when it is."""
    if to not in MOVES[status]:
        return f"A benefit cannot move from {_words(status)} to {_words(to)}."
    if to == Status.VALIDATED:
        return _not_agreeable(facts)
    if to == Status.APPROVED:
        return "" if facts.decision else NEEDS_DECISION
    if to in {Status.REALISED, Status.CLOSED}:
        return _not_shown(facts)
    return ""


def withdrawal_refusal(facts: Facts) -> str:
    """Why a benefit cannot be withdrawn now. What finance has verified stays delivered all the same."""
    return (
        f"{_claims(facts.waiting, 'waits', 'wait')} for finance: settle that first." if facts.waiting else ""
    )


def _not_agreeable(facts: Facts) -> str:
    needs = {
        "an owner": facts.owned,
        "a measure": facts.measure,
        "the measure's baseline": facts.baseline or not facts.measure,
        "a method in words": facts.method,
    }
    missing = [words for words, there in needs.items() if not there]
    return f"There is nothing to agree yet: it needs {_listed(missing)}." if missing else ""


def _not_shown(facts: Facts) -> str:
    if not facts.measure:
        return NOT_MEASURED
    if facts.waiting:
        return f"{_claims(facts.waiting, 'waits', 'wait')} for finance: every claim must be verified first."
    if facts.sent_back:
        sent = _claims(facts.sent_back, "was sent back", "were sent back")
        return f"{sent} by finance: claim again with evidence, or withdraw the claim."
    if facts.in_money and not facts.verified:
        return "No saving has been claimed and verified yet, so nothing shows that it is realised."
    return ""


def _claims(number: int, one: str, many: str) -> str:
    return f"1 claim {one}" if number == 1 else f"{number} claims {many}"


def _listed(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def _words(status: str) -> str:
    return Status(status).label.lower()

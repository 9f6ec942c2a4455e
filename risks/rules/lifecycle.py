"""The status of a risk and the moves between them. Pure. Source: the domain's "Risks and issues".

Open ⇄ escalated → materialised, closed or withdrawn. What is closed or has happened may be opened again.
"""

from __future__ import annotations

from ..choices import STANDING, EscalatedTo, Status

# Where a risk may go from each status. An escalated one may be escalated further.
MOVES: dict[str, list[Status]] = {
    Status.OPEN: [Status.ESCALATED, Status.MATERIALISED, Status.CLOSED],
    Status.ESCALATED: [Status.OPEN, Status.ESCALATED, Status.MATERIALISED, Status.CLOSED],
    Status.MATERIALISED: [Status.OPEN],
    Status.CLOSED: [Status.OPEN],
}

# The words of the button or link that leads to a move.
VERBS: dict[tuple[str, str], str] = {
    (Status.OPEN, Status.ESCALATED): "Escalate",
    (Status.OPEN, Status.MATERIALISED): "Turn into an issue",
    (Status.OPEN, Status.CLOSED): "Close",
    (Status.ESCALATED, Status.OPEN): "Take back the escalation",
    (Status.ESCALATED, Status.ESCALATED): "Escalate to somebody else",
    (Status.ESCALATED, Status.MATERIALISED): "Turn into an issue",
    (Status.ESCALATED, Status.CLOSED): "Close",
    (Status.MATERIALISED, Status.OPEN): "Open again",
    (Status.CLOSED, Status.OPEN): "Open again",
}


def moves_from(status: str) -> list[Status]:
    """The statuses a risk may move to."""
    return MOVES[status]


def refusal(status: str, to: str) -> str:
    """Why this move is not allowed, as a sentence; empty when it is."""
    if to in MOVES[status]:
        return ""
    if status == to:
        return f"This risk is {_words(status)} already."
    return f"A risk cannot move from {_words(status)} to {_words(to)}."


def escalation_refusal(now: str, to: str) -> str:
    """Why a risk escalated to ``now`` (empty: to nobody) is not escalated to ``to``."""
    if to not in EscalatedTo.values:
        return "Say to whom it is escalated: the workstream lead, the programme or the board."
    return f"It is escalated to the {EscalatedTo(to).label.lower()} already." if now == to else ""


def not_standing(status: str) -> str:
    """Why a risk of this status is not scored, accepted or planned for; empty when it may still happen."""
    if status in STANDING:
        return ""
    return f"This risk is {_words(status)}: open it again first."


def _words(status: str) -> str:
    return Status(status).label.lower()

"""The stages of a project and the moves between them. Pure. Source: the domain's "Plan"."""

from __future__ import annotations

from .choices import Stage

ORDER = [
    Stage.PROPOSAL,
    Stage.DISCOVERY,
    Stage.OUTLINE_BUSINESS_CASE,
    Stage.BUSINESS_CASE,
    Stage.DELIVERY,
    Stage.TRANSITION,
    Stage.CLOSED,
]

# Where a project may go from each stage. "" is a stage nobody has stated yet.
MOVES: dict[str, list[Stage]] = {
    "": [*ORDER[:-1], Stage.STOPPED],
    **{stage: [ORDER[place + 1], Stage.STOPPED] for place, stage in enumerate(ORDER[:-1])},
    Stage.CLOSED: [],
    Stage.STOPPED: [],
}

# Going past the outline business case, and stopping, are for the board.
NEEDS_DECISION = {Stage.BUSINESS_CASE, Stage.DELIVERY, Stage.TRANSITION, Stage.CLOSED, Stage.STOPPED}


def moves_from(stage: str) -> list[Stage]:
    """The stages a project may move to, in order; none once it is closed or stopped."""
    return MOVES[stage]


def refusal(stage: str, to: str, *, has_decision: bool) -> str:
    """Why this move is not allowed, as a sentence; empty when it is."""
    if to not in MOVES[stage]:
        here = Stage(stage).label.lower() if stage else "a stage not stated"
        return f"A project cannot move from {here} to {Stage(to).label.lower()}."
    return missing_decision(to) if to in NEEDS_DECISION and not has_decision else ""


def missing_decision(to: str) -> str:
    """What is said when a move that needs a decision names none."""
    there = Stage(to).label.lower()
    return f"Moving to {there} needs a decision from the register: enter it first, then name it."

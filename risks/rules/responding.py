"""What a response asks of a risk. Pure. Source: the domain's "Risks and issues".

*Treat* needs at least one action with an owner and a date; *tolerate* above appetite needs an acceptance.
"""

from __future__ import annotations

from ..choices import Response

NEEDS_ACTION = "Treating a risk needs at least one action with an owner and a date: plan it first."
NEEDS_ACCEPTANCE = "It is above appetite: tolerating it needs an acceptance with an expiry date."
LAST_ACTION = (
    "This is the only action of a risk that is treated. Plan another one, or choose another response first."
)


def refusal(response: str, *, actions: int, outside: bool, accepted: bool) -> str:
    """Why a response cannot be chosen, as a sentence; empty when it can.

    ``actions`` is how many are not withdrawn; ``outside`` whether the score is above appetite; ``accepted``
    whether an acceptance covers it today.
    """
    if response == Response.TREAT and not actions:
        return NEEDS_ACTION
    if response == Response.TOLERATE and outside and not accepted:
        return NEEDS_ACCEPTANCE
    return ""


def last_action_refusal(response: str, *, others: int) -> str:
    """Why an action cannot be withdrawn while ``others`` are left."""
    return LAST_ACTION if response == Response.TREAT and not others else ""

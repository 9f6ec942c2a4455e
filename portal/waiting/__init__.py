"""What waits for one person, most urgent first: the first thing home says."""

from __future__ import annotations

from programme.people.models import User

from ..risk_numbers import RiskNumbers
from . import benefits, governance, plan, risks
from .item import Waiting

__all__ = ["Waiting", "waiting_for"]


def waiting_for(user: User, unexplained: int = 0, register: RiskNumbers | None = None) -> list[Waiting]:
    """Everything that waits for ``user``; empty when nothing does. At most seven queries, and two more where
    the baseline of a measure has moved that finance agreed.

    ``unexplained`` is the number of reconciliations that are open and ``register`` what is counted of risks
    and issues: home reads both anyway.
    """
    return [
        *governance.confirmations(user),
        *benefits.claims(user),
        *benefits.departed(user),
        *governance.unread_pack(user),
        *(risks.asked_of_deciders(register) if register else ()),
        *benefits.unexplained(user, unexplained),
        *(risks.asked_of_keepers(register) if register else ()),
        *plan.overdue(user),
        *benefits.lacking(user),
        *plan.without_stage(user),
    ]

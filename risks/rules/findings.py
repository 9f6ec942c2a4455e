"""What is to be looked at in the register, as rules anybody can check. Pure.

Source: the domain's "Risks and issues" and its early warnings.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from ..choices import Finding, Response
from .reviewing import months_after


@dataclass(frozen=True)
class Facts:
    """What the findings ask of a risk that may still happen.

    ``outside`` is above appetite; ``covered`` by an acceptance that holds and is good enough; ``expired`` an
    acceptance ran out and nothing replaced it. ``touched_on`` is the day of the last change of the risk or
    of an action. ``actions`` are those not withdrawn, done or not.
    """

    scored: bool
    owned: bool
    review_due: datetime.date | None
    touched_on: datetime.date
    response: str = ""
    outside: bool = False
    covered: bool = False
    escalated: bool = False
    expired: bool = False
    actions: int = 0
    overdue_actions: int = 0


def untouched_since(today: datetime.date, months: int) -> datetime.date:
    """A risk last touched before this day is untouched: the day ``months`` ago."""
    return months_after(today, -months)


def findings(facts: Facts, *, today: datetime.date, untouched_months: int) -> tuple[Finding, ...]:
    """Everything that is to be looked at, the most pressing first."""
    asked = {
        Finding.OVERDUE: facts.review_due is not None and facts.review_due < today,
        Finding.OUTSIDE: facts.outside and not facts.covered and not facts.escalated,
        Finding.EXPIRED: facts.expired,
        Finding.NOT_SCORED: not facts.scored,
        Finding.UNOWNED: not facts.owned,
        Finding.NO_ACTION: facts.response == Response.TREAT and not facts.actions,
        Finding.ACTION_OVERDUE: facts.overdue_actions > 0,
        Finding.UNTOUCHED: facts.touched_on < untouched_since(today, untouched_months),
    }
    return tuple(finding for finding, holds in asked.items() if holds)

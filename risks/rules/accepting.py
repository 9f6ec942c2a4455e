"""Who may accept what, and how long an acceptance holds. Pure. Source: the domain's "Risks and issues".

The workstream lead accepts low and medium, the SRO high, a board decision severe and what is outside
appetite. A higher word is always good enough.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection
from typing import Any

from programme.people.choices import Role

from ..choices import Authority, Band
from .reviewing import months_after
from .scoring import Score

AUTHORITIES = list(Authority)
NOT_SCORED = "It is not yet scored: score it first, so that it is known what is accepted."
NO_AUTHORITY = "You cannot accept risks here: the workstream lead or the Senior Responsible Officer does."
NOT_THE_BOARDS = "Only a decision of the Programme Board that approves can accept a risk."
NEEDS = {
    Authority.LEAD: "the workstream lead accepts it",
    Authority.SRO: "the Senior Responsible Officer accepts it",
    Authority.BOARD: "it is accepted by a decision of the board: name it",
}


def needed(band: str, *, outside: bool) -> Authority:
    """On whose word a risk of this band may be accepted, at least."""
    if outside or band == Band.SEVERE:
        return Authority.BOARD
    return Authority.SRO if band == Band.HIGH else Authority.LEAD


def held(roles: Collection[str], *, decision: bool) -> Authority | None:
    """The highest authority of somebody with ``roles`` where the risk lies, naming a ``decision`` or not.

    A decision of the board may be entered by whoever may accept at all; the word is the board's.
    """
    if decision:
        return Authority.BOARD
    if Role.SRO in roles:
        return Authority.SRO
    return Authority.LEAD if Role.WORKSTREAM_LEAD in roles else None


def suffices(authority: str, need: str) -> bool:
    return AUTHORITIES.index(Authority(authority)) >= AUTHORITIES.index(Authority(need))


def authority_refusal(band: str, *, outside: bool, authority: str | None) -> str:
    """Why this authority is not enough, as a sentence; empty when it is."""
    need = needed(band, outside=outside)
    if authority is not None and suffices(authority, need):
        return ""
    if authority is None and need != Authority.BOARD:
        return NO_AUTHORITY
    what = "Above appetite" if outside else f"{Band(band).label} risks"
    return f"{what}: {NEEDS[need]}."


def expiry_refusal(expires: datetime.date, *, today: datetime.date, months: int) -> str:
    """Why an acceptance cannot hold until this day; at most ``months`` from today."""
    if expires <= today:
        return "An acceptance expires on a day in the future."
    last = months_after(today, months)
    if expires > last:
        return f"An acceptance holds {months} months at most: until {last.day} {last:%B %Y}."
    return ""


def outgrown(accepted: Score, now: Score | None) -> bool:
    """Whether the score has risen above what was accepted."""
    return now is not None and now.value > accepted.value


def covers(
    acceptance: Any | None,
    score: Score | None,
    *,
    band: str | None,
    outside: bool,
    day: datetime.date,
) -> bool:
    """Whether an acceptance covers a risk of this score and band on ``day``.

    It has neither ended nor expired, the score has not outgrown it, and the word it was given on is enough
    for today's band and appetite. ``acceptance`` has ended_on, expires, score and authority.
    """
    if acceptance is None or score is None or band is None:
        return False
    holds = acceptance.ended_on is None and acceptance.expires >= day
    enough = suffices(acceptance.authority, needed(band, outside=outside))
    return holds and enough and not outgrown(acceptance.score, score)

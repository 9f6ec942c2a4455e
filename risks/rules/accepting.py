"""Who may accept what, and how long an acceptance holds. Pure. Source: the domain's "Risks and issues".

The workstream lead accepts low and medium, the SRO high, a board decision severe and what is outside
appetite. A higher word is always good enough.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Collection
from typing import Any

from programme.foundation.calendar import in_words
from programme.people.choices import Role

from ..choices import AcceptanceEnd, Authority, Band
from .reviewing import months_after
from .scoring import Score

AUTHORITIES = list(Authority)
NOT_SCORED = "It is not yet scored: score it first, so that it is known what is accepted."
NO_AUTHORITY = "You cannot accept risks here: the workstream lead or the Senior Responsible Officer does."
NOT_THE_BOARDS = (
    "Only a decision of the Programme Board that approves, is not withdrawn and that you may read "
    "can accept a risk."
)
NAMED = re.compile(r"\b[A-Z]{1,6}-[0-9]{2,6}\b")  # R-012, DIG-01
SPENT = (
    "This risk was accepted on it before, and that acceptance is over or was of a lower score. "
    "So the board decides anew."
)
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


def date_refusal(decided: datetime.date, *, today: datetime.date, months: int) -> str:
    """Why a decision of this day cannot accept a risk today: an acceptance holds ``months`` at most."""
    said = f"It was decided on {in_words(decided)}"
    if decided > today:
        return f"{said}, which is still to come: a risk is accepted once the board has decided it."
    if months_after(decided, months) < today:
        return f"{said}; an acceptance holds {months} months at most, so the board decides anew."
    return ""


def about_refusal(named: Collection[str], risk: str, place: str) -> str:
    """Why a decision cannot accept ``risk`` whose question has ``named`` risks and projects.

    One that names none may be about any risk; ``place`` is the reference of the risk's project, or empty.
    """
    if not named or {risk, place} & set(named):
        return ""
    here = f"{risk} or {place}" if place else f"{risk}"
    return f"Its question is about {' and '.join(sorted(named))}, not about {here}. Name the one that is."


def spent(acceptance: Any, score: Score, day: datetime.date) -> bool:
    """Whether what the board decided was used up by an earlier ``acceptance`` that rested on it: it ran out,
    ended otherwise than by a correction, or the ``score`` has risen since."""
    over = acceptance.ended_because not in {"", AcceptanceEnd.REPLACED} or acceptance.expires < day
    return over or outgrown(acceptance.score, score)


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

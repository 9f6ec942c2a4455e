"""What became of a risk between two moments. Pure. Source: the domain's "Risks and issues"."""

from __future__ import annotations

from dataclasses import dataclass

from ..choices import ENDED, STANDING, Movement, Status
from .scoring import Score, rank


@dataclass(frozen=True)
class Moment:
    """How a risk stood: its status, to whom it was escalated, its score and the band of it then."""

    status: str
    escalated_to: str = ""
    withdrawn: bool = False
    score: Score | None = None
    band: str | None = None

    @property
    def is_standing(self) -> bool:
        return not self.withdrawn and self.status in STANDING


def movements(before: Moment | None, now: Moment | None) -> tuple[Movement, ...]:
    """Everything that happened between two moments, the most important first; SAME alone where nothing did.

    None is a risk that did not exist. One that had ended before and has not come back gives nothing at all:
    it is no part of the picture.
    """
    if now is None or (before is None and now.withdrawn):
        return ()
    if before is None:
        ended = {_ending(now)} if now.status in ENDED else set()
        return _ordered({Movement.NEW} | _escalation("", now) | ended)
    if not before.is_standing:
        return _ordered({Movement.REOPENED} | _escalation("", now)) if now.is_standing else _late(before, now)
    if not now.is_standing:
        return (_ending(now),)
    return _ordered(_escalation(before.escalated_to, now) | _direction(before, now)) or (Movement.SAME,)


def direction(before: Score | None, now: Score | None) -> Movement:
    """Which way a score went: UP, DOWN, MOVED, FIRST_SCORED, UNSCORED or SAME."""
    if before == now:
        return Movement.SAME
    if before is None:
        return Movement.FIRST_SCORED
    if now is None:
        return Movement.UNSCORED
    if before.value == now.value:
        return Movement.MOVED
    return Movement.UP if now.value > before.value else Movement.DOWN


def crossed_band(before: Moment, now: Moment) -> bool:
    """Whether the band is another one, by the matrix of each moment."""
    if before.band is None or now.band is None:
        return before.band != now.band
    return rank(before.band) != rank(now.band)


def _ending(now: Moment) -> Movement:
    if now.withdrawn:
        return Movement.WITHDRAWN
    return Movement.MATERIALISED if now.status == Status.MATERIALISED else Movement.CLOSED


def _late(before: Moment, now: Moment) -> tuple[Movement, ...]:
    """What happened to a risk that had ended before: only another ending counts."""
    same = (before.withdrawn, before.status) == (now.withdrawn, now.status)
    return () if same or before.withdrawn else (_ending(now),)


def _escalation(before: str, now: Moment) -> set[Movement]:
    if now.escalated_to == before:
        return set()
    return {Movement.ESCALATED} if now.escalated_to else {Movement.DEESCALATED}


def _direction(before: Moment, now: Moment) -> set[Movement]:
    return {direction(before.score, now.score)} - {Movement.SAME}


def _ordered(found: set[Movement]) -> tuple[Movement, ...]:
    return tuple(one for one in Movement if one in found)

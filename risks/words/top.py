"""Top risks, and the path of each, in words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from programme.foundation.tables import day_in_words

from ..reading.top import TopRisk
from ..rules.movement import direction
from .movement import ARROWS

LONGEST = 6  # steps of a path in words; the risk's own page has them all


def in_a_sentence(found: Sequence[TopRisk], total: int) -> str:
    if not total:
        return "No risk is severe or high."
    what = "1 risk is severe or high" if total == 1 else f"{total:,} risks are severe or high"
    shown = "" if len(found) == total else f"; these are the first {len(found)}, the most severe first"
    return f"{what}{shown}."


def points(one: TopRisk, today: date) -> list[tuple[date, int]]:
    """Day and score of each step, a day's last one only; up to today, where the score still holds."""
    found = {step.day: step.scores.current.value for step in one.path if step.scores.current}
    if one.risk.current and today not in found:
        found[today] = one.risk.current.value
    return sorted(found.items())


def path(one: TopRisk) -> str:
    """ "9 on 6 July 2022, ↑ 16 on 3 October 2022": what changed, the oldest first."""
    told: list[str] = []
    before = None
    for step in one.path:
        now = step.scores.current
        if now == before or now is None:
            continue
        arrow = f"{ARROWS.get(direction(before, now), '')} " if before else ""
        told.append(f"{arrow}{now.value} on {day_in_words(step.day)}")
        before = now
    if len(told) > LONGEST:
        told = [f"{len(told) - LONGEST} earlier", *told[-LONGEST:]]
    return ", ".join(told) or "Not reviewed yet"

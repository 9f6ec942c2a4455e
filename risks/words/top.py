"""Top risks, and the path of each, in words."""

from __future__ import annotations

from datetime import date

from programme.foundation.tables import day_in_words

from ..reading.top import Top, TopRisk
from ..rules.movement import direction
from .movement import ARROWS

LONGEST = 6  # steps of a path in words; the risk's own page has them all


def in_a_sentence(found: Top) -> str:
    """What is not yet scored is said too: it may be as bad."""
    total, shown = found.total, len(found.risks)
    many = f"{total:,} risks are" if total else "No risk is"
    words = [f"{'1 risk is' if total == 1 else many} severe or high"]
    words += [f"these are the first {shown}, the most severe first"] if shown != total else []
    if found.not_scored:
        words.append(f"{found.not_scored:,} {'is' if found.not_scored == 1 else 'are'} not yet scored")
    return f"{'; '.join(words)}."


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

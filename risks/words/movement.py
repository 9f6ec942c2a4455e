"""What became of risks, in words that say it without their arrows."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Sequence

from programme.foundation.tables import day_in_words

from ..choices import EscalatedTo, Movement
from ..reading.movements import Moved
from ..rules.movement import Moment, crossed_band

# For the eye beside the word; a movement without an arrow is told by its word alone.
ARROWS = {
    Movement.UP: "↑",
    Movement.DOWN: "↓",
    Movement.MOVED: "↔",
    Movement.NEW: "+",
    Movement.ESCALATED: "▲",
    Movement.DEESCALATED: "▽",
    Movement.CLOSED: "−",
    Movement.WITHDRAWN: "−",
    Movement.MATERIALISED: "!",
}
COUNTED = {
    Movement.MATERIALISED: "materialised",
    Movement.NEW: "new",
    Movement.REOPENED: "opened again",
    Movement.ESCALATED: "escalated",
    Movement.UP: "up",
    Movement.FIRST_SCORED: "scored for the first time",
    Movement.DOWN: "down",
    Movement.MOVED: "moved at the same score",
    Movement.UNSCORED: "no longer scored",
    Movement.DEESCALATED: "no longer escalated",
    Movement.CLOSED: "closed",
    Movement.WITHDRAWN: "withdrawn",
}


def in_a_sentence(counts: Counter[Movement], day: datetime.date, called: str = "") -> str:
    """ "Since 30 October 2022, the last board pack: 3 new, 5 up, 4 down; 12 stayed as they were."."""
    told = [f"{counts[what]:,} {words}" for what, words in COUNTED.items() if counts[what]]
    when = f"{day_in_words(day)}, {called}" if called else day_in_words(day)
    same = f"; {stayed(counts[Movement.SAME])}" if counts[Movement.SAME] else ""
    if not told:
        return f"Nothing moved since {when}{same}."
    return f"Since {when}: {', '.join(told)}{same}."


def stayed(number: int) -> str:
    """ "12 stayed as they were"."""
    return f"{number:,} stayed as {'it was' if number == 1 else 'they were'}"


def of(one: Moved) -> list[tuple[str, str]]:
    """Everything that happened to a risk, as arrow and words."""
    return [(ARROWS.get(what, ""), _words(what, one)) for what in one.movements]


def plain(one: Moved) -> str:
    return ", ".join(words for _, words in of(one))


def moment(stood: Moment | None) -> str:
    """ "3 × 4 = 12, high"."""
    if stood is None:
        return "Not in the register"
    if stood.score is None:
        return "Not yet scored"
    return f"{stood.score}, {stood.band}"


def references(found: Sequence[Moved], most: int) -> str:
    """ "R-003, R-007 and 4 more"."""
    words = ", ".join(one.risk.ref for one in found[:most])
    rest = len(found) - most
    return f"{words} and {rest:,} more" if rest > 0 else words


def _words(what: Movement, one: Moved) -> str:
    if what == Movement.ESCALATED:
        return f"Escalated to the {EscalatedTo(one.now.escalated_to).label.lower()}"
    if what in (Movement.UP, Movement.DOWN) and one.before and crossed_band(one.before, one.now):
        return f"{what.label}, from {one.before.band} to {one.now.band}"
    return what.label

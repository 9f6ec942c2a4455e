"""The message that says what waits for somebody in the register of risks."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from programme.foundation.calendar import in_words

from ..reading.reminders import ACCEPTANCE, ACTION, REVIEW, Waiting

HEADINGS = {
    REVIEW: "Reviews that are due",
    ACTION: "Actions that are due",
    ACCEPTANCE: "Acceptances that run out soon",
}
ENDING = (
    "You are told of each on the day on which it falls due, of an acceptance two weeks before it runs out, "
    "and then once a week while it waits."
)


def subject(things: Sequence[Waiting]) -> str:
    number = len(things)
    return "Risks: 1 thing waits for you" if number == 1 else f"Risks: {number} things wait for you"


def text(things: Sequence[Waiting], *, today: datetime.date, site: str) -> str:
    """Plain text, each thing with its address under ``site``; what is exempt by its reference only."""
    parts = [f"This waits for you in the register of risks on {in_words(today)}."]
    for kind, heading in HEADINGS.items():
        lines = [_line(one, today, site) for one in things if one.kind == kind]
        if lines:
            parts.append("\n".join([f"{heading}:", *lines]))
    return "\n\n".join([*parts, ENDING]) + "\n"


def _line(one: Waiting, today: datetime.date, site: str) -> str:
    day = in_words(one.day)
    if one.kind == ACCEPTANCE:
        when = f"accepted until {day}"
    else:
        when = "due today" if one.day == today else f"was due on {day}"
    named = f"{one.ref} {one.words}".rstrip()
    return f"* {named}: {when}\n  {site}/risks/{one.ref}/"

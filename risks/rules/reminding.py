"""When somebody is reminded of something. Pure.

A thing is told on the day from which it waits, and then every seventh day while it still does. A day on which
no message could go out is caught up with the next one.
"""

from __future__ import annotations

import datetime

EVERY = datetime.timedelta(days=7)
ACCEPTANCE_AHEAD = datetime.timedelta(days=14)  # how long before its last day an acceptance is told of


def is_told(since: datetime.date, today: datetime.date, *, told_on: datetime.date | None) -> bool:
    """Whether a thing that waits since a day is in today's message; ``told_on`` is the person's last one.

    Its last day for telling is the newest of ``since``, seven days later, and so on; it is in the message
    where that day has come after the last message. Without any message before, all that waits is told.
    """
    if since > today:
        return False
    newest = today - (today - since) % EVERY
    return told_on is None or newest > told_on

"""Records as they stand, or as they stood on a day: what pages with ``?as_at=`` read their parts through."""

from __future__ import annotations

import datetime
from typing import Any

from programme.people.models import User


def on(rows: Any, day: datetime.date | None, user: User, *, order: tuple[str, ...] = ()) -> list[Any]:
    """``rows`` (already ``visible_to(user)``) without what was withdrawn, live or at the end of ``day``.

    At a past date the stricter of then's and now's class holds. ``order`` names the fields that the past
    rows are sorted by; the live ones come in their own order.
    """
    if day is None:
        return list(rows.live())
    past = [one for one in rows.as_at(day) if not one.withdrawn and _seen(one, user)]
    return sorted(
        past, key=lambda one: [(getattr(one, name) is None, getattr(one, name)) for name in (*order, "pk")]
    )


def then(record: Any, day: datetime.date | None) -> Any:
    """One related record as it stood on ``day``; as it is now without a day or where it was not there yet."""
    return record if record is None or day is None else record.as_at(day) or record


def _seen(record: Any, user: User) -> bool:
    return not hasattr(record, "stood_visible_to") or record.stood_visible_to(user)

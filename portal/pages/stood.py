"""Records as they stand, or as they stood on a day: what pages with ``?as_at=`` read their parts through."""

from __future__ import annotations

import datetime
from typing import Any

from programme.foundation.history import Tracked
from programme.people.choices import Classification
from programme.people.classification import Classified
from programme.people.models import Scope, User


def on(rows: Any, day: datetime.date | None, user: User, *, order: tuple[str, ...] = ()) -> list[Any]:
    """``rows`` (already ``visible_to(user)``) without what was withdrawn, live or at the end of ``day``.

    At a past date the stricter of then's and now's class holds, and what ``rows`` selects as related is read
    as it stood then too: one query a relation. ``order`` names the fields that the past rows are sorted by;
    the live ones come in their own order.
    """
    if day is None:
        return list(rows.live())
    past = _seen_of([one for one in rows.as_at(day) if not one.withdrawn], user)
    related = rows.query.select_related
    if isinstance(related, dict):
        past = _with_related(past, related, day, user)
    return sorted(
        past, key=lambda one: [(getattr(one, name) is None, getattr(one, name)) for name in (*order, "pk")]
    )


def ever(rows: Any, day: datetime.date | None, user: User) -> list[Any]:
    """``rows`` (already ``visible_to(user)``) now or at the end of ``day``, withdrawn ones too."""
    return list(rows) if day is None else _seen_of(rows.as_at(day), user)


def then(record: Any, day: datetime.date | None) -> Any:
    """One related record as it stood on ``day``; as it is now without a day or where it was not there yet."""
    return record if record is None or day is None else record.as_at(day) or record


def _with_related(past: list[Any], related: dict[str, Any], day: datetime.date, user: User) -> list[Any]:
    """``past`` with its relations as they stood; without rows that point at what the viewer could not see."""
    for name, deeper in related.items():
        if not past:
            return []
        field = past[0]._meta.get_field(name)
        if not issubclass(field.related_model, Tracked):
            continue
        keys = {getattr(one, field.attname) for one in past} - {None}
        found = field.related_model.objects.filter(pk__in=keys).as_at(day)
        stood = {one.pk: one for one in _seen_of(_with_related(found, deeper, day, user), user)}
        past = [one for one in past if getattr(one, field.attname) in {None, *stood}]
        for one in past:
            setattr(one, name, stood.get(getattr(one, field.attname)))
    return past


def _seen_of(past: list[Any], user: User) -> list[Any]:
    """Those whose class then let ``user`` see them. Their places are read at once, not one by one."""
    if not past or not isinstance(past[0], Classified):
        return past
    if any(one.classification == Classification.EXEMPT for one in past) and hasattr(past[0], "scope_id"):
        places = Scope.objects.select_related("parent__parent").in_bulk({one.scope_id for one in past})
        for one in past:
            one.scope = places[one.scope_id]
    return [one for one in past if one.stood_visible_to(user)]

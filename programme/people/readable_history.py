"""At which times in the past a record was readable to somebody who reads it today."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Sequence
from copy import copy
from typing import Any

from programme.foundation.changes import Change

from .models import User

Readable = Callable[[datetime.datetime], bool]


def readable_at(record: Any, viewer: User) -> Readable:
    """Whether, at a moment, the class of ``record`` let ``viewer`` read it and what hung on it.

    One query; at a moment before the record existed the answer is yes.
    """
    return readable_each([record], viewer)[record.pk]


def readable_each(records: Sequence[Any], viewer: User) -> dict[int, Readable]:
    """The same for several records of one kind, by their numbers: one query, none for who reads it all."""
    periods: dict[int, list[tuple[datetime.datetime, str]]] = {one.pk: [] for one in records}
    if records and not viewer.standing.reads_all_exempt:
        rows = type(records[0]).history.filter(id__in=list(periods)).order_by("history_date", "history_id")
        for key, since, name in rows.values_list("id", "history_date", "classification"):
            periods[key].append((since, name))
    return {one.pk: _readable_in(one, periods[one.pk], viewer) for one in records}


def _readable_in(record: Any, periods: list[tuple[datetime.datetime, str]], viewer: User) -> Readable:
    verdicts = {name: _readable(record, name, viewer) for name in {name for _, name in periods}}

    def readable(moment: datetime.datetime) -> bool:
        classes = [name for since, name in periods if since <= moment]
        return not classes or verdicts[classes[-1]]

    return readable


def telling(changes: Iterable[Change], readable: Callable[[datetime.datetime], bool]) -> list[Change]:
    """The changes of readable times, newest first.

    Left out are those in which only the version moved on, because what hangs on the record was written.
    """
    found = [one for one in changes if readable(one.when) and (one.fields or one.kind != "changed")]
    return sorted(found, key=lambda one: (one.when, one.recorded), reverse=True)


def _readable(record: Any, classification: str, viewer: User) -> bool:
    then = copy(record)
    then.classification = classification
    return bool(then.stood_visible_to(viewer))

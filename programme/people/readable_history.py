"""At which times in the past a record was readable to somebody who reads it today."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from copy import copy
from typing import Any

from programme.foundation.changes import Change

from .models import User


def readable_at(record: Any, viewer: User) -> Callable[[datetime.datetime], bool]:
    """Whether, at a moment, the class of ``record`` let ``viewer`` read it and what hung on it.

    One query; at a moment before the record existed the answer is yes.
    """
    rows = record.history.order_by("history_date", "history_id")
    periods = list(rows.values_list("history_date", "classification"))
    verdicts = {name: _readable(record, name, viewer) for _, name in periods}

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

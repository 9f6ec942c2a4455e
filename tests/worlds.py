"""What many modules' tests begin from: made once in each process, and put in place for each module."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from tests.cast import installer

_kept: dict[str, sqlite3.Connection] = {}


@contextmanager
def world(name: str, fill: Callable[[], object]) -> Iterator[None]:
    """The test database as ``fill`` leaves it; afterwards as it was.

    On SQLite the pages are kept and copied back, which takes milliseconds where filling takes seconds.
    Elsewhere each module fills anew, in a transaction that is undone.
    """
    if connection.vendor != "sqlite":
        with transaction.atomic():
            fill()
            yield
            transaction.set_rollback(True)
        return
    before = _copied()
    try:
        if name in _kept:
            _put_back(_kept[name])
        else:
            _fill(fill)
            _kept[name] = _copied()
        yield
    finally:
        _put_back(before)
        before.close()


def _fill(fill: Callable[[], object]) -> None:
    """Commits, but nobody is told as they would be in earnest."""
    with transaction.atomic():
        fill()
        connection.run_on_commit.clear()


def _copied() -> sqlite3.Connection:
    copy = sqlite3.connect(":memory:")
    connection.ensure_connection()
    connection.connection.backup(copy)
    return copy


def _put_back(copy: sqlite3.Connection) -> None:
    """The installation is another one there if a test emptied the database meanwhile."""
    copy.backup(connection.connection)
    installer.cache_clear()

"""Several people at the same moment, each in a thread with a connection of its own."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import connection, connections

PATIENCE = 20


@contextmanager
def one_database(folder: Path) -> Iterator[None]:
    """Threads share a database as processes do: on SQLite a file in ``folder``, filled from this one's.

    Ask for ``real_transactions`` and the cast first.
    """
    if connection.vendor != "sqlite":
        yield
        return
    file = folder / "portal.sqlite3"
    copy = sqlite3.connect(file)
    connection.connection.backup(copy)
    copy.close()
    settings = connections.settings["default"]
    before = settings["NAME"]
    settings["NAME"] = str(file)
    try:
        yield
    finally:
        settings["NAME"] = before


def at_once(*work: Callable[[], list[Any]]) -> list[Any]:
    """What all of them did together, begun at one moment; an exception stands among it as its words."""
    start, done = threading.Barrier(len(work)), []

    def run(one: Callable[[], list[Any]]) -> None:
        try:
            start.wait(timeout=PATIENCE)
            done.extend(one())
        except Exception as trouble:
            done.append(repr(trouble))
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(one,)) for one in work]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return done

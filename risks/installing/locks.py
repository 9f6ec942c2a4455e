"""No cell of the matrix and no step of a scale can go missing or move: the database itself refuses it.

The triggers are for whatever comes past the actions. They are put back after every migrate, because SQLite
drops them when a table is remade, and system checks name what is missing. The statements hold names of this
module only, nothing that anybody typed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from ..rules.scoring import CELLS

# Which columns say which row it is, and how many rows there always are.
KEYS = {"risks_matrixcell": ("likelihood", "impact"), "risks_scalestep": ("scale", "value")}
ROWS = {"risks_matrixcell": len(CELLS), "risks_scalestep": 10}
FUNCTION = "risks_refuse_a_gap"
HINT = "Run manage.py migrate, which puts it back."


def _names(table: str, vendor: str) -> list[str]:
    events = ("no_move", "no_delete", "no_truncate")
    return [f"{table}_{event}" for event in events[: 3 if vendor == "postgresql" else 2]]


def _words(table: str) -> str:
    return f"Rows of {table} are neither moved nor deleted."


def _moved(table: str, differs: str) -> str:
    return " OR ".join(f"NEW.{name} {differs} OLD.{name}" for name in KEYS[table])


def _sqlite() -> Iterator[str]:
    for table in KEYS:
        refuse = f"BEGIN SELECT RAISE(ABORT, '{_words(table)}'); END"
        move, delete = _names(table, "sqlite")
        when = _moved(table, "IS NOT")
        yield f"CREATE TRIGGER IF NOT EXISTS {move} BEFORE UPDATE ON {table} WHEN {when} {refuse}"
        yield f"CREATE TRIGGER IF NOT EXISTS {delete} BEFORE DELETE ON {table} {refuse}"


def _postgresql() -> Iterator[str]:
    yield (
        f"CREATE OR REPLACE FUNCTION {FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "RAISE EXCEPTION 'Rows of % are neither moved nor deleted.', TG_TABLE_NAME "
        "USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )
    for table in KEYS:
        move, delete, truncate = _names(table, "postgresql")
        run = f"EXECUTE FUNCTION {FUNCTION}()"
        when = _moved(table, "IS DISTINCT FROM")
        row, statement = f"ON {table} FOR EACH ROW", f"ON {table} FOR EACH STATEMENT"
        yield f"CREATE OR REPLACE TRIGGER {move} BEFORE UPDATE {row} WHEN ({when}) {run}"
        yield f"CREATE OR REPLACE TRIGGER {delete} BEFORE DELETE {row} {run}"
        yield f"CREATE OR REPLACE TRIGGER {truncate} BEFORE TRUNCATE {statement} {run}"


def install(sender: AppConfig, using: str, **_: Any) -> None:
    """Puts the triggers back; connected to ``post_migrate`` of the app."""
    connection = connections[using]
    with connection.cursor() as cursor:
        if set(KEYS) <= set(connection.introspection.table_names(cursor)):
            for statement in _postgresql() if connection.vendor == "postgresql" else _sqlite():
                cursor.execute(statement)


def check(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **_: Any
) -> list[CheckMessage]:
    """Names the database whose matrix or scales have a gap, or could get one."""
    found: list[CheckMessage] = []
    for alias in databases or []:
        connection = connections[alias]
        if set(KEYS) <= set(connection.introspection.table_names()):
            found += _unguarded(connection, alias)
            found += _gaps(connection, alias)
    return found


def _unguarded(connection: BaseDatabaseWrapper, alias: str) -> Iterator[CheckMessage]:
    query = (
        "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
        if connection.vendor == "postgresql"
        else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        present = {row[0] for row in cursor.fetchall()}
    for table in KEYS:
        if not present.issuperset(_names(table, connection.vendor)):
            words = f"Rows of {table} can go missing: a trigger is missing in database '{alias}'."
            yield Error(words, hint=HINT, id="risks.E001")


def _gaps(connection: BaseDatabaseWrapper, alias: str) -> Iterator[CheckMessage]:
    for table, rows in ROWS.items():
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT COUNT(*) FROM {table}")  # noqa: S608 (the name is this module's own)
            [found] = cursor.fetchone()
        if found != rows:
            words = f"{table} has {found} rows instead of {rows} in database '{alias}'."
            yield Error(words, hint=HINT, id="risks.E002")

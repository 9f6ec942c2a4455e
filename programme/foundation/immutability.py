"""Rows that must never change: the database itself refuses to update or delete them.

History rows are immutable always; a model says so of its own rows by inheriting :class:`Immutable`.
The triggers are put back after every ``migrate`` because SQLite drops them when a table is remade, and a
system check names every one that is missing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.apps import AppConfig, apps
from django.core.checks import CheckMessage, Error
from django.db import connections, models
from django.db.backends.base.base import BaseDatabaseWrapper

from .history_tables import HistoricalRow


class Immutable(models.Model):
    """Once written, a row of this kind is neither changed nor deleted, by anybody."""

    class Meta:
        abstract = True


def immutable_tables() -> list[str]:
    """The tables whose rows may not change, in alphabetical order."""
    kinds = (HistoricalRow, Immutable)
    return sorted(model._meta.db_table for model in apps.get_models() if issubclass(model, kinds))


def _trigger_names(table: str, vendor: str = "sqlite") -> tuple[str, ...]:
    """SQLite has no TRUNCATE, which on PostgreSQL empties a table without touching its rows."""
    names = f"{table}_no_update"[:63], f"{table}_no_delete"[:63]
    return (*names, f"{table}_no_truncate"[:63]) if vendor == "postgresql" else names


def _sqlite(table: str) -> Iterable[str]:
    for name, event in zip(_trigger_names(table), ("UPDATE", "DELETE"), strict=True):
        yield (
            f'CREATE TRIGGER IF NOT EXISTS "{name}" BEFORE {event} ON "{table}" '
            f"BEGIN SELECT RAISE(ABORT, 'Rows of {table} may not be changed or deleted.'); END"
        )


def _postgresql(table: str) -> Iterable[str]:
    events = {"UPDATE": "ROW", "DELETE": "ROW", "TRUNCATE": "STATEMENT"}
    for name, (event, each) in zip(_trigger_names(table, "postgresql"), events.items(), strict=True):
        yield (
            f'CREATE OR REPLACE TRIGGER "{name}" BEFORE {event} ON "{table}" '
            f"FOR EACH {each} EXECUTE FUNCTION portal_refuse_change()"
        )


POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION portal_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Rows of %% may not be changed or deleted.', TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$
""".replace("%%", "%")


def install_triggers(sender: AppConfig, using: str, **_: Any) -> None:
    """Puts the triggers back; connected to ``post_migrate`` of the foundation."""
    connection = connections[using]
    with connection.cursor() as cursor:
        existing = set(connection.introspection.table_names(cursor))
        if connection.vendor == "postgresql":
            cursor.execute(POSTGRESQL_FUNCTION)
        statements = _postgresql if connection.vendor == "postgresql" else _sqlite
        for table in immutable_tables():
            if table in existing:
                for statement in statements(table):
                    cursor.execute(statement)


def _installed(connection: BaseDatabaseWrapper) -> set[str]:
    query = (
        "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
        if connection.vendor == "postgresql"
        else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        return {row[0] for row in cursor.fetchall()}


def check_triggers(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **_: Any
) -> list[CheckMessage]:
    """Names every immutable table that the database does not guard."""
    messages: list[CheckMessage] = []
    for alias in databases or []:
        connection = connections[alias]
        tables = set(connection.introspection.table_names())
        present = _installed(connection)
        messages += [
            Error(
                f"Rows of {table} can be changed: a trigger is missing in database '{alias}'.",
                hint="Run manage.py migrate, which puts the triggers back.",
                id="foundation.E001",
            )
            for table in immutable_tables()
            if table in tables and not present.issuperset(_trigger_names(table, connection.vendor))
        ]
    return messages

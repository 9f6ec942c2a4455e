"""Claimed and verified amounts of a closed year are locked in the database itself, on both databases.

An action refuses first and says why; the triggers are for whatever comes past the actions. They are put back
after every migrate, because SQLite drops them when the table is remade, and a system check names a missing
one. The statements hold names of this module only, nothing that anybody typed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error
from django.db import connections

TABLE, YEARS = "benefits_claim", "benefits_closedyear"
NAMES = ("benefits_claim_closed_insert", "benefits_claim_closed_update")
WORDS = "This financial year is closed: its claims are locked."
LOCKED = ("line_id", "year", "booked", "amount", "status", "full_year", "cash", "budget_code", "withdrawn")
COUNTING = "('submitted', 'verified')"


def _closed(*rows: str) -> str:
    years = ", ".join(f"{row}.booked" for row in rows)
    return f"EXISTS (SELECT 1 FROM {YEARS} WHERE year IN ({years}) AND NOT {YEARS}.withdrawn)"  # noqa: S608


def _changed(differs: str) -> str:
    """Whether what counts as claimed or verified moves: a claim sent back may still be taken back."""
    moved = " OR ".join(f"NEW.{name} {differs} OLD.{name}" for name in LOCKED)
    return f"({moved}) AND (NEW.status IN {COUNTING} OR OLD.status IN {COUNTING})"


def _sqlite() -> Iterator[str]:
    refuse = f"BEGIN SELECT RAISE(ABORT, '{WORDS}'); END"
    yield f"CREATE TRIGGER IF NOT EXISTS {NAMES[0]} BEFORE INSERT ON {TABLE} WHEN {_closed('NEW')} {refuse}"
    when = f"{_changed('IS NOT')} AND {_closed('NEW', 'OLD')}"
    yield f"CREATE TRIGGER IF NOT EXISTS {NAMES[1]} BEFORE UPDATE ON {TABLE} WHEN {when} {refuse}"


def _postgresql() -> Iterator[str]:
    # A trigger's own WHEN cannot look into another table there: the function does.
    for name, event, when in (
        (NAMES[0], "INSERT", _closed("NEW")),
        (NAMES[1], "UPDATE", f"{_changed('IS DISTINCT FROM')} AND {_closed('NEW', 'OLD')}"),
    ):
        yield (
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF {when} "
            f"THEN RAISE EXCEPTION '{WORDS}' USING ERRCODE = 'integrity_constraint_violation'; END IF; "
            "RETURN NEW; END $$"
        )
        yield (
            f"CREATE OR REPLACE TRIGGER {name} BEFORE {event} ON {TABLE} "
            f"FOR EACH ROW EXECUTE FUNCTION {name}()"
        )


def install(sender: AppConfig, using: str, **_: Any) -> None:
    """Puts the triggers back; connected to ``post_migrate`` of the app."""
    connection = connections[using]
    with connection.cursor() as cursor:
        if {TABLE, YEARS} <= set(connection.introspection.table_names(cursor)):
            for statement in _postgresql() if connection.vendor == "postgresql" else _sqlite():
                cursor.execute(statement)


def check(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **_: Any
) -> list[CheckMessage]:
    """Names the database whose closed years are not locked."""
    found: list[CheckMessage] = []
    for alias in databases or []:
        connection = connections[alias]
        query = (
            "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
            if connection.vendor == "postgresql"
            else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        )
        with connection.cursor() as cursor:
            if TABLE not in connection.introspection.table_names(cursor):
                continue
            cursor.execute(query)
            present = {row[0] for row in cursor.fetchall()}
        if not present.issuperset(NAMES):
            words = f"Claims of closed years can be changed: a trigger is missing in database '{alias}'."
            hint = "Run manage.py migrate, which puts the triggers back."
            found.append(Error(words, hint=hint, id="benefits.E001"))
    return found

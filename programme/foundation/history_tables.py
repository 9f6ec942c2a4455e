"""The history tables themselves: django-simple-history, with who and why required by the database."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from typing import Any

from django.conf import settings
from django.db import connection, models
from django.db.models import Q
from django.db.models.functions import Now
from simple_history.manager import HistoryManager
from simple_history.models import HistoricalRecords

PORTION = 500


class HistoricalRow(models.Model):
    """What every history row has beside the copy of the record."""

    recorded = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        abstract = True


class GovernedHistoryManager(HistoryManager):
    """django-simple-history asks for this class with every look at a history: it is made once."""

    @classmethod
    @cache
    def from_queryset(
        cls, queryset_class: type[models.QuerySet], class_name: str | None = None
    ) -> type[HistoryManager]:
        return super().from_queryset(queryset_class, class_name)


class GovernedHistory(HistoricalRecords):
    """django-simple-history, with who and why required by the database itself."""

    def __init__(self, **options: Any):
        options.setdefault("bases", (HistoricalRow,))
        options.setdefault("inherit", True)
        options.setdefault("history_id_field", models.BigAutoField(primary_key=True))
        options.setdefault("history_change_reason_field", models.TextField("reason"))
        options.setdefault("history_manager", GovernedHistoryManager)
        super().__init__(**options)

    def _get_history_change_reason_field(self) -> models.Field:
        """Each history table's own: one field shared by all would name the last table's model as its own."""
        return super()._get_history_change_reason_field().clone()

    def _get_history_user_fields(self) -> dict[str, models.Field]:
        person = models.ForeignKey(
            settings.AUTH_USER_MODEL, verbose_name="who", related_name="+", on_delete=models.PROTECT
        )
        return {"history_user": person}

    def get_meta_options(self, model: type[models.Model]) -> dict[str, Any]:
        table, key = model._meta.db_table, model._meta.pk.attname
        return super().get_meta_options(model) | {
            "constraints": [
                models.CheckConstraint(
                    condition=~Q(history_change_reason=""), name=f"{table}_history_has_a_reason"
                )
            ],
            "indexes": [
                models.Index(fields=[key, "-history_date", "-history_id"], name=f"{table[:25]}_hrow"),
                models.Index(fields=["history_date"], name=f"{table[:25]}_hday"),
            ],
        }


def copy_rows(model: Any, keys: Sequence[int], said: Mapping[str, Any]) -> None:
    """Copies rows as they stand into their history, inside the database; ``said`` by column: who, why, when.

    By way of Python it takes many times as long, while others wait to write.
    """
    quoted, history = connection.ops.quote_name, model.history.model._meta
    known = {field.column: field for field in history.concrete_fields}
    own = [quoted(field.column) for field in model._meta.concrete_fields if field.column in known]
    values = [known[name].get_db_prep_save(value, connection) for name, value in said.items()]
    into = ", ".join([*own, *map(quoted, said)])
    chosen = ", ".join([*own, *["%s"] * len(said)])
    table, key = quoted(model._meta.db_table), quoted(model._meta.pk.column)
    copy = f"INSERT INTO {quoted(history.db_table)} ({into}) SELECT {chosen} FROM {table} WHERE {key} IN"  # noqa: S608
    with connection.cursor() as cursor:
        for start in range(0, len(keys), PORTION):
            part = keys[start : start + PORTION]
            cursor.execute(f"{copy} ({', '.join(['%s'] * len(part))}) ORDER BY {key}", [*values, *part])


RECENT = 1_000


def state_of(*tracked: type[models.Model]) -> str:
    """A word that changes with every change of these records: what to keep answers by. One query."""
    return hashlib.sha256(json.dumps(list(states_of(*tracked).values())).encode()).hexdigest()


def states_of(*tracked: type[models.Model]) -> dict[type[models.Model], tuple[str, ...]]:
    """What changes with every change of these records, for each of the models. One query.

    The newest history row does not show a change with a lower number that another connection committed
    later: the count of recent rows does. Where a load of many rows came in between it does not either, so
    PostgreSQL also says whose changes are under way. The time of recording tells a database restored from a
    backup.
    """
    with connection.cursor() as cursor:
        cursor.execute(_asking_states(tracked))
        found = [str(value) for value in cursor.fetchone()]
    under_way = found[3 * len(tracked) :]
    return {model: (*found[3 * nth : 3 * nth + 3], *under_way) for nth, model in enumerate(tracked)}


@lru_cache(maxsize=500)
def _asking_states(tracked: tuple[type[models.Model], ...]) -> str:
    parts = []
    for model in tracked:
        table = connection.ops.quote_name(model.history.model._meta.db_table)  # type: ignore[attr-defined]
        newest = f"SELECT MAX(history_id) FROM {table}"  # noqa: S608 (the name is the model's own)
        parts += [
            f"({newest})",
            f"(SELECT COUNT(*) FROM {table} WHERE history_id > ({newest}) - {RECENT})",  # noqa: S608
            f"(SELECT recorded FROM {table} ORDER BY history_id DESC LIMIT 1)",  # noqa: S608
        ]
    if connection.vendor == "postgresql":  # SQLite has one writer at a time
        parts.append(_under_way(tracked))
    return "SELECT " + ", ".join(parts)


def _under_way(tracked: tuple[type[models.Model], ...]) -> str:
    """The transactions that have written to these histories and not ended yet."""
    tables = [connection.ops.quote_name(model.history.model._meta.db_table) for model in tracked]  # type: ignore[attr-defined]
    named = ", ".join(f"'{table}'::regclass" for table in tables)
    return f"""(
        SELECT STRING_AGG(DISTINCT virtualtransaction, ' ') FROM pg_locks WHERE mode = 'RowExclusiveLock'
        AND database = (SELECT oid FROM pg_database WHERE datname = CURRENT_DATABASE())
        AND relation IN ({named})
    )"""  # noqa: S608 (the names are the models' own)

"""System checks of the roof: `manage.py check --database default` and every `migrate`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error
from django.db import connections

from programme.foundation.models import Clock
from programme.people.models import User


def check_production(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **_: Any
) -> list[CheckMessage]:
    """Names what production must not hold; before the first migration there is nothing to ask."""
    from . import startup

    needed = {User._meta.db_table, Clock._meta.db_table}
    return [
        Error(reason, id="portal.E001")
        for alias in databases or []
        if needed <= set(connections[alias].introspection.table_names())
        for reason in startup.unfit(alias)
    ]

"""Questions that every request asks, put into SQL once.

Django composes and compiles a queryset each time it is asked, which takes ten times as long as the database
needs for a handful of rows. What the person who asks may do is such a question.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

# Stand in a queryset for what is known only when it is asked; no row has them.
NUMBER, DAY, WORDS = 9_007_199_254_740_881, datetime.date(1066, 10, 14), "\ue000prepared\ue001"


class Prepared:
    """``Prepared(lambda: Thing.objects.filter(person=NUMBER).values_list("name"))({NUMBER: 7})``.

    The queryset is composed when it is first asked. Rows come as tuples of the database's own values: SQLite
    gives a day as words. Raises ``ValueError`` unless each stand-in of the queryset is given, and no other.
    """

    def __init__(self, compose: Callable[[], QuerySet[Any, Any]]) -> None:
        self.compose = compose
        self.sql = ""
        self.parameters: tuple[Any, ...] = ()
        self.stand_ins: set[Any] = set()
        self.is_composed = False

    def __call__(self, given: Mapping[Any, Any] | None = None) -> list[tuple[Any, ...]]:
        if not self.is_composed:
            self._compose()
        values = {_adapted(stand_in): _adapted(value) for stand_in, value in (given or {}).items()}
        if values.keys() != self.stand_ins:
            raise ValueError(f"This question needs {self.stand_ins or 'nothing'}.")
        if not self.sql:
            return []
        with connection.cursor() as cursor:
            cursor.execute(self.sql, [values.get(one, one) for one in self.parameters])
            return cursor.fetchall()

    def _compose(self) -> None:
        try:
            self.sql, self.parameters = self.compose().query.get_compiler(connection=connection).as_sql()
        except EmptyResultSet:  # nothing can answer it, so the database is not asked
            self.sql = ""
        self.stand_ins = {_adapted(one) for one in (NUMBER, DAY, WORDS)}.intersection(self.parameters)
        self.is_composed = True


def _adapted(value: Any) -> Any:
    return connection.ops.adapt_datefield_value(value) if isinstance(value, datetime.date) else value

"""What the database answered, kept until a table that was asked changes.

The count of a register, and the names that a filter offers, are asked again with each page of a list, each
order and each visit, and change only with a record. A governed table cannot change without a new row in its
history, so an answer of such tables alone holds as long as these histories end where they ended.
"""

from __future__ import annotations

import datetime
import re
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping, Sequence
from contextlib import suppress
from decimal import Decimal
from functools import cached_property, lru_cache, partial, wraps
from typing import Any, Generic, TypeVar

from django.apps import apps
from django.core.exceptions import EmptyResultSet
from django.db import models

from .history_tables import states_of

Answer = TypeVar("Answer")
Composed = TypeVar("Composed", bound=models.QuerySet)
Rows = list[tuple[Any, ...]]
State = tuple[tuple[str, ...], ...]
States = Mapping[type[models.Model], tuple[str, ...]]
NAMES = re.compile(r'"(\w+)"')
CHANGES_BY_ITSELF = re.compile(
    r"""'NOW'|(?<!")\b(?:RAND(?:OM)?\(|NOW\(|CURRENT_(?:DATE|TIME)|\w+_TIMESTAMP\(|GEN_RANDOM_)""",
    re.IGNORECASE,
)
# Values that are wholly known by how they are written; the adapters of PostgreSQL shorten what is long.
MOMENTS = (datetime.date, datetime.time, datetime.timedelta)
WRITTEN_WHOLE = (str, bytes, int, float, Decimal, type(None), *MOMENTS)
MOST, MOST_READERS, LONGEST = 500, 50, 1_000


class Answers(Generic[Answer]):
    """The last ``most`` answers that were asked for, each with the state in which it holds.

    Several threads of a web process ask at once.
    """

    def __init__(self, most: int) -> None:
        self.most = most
        self._held: OrderedDict[Hashable, tuple[Hashable, Answer]] = OrderedDict()
        self._one_at_a_time = threading.Lock()

    def answer(self, question: Hashable, state: Hashable, work: Callable[[], Answer]) -> Answer:
        """What ``work`` gave for this question in this state."""
        with self._one_at_a_time:
            held = self._held.get(question)
            if held is not None and held[0] == state:
                self._held.move_to_end(question)
                return held[1]
        answer = work()  # two who ask at once both work it out, and neither waits for the other
        with self._one_at_a_time:
            self._held[question] = state, answer
            self._held.move_to_end(question)
            if len(self._held) > self.most:
                self._held.popitem(last=False)
        return answer


_COUNTS: Answers[int] = Answers(MOST)
_PAGES: Answers[list[Any]] = Answers(MOST)
_ROWS: Answers[Rows] = Answers(MOST)


def composed_once(compose: Callable[[Any], Composed]) -> Callable[[Any], Composed]:
    """Keeps the queryset that ``compose`` gives for a person as long as their ``vantage`` is the same.

    Putting together what somebody may read takes longer than asking it. For querysets that depend on nothing
    else, not on the day either.
    """
    kept: Answers[Composed] = Answers(MOST_READERS)

    @wraps(compose)
    def composed(user: Any) -> Composed:
        return kept.answer(user.pk, user.vantage, lambda: compose(user)).all()

    return composed


class Question:
    """A queryset as the database is asked it, and the governed tables on which its answer rests alone."""

    def __init__(self, rows: models.QuerySet) -> None:
        self.rows, self.words = rows, ""
        self.tables: tuple[type[models.Model], ...] = ()
        with suppress(EmptyResultSet):  # then nothing can answer it, and the database is not asked either
            sql, values = rows.query.sql_with_params()
            self.words = f"{sql} {values}"
            if all(isinstance(value, WRITTEN_WHOLE) for value in values):
                self.tables = _governed(sql)

    def state(self, states: States) -> State:
        return tuple(states[table] for table in self.tables)


class Register:
    """A long list as the database is asked it: how many rows there are, and which stand on a page.

    One query while nothing changed, which reads no row, however the list is filtered and sorted; and one for
    the rows of the page, by their keys.
    """

    def __init__(self, rows: models.QuerySet) -> None:
        self.rows = rows
        self._keys = Question(rows.values("pk"))

    @cached_property
    def _state(self) -> State:
        return self._keys.state(_states([self._keys]))

    @cached_property
    def count(self) -> int:
        if not self._keys.tables:
            return self.rows.count()
        return _COUNTS.answer(self._keys.words, self._state, self.rows.count)

    def page(self, first: int, last: int) -> list[Any]:
        """The rows from place ``first`` up to ``last``, counted from nought."""
        if not self._keys.tables:
            return list(self.rows[first:last])
        asked = self.rows.values_list("pk", flat=True)[first:last]
        keys = _PAGES.answer((self._keys.words, first, last), self._state, lambda: list(asked))
        found = {row.pk: row for row in self.rows.filter(pk__in=keys).order_by()}
        return [found[key] for key in keys if key in found]


def read(questions: Sequence[Question]) -> list[Rows]:
    """The rows of each ``values_list``, a few hundred of them. One query for all while nothing changed."""
    states = _states(questions)
    return [
        list(_ROWS.answer(one.words, one.state(states), partial(_read, one))) if one.tables else _read(one)
        for one in questions
    ]


def _read(question: Question) -> Rows:
    return list(question.rows.all())  # of a copy, so that a question kept for later holds no rows


def _states(questions: Sequence[Question]) -> States:
    tables = dict.fromkeys(table for one in questions for table in one.tables)
    return states_of(*tables) if tables else {}


@lru_cache(maxsize=LONGEST)
def _governed(sql: str) -> tuple[type[models.Model], ...]:
    """The models whose histories tell of every change to what is asked; none where they do not tell of all.

    What an answer rests on is read from the question itself, so that no table can be forgotten.
    """
    if CHANGES_BY_ITSELF.search(sql):
        return ()
    known = {model._meta.db_table: model for model in apps.get_models(include_auto_created=True)}
    named = [known[name] for name in sorted({*NAMES.findall(sql)} & known.keys())]
    governed = [getattr(model, "history", None) and model for model in named]
    return tuple(model for model in governed if model) if all(governed) else ()

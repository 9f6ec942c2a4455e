"""Answers worked out from many records, kept until one of these changes.

People who see the same share an answer. It is as safe as working it out: what decides what somebody sees is
part of the question, and so is the day. Where things lie decides it too: a project that moves to another
workstream takes what is exempt of it away from those who led the old one.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import cached_property
from typing import Any, Generic, TypeVar

from django.core.exceptions import EmptyResultSet

from programme.foundation import calendar
from programme.foundation.history_tables import state_of
from programme.foundation.kept_answers import Answers
from programme.people.models import Scope, User

Answer = TypeVar("Answer")
MOST_ANSWERS, NOT_ASKED = 200, object()


class Kept(Generic[Answer]):
    """At most ``most`` answers that rest on the records of ``read``, of which each person sees some."""

    def __init__(self, *read: Any, most: int = 12) -> None:
        self.read = read
        self.rests_on = tuple(dict.fromkeys((Scope, *read)))
        self._answers: Answers[Answer] = Answers(most)

    def answer(self, user: User, question: Hashable, work: Callable[[], Answer]) -> Answer:
        """What ``work`` gave when nothing else stood in the records. One query while nothing changed."""
        seen = (sight(model.objects.visible_to(user)) for model in self.read)
        return self.answer_seen((question, *seen), work)

    def answer_seen(self, question: Hashable, work: Callable[[], Answer]) -> Answer:
        """The same for a question that says itself what is seen, such as the ``sight`` of all it reads."""
        return self._answers.answer(question, (state_of(*self.rests_on), calendar.today()), work)


class AnswersOnce:
    """A reading that keeps what was worked out from it as long as it is kept itself.

    Several threads ask at once: what one of them forgets, another must still be able to give.
    """

    @cached_property
    def _answers(self) -> dict[Hashable, Any]:
        return {}

    def once(self, question: Hashable, answer: Callable[[], Any]) -> Any:
        """The answer to a question about the reading, worked out again only for another reading."""
        found = self._answers.get(question, NOT_ASKED)
        if found is NOT_ASKED:
            found = answer()
            if len(self._answers) >= MOST_ANSWERS:
                self._answers.clear()
            self._answers[question] = found
        return found


def sight(rows: Any) -> str:
    """The condition that decides which rows are seen."""
    try:
        sql, values = rows.order_by().query.sql_with_params()
    except EmptyResultSet:
        return "nothing"
    return f"{sql} {values}"

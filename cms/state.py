"""What news is drawn from, as one class of readers sees it: one question of the database each."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple, cast

from django.db.models import Count, Max, Value

from programme.foundation.prepared import WORDS, Prepared
from programme.people.models import User
from programme.portfolio.models import Workstream

from .models import NewsPage

OF_A_PAGE = (
    "pk",
    "title",
    "date",
    "introduction",
    "illustrative",
    "live_revision",
    "last_published_at",
    "workstream__slug",
    "workstream__name",
)


class Reader(NamedTuple):
    """Somebody of whom only the permissions are known.

    Who has the same permissions shares questions and drawings. Should a rule of who sees what ever ask for
    more than a permission, it finds nothing to ask here and fails, and nobody is shown another's news.
    """

    permissions: frozenset[str]

    def has_perm(self, permission: str) -> bool:
        return permission in self.permissions


class State:
    """What one class of readers sees of news."""

    def __init__(self, reader: Reader) -> None:
        user = cast(User, reader)
        news = NewsPage.objects.visible_to(user).order_by()
        one = news.filter(slug=WORDS).values_list(*OF_A_PAGE)
        newest = Count("pk"), Max("live_revision"), Max("last_published_at")
        every = news.annotate(all=Value(1)).values_list("all").annotate(*newest)
        workstreams = Workstream.objects.visible_to(user).order_by("pk").values_list("pk", "slug", "name")
        self.one, self.every = Prepared(lambda: one), Prepared(lambda: every)
        self.workstreams = Prepared(lambda: workstreams)

    def of_page(self, slug: str) -> list[Any]:
        """The published page at this address with its revision and workstream; nothing if they see none."""
        return self.one({WORDS: slug})

    def of_list(self) -> tuple[list[Any], list[Any]]:
        """How many pages there are, what was published last, and what the workstreams are called."""
        return self.every(), self.workstreams()


@lru_cache(maxsize=200)
def _of_class(permissions: frozenset[str]) -> State:
    return State(Reader(permissions))


def seen_by(user: User) -> State:
    """What ``user`` sees. Asked on every request, so put together once for each class of readers."""
    return _of_class(user.standing.permissions)

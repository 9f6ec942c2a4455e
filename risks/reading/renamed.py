"""What people, categories and places are called and were called, for a file that was written before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from programme.people.choices import ScopeKind
from programme.people.classification import visible
from programme.people.models import Profile, Scope, User
from programme.portfolio.models import Project

from ..models import RiskCategory
from ..offline.renamed import Names, as_named


def names(
    user: User,
    people: Sequence[User],
    categories: Sequence[RiskCategory],
    places: Sequence[Scope],
    offered: dict[str, frozenset[int]],
) -> Names:
    """Of the records that are given: those that ``user`` may know of. Four queries."""
    today = {
        "owner": {one.pk: one.post for one in people},
        "category": {one.pk: one.name for one in categories},
        "scope": {one.pk: one.name for one in places},
    }
    then: dict[str, Any] = {
        "owner": Profile.history.values_list("user", "post"),
        "category": RiskCategory.history.values_list("id", "name"),
        "scope": Scope.history.exclude(kind=ScopeKind.PROJECT).values_list("id", "name"),
    }
    before = {
        column: [(key, name) for key, name in rows.order_by().distinct() if key in today[column]]
        for column, rows in then.items()
    }
    # A project of the time when its class let the reader know of it.
    projects = Project.history.filter(visible(user, scope="scope")).values_list("scope", "ref", "name")
    known = (one for one in projects.order_by().distinct() if one[0] in today["scope"])
    before["scope"] += [(key, f"{ref} {name}") for key, ref, name in known]
    return Names(
        {column: _bearers(known.items()) for column, known in today.items()},
        {column: _bearers(pairs) for column, pairs in before.items()},
        offered,
    )


def _bearers(pairs: Iterable[tuple[int, str]]) -> dict[str, frozenset[int]]:
    found: dict[str, frozenset[int]] = {}
    for key, name in pairs:
        plain = as_named(name)
        found[plain] = found.get(plain, frozenset()) | {key}
    return found

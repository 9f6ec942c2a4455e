"""Who may know of records of risks and issues."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import Any, Self

from django.db.models import Q

from programme.foundation.history import TrackedQuerySet
from programme.people.classification import EVERYTHING, NOTHING, ClassifiedQuerySet, visible
from programme.people.grants import GRANTS
from programme.people.models import User

KEEPS = "risks.change_risk"


def seen_with(user: User, *, record: str = "", own: Q | None = None) -> Q:
    """The condition for rows that hang on a classified ``record`` (a prefix such as ``"risk__"``).

    Whoever is named as the owner of a risk or an issue knows of that one, exempt or not: ``own`` where the
    rows do not say themselves who that is.
    """
    if not user.has_perm("risks.view_risks"):
        return NOTHING
    seen = visible(user, scope=f"{record}scope", prefix=record)
    if seen == EVERYTHING or KEEPS not in user.standing.on_own:
        return seen
    return seen | (own or Q(**{f"{record}owner": user.pk}))


def owned_today(record: Any, user: User) -> bool:
    """Whether the record is this person's own, whoever owned it when it stood as this copy has it."""
    if KEEPS not in user.standing.on_own:
        return False
    if hasattr(record, "history_row"):
        return bool(type(record).objects.filter(pk=record.pk, owner=user.pk).exists())
    return bool(record.owner_id == user.pk)


class RegisterQuerySet(ClassifiedQuerySet):
    """Risks and issues are read from the working pages only, never by staff."""

    def visible_to(self, user: User) -> Self:
        return self.filter(seen_with(user))

    def stood_seen_by(self, user: User) -> Q:
        """The condition for rows of their history: by the class of then, and by who owns them today."""
        return seen_with(user, own=Q(id__in=self.filter(owner=user.pk).order_by().values("pk")))

    def kept_by(self, user: User) -> Self:
        """Those that this person keeps: in a place where a role of theirs allows it, or their own."""
        roles = user.standing.roles.items()
        places = [place for place, held in roles if any(KEEPS in GRANTS[role] for role in held)]
        paths = ("scope", "scope__parent", "scope__parent__parent")
        kept = reduce(or_, (Q(**{f"{path}__in": places}) for path in paths))
        return self.filter(kept | Q(owner=user.pk) if KEEPS in user.standing.on_own else kept)


class OfRiskQuerySet(TrackedQuerySet):
    """Records that are seen by whoever sees their risk."""

    def visible_to(self, user: User) -> Self:
        return self.filter(seen_with(user, record="risk__"))


class RuledQuerySet(TrackedQuerySet):
    """What is settled for all risks: seen by whoever reads the register."""

    def visible_to(self, user: User) -> Self:
        return self if user.has_perm("risks.view_risks") else self.none()

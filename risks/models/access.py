"""Who may know of records of risks and issues."""

from __future__ import annotations

from typing import Self

from django.db.models import Q

from programme.foundation.history import TrackedQuerySet
from programme.people.choices import Role
from programme.people.classification import EVERYTHING, NOTHING, ClassifiedQuerySet, visible
from programme.people.models import User


def seen_with(user: User, *, record: str = "") -> Q:
    """The condition for rows that hang on a classified ``record`` (a prefix such as ``"risk__"``).

    A risk's owner, in the role of one, reads what is exempt of their own.
    """
    if not user.has_perm("risks.view_risks"):
        return NOTHING
    seen = visible(user, scope=f"{record}scope", prefix=record)
    if seen == EVERYTHING or not user.standing.holds(Role.RISK_OWNER):
        return seen
    return seen | Q(**{f"{record}owner": user.pk})


class RegisterQuerySet(ClassifiedQuerySet):
    """Risks and issues are read from the working pages only, never by staff."""

    def visible_to(self, user: User) -> Self:
        return self.filter(seen_with(user))


class OfRiskQuerySet(TrackedQuerySet):
    """Records that are seen by whoever sees their risk."""

    def visible_to(self, user: User) -> Self:
        return self.filter(seen_with(user, record="risk__"))


class RuledQuerySet(TrackedQuerySet):
    """What is settled for all risks: seen by whoever reads the register."""

    def visible_to(self, user: User) -> Self:
        return self if user.has_perm("risks.view_risks") else self.none()

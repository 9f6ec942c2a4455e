"""What waits for people in the register by a day: reviews, actions, acceptances that run out soon."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from programme.people.choices import Classification
from programme.people.models import User

from ..models import Acceptance, Risk, RiskAction
from ..rules.reminding import ACCEPTANCE_AHEAD

REVIEW, ACTION, ACCEPTANCE = "review", "action", "acceptance"


@dataclass(frozen=True)
class Waiting:
    """One thing that waits for its owner. ``since`` is the day from which it is told, ``day`` what it says.

    ``words`` are the risk's title or what is to be done; empty where the risk is exempt, because a message
    leaves the portal.
    """

    kind: str
    risk: int
    ref: str
    words: str
    day: datetime.date
    since: datetime.date


def waiting(today: datetime.date) -> dict[int, list[Waiting]]:
    """By the number of the person, whether or not they may see it. Three queries, however many risks."""
    found: dict[int, list[Waiting]] = defaultdict(list)
    for owner, one in (*_reviews(today), *_actions(today), *_acceptances(today)):
        found[owner].append(one)
    return dict(found)


def seen_of(person: User, things: Iterable[Waiting]) -> list[Waiting]:
    """Those whose risks the person may see today, the longest waiting first within each kind."""
    things = list(things)
    risks = Risk.objects.visible_to(person).order_by().filter(pk__in={one.risk for one in things})
    seen = set(risks.values_list("pk", flat=True))
    return sorted((one for one in things if one.risk in seen), key=lambda one: (one.day, one.ref, one.words))


def _reviews(today: datetime.date) -> Iterable[tuple[int, Waiting]]:
    due = Risk.objects.standing().filter(review_due__lte=today, owner__isnull=False).order_by()
    rows = due.values_list("owner", "pk", "ref", "title", "review_due", "classification")
    for owner, pk, ref, title, day, kept in rows:
        assert day is not None  # noqa: S101 (one that is due has a day)
        yield owner, Waiting(REVIEW, pk, ref, _told(title, kept), day, day)


def _actions(today: datetime.date) -> Iterable[tuple[int, Waiting]]:
    due = RiskAction.objects.of_standing_risks().not_done().filter(due__lte=today).order_by()
    rows = due.values_list("owner", "risk", "risk__ref", "what", "due", "risk__classification")
    for owner, risk, ref, what, day, kept in rows:
        yield owner, Waiting(ACTION, risk, ref, _told(what, kept), day, day)


def _acceptances(today: datetime.date) -> Iterable[tuple[int, Waiting]]:
    """Those that run out soon, for the risk's owner; once run out, the risk itself is due for review."""
    soon = Acceptance.objects.in_force(today).filter(
        expires__lte=today + ACCEPTANCE_AHEAD, risk__owner__isnull=False, risk__withdrawn=False
    )
    rows = soon.order_by().values_list(
        "risk__owner", "risk", "risk__ref", "risk__title", "accepted_on", "expires", "risk__classification"
    )
    for owner, risk, ref, title, accepted, day, kept in rows:
        since = max(accepted, day - ACCEPTANCE_AHEAD)
        yield owner, Waiting(ACCEPTANCE, risk, ref, _told(title, kept), day, since)


def _told(words: str, classification: str) -> str:
    return "" if classification == Classification.EXEMPT else " ".join(words.split())

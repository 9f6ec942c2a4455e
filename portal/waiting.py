"""What waits for one person, most urgent first: the first thing home says."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Count, Exists, OuterRef, Q

from benefits.choices import ClaimStatus
from benefits.models import Benefit, Claim
from benefits.models.claim import WITHOUT_CASH
from benefits.reading.agreed import moved
from programme.foundation import calendar
from programme.people.choices import Role
from programme.people.models import Appointment, User
from programme.plan.models import Activity
from programme.portfolio.models import Project

from .models import Pack, PackOpening

MOST = 5  # of one kind, so that one kind does not bury the others


@dataclass(frozen=True)
class Waiting:
    """One thing to do: what, where, and a word on it."""

    label: str
    url: str
    meta: str


def waiting_for(user: User, unexplained: int = 0) -> list[Waiting]:
    """Everything that waits for ``user``; empty when nothing does. At most seven queries, and two more where
    the baseline of a measure has moved that finance agreed.

    ``unexplained`` is the number of reconciliations that are open, which home counts anyway.
    """
    return [
        *_confirmations(user),
        *_claims(user),
        *_departed(user),
        *_unread_pack(user),
        *_unexplained(user, unexplained),
        *_overdue(user),
        *_benefits_lacking(user),
        *_without_stage(user),
    ]


def _confirmations(user: User) -> Iterator[Waiting]:
    for one in Appointment.objects.waiting_for(user)[:MOST]:
        yield Waiting(
            f"Confirm {one.person} as {one}",
            f"/people/appointments/{one.pk}/confirm/",
            "Has no effect before",
        )


def _unread_pack(user: User) -> Iterator[Waiting]:
    """The newest pack, until this person has opened it in any form."""
    if not user.standing.reads_all_exempt or user.standing.holds(Role.PROGRAMME_MANAGER):
        return
    opened = PackOpening.objects.filter(pack=OuterRef("pk"), person=user)
    newest = Pack.objects.visible_to(user).annotate(read=Exists(opened)).exclude(issued_by=user).first()
    if newest and not newest.read:
        yield Waiting(
            f"Read the pack as at {calendar.in_words(newest.as_at)}",
            newest.get_absolute_url(),
            f"version {newest.version}",
        )


def _keeps(user: User, path: str) -> Q:
    """Records of the scopes that this person keeps as lead, project manager or programme office."""
    own = [
        key
        for key, roles in user.standing.roles.items()
        if roles & {Role.WORKSTREAM_LEAD, Role.PROJECT_MANAGER, Role.PROGRAMME_MANAGER}
    ]
    paths = (path, f"{path}__parent", f"{path}__parent__parent")
    return reduce(or_, (Q(**{f"{one}__in": own}) for one in paths))


def _overdue(user: User) -> Iterable[Waiting]:
    if not user.has_perm("plan.change_plan"):
        return
    day = calendar.today()
    late = Activity.objects.visible_to(user).live().not_done().filter(_keeps(user, "project__scope"))
    for one in late.filter(forecast_finish__lt=day).order_by("forecast_finish")[:MOST]:
        yield Waiting(f"Say what happened: {one.name}", one.get_absolute_url(), _since(one.forecast_finish))


def _since(day: datetime.date) -> str:
    return f"was forecast for {calendar.in_words(day)}"


def _without_stage(user: User) -> Iterator[Waiting]:
    if not user.has_perm("portfolio.change_project"):
        return
    blank = Project.objects.visible_to(user).live().filter(_keeps(user, "scope"), stage="")
    for one in blank.order_by("ref")[:MOST]:
        yield Waiting(f"Say the stage of {one.ref}", one.get_absolute_url(), one.name)


# What of the claims waits for whom: words for one and for many, address and a word on it, by permission.
CLAIMS = {
    "benefits.verify": (
        ("claim waits for you", "claims wait for you"),
        "/benefits/claims/",
        "Verify or send back",
    ),
    "benefits.confirm_without_cash": (
        ("claim without cash waits for you", "claims without cash wait for you"),
        "/benefits/claims/?status=office",
        "Confirm against the measure or send back",
    ),
    "benefits.claim": (
        ("claim was sent back to you", "claims were sent back to you"),
        "/benefits/claims/?status=sent_back",
        "Put right and claim again",
    ),
}


def _claims(user: User) -> Iterator[Waiting]:
    """Claims for finance to verify, for the programme office to confirm, for their makers to put right."""
    asked = [permission for permission in CLAIMS if user.has_perm(permission)]
    if not asked:
        return
    others = Q(status=ClaimStatus.SUBMITTED) & ~Q(claimed_by=user.pk)
    mine = Q(claimed_by=user.pk) | Q(line__benefit__owner=user.pk)
    conditions = {
        "benefits.verify": others & ~WITHOUT_CASH,
        "benefits.confirm_without_cash": others & WITHOUT_CASH,
        "benefits.claim": mine & Q(status=ClaimStatus.SENT_BACK),
    }
    counts = {one.replace(".", "_"): Count("pk", filter=conditions[one]) for one in asked}
    found = Claim.objects.visible_to(user).live().order_by().aggregate(**counts)
    for permission, number in zip(asked, found.values(), strict=True):
        (one, many), url, meta = CLAIMS[permission]
        if number:
            yield Waiting(f"{number:,} {one if number == 1 else many}", url, meta)


def _unexplained(user: User, number: int) -> Iterator[Waiting]:
    if number and user.has_perm("benefits.sign_off_residual"):
        words = "reconciliation is" if number == 1 else "reconciliations are"
        meta = "Find what explains them, or sign off what is left"
        yield Waiting(f"{number:,} {words} unexplained", "/benefits/reconciliation/", meta)


def _departed(user: User) -> Iterator[Waiting]:
    """Benefits whose measure no longer says what finance agreed."""
    if user.has_perm("benefits.agree_method") and (number := len(moved(user))):
        words = "baseline has" if number == 1 else "baselines have"
        url = "/benefits/list/benefits/?departed=true"
        yield Waiting(f"{number:,} agreed {words} changed", url, "Agree it anew, or take the agreement back")


def _benefits_lacking(user: User) -> Iterator[Waiting]:
    """What their keeper has still to say of benefits: who answers for them, and what shows that they came."""
    if not user.has_perm("benefits.change_benefit"):
        return
    lacking = {"owner": "owned", "measure": "measured"}
    mine = Benefit.objects.visible_to(user).live().kept_by(user)
    counts = {name: Count("pk", filter=Q(**{f"{name}__isnull": True})) for name in lacking}
    for name, number in mine.order_by().aggregate(**counts).items():
        if number:
            words = "benefit has" if number == 1 else "benefits have"
            url = f"/benefits/list/benefits/?kept=true&{lacking[name]}=false"
            yield Waiting(f"{number:,} {words} no {name}", url, "A live benefit needs one")

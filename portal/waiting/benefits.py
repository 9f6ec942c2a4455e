"""Claims, reconciliations, agreements and what benefits lack, for whoever settles each."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count, Q

from benefits.choices import ClaimStatus
from benefits.models import Benefit, Claim
from benefits.models.claim import WITHOUT_CASH
from benefits.reading.agreed import moved
from programme.people.models import User

from .item import Waiting, counted

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
        "Put right and claim again, or withdraw",
    ),
}


def claims(user: User) -> Iterator[Waiting]:
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
        words, url, meta = CLAIMS[permission]
        if number:
            yield Waiting(counted(number, *words), url, meta)


def unexplained(user: User, number: int) -> Iterator[Waiting]:
    if number and user.has_perm("benefits.sign_off_residual"):
        words = counted(number, "reconciliation is", "reconciliations are")
        meta = "Find what explains them, or sign off what is left"
        yield Waiting(f"{words} unexplained", "/benefits/reconciliation/", meta)


def departed(user: User) -> Iterator[Waiting]:
    """Benefits whose measure no longer says what finance agreed."""
    if user.has_perm("benefits.agree_method") and (number := len(moved(user))):
        words = counted(number, "agreed baseline has", "agreed baselines have")
        url = "/benefits/list/benefits/?departed=true"
        yield Waiting(f"{words} changed", url, "Agree it anew, or take the agreement back")


def lacking(user: User) -> Iterator[Waiting]:
    """What their keeper has still to say of benefits: who answers for them, and what shows that they came."""
    if not user.has_perm("benefits.change_benefit"):
        return
    asked = {"owner": "owned", "measure": "measured"}
    mine = Benefit.objects.visible_to(user).live().kept_by(user)
    counts = {name: Count("pk", filter=Q(**{f"{name}__isnull": True})) for name in asked}
    for name, number in mine.order_by().aggregate(**counts).items():
        if number:
            words = counted(number, "benefit has", "benefits have")
            url = f"/benefits/list/benefits/?kept=true&{asked[name]}=false"
            yield Waiting(f"{words} no {name}", url, "A live benefit needs one")

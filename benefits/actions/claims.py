"""Claims: make, change, verify, confirm, send back, withdraw."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from programme.foundation import calendar
from programme.foundation.money import FinancialYear
from programme.people.models import User
from programme.portfolio.references import numbered

from ..choices import ClaimStatus
from ..closing import closed_years, hold_years
from ..models import BenefitLine, Claim
from ..rules import claiming, evidence

# What whoever claims says, and may put right until it is verified.
CHANGEABLE = {"year", "amount", "words", "evidence_link", "evidence_file"}
NEWEST = 20


@transaction.atomic
def claim(*, line: BenefitLine, year: FinancialYear, by: User, reason: str, **facts: Any) -> Claim:
    """Claims what a line brought in a year, in pounds, with its evidence. It waits for finance then.

    It takes the next free reference, ``CL-0001``. Raises ``ValidationError`` at the field that is wrong.
    """
    return _write(Claim(line=line, year=year, booked=year, claimed_by=by), by=by, reason=reason, **facts)


@transaction.atomic
def correct(claim: Claim, *, amount: Decimal, by: User, reason: str, **facts: Any) -> Claim:
    """Claims by how much what was verified is wrong, in pounds: less is negative.

    The correction is entered in the year itself while that is open, else in today's, and waits for finance
    like any claim. Raises ``ValidationError``.
    """
    hold_years()
    if claim.corrects is not None:
        raise ValidationError(f"{claim.ref} is a correction itself: correct {claim.corrects.ref}.")
    booked = claiming.booked_in(claim.year, closed=closed_years(), today=calendar.today())
    new = Claim(line=claim.line, year=claim.year, booked=booked, corrects=claim, claimed_by=by)
    return _write(new, by=by, reason=reason, amount=amount, **facts)


@transaction.atomic
def claim_again(claim: Claim, *, by: User, reason: str, **facts: Any) -> Claim:
    """Puts a claim right that was sent back or still waits; it waits for finance then.

    Raises ``ValidationError`` or ``Stale``.
    """
    hold_years()
    _refuse_move(claim, ClaimStatus.SUBMITTED)
    if words := claiming.locked_problem(claim, closed_years()):
        raise ValidationError(words)
    unknown = set(facts) - CHANGEABLE
    if unknown:
        raise ValidationError(f"These are not changed here: {', '.join(sorted(unknown))}.")
    _fill(claim, facts)
    if claim.corrects_id is None:
        claim.booked = claim.year
    _refuse_problems(claim)
    claim.status, claim.claimed_by, claim.verdict = ClaimStatus.SUBMITTED, by, ""
    return claim.record(by=by, reason=reason)


@transaction.atomic
def verify(
    claim: Claim,
    *,
    full_year: Decimal | None = None,
    cash: Decimal | None = None,
    budget_code: str = "",
    words: str = "",
    by: User,
    reason: str,
) -> Claim:
    """Finance's word that the money is there: it counts as delivered from now on. Pounds.

    Raises ``ValidationError`` for what releases no cash, for one's own claim, for missing evidence or
    figures and for a closed year; ``Stale``.
    """
    if claiming.without_cash(claim.line):
        raise ValidationError("This releases no cash: the programme office confirms it against the measure.")
    return _settle(claim, claiming.Verdict(full_year, cash, budget_code, words), by=by, reason=reason)


@transaction.atomic
def confirm(claim: Claim, *, words: str, by: User, reason: str) -> Claim:
    """The programme office's word that the measure shows it. No pounds are delivered by it.

    Raises what :func:`verify` raises, and ``ValidationError`` for what does release cash.
    """
    if not claiming.without_cash(claim.line):
        raise ValidationError("This releases cash: finance verifies it.")
    return _settle(claim, claiming.Verdict(words=words), by=by, reason=reason)


@transaction.atomic
def send_back(claim: Claim, *, by: User, reason: str) -> Claim:
    """Back to whoever claimed it, with what is missing. Raises ``ValidationError`` or ``Stale``."""
    _refuse_move(claim, ClaimStatus.SENT_BACK)
    claim.status, claim.verdict = ClaimStatus.SENT_BACK, reason
    return claim.record(by=by, reason=reason)


@transaction.atomic
def withdraw(claim: Claim, *, by: User, reason: str) -> Claim:
    """Takes back a claim that is not verified; it stays in history. Raises ``ValidationError``, ``Stale``."""
    _refuse_move(claim, ClaimStatus.WITHDRAWN)
    claim.status = ClaimStatus.WITHDRAWN
    return claim.record(by=by, reason=reason)


def _write(new: Claim, *, by: User, reason: str, **facts: Any) -> Claim:
    hold_years()
    _fill(new, facts)
    _refuse_problems(new)

    def write(reference: str) -> Claim:
        new.ref = reference
        return new.record(by=by, reason=reason)

    def taken() -> Iterable[str]:
        return Claim.objects.order_by("-pk").values_list("ref", flat=True)[:NEWEST]

    return numbered(write, stem="CL-", taken=taken, width=4)


def _fill(claim: Claim, facts: dict[str, Any]) -> None:
    """Sets what is given. A new file brings its own name; without one the file that is there stays."""
    upload = facts.pop("evidence_file", None)
    for field, value in facts.items():
        setattr(claim, field, value)
    if upload:
        claim.evidence_file, claim.evidence_name = upload, evidence.safe_name(upload.name)
    if claim.amount is None:
        claim.amount = claiming.NOTHING


def _settle(claim: Claim, verdict: claiming.Verdict, *, by: User, reason: str) -> Claim:
    hold_years()
    _refuse_move(claim, ClaimStatus.VERIFIED)
    _refuse_own(claim, by)
    measured = claim.line.benefit.measure_id is not None
    closed = closed_years()
    if found := claiming.verdict_problems(claim, claim.line, verdict, closed=closed, measured=measured):
        raise ValidationError(found)
    kept = claiming.settled(claim.line, verdict)
    _refuse_taking_back_more(claim, kept.full_year)
    claim.full_year, claim.cash, claim.budget_code = kept.full_year, kept.cash, kept.budget_code
    claim.verdict, claim.verified_by, claim.status = kept.words, by, ClaimStatus.VERIFIED
    return claim.record(by=by, reason=reason)


def _refuse_problems(claim: Claim) -> None:
    corrected: Any = claim.corrects
    found = claiming.problems(
        claim,
        claim.line,
        corrects=corrected,
        standing=_standing(corrected) if corrected else None,
        closed=closed_years(),
        today=calendar.today(),
    )
    if claim.line.benefit.withdrawn:
        found["line"] = "This benefit is withdrawn: nothing can be claimed for it."
    if found:
        raise ValidationError(found)


def _refuse_taking_back_more(claim: Claim, full_year: Decimal | None) -> None:
    """Another correction may have been verified since this one was claimed."""
    corrected: Any = claim.corrects
    if corrected is None or full_year is None:
        return
    if words := claiming.taken_back_problem(full_year, corrected.ref, _standing(corrected)):
        raise ValidationError({"full_year": words})


def _standing(corrected: Claim) -> Decimal:
    """What is verified of a claim with its corrections, in pounds."""
    parts = [corrected, *Claim.objects.verified().filter(corrects=corrected)]
    return sum((one.full_year or claiming.NOTHING for one in parts), claiming.NOTHING)


def _refuse_move(claim: Claim, to: ClaimStatus) -> None:
    if words := claiming.move_problem(claim, to):
        raise ValidationError(words)


def _refuse_own(claim: Claim, by: User) -> None:
    """Whoever ever claimed it does not verify it, also where somebody else sent it in again."""
    claimed = claim.history.filter(status=ClaimStatus.SUBMITTED, history_user=by)
    if claim.claimed_by_id == by.pk or claimed.exists():
        raise ValidationError("You claimed this yourself: somebody else verifies it.")

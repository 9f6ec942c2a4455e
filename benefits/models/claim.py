from __future__ import annotations

import hashlib
import secrets
from typing import Any, Self

from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.db import models
from django.db.models import Q

from programme.foundation.history import Tracked
from programme.foundation.money import FinancialYearField, MoneyField
from programme.people.models import User

from ..choices import BUDGET_CODE, REFERENCE, Category, ClaimStatus, Kind
from ..rules.claiming import without_cash
from .budget import BudgetQuerySet
from .line import BenefitLine, OfLineQuerySet


def evidence_storage() -> FileSystemStorage:
    """Files that only a view which asks for permission serves: outside what the web server reads."""
    return FileSystemStorage(
        settings.EVIDENCE_ROOT, file_permissions_mode=0o600, directory_permissions_mode=0o700
    )


def evidence_name(claim: Any, name: str) -> str:
    """Where a file is kept: the name says nothing but its SHA-256, so that history holds the file to it."""
    digest = hashlib.sha256()
    for chunk in claim.evidence_file.chunks():
        digest.update(chunk)
    return f"{digest.hexdigest()}-{secrets.token_hex(8)}"


# What the programme office confirms against the measure, since it releases no cash (see claiming.py).
WITHOUT_CASH = Q(line__kind=Kind.EFFICIENCY_WITHOUT_CASH) | Q(line__category=Category.NON_FINANCIAL)


class ClaimQuerySet(OfLineQuerySet):
    def waiting(self) -> Self:
        """Those that nobody has verified, confirmed or sent back yet."""
        return self.live().filter(status=ClaimStatus.SUBMITTED)

    def waiting_for_finance(self) -> Self:
        return self.waiting().exclude(WITHOUT_CASH)

    def waiting_for_office(self) -> Self:
        """Those that release no cash: the programme office confirms them."""
        return self.waiting().filter(WITHOUT_CASH)

    def sent_back_to(self, user: User) -> Self:
        """Those that wait for this person, who claimed them or owns the benefit."""
        mine = Q(claimed_by=user.pk) | Q(line__benefit__owner=user.pk)
        return self.live().filter(mine, status=ClaimStatus.SENT_BACK)

    def verified(self) -> Self:
        return self.live().filter(status=ClaimStatus.VERIFIED)

    def counting(self) -> Self:
        """Those that count as claimed: waiting for finance, or verified."""
        return self.live().filter(status__in=[ClaimStatus.SUBMITTED, ClaimStatus.VERIFIED])


class Claim(Tracked):
    """What a line is said to have brought in a year, with evidence, and what finance verified of it. Pounds.

    ``amount`` is what was claimed. Of a recurring line finance verifies ``full_year`` (base budget removed,
    or income budget raised) and ``cash`` (what the ledger shows in the year); of a one-off both are the one
    amount. ``booked`` is the open year in which it is entered: another than ``year`` only for a correction of
    a year that is closed.
    """

    ref = models.CharField("reference", max_length=12, unique=True, validators=[REFERENCE])
    line = models.ForeignKey(BenefitLine, related_name="claims", on_delete=models.PROTECT)
    year = FinancialYearField("year it is about")
    booked = FinancialYearField("year it is entered in")
    corrects = models.ForeignKey(
        "self", null=True, blank=True, related_name="corrections", on_delete=models.PROTECT
    )
    amount = MoneyField("claimed", negative=True)
    words = models.TextField("what was done", max_length=2000)
    evidence_link = models.URLField(max_length=500, blank=True)
    evidence_file = models.FileField(
        max_length=100, blank=True, storage=evidence_storage, upload_to=evidence_name
    )
    evidence_name = models.CharField("name of the file", max_length=150, blank=True)
    status = models.CharField(max_length=10, choices=ClaimStatus, default=ClaimStatus.SUBMITTED)
    full_year = MoneyField("full-year effect", negative=True, null=True, blank=True)
    cash = MoneyField("cash in the year", negative=True, null=True, blank=True)
    budget_code = models.CharField(max_length=30, blank=True, validators=[BUDGET_CODE])
    verdict = models.TextField("what finance said", max_length=2000, blank=True)
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, related_name="claims_made", on_delete=models.PROTECT
    )
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        related_name="claims_verified",
        on_delete=models.PROTECT,
    )

    objects = ClaimQuerySet.as_manager()

    class Meta:
        ordering = ["-year", "-ref"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status=ClaimStatus.VERIFIED)
                | (
                    (~Q(evidence_link="") | ~Q(evidence_file=""))
                    & Q(full_year__isnull=False, verified_by__isnull=False)
                ),
                name="benefits_verified_has_evidence",
                violation_error_message="Nothing is verified without evidence and an amount.",
            ),
            models.CheckConstraint(
                condition=Q(verified_by=None) | ~Q(verified_by=models.F("claimed_by")),
                name="benefits_claim_has_two_people",
                violation_error_message="Whoever claims a saving does not verify it.",
            ),
            models.CheckConstraint(
                condition=Q(booked=models.F("year")) | Q(booked__gt=models.F("year")),
                name="benefits_claim_booked_in_or_after_its_year",
                violation_error_message="A claim is entered in its own year; a correction, in a later one.",
            ),
        ]
        indexes = [
            models.Index(
                fields=["status", "withdrawn", "line", "year", "full_year", "amount"],
                name="benefits_claim_sums",
            )
        ]

    def __str__(self) -> str:
        return f"{self.ref}, {self.line}, {self.year}"

    def get_absolute_url(self) -> str:
        return f"/benefits/claims/{self.ref}/"

    def stood_visible_to(self, user: User) -> bool:
        """A claim of a time when its line was exempt is read by whoever may read the line."""
        return self.line.benefit.owner_id == user.pk or self.line.stood_visible_to(user)

    @property
    def scope(self) -> Any:
        return self.line.scope

    @property
    def owner_id(self) -> int | None:
        """The benefit's owner, whose own record the claim is."""
        return self.line.benefit.owner_id

    @property
    def status_words(self) -> str:
        """The status in words, as what releases no cash has it: the programme office confirms that."""
        if self.status == ClaimStatus.SUBMITTED and without_cash(self.line):
            return "Waits for the programme office"
        if self.status == ClaimStatus.VERIFIED and without_cash(self.line):
            return "Confirmed"
        return str(self.get_status_display())

    @property
    def has_evidence(self) -> bool:
        return bool(self.evidence_link or self.evidence_file)


class ClosedYear(Tracked):
    """A financial year whose claimed and verified amounts are locked; corrections go to an open year."""

    year = FinancialYearField(unique=True)

    objects = BudgetQuerySet.as_manager()

    class Meta:
        ordering = ["year"]

    def __str__(self) -> str:
        return f"{self.year} closed"

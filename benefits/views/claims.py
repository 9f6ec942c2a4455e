"""Finance's queue of claims, the page of one claim, and its evidence."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.utils.functional import cached_property

from programme.foundation.permissions import PermissionRequired
from programme.foundation.views import RecordListView, RecordView, Tab

from ..choices import ClaimStatus, Frequency
from ..closing import closed_years
from ..filters.claims import ClaimFilters
from ..models import Claim
from ..reading import standing
from ..reading.standing import said
from ..rules import claiming, evidence
from ..tables.claims import ClaimTable
from .parts import parts

RELATED = ("line__benefit", "line__scope__parent__parent", "claimed_by__profile", "verified_by__profile")


class ClaimList(RecordListView):
    """Oldest first, so that nothing is left lying at the bottom."""

    permission = "benefits.view_benefits"
    model = Claim
    table_class = ClaimTable
    filters_class = ClaimFilters
    title = "Claims"
    template_name = "benefits/claims.html"
    empty = "No claim waits for finance. Claims are made on the page of a line."

    @property
    def introduction(self) -> str:  # type: ignore[override]
        """Says that the list begins with what waits, since nothing in the address does."""
        what = "What owners claim that their lines have brought; only what is verified counts as delivered."
        chosen = self.request.GET.get("status")
        return what if chosen else f"{what} These wait for finance, oldest first."

    @property
    def parts(self) -> list[dict[str, Any]]:
        return parts(self.request.user, self.request.path)

    def get_queryset(self) -> Any:
        related = ("line__benefit", "claimed_by__profile", "corrects")
        return super().get_queryset().select_related(*related).order_by("pk")


class ClaimPage(RecordView):
    permission = "benefits.view_benefits"
    model = Claim
    template_name = "benefits/claim.html"
    tabs = (Tab("summary", "Summary", "benefits/claim_summary.html"),)

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("corrects", *RELATED)

    def actions(self, claim: Claim) -> list[tuple[str, str]]:
        user, address, found = self.request.user, claim.get_absolute_url(), []
        waits = claim.status == ClaimStatus.SUBMITTED
        if waits and user.pk != claim.claimed_by_id:
            found += self._verdicts(claim)
        if user.has_perm("benefits.claim", claim):
            if waits or claim.status == ClaimStatus.SENT_BACK:
                words = "Change the claim" if waits else "Put right and claim again"
                found += [] if self.locked else [(words, f"{address}again/")]
                found.append(("Withdraw", f"{address}withdraw/"))
            elif claim.status == ClaimStatus.VERIFIED and claim.corrects_id is None:
                found.append(("Correct", f"{address}correct/"))
        return found

    @cached_property
    def locked(self) -> str:
        """Why a claim that was sent back cannot be put right any more; nothing where it can."""
        sent_back = self.record.status == ClaimStatus.SENT_BACK and not self.as_at
        return (sent_back and claiming.locked_problem(self.record, closed_years())) or ""

    def _verdicts(self, claim: Claim) -> list[tuple[str, str]]:
        """Verify or confirm, and send back, for those who may."""
        office = claiming.without_cash(claim.line)
        permission = "benefits.confirm_without_cash" if office else "benefits.verify"
        if not self.request.user.has_perm(permission, claim):
            return []
        address = claim.get_absolute_url()
        verb = ("Confirm", f"{address}confirm/") if office else ("Verify", f"{address}verify/")
        back = "return" if office else "send-back"
        return [verb, ("Send back", f"{address}{back}/")]

    def tab_summary(self, claim: Claim) -> dict[str, Any]:
        user = self.request.user
        corrections = Claim.objects.visible_to(user).live().filter(corrects=self.record).order_by("pk")
        return {
            "facts": facts_of(claim, may_open=not self.as_at),
            "verdict": _verdict(claim),
            "corrections": [] if self.as_at else list(corrections),
            "notices": [self.locked] if self.locked else _notices(claim),
            "others_correct": self._others_correct(claim),
            **({} if self.as_at else line_so_far(claim.line, user, claim.booked)),
        }

    def _others_correct(self, claim: Claim) -> bool:
        """Whether this person verifies claims, but does not correct what was verified here."""
        user, stands = self.request.user, claim.status == ClaimStatus.VERIFIED and claim.corrects_id is None
        return stands and user.has_perm("benefits.verify") and not user.has_perm("benefits.claim", claim)

    def get_context_data(self, *, record: Any, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(record=record, **kwargs) | {"lead": _in_a_sentence(record)}


def line_so_far(line: Any, user: Any, marked: Any = None) -> dict[str, Any]:
    """Approved, forecast, claimed and verified by year as a table, the year in question marked."""
    rows = []
    for one in standing.by_year(line, user):
        year = f"{one.year} (this claim’s year)" if one.year == marked else str(one.year)
        amounts = (one.approved, one.forecast, one.claimed, one.verified)
        rows.append({"cells": [year, *map(said, amounts)], "total": one.year == marked})
    return {"years": rows, "line_columns": ["Year", "Approved", "Forecast", "Claimed", "Verified"]}


def _in_a_sentence(claim: Claim) -> str:
    what = "" if claiming.without_cash(claim.line) and not claim.amount else f"{said(claim.amount)} claimed "
    return f"{what or 'Claimed '}for {claim.year}. {claim.status_words}."


def facts_of(claim: Claim, *, may_open: bool = True) -> list[dict[str, Any]]:
    line = claim.line
    rows: list[dict[str, Any]] = [
        {"key": "Line", "value": f"{line.ref} {line.name}", "url": line.get_absolute_url()},
        {"key": "Kind", "value": f"{line.get_kind_display()}, {line.get_frequency_display().lower()}"},
        {"key": "Financial year", "value": str(claim.year)},
    ]
    if claim.booked != claim.year:
        rows.append({"key": "Entered in", "value": f"{claim.booked}, since {claim.year} is closed"})
    if claim.corrects:
        rows.append(
            {"key": "Corrects", "value": claim.corrects.ref, "url": claim.corrects.get_absolute_url()}
        )
    if not claiming.without_cash(line) or claim.amount:
        rows.append({"key": "Claimed", "value": said(claim.amount)})
    rows += [{"key": "What was done", "value": claim.words}, {"key": "Claimed by", "value": claim.claimed_by}]
    if claim.evidence_link:
        rows.append({"key": "Evidence", "value": claim.evidence_link, "url": claim.evidence_link})
    if claim.evidence_file:
        address = f"{claim.get_absolute_url()}evidence/" if may_open else ""
        rows.append({"key": "Evidence, file", "value": claim.evidence_name, "url": address})
    return rows


def _verdict(claim: Claim) -> list[dict[str, Any]]:
    """What finance or the programme office said; nothing while nobody has."""
    if claim.status == ClaimStatus.SENT_BACK:
        return [{"key": "Sent back because", "value": claim.verdict}]
    if claim.status != ClaimStatus.VERIFIED:
        return []
    who = {"key": claim.status_words + " by", "value": claim.verified_by}
    if claiming.without_cash(claim.line):
        return [who, {"key": "How the measure shows it", "value": claim.verdict}]
    recurring = claim.line.frequency == Frequency.RECURRING
    rows = [who, {"key": "Full-year effect" if recurring else "Amount", "value": said(claim.full_year)}]
    if recurring:
        rows.append({"key": "Cash in the year", "value": said(claim.cash)})
    if claim.budget_code:
        rows.append({"key": "Budget code", "value": claim.budget_code})
    return [*rows, *([{"key": "What finance found", "value": claim.verdict}] if claim.verdict else [])]


def _notices(claim: Claim) -> list[str]:
    if claim.status != ClaimStatus.SUBMITTED:
        return []
    found = []
    benefit = claim.line.benefit
    if claiming.without_cash(claim.line):
        found.append("It releases no cash: the programme office confirms it against the benefit's measure.")
        if benefit.measure_id is None:
            found.append(f"{benefit.ref} names no measure yet, so there is nothing to confirm it against.")
    elif not benefit.method:
        found.append(f"How {benefit.ref} is measured is not written down yet.")
    return found


class Evidence(PermissionRequired):
    """The file of one claim, as a download, for whoever may see the claim."""

    permission = "benefits.view_benefits"

    def get(self, request: HttpRequest, ref: str) -> HttpResponseBase:
        claim = Claim.objects.visible_to(request.user).filter(ref=ref).first()
        if claim is None or not claim.evidence_file:
            raise Http404
        try:
            file = claim.evidence_file.open("rb")
        except FileNotFoundError:
            raise Http404 from None
        return FileResponse(
            file,
            as_attachment=True,
            filename=claim.evidence_name,
            content_type=evidence.content_type(claim.evidence_name),
        )

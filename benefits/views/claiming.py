"""What can be done about a claim, a page each: make, put right, correct, verify, send back, withdraw."""

from __future__ import annotations

from typing import Any

from programme.foundation import calendar
from programme.foundation.money import FinancialYear, pounds
from programme.foundation.views import ActionView

from ..actions import claims
from ..choices import Frequency
from ..closing import closed_years
from ..forms.claims import (
    AgainForm,
    ClaimForm,
    ConfirmForm,
    CorrectionForm,
    SendBackForm,
    VerifyForm,
    WithdrawForm,
)
from ..models import BenefitLine, Budget, Claim
from ..models.claim import WITHOUT_CASH
from ..rules import claiming
from .claims import RELATED, facts_of, line_so_far

WAITS = "Finance sees it in its queue now."


def years_open(line: BenefitLine) -> list[FinancialYear]:
    """The years a claim for this line can be about; from a year back, or from its first amount."""
    today = calendar.today()
    known = line.amounts.live().order_by("year").values_list("year", flat=True).first()
    earliest = FinancialYear.of(today).next(-1)
    first = min(known, earliest) if known else earliest
    return claiming.claimable_years(first, closed=closed_years(), today=today)


def form_of(line: BenefitLine) -> dict[str, Any]:
    return {
        "years": years_open(line),
        "recurring": line.frequency == Frequency.RECURRING,
        "cash": not claiming.without_cash(line),
    }


class MakeClaim(ActionView):
    """On the page of a line: its owner, lead or project manager says what it brought."""

    permission = "benefits.claim"
    model = BenefitLine
    form_class = ClaimForm
    title = "Claim what this line has brought"
    button = "Send to finance"
    template_name = "benefits/claim_form.html"

    def get_queryset(self) -> Any:
        rows = super().get_queryset().live().filter(benefit__ref=self.kwargs["benefit"])
        return rows.select_related("benefit", "scope__parent__parent")

    @property
    def introduction(self) -> str:  # type: ignore[override]
        who = "The programme office confirms" if claiming.without_cash(self.record) else "Finance verifies"
        return f"{who} it on the evidence; until then it stands as claimed and is not delivered."

    def initial(self, line: BenefitLine) -> dict[str, Any]:
        years = years_open(line)
        return {"year": years[0]} if years else {}

    def form_options(self, line: BenefitLine) -> dict[str, Any]:
        return form_of(line)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        line = self.record
        barred = not line.is_quantified and not claiming.without_cash(line)
        extra = {"barred": claiming.NO_FIGURES if barred else ""}
        return super().get_context_data(**kwargs) | line_so_far(line, self.request.user) | extra

    def act(self, line: BenefitLine, data: dict[str, Any]) -> Claim:
        return claims.claim(line=line, by=self.request.user, reason="Claimed", **data)

    def done_message(self, outcome: Claim) -> str:
        return f"{outcome.ref} is claimed. {_next(outcome)}"


class OfClaim(ActionView):
    """An action on one claim."""

    model = Claim
    done = "{record} is changed."

    def get_queryset(self) -> Any:
        return super().get_queryset().live().select_related("corrects", *RELATED)


class ClaimAgain(OfClaim):
    """A claim that was sent back, or that still waits, as it should have been."""

    permission = "benefits.claim"
    form_class = AgainForm
    title = "Put the claim right"
    button = "Send to finance"
    template_name = "benefits/claim_form.html"

    def form_options(self, claim: Claim) -> dict[str, Any]:
        options = form_of(claim.line)
        return options | {"years": [claim.year] if claim.corrects_id else options["years"]}

    def initial(self, claim: Claim) -> dict[str, Any]:
        return super().initial(claim) | {"evidence_file": None}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        claim = self.record
        so_far = line_so_far(claim.line, self.request.user, claim.booked)
        kept = f"{claim.evidence_name} stays, unless you choose another file." if claim.evidence_file else ""
        return super().get_context_data(**kwargs) | so_far | {"claim": claim, "file_words": kept}

    def act(self, claim: Claim, data: dict[str, Any]) -> Claim:
        return claims.claim_again(claim, by=self.request.user, **data)

    def done_message(self, outcome: Claim) -> str:
        return f"{outcome.ref} is claimed again. {_next(outcome)}"


class Correct(OfClaim):
    """What was verified and turned out wrong is corrected by a further claim; it is never overwritten."""

    permission = "benefits.claim"
    form_class = CorrectionForm
    title = "Correct what was verified"
    button = "Send to finance"
    template_name = "benefits/claim_form.html"

    @property
    def introduction(self) -> str:  # type: ignore[override]
        claim = self.record
        booked = claiming.booked_in(claim.year, closed=closed_years(), today=calendar.today())
        where = f"in {booked}, because {claim.year} is closed" if booked != claim.year else f"in {booked}"
        verified = pounds(claim.full_year)
        return f"Verified: {verified}. The correction is entered {where}, and finance verifies it too."

    def initial(self, claim: Claim) -> dict[str, Any]:
        return {}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | line_so_far(self.record.line, self.request.user)

    def act(self, claim: Claim, data: dict[str, Any]) -> Claim:
        return claims.correct(claim, by=self.request.user, reason=data["words"], **data)

    def done_message(self, outcome: Claim) -> str:
        return f"{outcome.ref} corrects {outcome.corrects.ref}. {_next(outcome)}"


class Verify(OfClaim):
    permission = "benefits.verify"
    form_class = VerifyForm
    title = "Verify the claim"
    button = "Verify"
    done = "{record} is verified and counts as delivered."
    template_name = "benefits/verify.html"

    def form_options(self, claim: Claim) -> dict[str, Any]:
        return {"recurring": claim.line.frequency == Frequency.RECURRING, "cash": claim.line.is_cashable}

    def initial(self, claim: Claim) -> dict[str, Any]:
        return {"budget_code": claim.line.budget_code}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        claim = self.record
        so_far = line_so_far(claim.line, self.request.user, claim.booked)
        return (
            super().get_context_data(**kwargs) | so_far | {"facts": facts_of(claim), "budget": self._budget()}
        )

    def _budget(self) -> str:
        """What the budget of the line's code is in the year, if finance has loaded it."""
        claim, code = self.record, self.record.line.budget_code
        if not code:
            return ""
        rows = Budget.objects.visible_to(self.request.user).live()
        known = rows.filter(code__iexact=code, year=claim.year).first()
        return f"The budget of {code} in {claim.year} is {pounds(known.amount) if known else 'not loaded'}."

    def act(self, claim: Claim, data: dict[str, Any]) -> Claim:
        reason = data["words"] or "Verified as claimed"
        return claims.verify(claim, by=self.request.user, reason=reason, **data)


class Confirm(OfClaim):
    permission = "benefits.confirm_without_cash"
    form_class = ConfirmForm
    title = "Confirm against the measure"
    button = "Confirm"
    done = "{record} is confirmed. It is no pounds delivered."
    template_name = "benefits/verify.html"

    def initial(self, claim: Claim) -> dict[str, Any]:
        return {}

    @property
    def introduction(self) -> str:  # type: ignore[override]
        measure = self.record.line.benefit.measure
        return f"Measure: {measure}." if measure else "The benefit names no measure yet."

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"facts": facts_of(self.record)}

    def act(self, claim: Claim, data: dict[str, Any]) -> Claim:
        return claims.confirm(claim, by=self.request.user, reason=data["words"], **data)


class SendBack(OfClaim):
    """By finance, whose reason the claim shows to whoever has to put it right."""

    permission = "benefits.verify"
    form_class = SendBackForm
    title = "Send the claim back"
    button = "Send back"
    done = "{record} is sent back to whoever claimed it."

    def get_queryset(self) -> Any:
        return super().get_queryset().exclude(WITHOUT_CASH)

    def act(self, claim: Claim, data: dict[str, Any]) -> Claim:
        return claims.send_back(claim, by=self.request.user, **data)


class SendBackByOffice(SendBack):
    """By the programme office, for what releases no cash."""

    permission = "benefits.confirm_without_cash"

    def get_queryset(self) -> Any:
        return OfClaim.get_queryset(self).filter(WITHOUT_CASH)


class Withdraw(OfClaim):
    permission = "benefits.claim"
    form_class = WithdrawForm
    title = "Withdraw the claim"
    introduction = "It no longer counts as claimed. It stays in the history, and nothing brings it back."
    button = "Withdraw"
    done = "{record} is withdrawn."

    def act(self, claim: Claim, data: dict[str, Any]) -> Claim:
        return claims.withdraw(claim, by=self.request.user, **data)


def _next(claim: Claim) -> str:
    office = claiming.without_cash(claim.line)
    return "It waits for the programme office now." if office else WAITS

"""The moves of a risk: escalate, accept, turn into an issue, close, open again."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError

from programme.foundation import calendar
from programme.people.choices import ScopeKind

from ..actions import acceptances, moves
from ..choices import Authority, EscalatedTo, Status
from ..forms.moves import AcceptForm, EscalateForm, MaterialiseForm, ReasonForm
from ..models import Acceptance, Issue, MatrixCell, Risk, RiskSettings
from ..reading.authority import own_word
from ..reading.risk import acceptance_of
from ..rules import accepting
from .risk_changes import OfRisk, OfStandingRisk


class Escalate(OfStandingRisk):
    form_class = EscalateForm
    title = "Escalate the risk"
    introduction = "To somebody who can do more about it. It stays in the register, and with its owner."
    button = "Escalate the risk"
    done = "{record}: {record.status_words}."

    def initial(self, risk: Risk) -> dict[str, Any]:
        return {}

    def form_options(self, risk: Risk) -> dict[str, Any]:
        """Not to whom it is escalated already; nor to a lead, by one or where there is none."""
        leads = own_word(risk, self.request.user) is not None
        without_lead = leads or risk.scope.kind == ScopeKind.PROGRAMME
        return {"not_to": {risk.escalated_to, EscalatedTo.LEAD if without_lead else ""}}

    def act(self, risk: Risk, data: dict[str, Any]) -> Risk:
        return moves.escalate(risk, by=self.request.user, **data)


class TakeBack(OfRisk):
    form_class = ReasonForm
    title = "Take the escalation back"
    button = "Take the escalation back"
    done = "{record} is open again, and no longer escalated."

    @property
    def introduction(self) -> str:  # type: ignore[override]
        return f"{self.record.status_words}." if self.record.status == Status.ESCALATED else ""

    def act(self, risk: Risk, data: dict[str, Any]) -> Risk:
        return moves.deescalate(risk, by=self.request.user, **data)


class Accept(OfStandingRisk):
    """Whose own word is not enough for this band names a decision of the board."""

    permission = "risks.accept"
    form_class = AcceptForm
    title = "Accept the risk as it is"
    button = "Accept the risk"

    @property
    def shut(self) -> str:
        return super().shut or ("" if self.record.is_scored else accepting.NOT_SCORED)

    @property
    def introduction(self) -> str:  # type: ignore[override]
        risk = self.record
        if risk.current is None:
            return ""
        band = MatrixCell.objects.matrix().band(risk.current)
        outside = risk.is_outside_appetite
        where = " and outside appetite" if outside else ""
        need = accepting.needed(band, outside=outside)
        other = need != Authority.BOARD and self._needs_decision(risk)
        instead = ", or you name the decision of the board that does" if other else ""
        return f"{band.label}{where}, {risk.current}. So {accepting.NEEDS[need]}{instead}."

    def initial(self, risk: Risk) -> dict[str, Any]:
        return {}

    def form_options(self, risk: Risk) -> dict[str, Any]:
        longest = RiskSettings.objects.current().acceptance_months
        return {"viewer": self.request.user, "needs_decision": self._needs_decision(risk), "longest": longest}

    def _needs_decision(self, risk: Risk) -> bool:
        if risk.current is None:
            return True
        band = MatrixCell.objects.matrix().band(risk.current)
        own = own_word(risk, self.request.user)
        return bool(accepting.authority_refusal(band, outside=risk.is_outside_appetite, authority=own))

    def done_message(self, outcome: Acceptance) -> str:
        return f"{outcome.risk.ref} is accepted until {calendar.in_words(outcome.expires)}."

    def act(self, risk: Risk, data: dict[str, Any]) -> Acceptance:
        return acceptances.accept(risk, by=self.request.user, **data)


class EndAcceptance(OfRisk):
    permission = "risks.accept"
    form_class = ReasonForm
    title = "End the acceptance"
    introduction = "The risk is no longer carried as it is: something is done about it, or it is escalated."
    button = "End the acceptance"
    done = "{record} is no longer accepted."

    def act(self, risk: Risk, data: dict[str, Any]) -> Risk:
        found = acceptance_of(risk, self.request.user)
        if found is None:
            raise ValidationError("Nobody accepts this risk now.")
        found.risk = risk  # as it was when the page was opened
        return acceptances.end(found, by=self.request.user, **data).risk


class Materialise(OfStandingRisk):
    form_class = MaterialiseForm
    title = "The risk has happened"
    introduction = "It becomes an issue, which says what is done about it. The two name each other."
    button = "Turn it into an issue"
    done = "{record} is opened."

    def initial(self, risk: Risk) -> dict[str, Any]:
        return {"title": risk.title, "what_happened": risk.event, "owner": risk.owner}

    def form_options(self, risk: Risk) -> dict[str, Any]:
        return {"viewer": self.request.user, "risk": risk}

    def act(self, risk: Risk, data: dict[str, Any]) -> Issue:
        return moves.materialise(risk, by=self.request.user, **data)


class Close(OfRisk):
    form_class = ReasonForm
    title = "Close the risk"
    introduction = "It cannot happen any more, or it is not worth watching. It can be opened again."
    button = "Close the risk"
    done = "{record} is closed."

    def act(self, risk: Risk, data: dict[str, Any]) -> Risk:
        return moves.close(risk, by=self.request.user, **data)


class Reopen(OfRisk):
    form_class = ReasonForm
    title = "Open the risk again"
    introduction = "It is due for review the same day."
    button = "Open it again"
    done = "{record} is open again, and due for review."

    def act(self, risk: Risk, data: dict[str, Any]) -> Risk:
        return moves.reopen(risk, by=self.request.user, **data)

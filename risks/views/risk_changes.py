"""A risk is raised, changed, reviewed, withdrawn."""

from __future__ import annotations

from typing import Any

from programme.foundation.views import ActionView
from programme.people.choices import Role
from programme.portfolio.forms.classified import ClassifiedForm

from ..actions import risks
from ..forms.moves import ReasonForm
from ..forms.placed import place_asked
from ..forms.risk import ChangeForm, RaiseForm
from ..forms.scores import ReviewForm
from ..models import Risk
from ..models.scored import SCORE_FIELDS
from ..reading import risk as reading
from ..reading.yardstick import yardstick
from ..rules import lifecycle
from .scored import ScoringView

RAISED = "Raised"


class RaiseRisk(ScoringView):
    permission = "risks.raise_risk"
    lookup = ""
    form_class = RaiseForm
    template_name = "risks/raise.html"
    title = "Raise a risk"
    introduction = "What may happen, why, and what it would do. Scores may be left for later."
    button = "Raise the risk"
    done = "{record} is raised."

    def form_options(self, record: None) -> dict[str, Any]:
        user = self.request.user
        own = user if user.standing.holds(Role.RISK_OWNER) else None
        initial = {"owner": own} | place_asked(self.request.GET, user)
        return super().form_options(record) | {"viewer": user, "initial": initial}

    def get_cancel_url(self) -> str:
        return "/risks/"

    def act(self, record: None, data: dict[str, Any]) -> Risk:
        reason = data.pop("reason") or RAISED
        return risks.raise_risk(by=self.request.user, reason=reason, **data)


class OfRisk(ActionView):
    """An action on one risk that is not withdrawn, offered to whoever keeps it."""

    permission = "risks.change_risk"
    model = Risk

    def get_queryset(self) -> Any:
        related = ("owner__profile", "category", "scope__parent__parent")
        return super().get_queryset().live().select_related(*related)


class OfStandingRisk(OfRisk):
    """Offered while the risk may still happen; afterwards the page says that it was closed or happened."""

    template_name = "risks/move.html"

    @property
    def shut(self) -> str:
        """Why this cannot be done now; empty when it can."""
        return lifecycle.not_standing(self.record.status)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"shut": self.shut}


class ChangeRisk(OfRisk):
    form_class = ChangeForm
    template_name = "risks/change.html"
    title = "Change the risk"
    introduction = "Its scores change by a review."
    button = "Save the risk"
    done = "{record} is changed."

    def initial(self, risk: Risk) -> dict[str, Any]:
        left_out = {"place", "project", "contributors", "milestones", "reason"}
        known = {name: getattr(risk, name) for name in self.form_class.base_fields if name not in left_out}
        milestones = reading.milestones_of(risk, self.request.user)
        return known | {
            "contributors": reading.contributors_of(risk, self.request.user),
            "milestones": ", ".join(one.ref for one in milestones),
        }

    def form_options(self, risk: Risk) -> dict[str, Any]:
        return {"viewer": self.request.user, "risk": risk}

    def act(self, risk: Risk, data: dict[str, Any]) -> Risk:
        return risks.change(risk, by=self.request.user, **data)


class ReviewRisk(OfStandingRisk, ScoringView):
    """Of two people at once the second is shown what the first changed, and keeps what was typed."""

    form_class = ReviewForm
    template_name = "risks/review.html"
    button = "Save the review"
    done = "The review of {record} is saved."

    @property
    def title(self) -> str:  # type: ignore[override]
        return "Review the risk" if self.record.is_scored else "Score the risk"

    introduction = "Confirm the scores or change them, and say why. Its next review follows from its band."

    def initial(self, risk: Risk) -> dict[str, Any]:
        return {name: getattr(risk, name) for name in SCORE_FIELDS}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """How the risk stands stands above the form: also what somebody else has made of it meanwhile."""
        risk, yard = self.record, yardstick()
        stands = [
            {"key": "What may happen", "value": risk.event or risk.title},
            {"key": "Controls in place", "value": risk.controls or "Nobody has said yet"},
            {"key": "Its score stands at", "value": yard.in_full(risk.current)},
            {"key": "Its target stands at", "value": yard.in_full(risk.target)},
        ]
        return super().get_context_data(**kwargs) | {"stands": stands}

    def act(self, risk: Risk, data: dict[str, Any]) -> Risk:
        return risks.review(risk, by=self.request.user, **data).risk


class ClassifyRisk(OfRisk):
    """Also of one that was withdrawn: a page of it can still be read."""

    form_class = ClassifiedForm
    title = "Who may see the risk"
    introduction = "Also where it was withdrawn: its page and its history can still be read."
    button = "Save who may see it"
    done = "Who may see {record} is saved."

    def get_queryset(self) -> Any:
        return ActionView.get_queryset(self).select_related("scope__parent__parent")

    def act(self, risk: Risk, data: dict[str, Any]) -> Risk:
        return risks.classify(risk, by=self.request.user, **data)


class WithdrawRisk(OfRisk):
    form_class = ReasonForm
    title = "Withdraw the risk"
    introduction = (
        "For what should never have stood in the register, such as a duplicate; what is over is closed. "
        "Its actions are withdrawn with it, and everything stays in the history."
    )
    button = "Withdraw the risk"
    done = "{record} is withdrawn; its history stays."

    def act(self, risk: Risk, data: dict[str, Any]) -> Risk:
        return risks.withdraw(risk, by=self.request.user, **data)

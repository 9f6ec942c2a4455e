"""Actions on a risk: plan, change, report done, take that back, withdraw."""

from __future__ import annotations

from typing import Any

from programme.foundation import calendar
from programme.foundation.views import ActionView

from ..actions import mitigations
from ..forms.moves import DoneForm, PlannedForm, ReasonForm
from ..models import RiskAction
from .risk_changes import OfStandingRisk

MITIGATE = "risks.mitigate"
PLANNED, DONE = "Planned", "Done"


class PlanAction(OfStandingRisk):
    permission = MITIGATE
    form_class = PlannedForm
    title = "Plan an action"
    introduction = "Something that is done about the risk, by one person, until a day."
    button = "Plan the action"
    done = "The action is planned."

    def initial(self, risk: Any) -> dict[str, Any]:
        return {"owner": risk.owner}

    def form_options(self, risk: Any) -> dict[str, Any]:
        return {"viewer": self.request.user}

    def act(self, risk: Any, data: dict[str, Any]) -> RiskAction:
        reason = data.pop("reason") or PLANNED
        return mitigations.plan(risk, by=self.request.user, reason=reason, **data)


class OfAction(ActionView):
    """An action of the risk in the address; also its own owner may report on it."""

    permission = MITIGATE
    model = RiskAction
    lookup = "pk"

    def get_queryset(self) -> Any:
        related = ("risk__scope__parent__parent", "owner__profile")
        rows = super().get_queryset().live().filter(risk__ref=self.kwargs["ref"], risk__withdrawn=False)
        return rows.select_related(*related)


class ChangeAction(OfAction):
    form_class = PlannedForm
    title = "Change the action"
    button = "Save the action"
    done = "The action is changed."

    def form_options(self, action: RiskAction) -> dict[str, Any]:
        return {"viewer": self.request.user, "action": action}

    def act(self, action: RiskAction, data: dict[str, Any]) -> RiskAction:
        return mitigations.change(action, by=self.request.user, **data)


class CompleteAction(OfAction):
    form_class = DoneForm
    title = "Report the action done"
    introduction = "If it changed how likely or how bad the risk is, review the risk next."
    button = "Report it done"
    done = "The action is done."

    def initial(self, action: RiskAction) -> dict[str, Any]:
        return {"done_on": calendar.today()}

    def act(self, action: RiskAction, data: dict[str, Any]) -> RiskAction:
        return mitigations.complete(action, by=self.request.user, reason=DONE, **data)


class TakeBackAction(OfAction):
    form_class = ReasonForm
    title = "The action is not done after all"
    button = "Take it back"
    done = "The action is to be done again."

    def act(self, action: RiskAction, data: dict[str, Any]) -> RiskAction:
        return mitigations.take_back(action, by=self.request.user, **data)


class WithdrawAction(OfAction):
    form_class = ReasonForm
    title = "Withdraw the action"
    introduction = "It is not done any more. It stays in the history."
    button = "Withdraw the action"
    done = "The action is withdrawn; its history stays."

    def act(self, action: RiskAction, data: dict[str, Any]) -> RiskAction:
        return mitigations.withdraw(action, by=self.request.user, **data)

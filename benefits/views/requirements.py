"""Entering, correcting and withdrawing what the budget requires."""

from __future__ import annotations

from typing import Any

from programme.foundation.views import ActionView
from programme.portfolio.forms.project import ReasonForm
from programme.portfolio.models import Programme

from ..actions import requirements as actions
from ..forms.requirement import RequirementForm
from ..models import Requirement

ADDRESS = "/benefits/gap/"


class StateRequirement(ActionView):
    permission = "benefits.keep_budgets"
    lookup = ""
    form_class = RequirementForm
    title = "Enter what is required"
    introduction = "One year’s savings, as the budget or the medium-term plan states them."
    button = "Enter the figure"
    done = "{record} is entered."

    def get_cancel_url(self) -> str:
        return ADDRESS

    def act(self, record: None, data: dict[str, Any]) -> Requirement:
        programme = Programme.objects.visible_to(self.request.user).select_related("scope").get()
        return actions.state(scope=programme.scope, by=self.request.user, **data)


class OfRequirement(ActionView):
    permission = "benefits.keep_budgets"
    model = Requirement
    lookup = "pk"

    def get_queryset(self) -> Any:
        return super().get_queryset().live().select_related("scope__parent__parent")


class CorrectRequirement(OfRequirement):
    form_class = RequirementForm
    title = "Correct what is required"
    introduction = "What it was stays in history."
    button = "Correct the figure"
    done = "{record} is corrected."

    def initial(self, record: Requirement) -> dict[str, Any]:
        return super().initial(record) | {"year": str(record.year)}

    def act(self, requirement: Requirement, data: dict[str, Any]) -> Requirement:
        return actions.correct(requirement, by=self.request.user, **data)


class WithdrawRequirement(OfRequirement):
    form_class = ReasonForm
    title = "Withdraw what is required"
    introduction = "It stays in history."
    button = "Withdraw the figure"
    done = "{record} is withdrawn."

    def act(self, requirement: Requirement, data: dict[str, Any]) -> Requirement:
        return actions.withdraw(requirement, by=self.request.user, **data)

"""The register of decisions, and its entries. (A decision's page is in ``portal/pages``.)"""

from __future__ import annotations

from typing import Any

from programme.foundation.views import ActionView, RecordListView

from .. import filters, tables
from ..actions import decisions
from ..forms import decision as forms
from ..models import Decision


class DecisionList(RecordListView):
    permission = "portfolio.view_portfolio"
    model = Decision
    table_class = tables.DecisionTable
    filters_class = filters.DecisionFilters
    title = "Decisions"
    introduction = (
        "What the programme's bodies decided. Stage moves and new baselines name a decision from here."
    )
    empty = "No decisions yet. The programme office enters those taken on paper."

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("body")

    def actions(self) -> list[tuple[str, str]]:
        may = self.request.user.has_perm("portfolio.record_decision")
        return [("Enter a decision", "/board/decisions/enter/")] if may else []


class EnterDecision(ActionView):
    permission = "portfolio.record_decision"
    lookup = ""
    form_class = forms.NewDecisionForm
    title = "Enter a decision"
    introduction = "A decision taken on paper, until meetings are held here."
    button = "Enter the decision"
    done = "Decision {record} is in the register."

    def form_options(self, record: None) -> dict[str, Any]:
        return {"viewer": self.request.user}

    def get_cancel_url(self) -> str:
        return "/board/decisions/"

    def act(self, record: None, data: dict[str, Any]) -> Decision:
        return decisions.enter(by=self.request.user, **data)


class CorrectDecision(ActionView):
    permission = "portfolio.record_decision"
    model = Decision
    lookup = "reference"
    form_class = forms.DecisionForm
    title = "Correct the entry"
    introduction = "The reference and the body stay. What stood before stays in the history."
    button = "Correct the entry"
    done = "The entry of {record} is corrected."

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("body__scope__parent__parent")

    def act(self, decision: Decision, data: dict[str, Any]) -> Decision:
        return decisions.correct(decision, by=self.request.user, **data)

"""An issue is raised, changed, put to a body, answered, resolved, opened again, withdrawn."""

from __future__ import annotations

from typing import Any

from programme.foundation.views import ActionView
from programme.portfolio.forms.classified import ClassifiedForm

from ..actions import issues
from ..forms.issue import AnswerForm, AskForm, IssueForm, RaiseIssueForm, ResolveForm
from ..forms.moves import ReasonForm
from ..forms.placed import place_asked
from ..models import Issue

RAISED = "Raised"


class RaiseIssue(ActionView):
    permission = "risks.raise_risk"
    lookup = ""
    form_class = RaiseIssueForm
    template_name = "risks/issue_form.html"
    title = "Raise an issue"
    introduction = (
        "What has happened and hurts now. A risk of the register that has happened becomes an issue on its "
        "own page, so that the two name each other."
    )
    button = "Raise the issue"
    done = "{record} is raised."

    def form_options(self, record: None) -> dict[str, Any]:
        user = self.request.user
        return {"viewer": user, "initial": place_asked(self.request.GET, user)}

    def get_cancel_url(self) -> str:
        return "/issues/"

    def act(self, record: None, data: dict[str, Any]) -> Issue:
        reason = data.pop("reason") or RAISED
        return issues.raise_issue(by=self.request.user, reason=reason, **data)


class OfIssue(ActionView):
    """An action on one issue that is not withdrawn, offered to whoever keeps it."""

    permission = "risks.change_risk"
    model = Issue

    def get_queryset(self) -> Any:
        related = ("owner__profile", "asked_of", "risk", "scope__parent__parent")
        return super().get_queryset().live().select_related(*related)


class ChangeIssue(OfIssue):
    form_class = IssueForm
    template_name = "risks/issue_form.html"
    title = "Change the issue"
    button = "Save the issue"
    done = "{record} is changed."

    def initial(self, issue: Issue) -> dict[str, Any]:
        left_out = {"place", "project", "reason"}
        return {name: value for name, value in super().initial(issue).items() if name not in left_out}

    def form_options(self, issue: Issue) -> dict[str, Any]:
        return {"viewer": self.request.user, "issue": issue}

    def act(self, issue: Issue, data: dict[str, Any]) -> Issue:
        return issues.change(issue, by=self.request.user, **data)


class AskDecision(OfIssue):
    form_class = AskForm
    title = "Ask for a decision"
    introduction = (
        "It stands on the issue until a decision of the register answers it. Empty both to take it back."
    )
    button = "Ask for the decision"
    done = "What {record} asks for is recorded."

    def form_options(self, issue: Issue) -> dict[str, Any]:
        return {"viewer": self.request.user}

    def act(self, issue: Issue, data: dict[str, Any]) -> Issue:
        return issues.ask_decision(issue, by=self.request.user, **data)


class NameDecision(OfIssue):
    form_class = AnswerForm
    title = "Name the decision"
    button = "Name the decision"
    done = "{record} has its answer."

    @property
    def introduction(self) -> str:  # type: ignore[override]
        asked = self.record.decision_asked
        lead = f"The issue asks: {asked} " if asked else ""
        return f"{lead}Choose the decision that answers it; the register of decisions has to hold it first."

    def form_options(self, issue: Issue) -> dict[str, Any]:
        return {"viewer": self.request.user}

    def act(self, issue: Issue, data: dict[str, Any]) -> Issue:
        return issues.answer(issue, by=self.request.user, **data)


class ResolveIssue(OfIssue):
    form_class = ResolveForm
    title = "Resolve the issue"
    button = "Resolve the issue"
    done = "{record} is resolved."

    def initial(self, issue: Issue) -> dict[str, Any]:
        return {}

    def act(self, issue: Issue, data: dict[str, Any]) -> Issue:
        return issues.resolve(issue, by=self.request.user, **data)


class ReopenIssue(OfIssue):
    form_class = ReasonForm
    title = "Open the issue again"
    button = "Open it again"
    done = "{record} is open again."

    def act(self, issue: Issue, data: dict[str, Any]) -> Issue:
        return issues.reopen(issue, by=self.request.user, **data)


class ClassifyIssue(OfIssue):
    """Also of one that is resolved or was withdrawn: a page of it can still be read."""

    form_class = ClassifiedForm
    title = "Who may see the issue"
    introduction = "Also where it is resolved or was withdrawn: its page and its history can still be read."
    button = "Save who may see it"
    done = "Who may see {record} is saved."

    def get_queryset(self) -> Any:
        related = ("risk", "scope__parent__parent")
        return ActionView.get_queryset(self).select_related(*related)

    def act(self, issue: Issue, data: dict[str, Any]) -> Issue:
        return issues.classify(issue, by=self.request.user, **data)


class WithdrawIssue(OfIssue):
    form_class = ReasonForm
    title = "Withdraw the issue"
    introduction = "For what should never have stood here; what is over is resolved. It stays in the history."
    button = "Withdraw the issue"
    done = "{record} is withdrawn; its history stays."

    def act(self, issue: Issue, data: dict[str, Any]) -> Issue:
        return issues.withdraw(issue, by=self.request.user, **data)

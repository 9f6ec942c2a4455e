"""Keeping the programme's own words. (The page that shows them is in ``portal/pages``.)"""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.http import Http404

from programme.foundation.views import ActionView

from ..actions import programme as actions
from ..choices import StatementKind
from ..forms import programme as forms
from ..models import ExecutiveReport, Programme, Statement, Workstrand, Workstream

PRINCIPLES = "/programme/?tab=principles"
GOVERNANCE = "/programme/?tab=governance"


class OfProgramme(ActionView):
    """An action on the one programme."""

    permission = "portfolio.change_programme"
    model = Programme

    @cached_property
    def record(self) -> Programme:
        rows = Programme.objects.visible_to(self.request.user).live().select_related("scope")
        if (found := rows.first()) is None:
            raise Http404("There is no programme yet.")
        return found


class ChangeProgramme(OfProgramme):
    form_class = forms.ProgrammeForm
    title = "Change the programme"
    done = "The programme is changed."

    def act(self, programme: Programme, data: dict[str, Any]) -> Programme:
        return actions.change(programme, by=self.request.user, **data)


class KeepStatements(OfProgramme):
    """The sentences of one kind: objectives, agile principles, implementation order, transition."""

    form_class = forms.StatementsForm
    button = "Record these sentences"
    done = "Recorded."

    @cached_property
    def kind(self) -> StatementKind:
        try:
            return StatementKind(self.kwargs["kind"].replace("-", "_"))
        except ValueError as unknown:
            raise Http404("There is no such kind of statement.") from unknown

    @property
    def title(self) -> str:  # type: ignore[override]
        return KINDS[self.kind]

    def initial(self, programme: Programme) -> dict[str, Any]:
        rows = (
            Statement.objects.visible_to(self.request.user).live().filter(programme=programme, kind=self.kind)
        )
        return {"texts": [row.text for row in rows]}

    def act(self, programme: Programme, data: dict[str, Any]) -> Programme:
        actions.state(programme, kind=self.kind, by=self.request.user, **data)
        return programme

    def get_success_url(self, outcome: Programme) -> str:
        return outcome.get_absolute_url() if self.kind == StatementKind.OBJECTIVE else PRINCIPLES


KINDS = {
    StatementKind.OBJECTIVE: "Objectives",
    StatementKind.AGILE_PRINCIPLE: "Agile principles",
    StatementKind.IMPLEMENTATION_ORDER: "Order of implementation",
    StatementKind.TRANSITION: "Managing the transition",
}


class AddReport(OfProgramme):
    form_class = forms.ReportForm
    title = "Add a report to the Executive"
    button = "Add the report"
    done = "The report is added."

    def initial(self, programme: Programme) -> dict[str, Any]:
        return {}

    def act(self, programme: Programme, data: dict[str, Any]) -> ExecutiveReport:
        return actions.report(programme, by=self.request.user, **data)

    def get_success_url(self, outcome: ExecutiveReport) -> str:
        return GOVERNANCE


class ChangeReport(ActionView):
    permission = "portfolio.change_programme"
    model = ExecutiveReport
    lookup = "pk"
    form_class = forms.ReportForm
    title = "Change the report to the Executive"
    button = "Change the report"
    done = "The report is changed."

    def get_queryset(self) -> Any:
        return super().get_queryset().live().select_related("programme__scope")

    def get_permission_object(self) -> Any:
        return self.record.programme

    def get_cancel_url(self) -> str:
        return GOVERNANCE

    def get_success_url(self, outcome: ExecutiveReport) -> str:
        return GOVERNANCE

    def act(self, report: ExecutiveReport, data: dict[str, Any]) -> ExecutiveReport:
        return actions.change_report(report, by=self.request.user, **data)


class ChangeWorkstream(ActionView):
    permission = "portfolio.change_workstream"
    model = Workstream
    lookup = "slug"
    form_class = forms.PurposeForm
    title = "Change the purpose"
    button = "Change the purpose"
    done = "The purpose of {record} is changed."

    def get_queryset(self) -> Any:
        return super().get_queryset().live().select_related("scope__parent")

    def act(self, workstream: Workstream, data: dict[str, Any]) -> Workstream:
        return actions.change_purpose(workstream, by=self.request.user, **data)


class SayWhichPriorities(ActionView):
    permission = "portfolio.change_programme"
    model = Workstream
    lookup = "slug"
    form_class = forms.PrioritiesForm
    title = "Corporate priorities"
    introduction = "The priorities of the corporate plan that this workstream serves."
    button = "Record the priorities"
    done = "The priorities that {record} serves are recorded."

    def get_queryset(self) -> Any:
        return super().get_queryset().live().select_related("scope__parent")

    def form_options(self, workstream: Workstream) -> dict[str, Any]:
        return {"viewer": self.request.user}

    def initial(self, workstream: Workstream) -> dict[str, Any]:
        rows = list(workstream.priorities.live())
        return {
            "own": next((row.priority_id for row in rows if row.is_own), None),
            "supports": [row.priority_id for row in rows if not row.is_own],
        }

    def act(self, workstream: Workstream, data: dict[str, Any]) -> Workstream:
        actions.say_which_priorities(workstream, by=self.request.user, **data)
        return workstream


class ChangeWorkstrand(ActionView):
    permission = "portfolio.change_programme"
    model = Workstrand
    lookup = "pk"
    form_class = forms.WorkstrandForm
    title = "Change the workstrand"
    done = "The workstrand {record} is changed."

    def get_queryset(self) -> Any:
        return super().get_queryset().live().select_related("workstream__scope__parent")

    def get_permission_object(self) -> Any:
        return self.record.workstream

    def form_options(self, workstrand: Workstrand) -> dict[str, Any]:
        return {"viewer": self.request.user}

    def initial(self, workstrand: Workstrand) -> dict[str, Any]:
        texts = [row.text for row in workstrand.principles.live()]
        return super().initial(workstrand) | {"principles": texts, "workstream": workstrand.workstream}

    def get_cancel_url(self) -> str:
        return PRINCIPLES

    def get_success_url(self, outcome: Workstrand) -> str:
        return PRINCIPLES

    def act(self, workstrand: Workstrand, data: dict[str, Any]) -> Workstrand:
        return actions.settle_workstrand(workstrand, by=self.request.user, **data)

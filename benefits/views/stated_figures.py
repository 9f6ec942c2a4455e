"""Stated figures: the register of what was published, and what can be done to it."""

from __future__ import annotations

from typing import Any

from programme.foundation.views import ActionView, RecordListView, RecordView, Tab
from programme.portfolio.forms.project import ReasonForm

from ..actions import stated_figures as actions
from ..forms.stated_figure import StatedFigureForm
from ..models import Reconciliation, StatedFigure
from ..reading.headlines import headline
from ..tables.reconciliations import StatedFigureTable
from .reconciliation_changes import programme_scope

ADDRESS = "/benefits/reconciliation/figures/"


class StatedFigureList(RecordListView):
    permission = "benefits.view_benefits"
    model = StatedFigure
    table_class = StatedFigureTable
    title = "Stated figures"
    introduction = "Headlines that somebody published, each with its place: kept as stated, never derived."
    empty = "No stated figures yet."

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("confirmed_by__profile")

    def actions(self) -> list[tuple[str, str]]:
        may = self.request.user.has_perm("benefits.reconcile")
        return [("Add a stated figure", f"{ADDRESS}add/")] if may else []


class StatedFigurePage(RecordView):
    permission = "benefits.view_benefits"
    model = StatedFigure
    template_name = "benefits/stated_figure.html"
    tabs = (Tab("summary", "Summary", "benefits/stated_figure_summary.html"),)

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("scope__parent__parent", "confirmed_by__profile")

    def actions(self, figure: StatedFigure) -> list[tuple[str, str]]:
        if not self.request.user.has_perm("benefits.reconcile", figure):
            return []
        address = figure.get_absolute_url()
        if figure.withdrawn:
            return [("Change who may see it", f"{address}class/")]
        return [("Correct", f"{address}correct/"), ("Withdraw", f"{address}withdraw/")]

    def tab_summary(self, figure: Any) -> dict[str, Any]:
        one = headline(figure)
        seen = Reconciliation.objects.visible_to(self.request.user).live()
        rows = [
            {"key": "As stated", "value": one.words, "source": one.source},
            {"key": "Measure", "value": one.measure},
            {"key": "What it covers", "value": one.covers or "Not stated"},
        ]
        if one.inferred_basis:
            rows.append({"key": "Inferred basis", "value": one.inferred_basis})
        return {
            "facts": rows,
            "reconciliations": seen.filter(from_figure=self.record) | seen.filter(to_figure=self.record),
        }


class AddStatedFigure(ActionView):
    permission = "benefits.reconcile"
    lookup = ""
    form_class = StatedFigureForm
    title = "Add a stated figure"
    introduction = "As it was published, to the pound, with its place."
    button = "Add the stated figure"
    done = "{record.ref} is added."

    def get_cancel_url(self) -> str:
        return ADDRESS

    def act(self, record: None, data: dict[str, Any]) -> StatedFigure:
        scope = programme_scope(self.request.user)
        return actions.add(scope=scope, by=self.request.user, **data)


class OfStatedFigure(ActionView):
    permission = "benefits.reconcile"
    model = StatedFigure

    def get_queryset(self) -> Any:
        return super().get_queryset().live().select_related("scope__parent__parent")


class CorrectStatedFigure(OfStatedFigure):
    form_class = StatedFigureForm
    title = "Correct the stated figure"
    introduction = (
        "For what was entered wrongly. What somebody published later is another figure: add it, and "
        "reconcile the two."
    )
    button = "Correct the stated figure"
    done = "{record.ref} is corrected."

    def act(self, figure: StatedFigure, data: dict[str, Any]) -> StatedFigure:
        return actions.correct(figure, by=self.request.user, **data)


class WithdrawStatedFigure(OfStatedFigure):
    form_class = ReasonForm
    title = "Withdraw the stated figure"
    introduction = "It stays in history."
    button = "Withdraw the stated figure"
    done = "{record.ref} is withdrawn."

    def act(self, figure: StatedFigure, data: dict[str, Any]) -> StatedFigure:
        return actions.withdraw(figure, by=self.request.user, **data)

    def get_success_url(self, outcome: StatedFigure) -> str:
        return ADDRESS

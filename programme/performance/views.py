"""The register of measures, and what can be done to one. (A measure's page is in ``portal/pages``.)"""

from __future__ import annotations

from typing import Any

from programme.foundation.views import ActionView, RecordListView

from . import filters, forms, tables
from .actions import measures
from .forms import PERMISSION
from .models import Measure


class MeasureList(RecordListView):
    permission = "performance.view_measures"
    model = Measure
    table_class = tables.MeasureTable
    filters_class = filters.MeasureFilters
    title = "Measures"
    introduction = (
        "What shows whether benefits come: where each measure stood, where it is to be, and by when."
    )
    empty = "No measures yet. A benefit needs one before it can be claimed as realised."

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("workstream", "owner__profile")

    def actions(self) -> list[tuple[str, str]]:
        may = self.request.user.has_perm(PERMISSION)
        return [("Add a measure", "/measures/add/")] if may else []


class AddMeasure(ActionView):
    permission = PERMISSION
    lookup = ""
    form_class = forms.MeasureForm
    title = "Add a measure"
    introduction = (
        "Say what is counted and where it stood before anything changed: later nobody can find that out."
    )
    button = "Add the measure"
    done = "{record} is added."

    def form_options(self, record: None) -> dict[str, Any]:
        return {"viewer": self.request.user}

    def get_cancel_url(self) -> str:
        return "/measures/"

    def act(self, record: None, data: dict[str, Any]) -> Measure:
        return measures.add(by=self.request.user, **data)


class OfMeasure(ActionView):
    """An action on one measure, for those who keep the place where it lies."""

    permission = PERMISSION
    model = Measure

    def get_queryset(self) -> Any:
        return super().get_queryset().live().select_related("scope__parent__parent", "owner__profile")


class ChangeMeasure(OfMeasure):
    form_class = forms.MeasureForm
    title = "Change the measure"
    introduction = "A changed figure, unit or source has to be confirmed anew."
    button = "Change the measure"
    done = "{record} is changed."

    def initial(self, measure: Measure) -> dict[str, Any]:
        points = {point.date: point.value for point in measure.trajectory.live()}
        return super().initial(measure) | {"home": measure.scope, "trajectory": points}

    def form_options(self, measure: Measure) -> dict[str, Any]:
        return {"viewer": self.request.user, "measure": measure}

    def act(self, measure: Measure, data: dict[str, Any]) -> Measure:
        return measures.change(measure, by=self.request.user, **data)


class ConfirmMeasure(OfMeasure):
    form_class = forms.ReasonForm
    title = "Confirm the figures"
    button = "Confirm the figures"
    done = "The figures of {record} are confirmed."

    @property
    def introduction(self) -> str:  # type: ignore[override]
        one = self.record
        figures = {"baseline": one.baseline_words, "target": one.target_words}
        known = " and ".join(f"the {name} {words}" for name, words in figures.items() if words)
        return f"You looked at {known or 'the figures'} in the source, {one.source_document}, and they hold."

    def initial(self, measure: Measure) -> dict[str, Any]:
        return {}

    def act(self, measure: Measure, data: dict[str, Any]) -> Measure:
        return measures.confirm(measure, by=self.request.user, **data)


class WithdrawMeasure(OfMeasure):
    form_class = forms.ReasonForm
    title = "Withdraw the measure"
    introduction = (
        "It is no longer in use and stays in the history. Benefits that name it are then without evidence."
    )
    button = "Withdraw the measure"
    done = "{record} is withdrawn and stays in the history."

    def initial(self, measure: Measure) -> dict[str, Any]:
        return {}

    def act(self, measure: Measure, data: dict[str, Any]) -> Measure:
        return measures.withdraw(measure, by=self.request.user, **data)

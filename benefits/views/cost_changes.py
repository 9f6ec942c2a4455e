"""What can be done to a cost line: add, change, withdraw, its budget, forecast and actual by year."""

from __future__ import annotations

from typing import Any, ClassVar

from programme.foundation import calendar
from programme.foundation.views import ActionView
from programme.people.choices import Classification
from programme.portfolio.forms.project import ReasonForm

from ..actions import costs as actions
from ..choices import CostCategory, CostKind
from ..forms import costs as forms
from ..models import CostLine
from ..reading.costs import profiles_of
from ..rules.profiles import box, years_to_ask
from .reconciliation_changes import programme_scope

ADDRESS = "/benefits/investment/"


class AddCostLine(ActionView):
    permission = "benefits.keep_costs"
    lookup = ""
    form_class = forms.NewCostLineForm
    title = "Add a cost line"
    introduction = "What the programme or one of its projects costs, and what it is paid from."
    button = "Add the cost line"
    done = "{record.ref} {record} is added. Its years have pages of their own."

    def form_options(self, record: None) -> dict[str, Any]:
        return {"viewer": self.request.user}

    def get_cancel_url(self) -> str:
        return ADDRESS

    def act(self, record: None, data: dict[str, Any]) -> CostLine:
        project = data.pop("project")
        scope = project.scope if project else programme_scope(self.request.user)
        return actions.add(scope=scope, by=self.request.user, **data)


class OfCostLine(ActionView):
    """An action on one cost line."""

    permission = "benefits.keep_costs"
    model = CostLine

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("scope__parent__parent")


class ChangeCostLine(OfCostLine):
    form_class = forms.CostLineForm
    title = "Change the cost line"
    button = "Change the cost line"
    done = "{record.ref} is changed."

    def initial(self, line: CostLine) -> dict[str, Any]:
        is_exempt = line.classification == Classification.EXEMPT
        settled = line.category == CostCategory.REDUNDANCY and not is_exempt
        return super().initial(line) | {"not_exempt": settled}

    def act(self, line: CostLine, data: dict[str, Any]) -> CostLine:
        return actions.change(line, by=self.request.user, **data)


class WithdrawCostLine(OfCostLine):
    form_class = ReasonForm
    title = "Withdraw the cost line"
    introduction = "It no longer counts in any total; it stays in history."
    button = "Withdraw the cost line"
    done = "{record.ref} is withdrawn."

    def act(self, line: CostLine, data: dict[str, Any]) -> CostLine:
        return actions.withdraw(line, by=self.request.user, **data)

    def get_success_url(self, outcome: CostLine) -> str:
        return ADDRESS


class CostYears(OfCostLine):
    """One kind of amount by year."""

    form_class = forms.CostYearsForm
    kind: ClassVar[CostKind]
    done = "The years of {record.ref} are recorded."

    def form_options(self, line: CostLine) -> dict[str, Any]:
        profiles = profiles_of([line], self.request.user).get(line.pk, {})
        known = {year for profile in profiles.values() for year in profile}
        years = years_to_ask(known, starts=line.source_as_at, ends=None, today=calendar.today())
        others = [kind for kind in CostKind if kind in profiles and kind != self.kind]
        return {"years": years, "beside": {kind.label.lower(): profiles[kind] for kind in others}}

    def initial(self, line: CostLine) -> dict[str, Any]:
        profile = profiles_of([line], self.request.user).get(line.pk, {}).get(self.kind, {})
        return {box(year): amount for year, amount in profile.items()}

    def act(self, line: CostLine, data: dict[str, Any]) -> CostLine:
        return actions.set_years(line, kind=self.kind, by=self.request.user, **data)


class BudgetYears(CostYears):
    kind = CostKind.BUDGET
    title = "Budget by year"
    introduction = "What is budgeted in each year. A line without a budget by year is not profiled."
    button = "Record the budget"


class ForecastYears(CostYears):
    permission = "benefits.forecast_costs"
    kind = CostKind.FORECAST
    title = "Forecast by year"
    introduction = "What the line is expected to cost in each year."
    button = "Record the forecast"


class ActualYears(CostYears):
    kind = CostKind.ACTUAL
    title = "Actual by year"
    introduction = "What the ledger shows for each year that has begun."
    button = "Record the actual"

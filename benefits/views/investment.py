"""Investment: the lines with their totals, and each line with what it costs by year."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from programme.foundation import calendar
from programme.foundation.changes import of_all
from programme.foundation.views import RecordView, Tab
from programme.people.readable_history import readable_at, telling
from programme.portfolio.models import Project

from ..filters.worked_out import CostFilters
from ..models import CostAmount, CostLine
from ..reading.costs import CostRow, Costs, cost_of, in_a_sentence, profiles_of
from ..reading.spend_beside_benefit import Beside, costs_and_benefits
from ..tables.costs import CostTable
from ..words import costs as cost_words
from .parts import parts
from .worked_out import WorkedOutList, says

ADDRESS = "/benefits/investment/"
NAMED = 30  # homes with spend beside benefit, one-sided ones first: more are not read any more


class Investment(WorkedOutList):
    permission = "benefits.view_benefits"
    model = CostLine
    table_class = CostTable
    filters_class = CostFilters
    title = "Investment"
    empty = "No cost lines yet. Add the first one."
    template_name = "benefits/investment_page.html"

    @cached_property
    def costs_and_benefits(self) -> tuple[Costs, tuple[Beside, ...]]:
        return costs_and_benefits(self.request.user)

    @property
    def costs(self) -> Costs:
        return self.costs_and_benefits[0]

    @property
    def rows(self) -> Any:
        return self.costs.rows

    def holds(self, row: CostRow, chosen: dict[str, Any]) -> bool:
        known = {
            "category": row.category,
            "funding": row.funding,
            "years": "profiled" if row.cost.is_profiled else "not-profiled",
        }
        asked = all(chosen.get(name, value) == value for name, value in known.items())
        return asked and says(chosen.get("q", ""), row.ref, row.name)

    @property
    def introduction(self) -> str:  # type: ignore[override]
        return in_a_sentence(self.costs)

    def actions(self) -> list[tuple[str, str]]:
        may = self.request.user.has_perm("benefits.keep_costs")
        return [("Add a cost line", f"{ADDRESS}add/")] if may else []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        (found, homes), user = self.costs_and_benefits, self.request.user
        return super().get_context_data(**kwargs) | {
            "parts": parts(user, ADDRESS),
            "costs": found,
            "year_columns": cost_words.year_columns(found),
            "year_rows": cost_words.year_rows(found),
            "not_profiled": cost_words.not_profiled(found),
            "stated_columns": cost_words.STATED_COLUMNS,
            "stated_rows": cost_words.stated_rows(found),
            "beside_columns": cost_words.BESIDE_COLUMNS,
            "beside_rows": cost_words.beside_rows(homes[:NAMED]),
            "beside_more": max(0, len(homes) - NAMED),
        }


class CostLinePage(RecordView):
    permission = "benefits.view_benefits"
    model = CostLine
    template_name = "benefits/cost_line.html"
    tabs = (Tab("summary", "Summary", "benefits/cost_line_summary.html"),)

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("scope__parent__parent", "confirmed_by__profile")

    def actions(self, line: CostLine) -> list[tuple[str, str]]:
        user, address = self.request.user, line.get_absolute_url()
        if line.withdrawn:
            may = user.has_perm("benefits.keep_costs", line)
            return [("Change who may see it", f"{address}class/")] if may else []
        buttons: list[tuple[str, str]] = []
        if user.has_perm("benefits.forecast_costs", line):
            buttons.append(("Forecast by year", f"{address}forecast/"))
        if user.has_perm("benefits.keep_costs", line):
            buttons += [
                ("Budget by year", f"{address}budget/"),
                ("Actual by year", f"{address}actual/"),
                ("Change", f"{address}change/"),
                ("Withdraw", f"{address}withdraw/"),
            ]
        return buttons

    def tab_summary(self, line: Any) -> dict[str, Any]:
        user = self.request.user
        cost = cost_of(line, profiles_of([line], user, self.as_at).get(line.pk, {}))
        home = Project.objects.visible_to(user).filter(scope=line.scope_id).first()
        return {
            "facts": cost_words.facts(line, home),
            "year_columns": ["Year", "Budget", "Forecast", "Actual"],
            "year_rows": cost_words.line_rows(cost),
            "outside": cost_words.outside_words(cost),
        }

    def tab_history(self, line: Any) -> dict[str, Any]:
        """Its own changes and those of its years; nothing of a time when it was kept from the reader."""
        amounts = CostAmount.objects.visible_to(self.request.user).filter(line=self.record)
        end = calendar.end_of_day(self.as_at) if self.as_at else None
        found = super().tab_history(line)["changes"]
        of_years = of_all(amounts.select_related("line"), self.request.user)
        found += [one for one in of_years if end is None or one.when <= end]
        return {"changes": telling(found, readable_at(self.record, self.request.user))}

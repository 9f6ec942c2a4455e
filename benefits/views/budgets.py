"""Budgets by code and year: the list, loading a file with a preview, withdrawing one."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.core import signing
from django.http import HttpRequest, HttpResponseBase
from django.utils.functional import cached_property

from programme.foundation.views import ActionView, RecordListView

from ..actions import budgets
from ..filters.budgets import BudgetFilters
from ..forms.budgets import LoadForm, UploadForm, WithdrawForm
from ..models import Budget
from ..reading.standing import said
from ..rules import budget_changes, budget_file
from ..rules.budget_changes import BudgetChanges
from ..tables.budgets import BudgetTable, KeptBudgetTable

A_DAY = 24 * 60 * 60
SHOWN = 200  # rows of each kind on the page; the sums speak of all
GONE = "This preview is a day old or not yours: choose the file again."


class BudgetList(RecordListView):
    permission = "benefits.view_benefits"
    model = Budget
    filters_class = BudgetFilters
    title = "Budgets"
    template_name = "benefits/budgets.html"
    introduction = (
        "Budgets by code and year, as finance loaded them: savings on a code above its budget are flagged as "
        "perhaps counted twice."
    )
    empty = "No budgets are loaded yet. Finance loads them from a CSV of code, year and amount."

    @property
    def table_class(self) -> type[BudgetTable]:  # type: ignore[override]
        return KeptBudgetTable if self._keeps else BudgetTable

    @property
    def _keeps(self) -> bool:
        return self.request.user.has_perm("benefits.keep_budgets")

    def actions(self) -> list[tuple[str, str]]:
        return [("Load budgets from a file", "/benefits/budgets/load/")] if self._keeps else []


class LoadBudgets(ActionView):
    """The file comes first and is only looked at; its text goes along, signed, until what it changes is
    confirmed. Nothing of it is kept in between."""

    permission = "benefits.keep_budgets"
    lookup = ""
    title = "Load budgets from a file"
    template_name = "benefits/load_budgets.html"

    @property
    def introduction(self) -> str:  # type: ignore[override]
        if self.held:
            return "Nothing is saved yet. Look at what the file changes, then confirm."
        return "You see what the file would change before anything is saved."

    @property
    def button(self) -> str:  # type: ignore[override]
        return "Save these budgets" if self.held else "Show what it changes"

    def get_cancel_url(self) -> str:
        return "/benefits/budgets/"

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        if "held" in request.POST:
            if self.held is None:
                return self._page(UploadForm(), status=422, trouble=[GONE])
            return super().post(request, **kwargs)
        form = UploadForm(request.POST, request.FILES)
        if not form.is_valid():
            return self._page(form, status=422)
        typed = form.cleaned_data
        self.held = {"csv": typed["file"], "source": typed["source"], "as_at": typed["as_at"].isoformat()}
        token = signing.dumps(self.held, salt=self._salt, compress=True)
        return self._page(LoadForm(initial={"held": token}))

    @cached_property
    def held(self) -> dict[str, str] | None:
        """The file that was looked at, out of the page; None before there is one."""
        try:
            return signing.loads(self.request.POST.get("held", ""), salt=self._salt, max_age=A_DAY)
        except signing.BadSignature:
            return None

    @property
    def _salt(self) -> str:
        """A file that one person looked at is confirmed by nobody else."""
        return f"budgets of {self.request.user.pk}"

    @cached_property
    def rows(self) -> list[budget_file.Row]:
        return budget_file.read(self.held["csv"].encode()) if self.held else []

    @cached_property
    def changes(self) -> BudgetChanges:
        years = {row.year for row in self.rows}
        known = Budget.objects.visible_to(self.request.user).live().filter(year__in=years)
        return budget_changes.compare(self.rows, known)

    def _form(self, *posted: Any) -> forms.Form:
        return LoadForm(*posted) if posted else UploadForm()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return context | (_preview(self.changes) if self.held else {})

    def act(self, record: None, data: dict[str, Any]) -> BudgetChanges:
        held = self.held or {}
        facts = {"source": held["source"], "as_at": datetime.date.fromisoformat(held["as_at"])}
        shown = self.request.POST.get("shown", "")
        return budgets.load(rows=self.rows, shown=shown, by=self.request.user, reason=data["reason"], **facts)

    def done_message(self, outcome: BudgetChanges) -> str:
        new, changed = len(outcome.new), len(outcome.changed)
        are = "budget is" if new + changed == 1 else "budgets are"
        return f"{new:,} new and {changed:,} changed {are} saved."

    def get_success_url(self, outcome: BudgetChanges) -> str:
        return "/benefits/budgets/"


class WithdrawBudget(ActionView):
    permission = "benefits.keep_budgets"
    model = Budget
    lookup = "pk"
    form_class = WithdrawForm
    title = "Withdraw a budget"
    introduction = "Savings on this code are no longer held against it. It stays in the history."
    button = "Withdraw"
    done = "The budget {record} is withdrawn."

    def get_queryset(self) -> Any:
        return super().get_queryset().live()

    def get_permission_object(self) -> None:
        """Budgets lie on no place: whoever keeps them keeps them all."""
        _ = self.record

    def get_cancel_url(self) -> str:
        return "/benefits/budgets/"

    def get_success_url(self, outcome: Budget) -> str:
        return "/benefits/budgets/"

    def act(self, budget: Budget, data: dict[str, Any]) -> Budget:
        return budgets.withdraw(budget, by=self.request.user, **data)


def _preview(changes: BudgetChanges) -> dict[str, Any]:
    """What the file changes, in sentences and tables: the first rows of each kind, the sums of all."""
    counts = f"{len(changes.new):,} new, {len(changes.changed):,} changed, {len(changes.same):,} the same."
    others = "other budget" if changes.untouched == 1 else "other budgets"
    stay = f" The file leaves {changes.untouched:,} {others} of these years alone."
    return {
        "changes": changes,
        "total_columns": ["Year", "Now", "With this file"],
        "changed_columns": ["Budget code", "Year", "Field", "Now", "With this file"],
        "new_columns": ["Budget code", "Year", "Name", "Budget"],
        "counts": counts + (stay if changes.untouched else ""),
        "totals": [[str(one.year), said(one.before), said(one.after)] for one in changes.totals],
        "changed": [
            [one.row.code, str(one.row.year), field.label, field.old or "(none)", field.new]
            for one in changes.changed[:SHOWN]
            for field in one.fields
        ],
        "new": [
            [one.row.code, str(one.row.year), one.row.name or "–", said(one.row.amount)]
            for one in changes.new[:SHOWN]
        ],
        "changed_note": _cut(len(changes.changed)),
        "new_note": _cut(len(changes.new)),
    }


def _cut(count: int) -> str:
    return f"The first {SHOWN} of {count:,}; the sums by year speak of all." if count > SHOWN else ""

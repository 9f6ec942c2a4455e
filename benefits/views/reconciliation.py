"""Reconciliations: the list, and each with its bridge."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from programme.foundation import calendar
from programme.foundation.changes import of_all
from programme.foundation.views import RecordView, Tab
from programme.people.readable_history import readable_at, telling

from ..filters.worked_out import ReconciliationFilters
from ..models import Movement, Reconciliation
from ..pictures import bridges as bridge_pictures
from ..reading.reconciliations import ON_FIGURES, Reconciled, as_they_stand, in_a_sentence, reconciled
from ..tables.reconciliations import ReconciliationTable
from ..words import bridge as bridge_words
from .parts import parts
from .worked_out import WorkedOutList, says

ADDRESS = "/benefits/reconciliation/"


class ReconciliationList(WorkedOutList):
    permission = "benefits.view_benefits"
    model = Reconciliation
    table_class = ReconciliationTable
    filters_class = ReconciliationFilters
    title = "Reconciliation"
    empty = "No reconciliations yet. Set two figures that disagree against each other."
    template_name = "benefits/reconciliations.html"

    @cached_property
    def rows(self) -> tuple[Reconciled, ...]:
        return as_they_stand(self.request.user)

    def holds(self, row: Reconciled, chosen: dict[str, Any]) -> bool:
        standing = row.standing.name.lower().replace("_", "-")
        asked = chosen.get("standing", standing) == standing
        return asked and says(chosen.get("q", ""), row.ref, row.title, row.note)

    @property
    def introduction(self) -> str:  # type: ignore[override]
        return in_a_sentence(self.rows)

    def actions(self) -> list[tuple[str, str]]:
        buttons = [("Stated figures", f"{ADDRESS}figures/")]
        if self.request.user.has_perm("benefits.reconcile"):
            buttons.insert(0, ("Add a reconciliation", f"{ADDRESS}add/"))
        return buttons

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        lapsed = [
            {
                "title": f"The sign-off of {one.ref} no longer holds.",
                "words": f"A figure has moved since; left is {one.left_words}.",
                "url": one.url,
                "label": "Look at it",
            }
            for one in self.rows
            if one.has_lapsed
        ]
        figure = bridge_pictures.all_bridges(self.rows)
        own = {"figure": figure, "lapsed": lapsed, "parts": parts(self.request.user, ADDRESS)}
        return super().get_context_data(**kwargs) | own


class ReconciliationPage(RecordView):
    permission = "benefits.view_benefits"
    model = Reconciliation
    template_name = "benefits/reconciliation.html"
    tabs = (Tab("summary", "Bridge", "benefits/reconciliation_summary.html"),)

    def get_queryset(self) -> Any:
        on = ["scope__parent__parent", "signed_by__profile", *ON_FIGURES]
        return super().get_queryset().select_related(*on)

    def actions(self, record: Reconciliation) -> list[tuple[str, str]]:
        if record.withdrawn:
            return []
        user, address = self.request.user, record.get_absolute_url()
        buttons = []
        if user.has_perm("benefits.reconcile", record):
            buttons = [("Add a movement", f"{address}movements/add/"), ("Change", f"{address}change/")]
        if user.has_perm("benefits.sign_off_residual", record):
            if self.reconciled(record).is_open and self.reconciled(record).bridge:
                buttons.append(("Sign off what is left", f"{address}sign-off/"))
            if record.signed_by_id:
                buttons.append(("Take the sign-off back", f"{address}take-back/"))
        if user.has_perm("benefits.reconcile", record):
            buttons.append(("Withdraw", f"{address}withdraw/"))
        return buttons

    def reconciled(self, record: Any) -> Reconciled:
        """The record, as it is shown, with its figures and movements of the same day; read once."""
        if not hasattr(self, "_reconciled"):
            kept = as_they_stand(self.request.user) if self.as_at is None else ()
            found = next((one for one in kept if one.ref == record.ref), None)
            self._reconciled = found or reconciled([record], self.request.user, self.as_at)[0]
        return self._reconciled

    def get_context_data(self, *, record: Any, **kwargs: Any) -> dict[str, Any]:
        one = self.reconciled(record)
        words = {"lead": bridge_words.lead(one), "lapsed": bridge_words.lapsed(one)}
        return super().get_context_data(record=record, **kwargs) | words | {"one": one}

    def tab_summary(self, record: Any) -> dict[str, Any]:
        one, user = self.reconciled(record), self.request.user
        live = self.as_at is None and not record.withdrawn
        may_change = live and user.has_perm("benefits.reconcile", self.record)
        return {
            "figures": bridge_words.figures(one),
            "signed_title": f"Signed off by {one.sign_off.by}." if one.sign_off else "",
            "figure": bridge_pictures.bridge_picture(one),
            "movement_columns": bridge_words.MOVEMENT_COLUMNS,
            "movement_rows": bridge_words.movement_rows(one, linked=may_change),
            "year_columns": bridge_words.year_columns(one),
            "year_rows": bridge_words.year_rows(one),
            "beside_columns": bridge_words.TEN_YEARS_COLUMNS,
            "beside_rows": bridge_words.ten_years_rows(record, one, user, self.as_at),
        }

    def tab_history(self, record: Any) -> dict[str, Any]:
        """Its own changes and its movements'; nothing of a time when it was kept from the reader."""
        movements = Movement.objects.visible_to(self.request.user).filter(reconciliation=self.record)
        end = calendar.end_of_day(self.as_at) if self.as_at else None
        found = super().tab_history(record)["changes"]
        moves = of_all(movements, self.request.user)
        found += [one for one in moves if end is None or one.when <= end]
        return {"changes": telling(found, readable_at(self.record, self.request.user))}

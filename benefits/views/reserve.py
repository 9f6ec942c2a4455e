"""The transformation reserve: its ledger, each entry, and what can be entered."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from programme.foundation import calendar
from programme.foundation.money import pounds
from programme.foundation.views import ActionView, RecordView, Tab
from programme.portfolio.forms.project import ReasonForm

from ..actions import reserve as actions
from ..filters.worked_out import LedgerFilters
from ..forms.reserve import EntryForm
from ..models import CostLine, ReserveEntry
from ..pictures.reserve import reserve_picture
from ..reading.reserve import LedgerRow, Reserve, in_a_sentence, kind_words, reserve
from ..reading.withholding import Source
from ..tables.reserve import LedgerTable
from .parts import parts
from .reconciliation_changes import programme_scope
from .worked_out import WorkedOutList, says

ADDRESS = "/benefits/reserve/"
NAMED = 25  # commitments above the ledger; the ledger has them all


class ReserveLedger(WorkedOutList):
    permission = "benefits.view_benefits"
    model = ReserveEntry
    table_class = LedgerTable
    filters_class = LedgerFilters
    title = "Transformation reserve"
    empty = "Nothing is entered yet. Enter what is allocated to the reserve first."
    template_name = "benefits/reserve.html"

    @cached_property
    def reserve(self) -> Reserve:
        return reserve(self.request.user)

    @cached_property
    def rows(self) -> list[LedgerRow]:
        """Newest first, each with the balances after it."""
        return list(reversed(self.reserve.rows))

    def holds(self, row: LedgerRow, chosen: dict[str, Any]) -> bool:
        if chosen.get("kind", row.entry) != row.entry:
            return False
        if not chosen.get("since", row.date) <= row.date <= chosen.get("until", row.date):
            return False
        return says(chosen.get("q", ""), row.words, row.cost_line, row.commitment)

    @property
    def introduction(self) -> str:  # type: ignore[override]
        return in_a_sentence(self.reserve)

    def actions(self) -> list[tuple[str, str]]:
        may = self.request.user.has_perm("benefits.keep_reserve")
        return [("Make an entry", f"{ADDRESS}enter/")] if may else []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = self.reserve
        return super().get_context_data(**kwargs) | {
            "parts": parts(self.request.user, ADDRESS),
            "reserve": found,
            "figures": _figures(found) if found.rows else [],
            "figure": reserve_picture(found, calendar.today()),
            "commitment_columns": ["Commitment", "Made on", "Left of it"],
            "commitment_rows": [
                [{"text": one.words, "url": one.url}, calendar.in_words(one.date), pounds(one.left)]
                for one in found.commitments[:NAMED]
            ],
            "more_commitments": max(0, len(found.commitments) - NAMED),
        }


def _figures(found: Reserve) -> list[dict[str, str]]:
    now = found.standing
    if now is None:
        return []
    return [
        {"label": "Allocated", "value": pounds(now.allocated)},
        {"label": "Balance", "value": pounds(now.balance), "meaning": "Allocated less spent and released"},
        {"label": "Committed", "value": pounds(now.committed), "meaning": "Promised and not spent"},
        {"label": "Available", "value": pounds(now.available), "meaning": "Balance less commitments"},
    ]


class EntryPage(RecordView):
    permission = "benefits.view_benefits"
    model = ReserveEntry
    lookup = "pk"
    template_name = "benefits/reserve_entry.html"
    tabs = (Tab("summary", "Summary", "benefits/reserve_entry_summary.html"),)

    def get_queryset(self) -> Any:
        on = ["scope__parent__parent", "confirmed_by__profile", "commitment"]
        return super().get_queryset().select_related(*on)

    def actions(self, entry: ReserveEntry) -> list[tuple[str, str]]:
        if entry.withdrawn or not self.request.user.has_perm("benefits.keep_reserve", entry):
            return []
        return [("Take the entry back", f"{entry.get_absolute_url()}take-back/")]

    def tab_summary(self, entry: Any) -> dict[str, Any]:
        user = self.request.user
        line = CostLine.objects.visible_to(user).filter(pk=entry.cost_line_id).first()
        named = ReserveEntry.objects.visible_to(user).filter(pk=entry.commitment_id).first()
        rows: list[dict[str, Any]] = [
            {"key": "Entry", "value": kind_words(entry)},
            {"key": "Date", "value": calendar.in_words(entry.date)},
            {"key": "Amount", "value": pounds(entry.amount), "source": Source.of(entry)},
        ]
        if named:
            rows.append({"key": "Commitment", "value": named.words, "url": named.get_absolute_url()})
        if line:
            words = f"{line.ref} {line.name}"
            rows.append({"key": "Cost line", "value": words, "url": line.get_absolute_url()})
        return {"facts": rows}


class Enter(ActionView):
    permission = "benefits.keep_reserve"
    lookup = ""
    form_class = EntryForm
    title = "Make an entry"
    introduction = "Refused where balance or available would be below nought on any day."
    button = "Make the entry"
    done = "The entry is made."

    def form_options(self, record: None) -> dict[str, Any]:
        return {"viewer": self.request.user}

    def get_cancel_url(self) -> str:
        return ADDRESS

    def act(self, record: None, data: dict[str, Any]) -> ReserveEntry:
        scope = programme_scope(self.request.user)
        return actions.enter(scope=scope, by=self.request.user, **data)

    def get_success_url(self, outcome: ReserveEntry) -> str:
        return ADDRESS


class TakeBack(ActionView):
    permission = "benefits.keep_reserve"
    model = ReserveEntry
    lookup = "pk"
    form_class = ReasonForm
    title = "Take the entry back"
    introduction = "It no longer counts; it stays in history. Make another one in its place if it was wrong."
    button = "Take the entry back"
    done = "The entry is taken back."

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("scope__parent__parent")

    def act(self, entry: ReserveEntry, data: dict[str, Any]) -> ReserveEntry:
        return actions.take_back(entry, by=self.request.user, **data)

    def get_success_url(self, outcome: ReserveEntry) -> str:
        return ADDRESS

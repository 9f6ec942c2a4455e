"""The programme's page: what it is for, how it is organised, who governs it, and what it costs and saves."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.http import Http404

from portal.money import investment_table, savings_table
from programme.foundation.views import RecordView, Tab
from programme.people.choices import Role
from programme.portfolio.choices import BodyKind, StatementKind
from programme.portfolio.models import (
    Body,
    DesignPrinciple,
    ExecutiveReport,
    Programme,
    Seat,
    Statement,
    Workstrand,
    Workstream,
)

from . import money_tables, posts, stood
from .line_of_sight import lines_of_sight
from .workstream_cards import cards

GOVERNING = {
    Role.SRO,
    Role.BOARD_MEMBER,
    Role.SPECIALIST_ADVISER,
    Role.PROGRAMME_MANAGER,
    Role.FINANCE_REVIEWER,
}


# Pages that belong to the programme and have no main link of their own, with the permission each needs.
ELSEWHERE = (
    ("People and their roles", "/people/", "people.view_people"),
    ("Measures", "/measures/", "performance.view_measures"),
)


class ProgrammePage(RecordView):
    permission = "portfolio.view_public"
    model = Programme
    template_name = "portal/programme.html"
    tabs = (
        Tab("summary", "Summary", "portal/programme_summary.html"),
        Tab("principles", "Workstrands and principles", "portal/programme_principles.html"),
        Tab("governance", "People and governance", "portal/programme_governance.html"),
        Tab("money", "Money", "portal/programme_money.html", permission="benefits.view_benefits"),
    )

    @cached_property
    def record(self) -> Programme:
        """The one programme. Raises ``Http404`` before it is loaded."""
        rows = Programme.objects.visible_to(self.request.user).live().select_related("scope")
        if (found := rows.first()) is None:
            raise Http404("There is no programme yet.")
        return found

    def may_keep(self) -> bool:
        return self.as_at is None and self.request.user.has_perm("portfolio.change_programme", self.record)

    def actions(self, programme: Programme) -> list[tuple[str, str]]:
        return [("Change", "/programme/change/")] if self.may_keep() else []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        may = self.request.user.has_perm
        elsewhere = [(words, url) for words, url, permission in ELSEWHERE if may(permission)]
        return super().get_context_data(**kwargs) | {"elsewhere": elsewhere}

    def _on(self, model: Any, *order: str, **filters: Any) -> list[Any]:
        user = self.request.user
        return stood.on(model.objects.visible_to(user).filter(**filters), self.as_at, user, order=order)

    def _statements(self, *kinds: StatementKind) -> dict[str, list[str]]:
        rows = self._on(Statement, "kind", "position", programme=self.record, kind__in=kinds)
        return {kind.value: [row.text for row in rows if row.kind == kind] for kind in kinds}

    def tab_summary(self, programme: Programme) -> dict[str, Any]:
        user = self.request.user
        workstreams = self._on(Workstream, "position")
        return {
            "objectives": self._statements(StatementKind.OBJECTIVE)["objective"],
            "sight": lines_of_sight(user, workstreams, self.as_at),
            "cards": cards(user, workstreams) if self.as_at is None else [],
            "may_keep": self.may_keep(),
        }

    def tab_principles(self, programme: Programme) -> dict[str, Any]:
        strands = self._on(Workstrand, "position")
        principles = self._on(DesignPrinciple, "position")
        by_strand = [
            {"strand": one, "principles": [row for row in principles if row.workstrand_id == one.pk]}
            for one in strands
        ]
        homes = [
            {
                "workstream": home,
                "strands": [one for one in by_strand if one["strand"].workstream_id == home.pk],
            }
            for home in self._on(Workstream, "position")
        ]
        agile, order, transition = (
            StatementKind.AGILE_PRINCIPLE,
            StatementKind.IMPLEMENTATION_ORDER,
            StatementKind.TRANSITION,
        )
        return {
            "homes": homes,
            "unconfirmed": any(not one.home_confirmed for one in strands),
            "may_keep": self.may_keep(),
            **self._statements(agile, order, transition),
        }

    def tab_governance(self, programme: Programme) -> dict[str, Any]:
        user = self.request.user
        bodies, seats = self._on(Body, "kind", "name"), self._on(Seat, "position")
        # A delivery group's people stand on its workstream's page.
        scopes = [self.record.scope_id, *(one.scope_id for one in bodies if one.workstream_id is None)]
        seated = [
            {"body": one, "seats": [seat for seat in seats if seat.body_id == one.pk]} for one in bodies
        ]
        return {
            "boards": [_board(one) for one in seated if one["body"].kind == BodyKind.PROGRAMME_BOARD],
            "bodies": [one for one in seated if one["body"].kind != BodyKind.PROGRAMME_BOARD],
            "seat_columns": ["Post", "Seat"],
            "people": posts.grouped(
                posts.holders(user, scopes, self.as_at, roles=GOVERNING), with_place=True
            ),
            "working": user.has_perm("portfolio.view_portfolio"),
            "reports": self._on(ExecutiveReport, "date"),
            "may_keep": self.may_keep(),
        }

    def tab_money(self, programme: Programme) -> dict[str, Any]:
        user = self.request.user
        return {
            "savings": money_tables.savings(savings_table(user, self.as_at)),
            "investment": money_tables.investment(investment_table(user)) if self.as_at is None else None,
        }


def _board(seated: dict[str, Any]) -> dict[str, Any]:
    rows = [[seat.post, seat.get_role_display()] for seat in seated["seats"]]
    return {"body": seated["body"], "rows": rows}

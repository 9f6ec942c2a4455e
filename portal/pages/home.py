"""Home: what waits for me, then the programme on a page."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.views.generic import TemplateView

from benefits.figures import savings_by_year
from programme.foundation.money import millions
from programme.foundation.permissions import PermissionRequired
from programme.portfolio.models import Programme

from ..money import BusinessCase, Source, business_case
from ..overview import WorkstreamRow, next_milestones_figure, overview
from ..waiting import waiting_for


class Home(PermissionRequired, TemplateView):
    permission = "portal.view_home"
    template_name = "portal/home.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        view = overview(user)
        context = super().get_context_data(**kwargs) | {
            "programme": Programme.objects.visible_to(user).first(),
            "lede": view.in_a_sentence(),
            "waiting": waiting_for(user),
            "cards": [card(one) for one in view.workstreams],
            "milestones": next_milestones_figure(view),
            "may_issue": user.has_perm("portal.issue_pack"),
        }
        if user.has_perm("benefits.view_benefits"):
            case = business_case(user)
            context |= {
                "figures": headline_figures(case),
                "savings": savings_by_year(case.savings),
                "withheld": case.savings.withheld or case.investment.withheld,
                "disagreeing": len(case.headlines.disagreements),
            }
        return context


def card(one: WorkstreamRow) -> dict[str, Any]:
    """A workstream as the card component shows it."""
    return {
        "title": one.short,
        "url": one.url,
        "facts": [
            ("Projects under way", one.under_way),
            ("Proposals", one.proposals),
            ("Milestones due in 30 days", one.due_soon),
            ("Milestones forecast late", one.late),
        ],
    }


def headline_figures(case: BusinessCase) -> list[dict[str, Any]]:
    """Four figures at most, each with its meaning and source; nothing of what is withheld."""
    savings, investment, table = case.savings, case.investment, case.payback.table
    found = []
    if savings.total is not None:
        meaning = f"by {savings.years[-1]}, if every line is delivered"
        found.append(_figure("Savings a year, by lines", savings.total, meaning, savings.rows[0].source))
    if investment.total is not None:
        meaning = "once; the lines have no years"
        found.append(_figure("Investment, by lines", investment.total, meaning, investment.rows[0].source))
    if table is not None:
        meaning = "over the payback table’s three years"
        found.append(_figure("Net benefit as stated", table.net_total, meaning, table.source))
    return found


def _figure(label: str, amount: Decimal, meaning: str, source: Source) -> dict[str, Any]:
    return {"label": label, "value": millions(amount), "meaning": meaning, "source": source}

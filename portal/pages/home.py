"""Home: what waits for me, then the programme on a page."""

from __future__ import annotations

from typing import Any

from django.views.generic import TemplateView

from benefits.bridging import total_of
from benefits.choices import Computed
from benefits.computed import computed
from benefits.figures import savings_by_year
from benefits.grounds import Grounds
from benefits.reconciling import reconciliations
from programme.foundation.money import millions
from programme.foundation.permissions import PermissionRequired
from programme.people.models import User
from programme.portfolio.models import Programme

from ..money import savings_table
from ..overview import WorkstreamRow, next_milestones_figure, overview
from ..waiting import waiting_for


class Home(PermissionRequired, TemplateView):
    permission = "portal.view_home"
    template_name = "portal/home.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        view = overview(user)
        money = money_of(user) if user.has_perm("benefits.view_benefits") else {}
        return super().get_context_data(**kwargs) | {
            "programme": Programme.objects.visible_to(user).first(),
            "lede": view.in_a_sentence(),
            "waiting": waiting_for(user, money.get("unexplained", 0)),
            "cards": [card(one) for one in view.workstreams],
            "milestones": next_milestones_figure(view),
            "may_issue": user.has_perm("portal.issue_pack"),
            **money,
        }


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


# Label, figure and meaning of the four that stand in a row.
HEADLINES = (
    (
        "Approved savings a year",
        Computed.LINES_APPROVED,
        "once all have begun, whether rated deliverable or not",
    ),
    (
        "Forecast savings a year",
        Computed.LINES_FORECAST,
        "as owners see it now, whether rated deliverable or not",
    ),
    ("Delivered savings a year", Computed.LINES_DELIVERED, "full-year effect that finance has verified"),
    ("Investment", Computed.INVESTMENT_LINES, "once, by all cost lines"),
)


def money_of(user: User) -> dict[str, Any]:
    """Whether the savings are coming, and how many differences between figures nobody has explained."""
    grounds = Grounds(user)
    savings = savings_table(user)
    return {
        "figures": headline_figures(grounds),
        "savings": savings_by_year(savings),
        "withheld": savings.withheld,
        "unexplained": sum(one.is_open for one in reconciliations(user, grounds)),
    }


def headline_figures(grounds: Grounds) -> list[dict[str, Any]]:
    """Each with its meaning and how it is counted; nothing of what is withheld."""
    found = []
    for label, which, meaning in HEADLINES:
        figure = computed(which, grounds)
        if figure.withheld:
            continue
        value = "" if figure.amounts is None else millions(total_of(figure.amounts))
        source = [("Source", "Lines, claims and costs kept in this portal"), ("Counted", figure.note)]
        found.append({"label": label, "value": value, "meaning": meaning, "source": value and source})
    return found

"""Home: what waits for me, then the programme on a page."""

from __future__ import annotations

from typing import Any

from django.views.generic import TemplateView

from benefits.pictures.savings import picture
from benefits.reading.outlook import Asked, outlook
from benefits.reading.outlook_lines import unexplained
from benefits.reading.savings import reading_of
from benefits.reading.targets import target_for
from benefits.words import savings as savings_words
from cms.models import NewsPage
from programme.foundation.calendar import in_words, today
from programme.foundation.permissions import PermissionRequired
from programme.people.models import User
from programme.portfolio.models import Programme

from ..overview import WorkstreamRow, next_milestones_figure, overview
from ..risk_numbers import HighRisk, RiskNumbers, risk_numbers
from ..waiting import waiting_for

NEWS = 3  # pieces shown at home; the rest is one click away


class Home(PermissionRequired, TemplateView):
    permission = "portal.view_home"
    template_name = "portal/home.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        view = overview(user)
        money = money_of(user) if user.has_perm("benefits.view_benefits") else {}
        register = risk_numbers(user)
        return super().get_context_data(**kwargs) | {
            "programme": Programme.objects.visible_to(user).first(),
            "lede": " ".join(filter(None, (money.get("sentence"), view.in_a_sentence()))),
            "waiting": waiting_for(user, money.get("unexplained", 0), register),
            "register": register,
            "cards": [card(one, register) for one in view.workstreams],
            "risk_columns": ["Risk", "Now", "After planned actions", "Next review"],
            "risks": [risk_row(one) for one in register.highest] if register else [],
            "milestones": next_milestones_figure(view),
            "news": NewsPage.objects.visible_to(user).newest()[:NEWS],
            # Who reads no working pages comes for news: it stands first for them.
            "news_first": not user.has_perm("portfolio.view_portfolio"),
            "may_issue": user.has_perm("portal.issue_pack"),
            **money,
        }


def card(one: WorkstreamRow, register: RiskNumbers | None) -> dict[str, Any]:
    """A workstream as the card component shows it; risks only for those who read the register."""
    return {
        "title": one.short,
        "url": one.url,
        "facts": [
            ("Projects under way", one.under_way),
            ("Proposals", one.proposals),
            ("Milestones due in 30 days", one.due_soon),
            ("Milestones forecast late", one.late),
            *([("Severe or high risks", register.grave.get(one.slug, 0))] if register else []),
        ],
    }


def risk_row(one: HighRisk) -> list[Any]:
    """A risk as a row of a table: its name, where it stands, where it is to go, when it is looked at next."""
    due = {"text": "–"} if one.review_due is None else {"text": in_words(one.review_due), "date": True}
    late = one.review_due is not None and one.review_due < today()
    return [
        {"text": one.name, "url": one.url},
        {"text": one.now.value, "band": one.band},
        {"text": one.target.value if one.target else "", "band": one.target_band or ""},
        due | {"late": late} | ({"text": f"{due['text']}, overdue"} if late else {}),
    ]


def money_of(user: User) -> dict[str, Any]:
    """Whether the savings are coming, and how many differences between figures nobody has explained.

    Deliverable, aspirational and not rated are not added here either.
    """
    reading, asked = reading_of(user), Asked()
    found = outlook(reading, asked)
    return {
        "sentence": savings_words.in_year(found, reading.begun),
        "figures_title": "Savings, of the lines you may see" if reading.withheld else "Savings",
        "figures": savings_words.figures(found, reading.once("target", lambda: target_for(user))),
        "savings": reading.once(("picture", asked), lambda: picture(found, reading.places.names)),
        "withheld": reading.withheld,
        "unexplained": unexplained(user, reading).count,
    }

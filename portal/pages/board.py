"""The board's landing page, and a decision's page with what it authorised."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.views.generic.base import TemplateView

from programme.foundation import calendar
from programme.foundation.columns import day_in_words
from programme.foundation.permissions import PermissionRequired
from programme.foundation.views import RecordView, Tab
from programme.portfolio.choices import BodyKind
from programme.portfolio.models import Body, Decision, Seat

from ..models import Pack
from . import stood
from .decisions_named import authorised_by


class BoardPage(PermissionRequired, TemplateView):
    """What there is of the board: packs, for working roles decisions and bodies."""

    permission = "portal.view_pack"
    template_name = "portal/board.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        working = user.has_perm("portfolio.view_portfolio")
        board = Body.objects.visible_to(user).live().filter(kind=BodyKind.PROGRAMME_BOARD).first()
        decisions = Decision.objects.visible_to(user).live()[:5] if working else []
        return super().get_context_data(**kwargs) | {
            "working": working,
            "board": board,
            "seats": Seat.objects.visible_to(user).live().filter(body=board) if board else [],
            "decision_columns": ["Reference", "Date", "Question", "Outcome"],
            "decisions": [_line(one) for one in decisions],
            "packs": Pack.objects.visible_to(user).defer("sealed")[:5],
            "may_record": user.has_perm("portfolio.record_decision"),
            "may_issue": user.has_perm("portal.issue_pack"),
        }


def _line(decision: Decision) -> list[object]:
    reference = {"text": decision.reference, "url": decision.get_absolute_url()}
    day = {"text": calendar.in_words(decision.date), "date": True}
    outcome = decision.get_outcome_display()
    if decision.exempt_words:
        outcome = f"{outcome} ({decision.exempt_words})"
    return [reference, day, decision.question, outcome]


class DecisionPage(RecordView):
    permission = "portfolio.view_portfolio"
    model = Decision
    lookup = "reference"
    template_name = "portal/decision.html"
    tabs = (Tab("summary", "Summary", "portal/decision_summary.html"),)

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("body__scope__parent__parent")

    def actions(self, decision: Decision) -> list[tuple[str, str]]:
        may = self.request.user.has_perm("portfolio.record_decision", decision)
        return [("Correct the entry", f"{decision.get_absolute_url()}correct/")] if may else []

    def tab_summary(self, decision: Decision) -> dict[str, Any]:
        body = stood.then(self.record.body, self.as_at)
        facts = [
            {"key": "Question", "value": decision.question},
            {"key": "Outcome", "value": decision.get_outcome_display()},
            {"key": "Reasons", "value": decision.reasons},
            {"key": "Taken by", "value": body.name, "url": body.get_absolute_url()},
            {"key": "Date", "value": calendar.in_words(decision.date)},
            {"key": "Class", "value": decision.get_classification_display()},
        ]
        done = authorised_by(self.record, self.request.user, self.as_at)
        rows = [
            [
                {"text": one.what, "url": one.url},
                one.words,
                {"text": day_in_words(timezone.localtime(one.when)), "date": True},
            ]
            for one in done
        ]
        return {
            "facts": facts,
            "authorised": rows,
            "authorised_columns": ["Project", "What was done", "With effect from"],
        }

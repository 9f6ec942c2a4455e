"""The page of one issue: what has happened, what is done about it, which decision it asks for."""

from __future__ import annotations

import datetime
from typing import Any

from programme.foundation import calendar
from programme.foundation.views import RecordView, Tab
from programme.portfolio.models import Body

from ..models import Issue, Risk
from ..reading import risk as reading
from ..tables.issues import ISSUE_STATUSES, SEVERITIES
from ..words.moves import issue_buttons


class IssuePage(RecordView):
    permission = "risks.view_risks"
    model = Issue
    template_name = "risks/issue.html"
    tabs = (Tab("summary", "Summary", "risks/issue_summary.html"),)

    def get_queryset(self) -> Any:
        related = ("owner__profile", "asked_of", "scope__parent__parent")
        return super().get_queryset().select_related(*related)

    @property
    def day(self) -> datetime.date:
        return self.as_at or calendar.today()

    def actions(self, issue: Issue) -> list[tuple[str, str]]:
        return issue_buttons(issue, self.request.user)

    def get_context_data(self, *, record: Any, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(record=record, **kwargs) | {
            "lead": _in_a_sentence(record, self.day),
            "severity_colour": SEVERITIES.get(record.severity, "grey"),
            "colour": "grey" if record.withdrawn else ISSUE_STATUSES[record.status],
        }

    def tab_summary(self, issue: Issue) -> dict[str, Any]:
        return {"facts": list(self._facts(issue)), "asked": list(self._asked(issue))}

    def _facts(self, issue: Issue) -> Any:
        yield {"key": "What has happened", "value": issue.what_happened}
        yield {"key": "What is done about it", "value": issue.plan or "Nobody has said yet"}
        yield {"key": "Owner", "value": issue.owner or "Nobody yet"}
        yield {"key": "Place", **reading.place_of(issue.scope, self.request.user)}
        yield {"key": "Raised on", "value": calendar.in_words(issue.raised_on)}
        yield {
            "key": "To be resolved by",
            "value": calendar.in_words(issue.due) if issue.due else "No date yet",
        }
        if issue.risk_id:
            yield {"key": "The risk it was", **self._risk(issue)}
        if issue.resolved_on:
            yield {"key": "Resolved on", "value": calendar.in_words(issue.resolved_on)}
            yield {"key": "How it was resolved", "value": issue.how_resolved}

    def _risk(self, issue: Issue) -> dict[str, str]:
        found = Risk.objects.visible_to(self.request.user).filter(pk=issue.risk_id).first()
        if found is None:
            return {"value": "A risk that you may not read"}
        return {"value": str(found), "url": found.get_absolute_url()}

    def _asked(self, issue: Issue) -> Any:
        """What is asked of a body and whether it has answered; nothing where nothing is asked."""
        if not issue.decision_asked:
            return
        body = Body.objects.visible_to(self.request.user).get(pk=issue.asked_of_id)
        yield {"key": "Decision asked for", "value": issue.decision_asked}
        yield {"key": "Of whom", "value": body, "url": body.get_absolute_url()}
        answer = reading.decision_of(issue, self.request.user)
        yield {"key": "Answer", **(answer or {"value": "None yet"})}


def _in_a_sentence(issue: Issue, day: datetime.date) -> str:
    words = f"{issue.get_severity_display()}."
    if issue.withdrawn:
        return f"{words} It was withdrawn."
    if issue.resolved_on:
        return f"{words} Resolved on {calendar.in_words(issue.resolved_on)}."
    if issue.due:
        late = ", overdue" if issue.is_overdue(day) else ""
        words += f" To be resolved by {calendar.in_words(issue.due)}{late}."
    if issue.decision_asked and issue.decision_id is None:
        words += " It waits for a decision."
    return words

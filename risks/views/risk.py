"""The page of one risk: how it stands, what is done about it, how it was reviewed, what changed."""

from __future__ import annotations

import datetime
from typing import Any

from django.utils.functional import cached_property

from programme.foundation import calendar
from programme.foundation.changes import of_all
from programme.foundation.views import RecordView, Tab
from programme.people.readable_history import readable_at, telling

from ..choices import Authority, Response
from ..models import Acceptance, Risk, RiskAction, RiskContributor, RiskMilestone
from ..models.scored import KINDS
from ..pictures.path import Point, path
from ..reading import risk as reading
from ..reading.yardstick import Yardstick, yardstick
from ..rules.scoring import contradictions
from ..tables.register import STATUSES
from ..words.grid import grid
from ..words.moves import buttons
from ..words.standing import sentences

# What hangs on a risk and has a history of its own, each with the relation that names it.
OF_RISK: dict[Any, str] = {
    RiskAction: "owner",
    Acceptance: "risk",
    RiskContributor: "person",
    RiskMilestone: "activity",
}
ACTION_TO_DO = [("Done", "complete"), ("Change", "change"), ("Withdraw", "withdraw")]
ACTION_DONE = [("Not done after all", "take-back"), ("Withdraw", "withdraw")]
SCORED = {"inherent": "Without controls", "current": "Now", "target": "Target"}


class RiskPage(RecordView):
    """Whoever may see the risk reads it; what can be done depends on its place and its owner."""

    permission = "risks.view_risks"
    model = Risk
    template_name = "risks/risk.html"
    tabs = (
        Tab("summary", "Summary", "risks/risk_summary.html"),
        Tab("reviews", "Reviews", "risks/risk_reviews.html"),
    )

    def get_queryset(self) -> Any:
        related = ("owner__profile", "category", "scope__parent__parent")
        return super().get_queryset().select_related(*related)

    @property
    def day(self) -> datetime.date:
        """The day for which the page is shown."""
        return self.as_at or calendar.today()

    @cached_property
    def yardstick(self) -> Yardstick:
        return yardstick(self.as_at)

    def actions(self, risk: Risk) -> list[tuple[str, str]]:
        return buttons(risk, self.request.user)

    def get_context_data(self, *, record: Any, **kwargs: Any) -> dict[str, Any]:
        reading.settle_category(record, self.as_at)
        self.acceptance = reading.acceptance_of(record, self.request.user, self.as_at)
        return super().get_context_data(record=record, **kwargs) | {
            "lead": sentences(record, self.acceptance, self.yardstick, self.day),
            "band": self.yardstick.band(record.current) or "",
            "colour": "grey" if record.withdrawn else STATUSES[record.status],
        }

    def tab_summary(self, risk: Risk) -> dict[str, Any]:
        user, day = self.request.user, self.as_at
        actions = reading.actions_of(risk, user, day)
        return {
            "chain": [("Cause", risk.cause), ("What may happen", risk.event), ("Effect", risk.effect)],
            "scores": [_score(risk, kind, self.yardstick) for kind in KINDS],
            "contradictions": contradictions(risk.scores),
            "grid": self._grid(risk),
            "facts": self._facts(risk),
            "planned": [self._action(one) for one in actions],
            "no_actions": _no_actions(risk),
            "may_plan": self._may("risks.mitigate") and risk.is_standing,
            "accepted": self._accepted(risk),
            "may_end": self._may("risks.accept") and self.acceptance is not None,
            "milestones": reading.milestones_of(risk, user, day),
            "issues": reading.issues_of(risk, user, day),
        }

    def _grid(self, risk: Risk) -> Any:
        yard = self.yardstick
        return grid(yard.matrix, yard.likelihood, yard.impact, marks=risk.scores)

    def _may(self, permission: str, record: Any = None) -> bool:
        live = not self.as_at and not self.record.withdrawn
        return live and self.request.user.has_perm(permission, record or self.record)

    def _facts(self, risk: Risk) -> list[dict[str, Any]]:
        user = self.request.user
        people = reading.contributors_of(risk, user, self.as_at)
        rows: list[dict[str, Any]] = [
            {"key": "Owner", "value": risk.owner or "Nobody yet"},
            {"key": "Contributors", "value": "; ".join(map(str, people)) or "None"},
            {"key": "Place", **reading.place_of(risk.scope, user)},
            {"key": "Category", "value": _category(risk)},
            {"key": "How soon", "value": risk.get_proximity_display() or "Nobody has said yet"},
            {
                "key": "Strength of knowledge",
                "value": risk.get_knowledge_display() or "Nobody has said yet",
            },
            {"key": "Controls in place", "value": risk.controls or "Nobody has said yet"},
            {"key": "Raised on", "value": calendar.in_words(risk.raised_on)},
        ]
        if source := ", ".join(filter(None, (risk.source_document, risk.source_place))):
            rows.append({"key": "Where it was raised", "value": source})
        return rows

    def _action(self, action: RiskAction) -> dict[str, Any]:
        """An action of the risk, with what its reader may do with it."""
        moves = []
        if self._may("risks.mitigate", action):
            address = f"{self.record.get_absolute_url()}actions/{action.pk}/"
            done = action.done_on is not None
            verbs = ACTION_DONE if done else ACTION_TO_DO
            moves = [(words, f"{address}{verb}/") for words, verb in verbs]
        return {"action": action, "overdue": action.is_overdue(self.day), "moves": moves}

    def _accepted(self, risk: Risk) -> list[dict[str, Any]]:
        found = self.acceptance
        if found is None:
            return []
        decision = reading.decision_of(found, self.request.user)
        over = "; it has run out" if found.expires < self.day else ""
        return [
            {"key": "Accepted by", "value": _accepted_by(found)},
            {"key": "Until", "value": f"{calendar.in_words(found.expires)}{over}"},
            {"key": "At a score of", "value": f"{found.score}, {found.get_band_display().lower()}"},
            *([{"key": "Decision", **decision}] if decision else []),
            {"key": "Why", "value": found.why},
        ]

    def tab_reviews(self, risk: Risk) -> dict[str, Any]:
        """The path: a picture from the day after the first review on, and each review, newest first."""
        reviews = reading.reviews_of(self.record, self.request.user, self.as_at)
        tolerated = risk.category.highest_tolerated if risk.category else None
        points = [Point(one.reviewed_on, one.scores) for one in reviews]
        yard = self.yardstick
        drawn = points and points[0].day < self.day
        return {
            "figure": path(points, yard, until=self.day, tolerated=tolerated) if drawn else None,
            "review_columns": ["Reviewed on", "By", "What it did", "Current", "Target", "Why"],
            "reviews": [
                [
                    {"text": calendar.in_words(one.reviewed_on), "date": True},
                    str(one.reviewer),
                    one.get_outcome_display(),
                    yard.in_full(one.current),
                    yard.in_full(one.target),
                    {"text": one.words, "wide": True},
                ]
                for one in reversed(reviews)
            ],
        }

    def tab_history(self, risk: Risk) -> dict[str, Any]:
        """Its own changes and those of its actions, acceptances, contributors and milestones.

        Nothing of a time when the risk was kept from the reader.
        """
        found = super().tab_history(risk)["changes"]
        end = calendar.end_of_day(self.as_at) if self.as_at else None
        for model, related in OF_RISK.items():
            rows = model.objects.visible_to(self.request.user).filter(risk=self.record.pk)
            found += of_all(rows.select_related(related, "risk"), self.request.user)
        found = [one for one in found if end is None or one.when <= end]
        return {"changes": telling(found, readable_at(self.record, self.request.user))}


def _score(risk: Risk, kind: str, yard: Yardstick) -> dict[str, Any]:
    score = getattr(risk, kind)
    return {
        "label": SCORED[kind],
        "words": yard.words(score) if score else "",
        "band": yard.band(score) or "",
    }


def _accepted_by(acceptance: Acceptance) -> str:
    """Whose word it is: who enters a decision of the board does not decide."""
    if acceptance.authority == Authority.BOARD:
        return f"The board, entered by {acceptance.accepted_by}"
    return f"{acceptance.accepted_by}, as {acceptance.get_authority_display()}"


def _category(risk: Risk) -> str:
    if risk.category is None:
        return "None yet"
    return (
        f"{risk.category}: {risk.category.get_appetite_display().lower()}, "
        f"tolerates {risk.category.highest_tolerated} at most"
    )


def _no_actions(risk: Risk) -> str:
    if risk.response == Response.TREAT:
        return "It is to be treated, and no action is planned yet."
    return "No action is planned."

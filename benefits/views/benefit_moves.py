"""How a benefit's status moves: finance agrees, a decision approves, then it is delivered and realised."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from ..actions import benefits, profiles
from ..choices import Status
from ..forms.status import AgreeForm, ApproveForm, ReasonForm, StatusForm
from ..models import Benefit
from ..reading.line_profiles import profiles_of
from ..rules import lifecycle
from .benefit_changes import OfBenefit

MINE = "benefits.change_benefit"


class Agree(OfBenefit):
    """Finance's; whoever owns the benefit is refused, since nobody agrees how their own is measured."""

    permission = "benefits.agree_method"
    form_class = AgreeForm
    title = "Agree method and baseline"
    introduction = "With this finance says that the benefit can be measured in this way, and from where."
    button = "Agree the method"
    done = "Method and baseline of {record} are agreed."

    def form_options(self, benefit: Benefit) -> dict[str, Any]:
        return {"viewer": self.request.user}

    def act(self, benefit: Benefit, data: dict[str, Any]) -> Benefit:
        return benefits.agree(benefit, by=self.request.user, **data)


class TakeBack(OfBenefit):
    permission = "benefits.agree_method"
    form_class = ReasonForm
    title = "Take the agreement back"
    introduction = "The benefit is identified again, and whoever keeps it may change how it is measured."
    button = "Take back"
    done = "{record} is identified again."

    def act(self, benefit: Benefit, data: dict[str, Any]) -> Benefit:
        return benefits.move(benefit, to=Status.IDENTIFIED, by=self.request.user, **data)


class Approve(OfBenefit):
    permission = "benefits.approve_profile"
    form_class = ApproveForm
    title = "Record the approval"
    introduction = (
        "A decision of the register approves the benefit. Is it not in the list? Enter it there first."
    )
    button = "Record the approval"
    done = "{record} is approved."

    def initial(self, benefit: Benefit) -> dict[str, Any]:
        return {}

    def form_options(self, benefit: Benefit) -> dict[str, Any]:
        return {"viewer": self.request.user}

    @transaction.atomic
    def act(self, benefit: Benefit, data: dict[str, Any]) -> Benefit:
        why = {"decision": data["decision"], "by": self.request.user, "reason": data["reason"]}
        benefits.move(benefit, to=Status.APPROVED, **why)
        if data["take_forecasts"]:
            lines = benefit.lines.live().select_related("benefit")
            known = profiles_of([one.pk for one in lines], self.request.user)
            for line in lines:
                has = known.get(line.pk)
                if has and has.forecast and not has.approved:
                    profiles.approve(line, amounts=has.forecast, **why)
        return benefit


class MoveStatus(OfBenefit):
    form_class = StatusForm
    title = "Move the status"
    button = "Move the status"
    done = "{record} is now: {record.status_words}."

    @property
    def introduction(self) -> str:  # type: ignore[override]
        now = f"It is now: {self.record.status_words.lower()}."
        if Status.REALISED in self._moves(self.record):
            return f"{now} {lifecycle.NOT_MEASURED} Every claim is verified first."
        return now

    def _moves(self, benefit: Benefit) -> list[Status]:
        """The moves that are made here; finance's and the approval have pages of their own."""
        return [
            to
            for to in lifecycle.moves_from(benefit.status)
            if lifecycle.PERMISSION[benefit.status, to] == MINE
        ]

    def initial(self, benefit: Benefit) -> dict[str, Any]:
        return {}

    def form_options(self, benefit: Benefit) -> dict[str, Any]:
        return {"moves": self._moves(benefit)}

    def act(self, benefit: Benefit, data: dict[str, Any]) -> Benefit:
        return benefits.move(benefit, to=data["status"], by=self.request.user, reason=data["reason"])

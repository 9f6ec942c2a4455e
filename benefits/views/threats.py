"""The risks that threaten a benefit: link one, take one off; and how they stand on the benefit's page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import Http404
from django.utils.functional import cached_property

from risks.choices import Status
from risks.reading.yardstick import Yardstick

from ..actions import threats
from ..forms.status import ReasonForm
from ..forms.threat import ThreatForm
from ..models import Benefit, Threat
from ..reading.threats import Threatening
from .benefit_changes import OfBenefit


class AddThreat(OfBenefit):
    form_class = ThreatForm
    title = "Add a risk that threatens it"
    introduction = "A risk of the register that would take something from the benefit if it happened."
    button = "Add the risk"
    template_name = "benefits/look_up.html"
    look_up = ("Look it up in the register of risks", "/risks/")
    done = "{record}."

    def initial(self, benefit: Benefit) -> dict[str, Any]:
        return {}

    def form_options(self, benefit: Benefit) -> dict[str, Any]:
        return {"viewer": self.request.user}

    def act(self, benefit: Benefit, data: dict[str, Any]) -> Threat:
        return threats.link(benefit, by=self.request.user, **data)

    def get_success_url(self, outcome: Threat) -> str:
        return outcome.benefit.get_absolute_url()


class EndThreat(OfBenefit):
    form_class = ReasonForm
    title = "Take the risk off"
    button = "Take off"
    done = "The risk is taken off the benefit; the link stays in history."

    @cached_property
    def link(self) -> Threat:
        """The link in the address, of this benefit. Raises ``Http404``."""
        rows = Threat.objects.visible_to(self.request.user).live().select_related("risk")
        found = rows.filter(benefit=self.record, pk=self.kwargs["pk"]).first()
        if found is None:
            raise Http404("There is no such risk here.")
        return found

    @property
    def introduction(self) -> str:  # type: ignore[override]
        return f"{self.link.risk} no longer threatens the benefit. The risk itself stays in the register."

    def act(self, benefit: Benefit, data: dict[str, Any]) -> Benefit:
        threats.no_longer(self.link, by=self.request.user, **data)
        return benefit


def shown(found: Sequence[Threatening], yard: Yardstick) -> list[dict[str, Any]]:
    """For the page: each risk with its band, what it would take, and its status where that is not open."""
    return [
        {
            "pk": one.link.pk,
            "name": str(one.risk),
            "url": one.risk.get_absolute_url(),
            "band": yard.band(one.risk.current) or "",
            "score": yard.words(one.risk.current) if one.risk.current else "",
            "note": one.link.note,
            "status": "" if one.risk.status == Status.OPEN else one.risk.status_words,
        }
        for one in found
    ]

"""What can be done to a benefit, a page each: add, change, share out, name what enables it, withdraw."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404
from django.utils.functional import cached_property

from programme.foundation.views import ActionView
from programme.people.choices import Role

from ..actions import benefits
from ..forms import attribution, status
from ..forms.benefit import BenefitForm
from ..models import Benefit, EnablingMilestone

RECORDED = "Recorded"


class AddBenefit(ActionView):
    permission = "benefits.add_benefit"
    lookup = ""
    form_class = BenefitForm
    title = "Add a benefit"
    introduction = (
        "Say what gets better and where it is at home. What cannot be quantified yet counts as well: "
        "its lines say why there is no figure."
    )
    button = "Add the benefit"
    done = "{record} is recorded. Now say what it brings, line by line."

    def form_options(self, record: None) -> dict[str, Any]:
        return {"viewer": self.request.user, "initial": {"owner": self._own()}}

    def _own(self) -> Any:
        """Who adds a benefit as a benefit owner owns it, unless they say otherwise."""
        user = self.request.user
        return user if user.standing.holds(Role.BENEFIT_OWNER) else None

    def get_cancel_url(self) -> str:
        return "/benefits/list/benefits/"

    def act(self, record: None, data: dict[str, Any]) -> Benefit:
        reason = data.pop("reason") or RECORDED
        return benefits.add(by=self.request.user, reason=reason, **data)

    def get_success_url(self, outcome: Benefit) -> str:
        return f"{outcome.get_absolute_url()}?tab=lines"


class OfBenefit(ActionView):
    """An action on one benefit that is live, offered to whoever keeps it."""

    permission = "benefits.change_benefit"
    model = Benefit

    def get_queryset(self) -> Any:
        related = ("owner__profile", "measure", "scope__parent__parent")
        return super().get_queryset().live().select_related(*related)


class ChangeBenefit(OfBenefit):
    form_class = BenefitForm
    title = "Change the benefit"
    button = "Save the benefit"
    done = "{record} is changed."

    def initial(self, benefit: Benefit) -> dict[str, Any]:
        return {
            name: value
            for name, value in super().initial(benefit).items()
            if name not in {"place", "project"}
        }

    def form_options(self, benefit: Benefit) -> dict[str, Any]:
        return {"viewer": self.request.user, "benefit": benefit}

    def act(self, benefit: Benefit, data: dict[str, Any]) -> Benefit:
        return benefits.change(benefit, by=self.request.user, **data)


class Share(OfBenefit):
    form_class = attribution.SharesForm
    title = "Share between workstreams"
    introduction = "Which part of the benefit counts for which workstream. The parts come to 100 %."
    button = "Save the shares"
    done = "The shares of {record} are recorded."

    def initial(self, benefit: Benefit) -> dict[str, Any]:
        return {f"share_{one.workstream_id}": one.percent for one in benefit.shares.live()}

    def form_options(self, benefit: Benefit) -> dict[str, Any]:
        return {"viewer": self.request.user}

    def act(self, benefit: Benefit, data: dict[str, Any]) -> Benefit:
        return benefits.share(benefit, by=self.request.user, **data)


class AddMilestone(OfBenefit):
    form_class = attribution.MilestoneForm
    title = "Add an enabling milestone"
    introduction = "A milestone of the plan without which the benefit does not come."
    button = "Add the milestone"
    template_name = "benefits/look_up.html"
    look_up = ("Look it up among the milestones of the plan", "/plan/list/?kind=milestone")
    done = "{record}."

    def initial(self, benefit: Benefit) -> dict[str, Any]:
        return {}

    def form_options(self, benefit: Benefit) -> dict[str, Any]:
        return {"viewer": self.request.user}

    def act(self, benefit: Benefit, data: dict[str, Any]) -> EnablingMilestone:
        try:
            return benefits.enable(benefit, by=self.request.user, **data)
        except ValidationError as refused:
            raise ValidationError({"activity": refused.messages}) from refused

    def get_success_url(self, outcome: EnablingMilestone) -> str:
        return outcome.benefit.get_absolute_url()


class EndMilestone(OfBenefit):
    form_class = status.ReasonForm
    title = "Take the milestone off"
    button = "Take off"
    done = "The milestone is taken off; it stays in history."

    @cached_property
    def link(self) -> EnablingMilestone:
        """The link in the address, of this benefit. Raises ``Http404``."""
        rows = EnablingMilestone.objects.visible_to(self.request.user).live().select_related("activity")
        found = rows.filter(benefit=self.record, pk=self.kwargs["pk"]).first()
        if found is None:
            raise Http404("There is no such milestone here.")
        return found

    @property
    def introduction(self) -> str:  # type: ignore[override]
        return f"{self.link.activity} is no longer needed for the benefit."

    def act(self, benefit: Benefit, data: dict[str, Any]) -> Benefit:
        benefits.no_longer_enables(self.link, by=self.request.user, **data)
        return benefit


class WithdrawBenefit(OfBenefit):
    form_class = status.ReasonForm
    title = "Withdraw the benefit"
    introduction = (
        "Its lines are withdrawn with it. What finance has verified stays delivered, "
        "and everything stays in the history."
    )
    button = "Withdraw"
    done = "{record} is withdrawn; its history stays."

    def act(self, benefit: Benefit, data: dict[str, Any]) -> Benefit:
        return benefits.withdraw(benefit, by=self.request.user, **data)

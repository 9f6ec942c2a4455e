"""What can be done to dependencies: add one, change its lag, remove it."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError

from programme.foundation.views import ActionView

from .. import forms
from ..actions import dependencies
from ..models import Activity, Dependency
from .changes import OfActivity


class AddDependency(OfActivity):
    """On the page of what waits: whoever keeps it says what it waits for."""

    form_class = forms.DependencyForm
    title = "Add something it waits for"
    button = "Add the dependency"
    template_name = "plan/add_dependency.html"

    def initial(self, activity: Activity) -> dict[str, Any]:
        return {}

    def form_options(self, activity: Activity) -> dict[str, Any]:
        return {"viewer": self.request.user}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        own = Activity.objects.visible_to(self.request.user).live().filter(project=self.record.project_id)
        return super().get_context_data(**kwargs) | {"references": own.exclude(pk=self.record.pk)[:200]}

    def act(self, activity: Activity, data: dict[str, Any]) -> Activity:
        try:
            dependencies.link(successor=activity, by=self.request.user, reason="Added to the plan", **data)
        except ValidationError as refused:
            raise ValidationError({"predecessor": refused.messages}) from refused
        return activity

    def done_message(self, outcome: Activity) -> str:
        return "The dependency is in the plan. No forecast was moved."


class OfDependency(ActionView):
    """An action on one dependency, offered to whoever keeps what waits."""

    permission = "plan.change_plan"
    model = Dependency
    lookup = "pk"

    def get_queryset(self) -> Any:
        ends = ("predecessor__project", "successor__project__scope__parent__parent")
        return super().get_queryset().live().select_related(*ends)

    @property
    def introduction(self) -> str:  # type: ignore[override]
        return f"{self.record.successor} waits for {self.record.predecessor}."

    def get_success_url(self, outcome: Dependency) -> str:
        return outcome.successor.get_absolute_url()

    def get_cancel_url(self) -> str:
        return self.record.successor.get_absolute_url()


class ChangeLag(OfDependency):
    form_class = forms.LagForm
    title = "Change the lag"
    button = "Change the lag"
    done = "The lag is changed. No forecast was moved."

    def act(self, dependency: Dependency, data: dict[str, Any]) -> Dependency:
        return dependencies.change_lag(dependency, by=self.request.user, **data)


class Remove(OfDependency):
    form_class = forms.ReasonForm
    title = "Remove the dependency"
    button = "Remove the dependency"
    done = "The dependency is removed; it stays in the history."

    def act(self, dependency: Dependency, data: dict[str, Any]) -> Dependency:
        return dependencies.unlink(dependency, by=self.request.user, **data)

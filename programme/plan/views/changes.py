"""What can be done to an activity or milestone, a page each."""

from __future__ import annotations

from typing import Any

from django.utils.functional import cached_property

from programme.foundation import calendar
from programme.foundation.views import ActionView

from .. import forms
from ..actions import activities
from ..dates import hint
from ..models import Activity
from ..reach import projects_where


class Add(ActionView):
    permission = "plan.change_plan"
    lookup = ""
    form_class = forms.AddForm
    title = "Add to the plan"
    introduction = "An activity takes time, a milestone is a point. Its baseline comes with a decision."
    button = "Add to the plan"

    def form_options(self, record: None) -> dict[str, Any]:
        wanted = {name: self.request.GET.get(name) for name in ("project", "kind")}
        return {
            "viewer": self.request.user,
            "initial": {name: value for name, value in wanted.items() if value},
        }

    def get_cancel_url(self) -> str:
        return "/plan/"

    def act(self, record: None, data: dict[str, Any]) -> Activity:
        return activities.add(by=self.request.user, reason="Added to the plan", **data)

    def done_message(self, outcome: Activity) -> str:
        return _with_hints(f"{outcome} is in the plan.", outcome)


class OfActivity(ActionView):
    """An action on one activity or milestone."""

    permission = "plan.change_plan"
    model = Activity
    done = "{record} is changed."

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("project__scope__parent__parent")

    def form_options(self, activity: Activity) -> dict[str, Any]:
        return {"activity": activity}

    def done_message(self, outcome: Activity) -> str:
        return _with_hints(super().done_message(outcome), outcome)


class Change(OfActivity):
    form_class = forms.ChangeForm
    title = "Change"

    def act(self, activity: Activity, data: dict[str, Any]) -> Activity:
        return activities.change(activity, by=self.request.user, **data)


class ChangeForecast(OfActivity):
    """Also for members of a delivery group, in their own workstream."""

    permission = "plan.change_forecast"
    form_class = forms.ForecastForm
    title = "Change the forecast"
    button = "Save the forecast"

    @property
    def introduction(self) -> str:  # type: ignore[override]
        approved = self.record.approved_finish
        if approved is None:
            return "Nothing is approved yet to measure it against."
        return f"Approved for {calendar.in_words(approved)}. The baseline stays; only the forecast moves."

    def act(self, activity: Activity, data: dict[str, Any]) -> Activity:
        return activities.forecast(activity, by=self.request.user, **data)

    def done_message(self, outcome: Activity) -> str:
        words = f"The forecast of {outcome.name} is now {calendar.in_words(outcome.forecast_finish)}."
        return _with_hints(words, outcome)


class Report(OfActivity):
    form_class = forms.ProgressForm
    title = "Report progress"
    button = "Report the progress"

    def act(self, activity: Activity, data: dict[str, Any]) -> Activity:
        reason = data.pop("reason") or _reported(activity, data)
        return activities.report(activity, by=self.request.user, reason=reason, **data)


class Withdraw(OfActivity):
    form_class = forms.ReasonForm
    title = "Withdraw from the plan"
    button = "Withdraw from the plan"
    done = "{record} is withdrawn; its history stays."

    @property
    def introduction(self) -> str:  # type: ignore[override]
        return "Its dependencies go with it. Everything stays in the history, and nothing brings it back."

    def form_options(self, activity: Activity) -> dict[str, Any]:
        return {}

    def act(self, activity: Activity, data: dict[str, Any]) -> Activity:
        return activities.withdraw(activity, by=self.request.user, **data)

    def done_message(self, outcome: Activity) -> str:
        return self.done.format(record=outcome)


class Rebaseline(ActionView):
    """Step one chooses a project in the address; step two what of it, on which decision."""

    permission = "plan.rebaseline"
    lookup = ""
    form_class = forms.BaselineForm
    title = "Re-baseline"
    introduction = (
        "The forecast becomes the approved baseline, on a decision. The original dates stay for ever."
    )
    button = "Re-baseline what is chosen"
    template_name = "plan/rebaseline.html"

    @cached_property
    def project(self) -> Any:
        """The project in the address, among those whose baseline this person may move; else None."""
        ref = self.request.GET.get("project", "")
        return self.projects.filter(ref=ref).first() if ref and "\0" not in ref else None

    @property
    def projects(self) -> Any:
        return projects_where(self.request.user, "plan.rebaseline")

    def form_options(self, record: None) -> dict[str, Any]:
        rows = Activity.objects.visible_to(self.request.user).live().not_done().filter(project=self.project)
        rows = rows.order_by("forecast_finish", "pk") if self.project else rows.none()
        moved = [one for one in rows if _differs(one)]
        return {"viewer": self.request.user, "activities": moved}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        nothing = bool(self.project) and not kwargs["form"].by_choice
        choices = [] if self.project and not nothing else list(self.projects)
        extra = {"project": self.project, "nothing": nothing, "projects": choices}
        return super().get_context_data(**kwargs) | extra

    def get_cancel_url(self) -> str:
        return "/plan/"

    def act(self, record: None, data: dict[str, Any]) -> Any:
        choice = {"decision": data["decision"], "reason": data["reason"]}
        return activities.rebaseline(data["items"], by=self.request.user, **choice)

    def done_message(self, outcome: list[Activity]) -> str:
        number = len(outcome)
        return f"{number} {'baseline is' if number == 1 else 'baselines are'} now what was forecast."

    def get_success_url(self, outcome: list[Activity]) -> str:
        return f"/plan/list/?project={outcome[0].ref.rsplit('-', 1)[0]}"


def _differs(one: Activity) -> bool:
    return (one.forecast_start, one.forecast_finish) != (one.approved_start, one.approved_finish)


def _reported(activity: Activity, data: dict[str, Any]) -> str:
    """The reason of a routine report, in the words that the dates give."""
    if data.get("actual_finish") and not activity.actual_finish:
        return "Reported as reached" if activity.is_milestone else "Reported as done"
    return "Reported as begun"


def _with_hints(words: str, activity: Activity) -> str:
    """The message, with a word on dates that are not working days: they are kept as typed."""
    days = {activity.forecast_start, activity.forecast_finish}
    hints = [hint(day, calendar.england()) for day in sorted(day for day in days if day)]
    return " ".join([words, *filter(None, hints)])

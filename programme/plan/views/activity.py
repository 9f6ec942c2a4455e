"""The page of one activity or milestone: its four pairs of dates, its slip, its float, its dependencies."""

from __future__ import annotations

import datetime
from typing import Any

from django.db.models import Q

from programme.foundation import calendar
from programme.foundation.changes import of_all
from programme.foundation.views import RecordView, Tab
from programme.people.choices import Classification
from programme.portfolio.models import Decision

from ..dates import stated
from ..models import Activity, Dependency
from ..neighbours import Neighbour, neighbours_of
from ..network_reading import reading_of
from ..slippage import overdue, slippage
from ..timetable import Timing

PAIRS = ("original", "approved", "forecast", "actual")


class ActivityPage(RecordView):
    """Whoever may see the plan reads it; what can be done depends on the activity's own project."""

    permission = "plan.view_plan"
    model = Activity
    template_name = "plan/activity.html"
    tabs = (Tab("summary", "Summary", "plan/activity_summary.html"),)

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("project__workstream", "project__scope__parent__parent")

    def get_permission_object(self) -> None:
        """Reading is granted anywhere; whether this record is there for the reader, ``visible_to`` says."""
        self.record  # noqa: B018  not visible is not found

    def actions(self, activity: Activity) -> list[tuple[str, str]]:
        if activity.withdrawn:
            return []
        user, address = self.request.user, activity.get_absolute_url()
        buttons = []
        if user.has_perm("plan.change_forecast", activity) and not activity.actual_finish:
            buttons.append(("Change the forecast", f"{address}forecast/"))
        if user.has_perm("plan.change_plan", activity):
            buttons += [
                ("Report progress", f"{address}progress/"),
                ("Change", f"{address}change/"),
                ("Withdraw", f"{address}withdraw/"),
            ]
        if user.has_perm("plan.rebaseline", activity):
            buttons.insert(-1, ("Re-baseline", f"/plan/rebaseline/?project={activity.project.ref}"))
        return buttons

    def get_context_data(self, *, record: Any, **kwargs: Any) -> dict[str, Any]:
        words = slippage(
            original=record.original_finish,
            approved=record.approved_finish,
            forecast=record.forecast_finish,
            actual=record.actual_finish,
            calendar=calendar.england(),
        ).words
        return super().get_context_data(record=record, **kwargs) | {"lead": _lead(record, words, self.as_at)}

    def tab_summary(self, activity: Activity) -> dict[str, Any]:
        found = neighbours_of(activity, self.request.user, self.as_at)
        timing = None if self.as_at or activity.withdrawn else reading_of(self.request.user).timing(activity)
        days = [getattr(activity, f"{pair}_{end}") for pair in PAIRS for end in ("start", "finish")]
        return {
            "date_columns": ["Dates", *([] if activity.is_milestone else ["Start"]), "Finish"],
            "date_rows": [_pair(activity, pair) for pair in PAIRS],
            "facts": self._facts(activity, timing),
            "clashes": [_clash(one) for one in found if one.clash and one.before],
            "before": [one for one in found if one.before],
            "after": [one for one in found if not one.before],
            "may_link": self._may_link(activity),
            "note": calendar.published_note([*days, *(timing[:4] if timing else ())]),
        }

    def _may_link(self, activity: Activity) -> bool:
        live = not self.as_at and not activity.withdrawn
        return live and self.request.user.has_perm("plan.change_plan", self.record)

    def _facts(self, activity: Activity, timing: Timing | None) -> list[dict[str, Any]]:
        project = self.record.project
        rows = [
            {"key": "Project", "value": project, "url": project.get_absolute_url()},
            {"key": "Kind", "value": activity.get_kind_display()},
        ]
        if not activity.is_milestone and activity.forecast_start:
            days = calendar.working_days_between(activity.forecast_start, activity.forecast_finish)
            rows.append({"key": "Duration", "value": f"{days:,} working day{'' if days == 1 else 's'}"})
        if activity.earliest_start:
            day = stated(activity.earliest_start, activity.precision)
            rows.append({"key": "Starts no earlier than", "value": day})
        rows += _float_words(activity, timing)
        rows.append(self._authority(activity))
        if activity.note:
            rows.append({"key": "Note", "value": activity.note})
        if activity.source_place:
            rows.append({"key": "In the business case", "value": activity.source_place})
        return rows

    def _authority(self, activity: Activity) -> dict[str, Any]:
        """The decision behind the baseline, if the viewer may know of it."""
        key = "Decision behind the baseline"
        if activity.baseline_decision_id is None:
            words = "None named" if activity.approved_finish else "Not baselined yet"
            return {"key": key, "value": words}
        seen = Decision.objects.visible_to(self.request.user).filter(pk=activity.baseline_decision_id).first()
        if seen is None:
            return {"key": key, "value": "A decision that you may not read"}
        words = f"{seen.reference}, {calendar.in_words(seen.date)}: {seen.question}"
        return {"key": key, "value": words, "url": seen.get_absolute_url()}

    def tab_history(self, activity: Activity) -> dict[str, Any]:
        """Its own changes and its dependencies', but none of a time when its project was kept back."""
        mine = Q(successor=self.record) | Q(predecessor=self.record)
        links = Dependency.objects.visible_to(self.request.user).filter(mine)
        found = super().tab_history(activity)["changes"]
        end = calendar.end_of_day(self.as_at) if self.as_at else None
        about_links = of_all(links.select_related("predecessor", "successor"), self.request.user)
        found += [one for one in about_links if end is None or one.when <= end]
        found.sort(key=lambda one: (one.when, one.recorded), reverse=True)
        kept_back = self._kept_back()
        return {"changes": [one for one in found if not kept_back(one.when)]}

    def _kept_back(self) -> Any:
        """Whether, at a moment, the project was exempt and this person may not read its exempt material."""
        user, project = self.request.user, self.record.project
        own = set(user.standing.own_exempt_scopes)
        if user.standing.reads_all_exempt or own & {project.scope_id, project.scope.parent_id}:
            return lambda moment: False
        rows = project.history.order_by("history_date", "history_id").values_list(
            "history_date", "classification"
        )
        periods = list(rows)

        def kept_back(moment: datetime.datetime) -> bool:
            classes = [name for since, name in periods if since <= moment]
            return bool(classes) and classes[-1] == Classification.EXEMPT

        return kept_back


def _lead(activity: Activity, slip: str, as_at: datetime.date | None) -> str:
    """How it stands in one sentence."""
    if activity.actual_finish:
        words = f"Done on {calendar.in_words(activity.actual_finish)}: {slip}."
    else:
        day = stated(activity.forecast_finish, activity.precision)
        words = f"Forecast {'for' if activity.is_milestone else 'to finish on'} {day}: {slip}."
        if activity.actual_start:
            words = f"Begun on {calendar.in_words(activity.actual_start)}. {words}"
        england, today = calendar.england(), as_at or calendar.today()
        if past := overdue(activity.forecast_finish, None, today, england):
            words = f"{words[:-1]}; {past}."
    return words.replace(": slip not known", "; nothing is approved to measure it against")


def _clash(link: Neighbour) -> dict[str, str]:
    return {"title": f"Too soon after {link.other.ref} {link.other.name}.", "words": link.clash}


def _pair(activity: Activity, pair: str) -> list[Any]:
    precision = "day" if pair == "actual" else activity.precision
    days = [getattr(activity, f"{pair}_{end}") for end in ("start", "finish")]
    shown = days[1:] if activity.is_milestone else days
    cells = [{"text": stated(day, precision) or "–", "date": True} for day in shown]
    return [pair.capitalize(), *cells]


def _float_words(activity: Activity, timing: Timing | None) -> list[dict[str, Any]]:
    """Total float, in a sentence, and the dates between which it may move."""
    if timing is None:
        return []
    days = timing.total_float
    many = f"{abs(days):,} working day{'' if abs(days) == 1 else 's'}"
    if days > 0:
        words = f"{many}: so far it may slip before its project finishes late"
    elif days == 0:
        words = "None: it is critical, any slip makes its project finish late"
    else:
        words = f"\N{MINUS SIGN}{many}: it is critical, and by so much the project will finish late"
    early, late = timing.early_finish, timing.late_finish
    span = f"{calendar.in_words(early)} at the earliest, {calendar.in_words(late)} at the latest"
    return [{"key": "Total float", "value": words}, {"key": "Finish, by the dependencies", "value": span}]

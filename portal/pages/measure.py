"""A measure's page: what it counts, where it stood and is to be, and the benefits it is evidence for."""

from __future__ import annotations

from typing import Any

from benefits.models import Benefit
from programme.foundation import calendar
from programme.foundation.views import RecordView, Tab
from programme.performance.models import Measure, TrajectoryPoint
from programme.performance.units import in_unit

from . import stood

CHANGE = "performance.change_measure"


class MeasurePage(RecordView):
    permission = "performance.view_measures"
    model = Measure
    template_name = "portal/measure.html"
    tabs = (Tab("summary", "Summary", "portal/measure_summary.html"),)

    def get_queryset(self) -> Any:
        related = ("workstream", "owner__profile", "confirmed_by__profile", "scope__parent__parent")
        return super().get_queryset().select_related(*related)

    def actions(self, measure: Measure) -> list[tuple[str, str]]:
        if measure.withdrawn or not self.request.user.has_perm(CHANGE, measure):
            return []
        address = measure.get_absolute_url()
        known = measure.baseline is not None or measure.target is not None
        confirm = [("Confirm the figures", f"{address}confirm/")] if known else []
        return [("Change", f"{address}change/"), *confirm, ("Withdraw", f"{address}withdraw/")]

    def get_context_data(self, *, record: Any, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(record=record, **kwargs) | {"lead": in_a_sentence(record)}

    def tab_summary(self, measure: Measure) -> dict[str, Any]:
        points = TrajectoryPoint.objects.visible_to(self.request.user).filter(measure=self.record)
        way = stood.on(points, self.as_at, self.request.user, order=("date",))
        return {
            "way_columns": ["On", "It should read"],
            "benefit_columns": ["Benefit", "Status", "Owner"],
            "figures": self._figures(measure),
            "facts": self._facts(measure),
            "way": [
                [{"text": calendar.in_words(one.date), "date": True}, in_unit(one.value, measure.unit)]
                for one in way
            ],
            "benefits": self._benefits() if self.request.user.has_perm("benefits.view_benefits") else None,
        }

    def _figures(self, measure: Measure) -> list[dict[str, Any]]:
        """Baseline and target with their dates, each with the measure's source."""
        source = [(label, value) for label, value in measure.source_lines if label != "Prices"]
        days = {"Baseline": measure.baseline_date, "Target": measure.target_date}
        words = {"Baseline": measure.baseline_words, "Target": measure.target_words}
        rows = []
        for name, day in days.items():
            when = f", {'by' if name == 'Target' else 'on'} {calendar.in_words(day)}" if day else ""
            value = f"{words[name]}{when}" if words[name] else ""
            rows.append({"key": name, "value": value, "source": source if value else None})
        return [*rows, {"key": "As at", "value": calendar.in_words(measure.source_as_at)}]

    def _facts(self, measure: Measure) -> list[dict[str, Any]]:
        workstream = stood.then(measure.workstream, self.as_at)
        place = {"value": workstream, "url": workstream.get_absolute_url()} if workstream else {}
        return [
            {"key": "What exactly is counted", "value": measure.definition},
            {"key": "Unit", "value": measure.unit},
            {"key": "Better", "value": measure.get_direction_display()},
            {"key": "Owner", "value": measure.owner or "Nobody yet"},
            {"key": "Workstream", "value": "The programme as a whole", **place},
            {"key": "Read", "value": measure.get_frequency_display() or "Not settled yet"},
            {"key": "Class", "value": measure.get_classification_display()},
        ]

    def _benefits(self) -> list[list[Any]]:
        """The benefits that name it as their evidence, or did on the day asked for."""
        named = Benefit.history.filter(measure_id=self.record.pk).order_by().values("id")
        rows = Benefit.objects.visible_to(self.request.user).filter(pk__in=named)
        rows = rows.select_related("owner__profile").order_by("ref")
        found = stood.on(rows, self.as_at, self.request.user, order=("ref",))
        return [
            [{"text": one, "url": one.get_absolute_url()}, one.status_words, one.owner or "Nobody yet"]
            for one in found
            if one.measure_id == self.record.pk
        ]


def in_a_sentence(measure: Measure) -> str:
    """How far it is to go, with what nobody knows yet said in words."""
    start, goal = measure.baseline_words, measure.target_words
    if goal and measure.target_date:
        goal = f"{goal} by {calendar.in_words(measure.target_date)}"
    better = measure.get_direction_display().lower()
    if start and goal:
        return f"From {start} to {goal}; {better}."
    if start:
        return f"It stood at {start}; no target is set yet. {better.capitalize()}."
    if goal:
        return f"It is to be {goal}; where it stood before is not known. {better.capitalize()}."
    return f"Neither a baseline nor a target is known yet. {better.capitalize()}."

"""Filters of the plan, the same for its picture and its list."""

from __future__ import annotations

import datetime
from typing import Any

import django_filters
from django.db import models

from programme.foundation import calendar
from programme.foundation.filters import (
    ChoiceFilter,
    RecordFilter,
    RecordFilters,
    SearchFilter,
    YesNoFilter,
)
from programme.portfolio.models import Workstream

from .choices import DependencyKind, Kind
from .network_reading import Reading, among, reading_of

STATES = [("to-do", "Not begun"), ("begun", "Under way"), ("done", "Done"), ("not-done", "Not done")]
HORIZONS = [("1", "1 month"), ("3", "3 months"), ("6", "6 months"), ("12", "12 months"), ("24", "2 years")]
FLOATS = [("0", "None: critical"), ("5", "Up to 5 working days"), ("20", "Up to 20 working days")]


class ProjectFilter(django_filters.CharFilter):
    """One project by its reference: a list of more than a thousand to choose from would slow every page."""

    def __init__(self, field_name: str, **options: Any):
        options = {"label": "Project, such as DIG-01", "lookup_expr": "iexact", "max_length": 12} | options
        super().__init__(field_name, **options)


class _OfReading(RecordFilters):
    """Filters that ask the timetable, as the viewer may know it."""

    _reading: Reading | None = None

    @property
    def reading(self) -> Reading:
        if self._reading is None:
            self._reading = reading_of(self.request.user)
        return self._reading


class PlanFilters(_OfReading):
    q = SearchFilter(["ref", "name"])
    workstream = RecordFilter(
        Workstream, field_name="project__workstream", to_field_name="slug", label="Workstream"
    )
    project = ProjectFilter("project__ref")
    kind = ChoiceFilter(choices=Kind.choices, label="Kind")
    state = ChoiceFilter(choices=STATES, method="in_state", label="State")
    horizon = ChoiceFilter(choices=HORIZONS, method="within", label="Not done, due within")
    critical = YesNoFilter(method="on_critical_path", label="Critical")
    late = YesNoFilter(method="running_late", label="Late")
    contradicted = YesNoFilter(method="against_dependencies", label="Contradicted")

    def in_state(self, rows: Any, name: str, value: str) -> Any:
        if value == "done":
            return rows.exclude(actual_finish=None)
        rows = rows.not_done()
        return rows if value == "not-done" else rows.filter(actual_start__isnull=value == "to-do")

    def within(self, rows: Any, name: str, value: str) -> Any:
        """Due by the same day so many months on, whatever is overdue included."""
        return rows.not_done().filter(forecast_finish__lte=months_on(calendar.today(), int(value)))

    def on_critical_path(self, rows: Any, name: str, value: bool) -> Any:
        keys = among(key for key, _ in self.reading.near())
        return rows.filter(pk__in=keys) if value else rows.exclude(pk__in=keys)

    def running_late(self, rows: Any, name: str, value: bool) -> Any:
        late = rows.late(calendar.today())
        return late if value else rows.exclude(pk__in=late.order_by().values("pk"))

    def against_dependencies(self, rows: Any, name: str, value: bool) -> Any:
        keys = among({successor for _, successor in self.reading.contradicted()})
        return rows.filter(pk__in=keys) if value else rows.exclude(pk__in=keys)


class ListFilters(PlanFilters):
    dates = ChoiceFilter(
        choices=[("all", "Starts and finishes")],
        empty_label="Finishes",
        method="as_shown",
        label="Dates shown",
    )

    def as_shown(self, rows: Any, name: str, value: str) -> Any:
        """Which columns are shown; the rows stay."""
        return rows


class CriticalFilters(RecordFilters):
    """Which projects' critical paths; the rows are chosen from the timetable, not by the database."""

    workstream = RecordFilter(Workstream, to_field_name="slug")
    project = ProjectFilter("ref")
    most = ChoiceFilter(choices=FLOATS[1:], empty_label=FLOATS[0][1], method="as_asked", label="Total float")

    def as_asked(self, rows: Any, name: str, value: str) -> Any:
        """How much float is still listed; the projects stay."""
        return rows


class DependencyFilters(_OfReading):
    q = SearchFilter(["predecessor__ref", "predecessor__name", "successor__ref", "successor__name"])
    project = ProjectFilter("ref", method="touching", label="Project at either end, such as DIG-01")
    kind = ChoiceFilter(choices=DependencyKind.choices, label="Kind")
    across = YesNoFilter(method="between_projects", label="Between projects")
    contradicted = YesNoFilter(method="contradicted_ones", label="Contradicted")

    def touching(self, rows: Any, name: str, value: str) -> Any:
        ends = [f"{end}__project__ref__iexact" for end in ("predecessor", "successor")]
        return rows.filter(models.Q(**{ends[0]: value}) | models.Q(**{ends[1]: value}))

    def between_projects(self, rows: Any, name: str, value: bool) -> Any:
        within = rows.filter(predecessor__project=models.F("successor__project"))
        return rows.exclude(pk__in=within.order_by().values("pk")) if value else within

    def contradicted_ones(self, rows: Any, name: str, value: bool) -> Any:
        keys = among(key for key, _ in self.reading.contradicted())
        return rows.filter(pk__in=keys) if value else rows.exclude(pk__in=keys)


def months_on(day: datetime.date, months: int) -> datetime.date:
    """The same day of the month, or the last of a shorter one."""
    month = day.month - 1 + months
    first = datetime.date(day.year + month // 12, month % 12 + 1, 1)
    return min(first + datetime.timedelta(days=day.day - 1), calendar.reporting_period(first).last)

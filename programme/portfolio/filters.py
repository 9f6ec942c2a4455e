"""Filters of the portfolio's lists."""

from __future__ import annotations

from django.db.models import QuerySet

from programme.foundation.filters import ChoiceFilter, DayFilter, RecordFilter, RecordFilters, SearchFilter

from .choices import Outcome, Stage
from .models import Body, CorporatePriority, ProjectService, Workstrand, Workstream

NOT_STATED = "not-stated"


class StageFilter(ChoiceFilter):
    """A stage, or that none has been stated."""

    def filter(self, queryset: QuerySet, value: str) -> QuerySet:
        return queryset.filter(stage="") if value == NOT_STATED else super().filter(queryset, value)


class ProjectFilters(RecordFilters):
    q = SearchFilter(["ref", "name", "purpose"])
    workstream = RecordFilter(Workstream, to_field_name="slug")
    stage = StageFilter(choices=[*Stage.choices, (NOT_STATED, "Not stated")])
    strand = RecordFilter(Workstrand, "workstrand", label="Workstrand")


class PipelineFilters(RecordFilters):
    workstream = RecordFilter(Workstream, to_field_name="slug")
    stage = StageFilter(choices=[*Stage.choices[:-2], (NOT_STATED, "Not stated")])
    priority = RecordFilter(CorporatePriority, method="serving", label="Serves priority")

    def serving(self, queryset: QuerySet, name: str, value: CorporatePriority) -> QuerySet:
        """A project counts as serving a priority only while it says so."""
        said = ProjectService.objects.live().filter(priority=value).order_by()
        return queryset.filter(pk__in=said.values("project"))


class DecisionFilters(RecordFilters):
    q = SearchFilter(["reference", "question", "reasons"])
    body = RecordFilter(Body, to_field_name="slug")
    outcome = ChoiceFilter(choices=Outcome.choices)
    since = DayFilter("date", lookup_expr="gte", label="From")
    until = DayFilter("date", lookup_expr="lte", label="Until")

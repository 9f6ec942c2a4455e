"""Filters of the pages that look at the register as a whole: its matrix, its movement, its top risks."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.db.models import Q

from programme.foundation import calendar
from programme.foundation.filters import DayFilter, RecordFilter
from programme.foundation.tables import day_in_words
from programme.people.choices import ScopeKind
from programme.people.models import Scope
from programme.plan.filters import ProjectFilter
from programme.portfolio.models import Project

from ..models import RiskCategory
from .cells import CellFilter
from .register import NOBODY, NONE, OF_THE_PROGRAMME, PlacedFilters, owner_filter, owners, workstream_filter

EARLIEST = 2000


class PastDayFilter(DayFilter):
    """A day that is past, or today; it chooses no rows by itself."""

    class PastDay(forms.DateField):
        def clean(self, value: Any) -> datetime.date | None:
            day = super().clean(value)
            if day is not None and day > calendar.today():
                raise forms.ValidationError(f"{day_in_words(day)} is in the future: choose a past day.")
            if day is not None and day.year < EARLIEST:
                raise forms.ValidationError(f"{day_in_words(day)} is before there was a register.")
            return day

    field_class = PastDay

    def filter(self, queryset: Any, value: Any) -> Any:
        return queryset


class WholeFilters(PlacedFilters):
    """By place, category and owner, named as in the register; for risks as they stand or stood.

    ``condition`` holds for risks and for rows of their history alike.
    """

    workstream = workstream_filter()
    project = ProjectFilter("ref")
    category = RecordFilter(RiskCategory, null_label="None yet", null_value=NONE, label="Category")
    owner = owner_filter(owners)

    def filter_queryset(self, queryset: Any) -> Any:
        return queryset.filter(self.condition)

    @property
    def condition(self) -> Q:
        """What the address asks; only once the form is valid."""
        asked = self.form.cleaned_data
        found = Q()
        if value := asked["workstream"]:
            found &= Q(scope__kind=ScopeKind.PROGRAMME) if value == OF_THE_PROGRAMME else _in(value.scope_id)
        if asked["project"]:
            projects = Project.objects.visible_to(self.request.user).filter(ref__iexact=asked["project"])
            found &= Q(scope__in=projects.order_by().values("scope"))
        if value := asked["category"]:
            found &= Q(category=None if value == NONE else value.pk)
        if value := asked["owner"]:
            found &= Q(owner=None if value == NOBODY else value.user_id)
        return found


class MatrixFilters(WholeFilters):
    as_at = PastDayFilter(label="As it stood on")

    @property
    def day(self) -> datetime.date | None:
        return self.form.cleaned_data["as_at"]


class StoodFilters(MatrixFilters):
    """With the cell that is looked into: ``?as_at=2022-10-31&cell=4-5``, or ``target=2-3``."""

    cell = CellFilter("current", label="Score")
    target = CellFilter("target", label="Target")

    def filter_queryset(self, queryset: Any) -> Any:
        for name in ("cell", "target"):
            queryset = self.filters[name].filter(queryset, self.form.cleaned_data[name])
        return super().filter_queryset(queryset)


def _in(scope: int) -> Q:
    """A place and every place inside it. Asked once: a join would ask it of every row."""
    places = Q(pk=scope) | Q(parent=scope) | Q(parent__parent=scope)
    return Q(scope__in=Scope.objects.filter(places).order_by().values("pk"))

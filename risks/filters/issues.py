"""Filters of the register of issues."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef

from programme.foundation import calendar
from programme.foundation.filters import ChoiceFilter, RecordFilter, SearchFilter, YesNoFilter
from programme.foundation.kept_answers import composed_once
from programme.people.models import Profile, User
from programme.plan.filters import ProjectFilter
from programme.portfolio.models import Body

from ..choices import IssueStatus, Severity
from ..models import Issue
from .register import EVERY, NOBODY, PlacedFilters, owner_filter, workstream_filter


def owners(request: Any) -> Any:
    """Those who own an issue that the viewer may see."""
    return _owners(request.user)


@composed_once
def _owners(user: User) -> Any:
    owned = Issue.objects.visible_to(user).live().filter(owner=OuterRef("user")).order_by()
    return Profile.objects.visible_to(user).filter(Exists(owned)).order_by("post", "user")


def bodies(request: Any) -> Any:
    """Those that are asked something by an issue that the viewer may see."""
    return _bodies(request.user)


@composed_once
def _bodies(user: User) -> Any:
    asked = Issue.objects.visible_to(user).live().order_by().values("asked_of")
    return Body.objects.visible_to(user).filter(pk__in=asked)


class IssueFilters(PlacedFilters):
    """Without a status, those that are open."""

    q = SearchFilter(["ref", "title", "what_happened", "decision_asked"])
    severity = ChoiceFilter(choices=[*reversed(Severity.choices)], label="Severity")
    workstream = workstream_filter()
    project = ProjectFilter("ref", method="of_project")
    owner = owner_filter(owners, method="owned_by")
    status = ChoiceFilter(
        choices=[(IssueStatus.RESOLVED.value, "Resolved"), (EVERY, "All")],
        empty_label="Open",
        method="of_status",
        label="Status",
    )
    overdue = YesNoFilter(method="past_due", label="Overdue")
    asks = YesNoFilter(method="asking", label="Asks for a decision")
    asked_of = RecordFilter(Body, queryset=bodies, label="Asked of")
    kept = YesNoFilter(method="kept_by_viewer", label="Kept by me")

    def filter_queryset(self, queryset: Any) -> Any:
        rows = super().filter_queryset(queryset)
        asked = self.form.cleaned_data.get("status")
        return rows if asked else rows.filter(status=IssueStatus.OPEN)

    def owned_by(self, rows: Any, name: str, value: Any) -> Any:
        return rows.filter(owner=None if value == NOBODY else value.user_id)

    def of_status(self, rows: Any, name: str, value: str) -> Any:
        return rows if value == EVERY else rows.filter(status=value)

    def past_due(self, rows: Any, name: str, value: bool) -> Any:
        late = Issue.objects.overdue(calendar.today()).order_by().values("pk")
        return rows.filter(pk__in=late) if value else rows.exclude(pk__in=late)

    def asking(self, rows: Any, name: str, value: bool) -> Any:
        waiting = Issue.objects.asking_for_a_decision().order_by().values("pk")
        return rows.filter(pk__in=waiting) if value else rows.exclude(pk__in=waiting)

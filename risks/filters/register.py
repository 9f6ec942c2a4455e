"""Filters of the register of risks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils.functional import cached_property

from programme.foundation import calendar
from programme.foundation.filters import ChoiceFilter, RecordFilter, RecordFilters, SearchFilter, YesNoFilter
from programme.foundation.kept_answers import composed_once
from programme.people.choices import ScopeKind
from programme.people.models import Profile, User
from programme.plan.filters import ProjectFilter
from programme.portfolio.models import Project, Workstream

from ..choices import STANDING, Band, EscalatedTo, Finding, Response, Status
from ..models import Risk, RiskAction, RiskCategory
from ..reading import findings, listed
from ..reading.yardstick import Yardstick, yardstick
from .cells import CellFilter

NOT_SCORED, EVERY, NOBODY, OF_THE_PROGRAMME, NONE = "not-scored", "all", "nobody", "programme", "none"
STANDING_WORDS = "Open and escalated"

APPETITE = [
    (listed.OUTSIDE, "Outside"),
    (listed.UNACCEPTED, "Outside, not accepted"),
    (listed.ACCEPTED, "Outside, accepted"),
    (listed.INSIDE, "Inside"),
]


def owners(request: Any) -> Any:
    """Those who own a risk that the viewer may see."""
    return _owners(request.user)


@composed_once
def _owners(user: User) -> Any:
    owned = Risk.objects.visible_to(user).live().filter(owner=OuterRef("user")).order_by()
    return Profile.objects.visible_to(user).filter(Exists(owned)).order_by("post", "user")


def owner_filter(offered: Callable[[Any], Any], method: str | None = None) -> RecordFilter:
    """By owner, out of the people ``offered``, who are called by their posts."""
    return RecordFilter(
        Profile,
        queryset=offered,
        to_field_name="user",
        named_by="post",
        null_label="Nobody",
        null_value=NOBODY,
        method=method,
        label="Owner",
    )


def workstream_filter() -> RecordFilter:
    return RecordFilter(
        Workstream,
        to_field_name="slug",
        null_label="The programme as a whole",
        null_value=OF_THE_PROGRAMME,
        method="of_workstream",
        label="Workstream",
    )


class PlacedFilters(RecordFilters):
    """By place, for the registers of risks and of issues: a workstream holds its projects' too."""

    def of_workstream(self, rows: Any, name: str, value: Any) -> Any:
        if value == OF_THE_PROGRAMME:
            return rows.filter(scope__kind=ScopeKind.PROGRAMME)
        return rows.of_place(value.scope_id)

    def of_project(self, rows: Any, name: str, value: str) -> Any:
        """Of this project, if the viewer may know of it."""
        found = Project.objects.visible_to(self.request.user).filter(ref__iexact=value)
        return rows.filter(scope__in=found.order_by().values("scope"))

    def kept_by_viewer(self, rows: Any, name: str, value: bool) -> Any:
        """In a place that the viewer keeps, or their own: what home says they have still to do."""
        mine = rows.model.objects.kept_by(self.request.user).order_by().values("pk")
        return rows.filter(pk__in=mine) if value else rows.exclude(pk__in=mine)


class RiskFilters(PlacedFilters):
    """Without a status, those that may still happen."""

    q = SearchFilter(["ref", "title", "cause", "event", "effect"])
    band = ChoiceFilter(
        choices=[*reversed(Band.choices), (NOT_SCORED, "Not yet scored")], method="in_band", label="Band now"
    )
    category = RecordFilter(
        RiskCategory, null_label="None yet", null_value=NONE, method="of_category", label="Category"
    )
    workstream = workstream_filter()
    project = ProjectFilter("ref", method="of_project")
    owner = owner_filter(owners, method="owned_by")
    status = ChoiceFilter(
        choices=[*Status.choices, (EVERY, "All")],
        empty_label=STANDING_WORDS,
        method="of_status",
        label="Status",
    )
    response = ChoiceFilter(
        choices=[*Response.choices, (NONE, "None yet")], method="of_response", label="Response"
    )
    appetite = ChoiceFilter(choices=APPETITE, method="by_appetite", label="Appetite")
    look = ChoiceFilter(choices=Finding.choices, method="to_look_at", label="To look at")
    escalated = ChoiceFilter("escalated_to", choices=EscalatedTo.choices, label="Escalated to")
    kept = YesNoFilter(method="kept_by_viewer", label="Kept by me")
    acting = YesNoFilter(method="asks_viewer", label="With an overdue action of mine")
    cell = CellFilter("current", label="Cell now")
    target = CellFilter("target", label="Cell aimed at")

    @cached_property
    def yardstick(self) -> Yardstick:
        """Read once for the filter by band and for the table."""
        return yardstick()

    def filter_queryset(self, queryset: Any) -> Any:
        rows = super().filter_queryset(queryset)
        asked = self.form.cleaned_data.get("status")
        return rows if asked else rows.filter(status__in=sorted(STANDING))

    def in_band(self, rows: Any, name: str, value: str) -> Any:
        return rows.not_scored() if value == NOT_SCORED else rows.in_band(self.yardstick.matrix, value)

    def of_category(self, rows: Any, name: str, value: Any) -> Any:
        return rows.filter(category=None if value == NONE else value)

    def owned_by(self, rows: Any, name: str, value: Any) -> Any:
        return rows.filter(owner=None if value == NOBODY else value.user_id)

    def of_status(self, rows: Any, name: str, value: str) -> Any:
        return rows if value == EVERY else rows.filter(status=value)

    def of_response(self, rows: Any, name: str, value: str) -> Any:
        return rows.filter(response="" if value == NONE else value)

    def by_appetite(self, rows: Any, name: str, value: str) -> Any:
        return listed.by_appetite(rows, value)

    def to_look_at(self, rows: Any, name: str, value: str) -> Any:
        return findings.having(rows, value)

    def asks_viewer(self, rows: Any, name: str, value: bool) -> Any:
        own = RiskAction.objects.live().overdue(calendar.today()).filter(owner=self.request.user.pk)
        found = own.order_by().values("risk")
        return rows.filter(pk__in=found) if value else rows.exclude(pk__in=found)

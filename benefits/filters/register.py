"""Filters of the registers of benefits and of their lines."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from programme.foundation.filters import (
    ChoiceFilter,
    RecordFilter,
    RecordFilters,
    SearchFilter,
    YesNoFilter,
)
from programme.people.models import User
from programme.plan.filters import ProjectFilter
from programme.portfolio.models import Project, Workstream

from ..choices import Category, Deliverability, Frequency, Kind, Status
from ..models import Benefit, BenefitShare
from ..reading.agreed import moved


def owners(request: Any) -> Any:
    """Those who own a benefit that the viewer may see."""
    owned = Benefit.objects.visible_to(request.user).live().order_by().values("owner")
    return User.objects.visible_to(request.user).filter(pk__in=owned).order_by("profile__post")


class _OfBenefits(RecordFilters):
    """``benefit`` leads from a row to its benefit, as in a filter."""

    benefit = ""

    def for_workstream(self, rows: Any, name: str, value: Workstream) -> Any:
        """At home in the workstream or one of its projects, or shared with it."""
        shared = BenefitShare.objects.visible_to(self.request.user).live().filter(workstream=value)
        of_benefit = f"{self.benefit}pk__in" if self.benefit else "pk__in"
        home = Q(scope=value.scope_id) | Q(scope__parent=value.scope_id)
        return rows.filter(home | Q(**{of_benefit: shared.order_by().values("benefit")}))

    def of_project(self, rows: Any, name: str, value: str) -> Any:
        """At home in this project, if the viewer may know of it."""
        found = Project.objects.visible_to(self.request.user).filter(ref__iexact=value)
        return rows.filter(scope__in=found.order_by().values("scope"))


class BenefitFilters(_OfBenefits):
    q = SearchFilter(["ref", "name", "description"])
    workstream = RecordFilter(Workstream, to_field_name="slug", method="for_workstream", label="Workstream")
    project = ProjectFilter("ref", method="of_project")
    status = ChoiceFilter(choices=Status.choices, label="Status")
    owner = RecordFilter(User, queryset=owners, label="Owner")
    owned = YesNoFilter("owner", lookup_expr="isnull", exclude=True, label="Has an owner")
    measured = YesNoFilter("measure", lookup_expr="isnull", exclude=True, label="Has a measure")
    kept = YesNoFilter(method="kept_by_viewer", label="Kept by me")
    departed = YesNoFilter(method="no_longer_as_agreed", label="Agreed baseline has changed")

    def kept_by_viewer(self, rows: Any, name: str, value: bool) -> Any:
        """At home where the viewer keeps benefits, or their own: what home says they have still to do."""
        user = self.request.user
        mine = Benefit.objects.visible_to(user).kept_by(user).order_by().values("pk")
        return rows.filter(pk__in=mine) if value else rows.exclude(pk__in=mine)

    def no_longer_as_agreed(self, rows: Any, name: str, value: bool) -> Any:
        """Whose measure says something else than finance agreed."""
        found = list(moved(self.request.user))
        return rows.filter(pk__in=found) if value else rows.exclude(pk__in=found)


class LineFilters(_OfBenefits):
    benefit = "benefit__"

    q = SearchFilter(["ref", "name", "benefit__name", "budget_code"])
    workstream = RecordFilter(Workstream, to_field_name="slug", method="for_workstream", label="Workstream")
    project = ProjectFilter("ref", method="of_project")
    category = ChoiceFilter(choices=Category.choices, label="Category")
    kind = ChoiceFilter(choices=Kind.choices, label="Kind")
    deliverability = ChoiceFilter(choices=Deliverability.choices, label="Deliverability")
    frequency = ChoiceFilter(choices=Frequency.choices, label="Frequency")
    status = ChoiceFilter("benefit__status", choices=Status.choices, label="Status")
    owner = RecordFilter(User, "benefit__owner", queryset=owners, label="Owner")
    unquantified = YesNoFilter(method="without_figure", label="Not quantified")
    columns = ChoiceFilter(
        choices=[("all", "All")], empty_label="The main ones", method="as_shown", label="Columns"
    )

    def without_figure(self, rows: Any, name: str, value: bool) -> Any:
        return rows.exclude(not_quantified_because="") if value else rows.filter(not_quantified_because="")

    def as_shown(self, rows: Any, name: str, value: str) -> Any:
        """Which columns are shown; the rows stay."""
        return rows

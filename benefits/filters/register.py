"""Filters of the registers of benefits and of their lines."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q

from programme.foundation.filters import (
    ChoiceFilter,
    FinancialYearFilter,
    RecordFilter,
    RecordFilters,
    SearchFilter,
    YesNoFilter,
)
from programme.foundation.kept_answers import composed_once
from programme.foundation.money import FinancialYear
from programme.people.models import Profile, User
from programme.plan.filters import ProjectFilter
from programme.portfolio.models import Project, Workstream

from ..choices import Category, Deliverability, Frequency, Kind, Status
from ..models import Benefit, BenefitShare
from ..reading.agreed import moved
from ..reading.line_amounts import Counted, for_workstream, in_year, listed
from ..reading.sums import OF_NO_WORKSTREAM, PROGRAMME
from ..rules.totals import CASHABLE_KINDS, Axis, Slice, narrowed
from .addresses import CASHABLE_ONLY, NOBODY, RUN_RATE


def owners(request: Any) -> Any:
    """Those who own a benefit that the viewer may see."""
    return _owners(request.user)


@composed_once
def _owners(user: User) -> Any:
    owned = Benefit.objects.visible_to(user).live().filter(owner=OuterRef("user")).order_by()
    return Profile.objects.visible_to(user).filter(Exists(owned)).order_by("post", "user")


def owner_filter(field: str) -> RecordFilter:
    """By owner, who is called by the post."""
    return RecordFilter(
        Profile,
        field,
        queryset=owners,
        to_field_name="user",
        named_by="post",
        method="owned_by",
        label="Owner",
    )


class _OfBenefits(RecordFilters):
    def of_project(self, rows: Any, name: str, value: str) -> Any:
        """At home in this project, if the viewer may know of it."""
        found = Project.objects.visible_to(self.request.user).filter(ref__iexact=value)
        return rows.filter(scope__in=found.order_by().values("scope"))

    def owned_by(self, rows: Any, name: str, value: Profile) -> Any:
        return rows.filter(**{name: value.user_id})


def at_home(workstream: Workstream) -> Q:
    """What lies in the workstream or one of its projects."""
    return Q(scope=workstream.scope_id) | Q(scope__parent=workstream.scope_id)


class BenefitFilters(_OfBenefits):
    """A benefit may be looked for by whoever has to do with it; only its money is counted by shares."""

    q = SearchFilter(["ref", "name", "description"])
    workstream = RecordFilter(Workstream, to_field_name="slug", method="for_workstream", label="Workstream")
    project = ProjectFilter("ref", method="of_project")
    status = ChoiceFilter(choices=Status.choices, label="Status")
    owner = owner_filter("owner")
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

    def for_workstream(self, rows: Any, name: str, value: Workstream) -> Any:
        """At home in the workstream or one of its projects, or shared with it."""
        shared = BenefitShare.objects.visible_to(self.request.user).live().filter(workstream=value)
        return rows.filter(at_home(value) | Q(pk__in=shared.order_by().values("benefit")))


class LineFilters(_OfBenefits):
    """Those of the savings page, which count alike here, and what else lines are looked for by."""

    q = SearchFilter(["ref", "name", "benefit__name", "budget_code"])
    workstream = RecordFilter(
        Workstream,
        to_field_name="slug",
        null_label=OF_NO_WORKSTREAM,
        null_value=NOBODY,
        method="counting_for",
        label="Counting for workstream",
    )
    home = RecordFilter(Workstream, to_field_name="slug", method="at_home", label="At home in workstream")
    year = FinancialYearFilter(method="with_amount_in", label="Year")
    basis = ChoiceFilter(
        choices=[(RUN_RATE, "Running on up to it")],
        empty_label="New in the year",
        method="as_shown",
        label="Amounts of the year",
    )
    project = ProjectFilter("ref", method="of_project")
    category = ChoiceFilter(choices=Category.choices, label="Category")
    kind = ChoiceFilter(
        choices=[(CASHABLE_ONLY, "All that releases cash"), *Kind.choices], method="of_kind", label="Kind"
    )
    deliverability = ChoiceFilter(choices=Deliverability.choices, label="Deliverability")
    frequency = ChoiceFilter(choices=Frequency.choices, label="Frequency")
    status = ChoiceFilter("benefit__status", choices=Status.choices, label="Status")
    owner = owner_filter("benefit__owner")
    unquantified = YesNoFilter(method="without_figure", label="Not quantified")
    columns = ChoiceFilter(
        choices=[("all", "All")], empty_label="The main ones", method="as_shown", label="Columns"
    )

    @property
    def counted(self) -> Counted:
        """Which amounts of the lines count; once the form is valid."""
        asked = self.form.cleaned_data
        stream = asked["workstream"]
        slug = None if not stream else PROGRAMME if stream == NOBODY else stream.slug
        return Counted(asked["year"], asked["basis"] == RUN_RATE, slug)

    @property
    def cut(self) -> Slice | None:
        """The filters as the savings page has them; None where others, or none, are in force."""
        asked = {name: value for name, value in self.form.cleaned_data.items() if value and name != "columns"}
        if not asked or set(asked) - {*map(str, Axis), "basis"}:
            return None
        cut: Slice = {}
        for axis in (Axis.CATEGORY, Axis.DELIVERABILITY, Axis.FREQUENCY):
            if axis.value in asked:
                cut = narrowed(cut, axis, [asked[axis.value]])
        if kind := asked.get("kind"):
            cut = narrowed(cut, Axis.KIND, CASHABLE_KINDS if kind == CASHABLE_ONLY else [kind])
        if self.counted.workstream is not None:
            cut = narrowed(cut, Axis.WORKSTREAM, [self.counted.workstream])
        return cut

    def filter_queryset(self, queryset: Any) -> Any:
        """Of the lines with what counts of them, which the filters themselves say."""
        return super().filter_queryset(listed(self.request.user, self.counted))

    def counting_for(self, rows: Any, name: str, value: Any) -> Any:
        return for_workstream(rows, None if value == NOBODY else value.scope_id)

    def at_home(self, rows: Any, name: str, value: Workstream) -> Any:
        """Whole amounts: those who see a line may know where it is at home."""
        return rows.filter(at_home(value))

    def with_amount_in(self, rows: Any, name: str, value: FinancialYear) -> Any:
        return in_year(rows, self.counted)

    def of_kind(self, rows: Any, name: str, value: str) -> Any:
        """As savings are added up: what is not financial releases no cash, whatever its kind says."""
        if value == Kind.EFFICIENCY_WITHOUT_CASH:
            return rows.filter(Q(kind=value) | Q(category=Category.NON_FINANCIAL))
        kinds = CASHABLE_KINDS if value == CASHABLE_ONLY else [value]
        return rows.filter(kind__in=kinds).exclude(category=Category.NON_FINANCIAL)

    def without_figure(self, rows: Any, name: str, value: bool) -> Any:
        return rows.exclude(not_quantified_because="") if value else rows.filter(not_quantified_because="")

    def as_shown(self, rows: Any, name: str, value: str) -> Any:
        """How the rows are shown; they stay."""
        return rows

"""The plan as a picture, as a list, by its dependencies and by its critical path."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.utils.functional import cached_property
from django.views.generic.base import ContextMixin, TemplateResponseMixin
from django_tables2.data import TableListData

from programme.foundation import calendar
from programme.foundation.kept_answers import composed_once
from programme.foundation.permissions import PermissionRequired
from programme.foundation.views import RecordListView
from programme.people.models import User
from programme.portfolio.models import Project

from .. import filters, picture, tables
from ..models import Activity, Dependency
from ..network_reading import InOrder, Reading, reading_of

PARTS = [
    ("Picture", "/plan/"),
    ("List", "/plan/list/"),
    ("Dependencies", "/plan/dependencies/"),
    ("Critical path", "/plan/critical-path/"),
]


class PlanPart(PermissionRequired):
    """One of the four ways of looking at the plan."""

    permission = "plan.view_plan"

    @cached_property
    def reading(self) -> Reading:
        return reading_of(self.request.user)

    def parts(self) -> list[dict[str, Any]]:
        """Links between the four; those with the same filters keep them."""
        shared = self.request.GET.copy()
        for name in ("page", "sort", "per", "format"):
            shared.pop(name, None)
        query = f"?{shared.urlencode()}" if shared else ""
        current = self.request.path
        same = {"/plan/", "/plan/list/"}
        return [
            {
                "label": label,
                "url": url + (query if {url, current} <= same else ""),
                "current": url == current,
            }
            for label, url in PARTS
        ]

    def plan_actions(self) -> list[tuple[str, str]]:
        user = self.request.user
        words = {
            "plan.change_plan": ("Add to the plan", "/plan/add/"),
            "plan.rebaseline": ("Re-baseline", "/plan/rebaseline/"),
        }
        return [button for permission, button in words.items() if user.has_perm(permission)]


class PlanPage(PlanPart, TemplateResponseMixin, ContextMixin):
    """How the plan stands, and its picture."""

    template_name = "plan/plan.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        rows = Activity.objects.visible_to(request.user).planned()
        asked = filters.PlanFilters(request.GET, rows, request=request)
        asked._reading = self.reading
        holds = asked.form.is_valid()
        found = picture.chosen(asked.qs, all_done=request.GET.get("state") == "done") if holds else []
        counts = self.reading.counts()
        figure = picture.drawn(found, self.reading, day=calendar.today())
        context = self.get_context_data(
            filters=asked,
            figure=figure,
            sentence=picture.in_a_sentence(counts),
            conflicts=self._conflict_words(),
            note=calendar.published_note(one.latest_finish for one in found),
            cut=(figure is not None and len(figure.rows) < len(found)) or len(found) >= picture.MOST,
            trouble=self.reading.timetable.trouble,
            ahead=counts.ahead,
        )
        return self.render_to_response(context, status=200 if holds else 400)

    def _conflict_words(self) -> str:
        number = len(self.reading.contradicted())
        if not number:
            return ""
        verb = "dependency is" if number == 1 else "dependencies are"
        return f"{number:,} {verb} contradicted by the forecasts"


class PlanRegister(PlanPart, RecordListView):
    """A list of the plan, whose computed columns come from the timetable."""

    template_name = "plan/register.html"

    def actions(self) -> list[tuple[str, str]]:
        return self.plan_actions()

    def make_table(self, rows: Any) -> tables._OfReading:
        """The table of these rows, as its reader may know them."""
        return self.table_class(rows, query=self.request.GET, caption=self.title, reading=self.reading)

    @cached_property
    def filters(self) -> Any:
        found = super().filters
        if found is not None:
            found._reading = self.reading
        return found

    @cached_property
    def table(self) -> tables._OfReading:  # type: ignore[override]
        held = self.filters_hold
        table = self.make_table(self.filters.qs if held else self.filters.queryset.none())
        table.sort(self.request.GET.get("sort", ""))
        return table

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        shown = [one.latest_finish for one in self.shown() if isinstance(one, Activity)]
        if self.model is Activity:
            context["noun"] = (
                "activity or milestone" if context["count"] == 1 else "activities and milestones"
            )
        return context | {"note": calendar.published_note(shown), "trouble": self.reading.timetable.trouble}

    def shown(self) -> list[Any]:
        """The rows of the page shown."""
        return list(self.table.on_this_page)


@composed_once
def _activities(user: User) -> Any:
    rows = Activity.objects.visible_to(user).planned()
    return rows.select_related("project").soonest_first()


@composed_once
def _dependencies(user: User) -> Any:
    ends = ("predecessor__project", "successor__project")
    rows = Dependency.objects.visible_to(user).live()
    return rows.select_related(*ends).order_by("successor_id", "pk")


class ActivityList(PlanRegister):
    model = Activity
    filters_class = filters.ListFilters
    title = "Plan: activities and milestones"
    introduction = "Every activity and milestone with its dates, what is not done first."
    empty = "The plan is empty. Add its first activity or milestone."

    @property
    def table_class(self) -> type[tables.ActivityTable]:  # type: ignore[override]
        full = self.request.GET.get("dates") == "all"
        return tables.FullActivityTable if full else tables.ActivityTable

    def get_queryset(self) -> Any:
        return _activities(self.request.user)


class DependencyList(PlanRegister):
    model = Dependency
    table_class = tables.DependencyTable
    filters_class = filters.DependencyFilters
    title = "Plan: dependencies"
    introduction = "What waits for what, and where a forecast comes sooner than its dependency allows."
    empty = "No dependencies yet. They are added on the page of the activity that waits."

    def get_queryset(self) -> Any:
        return _dependencies(self.request.user)


class CriticalPath(PlanRegister):
    """Rows and their order come from the timetable; the database is asked for those of one page."""

    model = Activity
    table_class = tables.CriticalTable
    filters_class = filters.CriticalFilters
    title = "Plan: critical path"
    introduction = (
        "What decides when projects finish, earliest first. Total float is by how many working days "
        "something may slip before its project finishes late; at none or less it is critical."
    )
    empty = "Nothing is critical: nothing that is left to do decides a finish."

    @cached_property
    def filters(self) -> Any:
        projects = Project.objects.visible_to(self.request.user).live()
        return filters.CriticalFilters(self.request.GET, projects, request=self.request)

    @cached_property
    def table(self) -> tables._OfReading:  # type: ignore[override]
        keys = self._keys() if self.filters_hold else []
        rows = Activity.objects.visible_to(self.request.user).live().select_related("project")
        return self.make_table(TableListData(InOrder(keys, rows, timed=self.reading)))

    def _keys(self) -> list[int]:
        asked = self.filters.form.cleaned_data
        most = int(asked["most"] or 0)
        if not (asked["workstream"] or asked["project"]):
            return self.reading.near_keys(most)
        projects = set(self.filters.qs.order_by().values_list("pk", flat=True))
        return [key for key, project in self.reading.near(most) if project in projects]

"""A small register, record page and actions over real projects, for the tests of the generic pages."""

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import path

from portal import brand
from programme.foundation import exports, tables
from programme.foundation.filters import (
    ChoiceFilter,
    DayFilter,
    RecordFilter,
    RecordFilters,
    SearchFilter,
    YesNoFilter,
)
from programme.foundation.form_fields import PlainCharField, ReasonField
from programme.foundation.views import ActionView, RecordListView, RecordView, Tab
from programme.portfolio.actions import projects
from programme.portfolio.choices import Stage
from programme.portfolio.models import Project, Workstream


class ProjectTable(tables.BaseTable):
    ref = tables.LinkColumn("Reference")
    name = tables.TextColumn("Project", width=40)
    workstream = tables.TextColumn("Workstream", accessor="workstream__name")
    stage = tables.TagColumn("Stage", colours={"delivery": "green"})
    approved_finish = tables.DateColumn("Finish")
    estimated_cost = tables.MoneyColumn("Cost")
    stage_words = tables.TextColumn("In words")


class ProjectFilters(RecordFilters):
    q = SearchFilter(["ref", "name"])
    stage = ChoiceFilter(choices=Stage.choices)
    workstream = RecordFilter(Workstream, to_field_name="slug")
    finish_from = DayFilter("approved_finish", lookup_expr="gte", label="Finish from")
    has_cost = YesNoFilter("estimated_cost", lookup_expr="isnull", exclude=True, label="Has a cost")


class Projects(RecordListView):
    permission = "portfolio.view_public"
    model = Project
    table_class = ProjectTable
    filters_class = ProjectFilters
    title = "Projects"
    empty = "No projects yet."

    def get_queryset(self):
        return super().get_queryset().select_related("workstream")

    def actions(self):
        return (
            [("Add a project", "/projects/add/")]
            if self.request.user.has_perm("portfolio.add_project")
            else []
        )


class ProjectPage(RecordView):
    permission = "portfolio.view_public"
    model = Project
    tabs = (
        Tab("summary", "Summary", "components/page_header.html"),
        Tab("plan", "Plan", "components/notice.html", permission="plan.view_plan"),
    )

    def get_queryset(self):
        return super().get_queryset().select_related("scope__parent__parent")

    def tab_plan(self, project):
        return {"words": f"The plan of {project.name}"}

    def actions(self, project):
        return [("Rename", f"{project.get_absolute_url()}rename/")]


class RenameForm(forms.Form):
    name = PlainCharField(max_length=300)
    reason = ReasonField(required=False)


class Rename(ActionView):
    permission = "portfolio.change_project"
    model = Project
    form_class = RenameForm
    title = "Rename the project"
    button = "Rename"
    done = "{record.name} has its new name."

    def act(self, project, data):
        if data["name"] == "Forbidden":
            raise PermissionDenied("Nobody may call a project that.")
        if data["name"] == "Full":
            raise OSError(28, "No space left on device")
        if data["name"].startswith("Overtaken"):
            projects.change(
                Project.objects.get(pk=project.pk), by=self.request.user, reason="First", name="Mine"
            )
        if data["name"].endswith("wrong"):
            raise ValidationError({"name": "That is wrong."})
        return projects.change(project, by=self.request.user, **data)


urlpatterns = [
    path("brand.css", brand.BrandSheet.as_view(), name="brand"),
    path("projects/", Projects.as_view(), name="projects"),
    path("projects/<str:ref>/", ProjectPage.as_view(), name="project"),
    path("projects/<str:ref>/rename/", Rename.as_view(), name="project-rename"),
    path("jobs/<int:pk>/file/", exports.ExportFile.as_view(), name="job-file"),
]

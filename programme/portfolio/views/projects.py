"""The list of projects, the pipeline, and what can be done to a project."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.db.models import F, Prefetch
from django.http import Http404

from programme.foundation.views import ActionView, RecordListView

from .. import filters, tables
from ..actions import project_needs, projects
from ..choices import Stage
from ..forms import project as forms
from ..keepers import keepers_of
from ..models import Project, ProjectDependency, ProjectService, Workstream
from ..pipeline import balance, by_stage


class ProjectList(RecordListView):
    permission = "portfolio.view_public"
    model = Project
    filters_class = filters.ProjectFilters
    title = "Projects"
    introduction = "Projects and proposals of the programme."
    empty = "No projects yet. Add the first one."

    @property
    def table_class(self) -> type[tables.PublicProjectTable]:  # type: ignore[override]
        """Staff see the public face of open projects: no money, no class."""
        full = self.request.user.has_perm("portfolio.view_portfolio")
        return tables.ProjectTable if full else tables.PublicProjectTable

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("workstream", "workstrand")

    def actions(self) -> list[tuple[str, str]]:
        user = self.request.user
        buttons = [("Add a project", "/projects/add/")] if user.has_perm("portfolio.add_project") else []
        if user.has_perm("portfolio.view_portfolio"):
            buttons.append(("Pipeline", "/projects/pipeline/"))
        return buttons


class Pipeline(RecordListView):
    permission = "portfolio.view_portfolio"
    model = Project
    table_class = tables.PipelineTable
    filters_class = filters.PipelineFilters
    title = "Pipeline"
    introduction = (
        "Proposals beside live projects, by workstream: what they serve, cost and save, "
        "so that the programme can be rebalanced."
    )
    empty = "No projects or proposals yet."
    template_name = "portfolio/pipeline.html"

    def get_queryset(self) -> Any:
        """By workstream, proposals first, then by how far each project has come; with what they serve."""
        named = {"priority_words": F("priority__name"), "principle_words": F("principle__text")}
        services = ProjectService.objects.live().annotate(**named)
        return (
            super()
            .get_queryset()
            .exclude(stage__in=[Stage.CLOSED, Stage.STOPPED])
            .select_related("workstream")
            .prefetch_related(Prefetch("services", queryset=services, to_attr="live_services"))
            .order_by("workstream__position", by_stage(), "ref")
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = super().get_queryset().exclude(stage__in=[Stage.CLOSED, Stage.STOPPED])
        return super().get_context_data(**kwargs) | {"balance": balance(rows)}


class AddProject(ActionView):
    permission = "portfolio.add_project"
    lookup = ""
    form_class = forms.NewProjectForm
    title = "Add a project or proposal"
    introduction = "A proposal stands in the pipeline beside live projects until the board takes it further."
    button = "Add the project"
    done = "{record} is added."

    def form_options(self, record: None) -> dict[str, Any]:
        return {"viewer": self.request.user, "workstream": self.request.GET.get("workstream", "")}

    def get_cancel_url(self) -> str:
        return "/projects/"

    def act(self, record: None, data: dict[str, Any]) -> Project:
        return projects.add(by=self.request.user, **data)


class OfProject(ActionView):
    """An action on one project, offered where the project may be changed."""

    permission = "portfolio.change_project"
    model = Project

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("workstream", "scope__parent__parent")

    def form_options(self, project: Project) -> dict[str, Any]:
        return {"viewer": self.request.user}


class ChangeProject(OfProject):
    form_class = forms.ProjectForm
    title = "Change the project"
    done = "{record} is changed."

    def act(self, project: Project, data: dict[str, Any]) -> Project:
        return projects.change(project, by=self.request.user, **data)


class MoveProject(OfProject):
    form_class = forms.MoveForm
    title = "Move the stage"
    button = "Move the stage"
    done = "The stage is now: {record.stage_words}."
    template_name = "portfolio/move.html"

    def form_options(self, project: Project) -> dict[str, Any]:
        return {"viewer": self.request.user, "project": project}

    def initial(self, project: Project) -> dict[str, Any]:
        return {}

    def act(self, project: Project, data: dict[str, Any]) -> Project:
        move = {"to": data["stage"], "decision": data["decision"], "reason": data["reason"]}
        return projects.move(project, by=self.request.user, **move)


class ChangeWorkstream(OfProject):
    """Only who keeps the programme moves projects between workstreams; the page says what comes of it."""

    permission = "portfolio.change_programme"
    form_class = forms.WorkstreamForm
    title = "Move to another workstream"
    button = "Move the project"
    done = "{record} is now in {record.workstream}."
    template_name = "portfolio/change_workstream.html"

    def form_options(self, project: Project) -> dict[str, Any]:
        return {"viewer": self.request.user, "project": project}

    def initial(self, project: Project) -> dict[str, Any]:
        return {}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        viewer = self.request.user
        workstreams = Workstream.objects.visible_to(viewer).live()
        rows = [
            [f"{one.workstream} (now)" if one.workstream == self.record.workstream else str(one.workstream)]
            + [", ".join(posts) or "Nobody is appointed" for posts in (one.keepers, one.forecasters)]
            for one in keepers_of(workstreams, viewer=viewer)
        ]
        columns = ["Workstream", "May change its projects", "May change forecast dates only"]
        return super().get_context_data(**kwargs) | {"keeper_columns": columns, "keepers": rows}

    def act(self, project: Project, data: dict[str, Any]) -> Project:
        move = {"to": data["workstream"], "reason": data["reason"]}
        return projects.change_workstream(project, by=self.request.user, **move)


class ApproveDates(OfProject):
    form_class = forms.DatesForm
    title = "Approve dates"
    introduction = "The start and finish that the board approved for the project as a whole."
    button = "Approve the dates"
    done = "The approved dates of {record} are recorded."

    def initial(self, project: Project) -> dict[str, Any]:
        return {"approved_start": project.approved_start, "approved_finish": project.approved_finish}

    def act(self, project: Project, data: dict[str, Any]) -> Project:
        return projects.approve_dates(project, by=self.request.user, **data)


class SayWhatItServes(OfProject):
    form_class = forms.ServesForm
    title = "What it serves"
    button = "Record what it serves"
    introduction = "The corporate priorities and design principles that this project serves."
    done = "What {record} serves is recorded."

    def initial(self, project: Project) -> dict[str, Any]:
        rows = list(project.services.live())
        return {
            "priorities": [row.priority_id for row in rows if row.priority_id],
            "principles": [row.principle_id for row in rows if row.principle_id],
        }

    def act(self, project: Project, data: dict[str, Any]) -> Project:
        projects.say_what_it_serves(project, by=self.request.user, **data)
        return project


class AddNeed(OfProject):
    form_class = forms.NeedsForm
    title = "Add a project it depends on"
    introduction = (
        "A project that this one cannot succeed without. "
        "Dates that depend on each other are linked in the plan."
    )
    button = "Add the dependency"
    done = "{record} is recorded."

    def initial(self, project: Project) -> dict[str, Any]:
        return {}

    def act(self, project: Project, data: dict[str, Any]) -> ProjectDependency:
        return project_needs.add(project, by=self.request.user, **data)

    def get_success_url(self, outcome: ProjectDependency) -> str:
        return self.record.get_absolute_url()


class EndNeed(OfProject):
    form_class = forms.ReasonForm
    title = "No longer depends on it"
    button = "Withdraw the dependency"
    done = "The dependency is withdrawn and stays in history."

    def form_options(self, project: Project) -> dict[str, Any]:
        return {}

    @cached_property
    def dependency(self) -> ProjectDependency:
        """The dependency in the address, if the viewer may see both projects. Raises ``Http404``."""
        rows = (
            ProjectDependency.objects.visible_to(self.request.user).live().select_related("needs", "project")
        )
        try:
            return rows.get(project=self.record, pk=self.kwargs["pk"])
        except ProjectDependency.DoesNotExist as missing:
            raise Http404("There is no such dependency here.") from missing

    @property
    def introduction(self) -> str:  # type: ignore[override]
        return f"{self.dependency.project.ref} no longer depends on {self.dependency.needs}."

    def act(self, project: Project, data: dict[str, Any]) -> Project:
        project_needs.end(self.dependency, by=self.request.user, **data)
        return project

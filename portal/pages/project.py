"""A project's page: what it is, its plan, the decisions that named it, and its history."""

from __future__ import annotations

import datetime
from typing import Any

from django.db.models import Q

from benefits.reading.headlines import headlines_of
from programme.foundation import calendar, money
from programme.foundation.columns import EMPTY
from programme.foundation.views import RecordView, Tab
from programme.people.choices import Role
from programme.plan.dates import stated
from programme.plan.models import Activity
from programme.plan.picture import plan_picture
from programme.portfolio.choices import Stage
from programme.portfolio.lifecycle import moves_from
from programme.portfolio.models import (
    Decision,
    Project,
    ProjectDependency,
    ProjectService,
    WorkstreamPriority,
)

from . import milestones, posts, project_history, stood
from .benefits_section import benefits_section
from .decisions_named import decisions_of
from .risks_section import risks_section

LEADS = {Role.WORKSTREAM_LEAD, Role.PROJECT_MANAGER, Role.BENEFIT_OWNER, Role.RISK_OWNER, Role.AUTHOR}


class ProjectPage(RecordView):
    """Everybody signed in sees the public face of an open project; the rest needs a working role."""

    permission = "portfolio.view_public"
    model = Project
    template_name = "portal/project.html"
    tabs = (
        Tab("summary", "Summary", "portal/project_summary.html"),
        Tab("plan", "Plan", "portal/project_plan.html", permission="plan.view_plan"),
        Tab("benefits", "Benefits", "portal/benefits_section.html", permission="benefits.view_benefits"),
        Tab("risks", "Risks", "portal/risks_section.html", permission="risks.view_risks"),
        Tab("decisions", "Decisions", "portal/project_decisions.html", permission="portfolio.view_portfolio"),
    )

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("workstream", "workstrand", "scope__parent__parent")

    @property
    def is_working(self) -> bool:
        """Whether more than the public face is shown."""
        return self.request.user.has_perm("portfolio.view_portfolio")

    def actions(self, project: Project) -> list[tuple[str, str]]:
        if project.withdrawn or not self.request.user.has_perm("portfolio.change_project", project):
            return []
        address = project.get_absolute_url()
        moves = [("Move the stage", f"{address}stage/")] if moves_from(project.stage) else []
        office = self.request.user.has_perm("portfolio.change_programme", project)
        return [
            ("Change", f"{address}change/"),
            *moves,
            ("Approve dates", f"{address}dates/"),
            ("What it serves", f"{address}serves/"),
            *([("Move to another workstream", f"{address}workstream/")] if office else []),
        ]

    def tab_summary(self, project: Project) -> dict[str, Any]:
        workstream = stood.then(project.workstream, self.as_at)
        working = self.is_working
        return {
            "facts": self._facts(project, workstream),
            "sight": self._line_of_sight(project, workstream),
            "working": working,
            "milestone_columns": ["Milestone", "Forecast"],
            "may_change": self.as_at is None
            and self.request.user.has_perm("portfolio.change_project", self.record),
            "milestones": milestones.as_rows(self._milestones(), with_project=False),
            **(self._working_parts(project) if working else {}),
        }

    def tab_benefits(self, project: Project) -> dict[str, Any]:
        query = f"project={self.record.ref}"
        return benefits_section(self.request.user, self.record.scope, self.as_at, query=query)

    def tab_risks(self, project: Project) -> dict[str, Any]:
        query = f"project={self.record.ref}"
        return risks_section(self.request.user, self.record.scope, self.as_at, query=query)

    def _facts(self, project: Project, workstream: Any) -> list[dict[str, Any]]:
        rows = [
            {"key": "Purpose", "value": project.purpose},
            {"key": "Workstream", "value": workstream, "url": workstream.get_absolute_url()},
            {"key": "Workstrand", "value": stood.then(project.workstrand, self.as_at)},
            {"key": "Stage", "value": project.stage_words},
        ]
        return [*rows, *self._working_facts(project)] if self.is_working else rows

    def _working_facts(self, project: Project) -> list[dict[str, Any]]:
        """What only working roles see: authority, baseline, estimates, class."""
        amounts = {
            "Estimated cost": project.estimated_cost,
            "Estimated saving a year": project.estimated_saving,
        }
        return [
            *([self._authority(project)] if project.stage else []),
            {"key": "Approved dates", "value": _between(project.approved_start, project.approved_finish)},
            *(
                {"key": key, "value": "" if amount is None else money.pounds(amount)}
                for key, amount in amounts.items()
                if amount is not None or project.stage == Stage.PROPOSAL
            ),
            {"key": "Class", "value": project.get_classification_display()},
            *(
                [{"key": "In the business case", "value": project.source_place}]
                if project.source_place
                else []
            ),
        ]

    def _authority(self, project: Project) -> dict[str, Any]:
        """The decision behind the stage, if the viewer may know of it."""
        key = "Decision behind the stage"
        if project.stage_decision_id is None:
            return {"key": key, "value": "None named"}
        seen = Decision.objects.visible_to(self.request.user).filter(pk=project.stage_decision_id).first()
        if seen is None:
            return {"key": key, "value": "A decision that you may not read"}
        decision = stood.then(seen, self.as_at)
        words = f"{decision.reference}, {calendar.in_words(decision.date)}: {decision.question}"
        return {"key": key, "value": words, "url": seen.get_absolute_url()}

    def _line_of_sight(self, project: Project, workstream: Any) -> list[dict[str, Any]]:
        """The workstream's own priority, and down to the next milestone."""
        rows = WorkstreamPriority.objects.visible_to(self.request.user).select_related("priority")
        own = [
            row
            for row in stood.on(rows.filter(workstream=workstream.pk), self.as_at, self.request.user)
            if row.is_own
        ]
        steps = [
            {"level": "Corporate priority", "label": row.priority.name, "url": "/programme/"}
            for row in own[:1]
        ]
        steps += [
            {"level": "Workstream", "label": workstream.name, "url": workstream.get_absolute_url()},
            {"level": "Project", "label": project.name},
        ]
        if following := self._milestones()[:1]:
            step = following[0]
            steps.append(
                {"level": "Next milestone", "label": step.name, "url": step.url, "detail": step.when}
            )
        return steps

    def _milestones(self) -> list[milestones.Milestone]:
        """Not yet reached, today or on the day asked for; read once."""
        if not hasattr(self, "_ahead"):
            rows = Activity.objects.visible_to(self.request.user).milestones().filter(project=self.record)
            rows = rows.order_by("forecast_finish", "pk")
            found = stood.on(rows, self.as_at, self.request.user, order=("forecast_finish",))
            left = [one for one in found if one.actual_finish is None][:8]
            for one in left:
                one.project = self.record
            self._ahead = milestones.described(left, self.request.user)
        return self._ahead

    def _working_parts(self, project: Project) -> dict[str, Any]:
        user, day = self.request.user, self.as_at
        scope = self.record.scope
        services = ProjectService.objects.visible_to(user).select_related("priority", "principle__workstrand")
        people = posts.holders(user, [scope.pk, scope.parent_id], day, roles=LEADS)
        figures = headlines_of(user, scope) if user.has_perm("benefits.view_benefits") and day is None else ()
        return {
            "people": posts.grouped(people),
            "serves": stood.on(services.filter(project=self.record), day, user),
            "figures": [{"label": one.measure, "value": one.words, "source": one.source} for one in figures],
            **self._needs(),
        }

    def _needs(self) -> dict[str, Any]:
        """Live dependencies, or those of the day asked for."""
        user = self.request.user
        rows = ProjectDependency.objects.visible_to(user)
        rows = rows.filter(Q(project=self.record) | Q(needs=self.record)).select_related("project", "needs")
        found = stood.on(rows, self.as_at, user)
        return {
            "depends_on": [one for one in found if one.project_id == self.record.pk],
            "needed_by": [one for one in found if one.needs_id == self.record.pk],
        }

    def tab_plan(self, project: Project) -> dict[str, Any]:
        rows = Activity.objects.visible_to(self.request.user).filter(project=self.record)
        found = stood.on(rows, self.as_at, self.request.user, order=("forecast_finish",))
        return {
            "figure": plan_picture(self.request.user, projects=[self.record], day=self.as_at),
            "may_plan": self.as_at is None and self.request.user.has_perm("plan.change_plan", self.record),
            "rows": [_planned(one) for one in found],
            "columns": ["Milestone or activity", "Kind", "Original", "Approved", "Forecast", "Actual"],
            "note": calendar.published_note(one.forecast_finish for one in found),
        }

    def tab_decisions(self, project: Project) -> dict[str, Any]:
        return {"decisions": decisions_of(self.record, self.request.user, self.as_at)}

    def tab_history(self, project: Project) -> dict[str, Any]:
        """Own changes and those of what it serves and needs."""
        own = super().tab_history(project)["changes"]
        return {"changes": project_history.of(self.record, own, self.request.user, self.as_at)}


def _planned(activity: Activity) -> list[object]:
    """One row of the plan's table: finish dates, as exactly as they are known."""
    days = (
        activity.original_finish,
        activity.approved_finish,
        activity.forecast_finish,
        activity.actual_finish,
    )
    return [
        {"text": activity.name, "url": activity.get_absolute_url()},
        activity.get_kind_display(),
        *({"text": stated(day, activity.precision) or EMPTY, "date": True} for day in days),
    ]


def _between(start: datetime.date | None, finish: datetime.date | None) -> str:
    """``4 July 2022 to 31 March 2023``, or what is known of it."""
    if start and finish:
        return f"{calendar.in_words(start)} to {calendar.in_words(finish)}"
    if start:
        return f"From {calendar.in_words(start)}"
    return f"Until {calendar.in_words(finish)}" if finish else ""

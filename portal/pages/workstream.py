"""A workstream's page: purpose, people, workstrands, projects, proposals, milestones and delivery group."""

from __future__ import annotations

from typing import Any

from benefits.reading.headlines import headlines_of
from programme.foundation import money
from programme.foundation.views import RecordView, Tab
from programme.people.choices import Role
from programme.portfolio.choices import Stage
from programme.portfolio.models import (
    Body,
    DesignPrinciple,
    Project,
    Seat,
    Workstrand,
    Workstream,
    WorkstreamPriority,
)

from . import milestones, posts, stood
from .benefits_section import benefits_section, shared_with
from .risks_section import risks_section

SHOWN = 15  # of each; the lists have them all
KEEPERS = {Role.WORKSTREAM_LEAD, Role.BENEFIT_OWNER, Role.RISK_OWNER, Role.GROUP_MEMBER, Role.AUTHOR}


class WorkstreamPage(RecordView):
    permission = "portfolio.view_public"
    model = Workstream
    lookup = "slug"
    template_name = "portal/workstream.html"
    tabs = (
        Tab("summary", "Summary", "portal/workstream_summary.html"),
        Tab("benefits", "Benefits", "portal/benefits_section.html", permission="benefits.view_benefits"),
        Tab("risks", "Risks", "portal/risks_section.html", permission="risks.view_risks"),
        Tab("principles", "Workstrands and people", "portal/workstream_principles.html"),
    )

    def get_queryset(self) -> Any:
        return super().get_queryset().live().select_related("scope__parent")

    def actions(self, workstream: Workstream) -> list[tuple[str, str]]:
        user = self.request.user
        buttons = []
        if user.has_perm("portfolio.change_workstream", workstream):
            buttons.append(("Change the purpose", f"{workstream.get_absolute_url()}change/"))
        if user.has_perm("portfolio.change_programme", workstream):
            buttons.append(("Corporate priorities", f"{workstream.get_absolute_url()}priorities/"))
        if user.has_perm("portfolio.add_project", workstream):
            buttons.append(("Add a project", f"/projects/add/?workstream={workstream.slug}"))
        return buttons

    def _on(self, rows: Any, *order: str) -> list[Any]:
        return stood.on(rows, self.as_at, self.request.user, order=order)

    def tab_summary(self, workstream: Workstream) -> dict[str, Any]:
        user = self.request.user
        found, proposals = self._projects()
        live = found[:SHOWN]
        following = milestones.next_of_each(user, [one.pk for one in live]) if self.as_at is None else {}
        working = user.has_perm("portfolio.view_portfolio")
        return {
            "priorities": self._priorities(),
            "leads": posts.holders(user, [self.record.scope_id], self.as_at, roles={Role.WORKSTREAM_LEAD}),
            "projects": [_row(one, following.get(one.pk)) for one in live],
            "project_columns": ["Project", "Stage", "Next milestone", "Forecast"],
            "proposals": [_proposal(one, working) for one in proposals],
            "proposal_columns": ["Proposal", "Cost", "Saving a year"] if working else ["Proposal"],
            "more": len(found) > SHOWN,
            "milestones": milestones.as_rows(self._next(), with_project=True),
            "milestone_columns": ["Milestone", "Project", "Forecast"],
            "figures": self._figures(),
            "working": working,
        }

    def tab_benefits(self, workstream: Workstream) -> dict[str, Any]:
        user = self.request.user
        return benefits_section(user, self.record.scope, self.as_at, query=f"home={self.record.slug}") | {
            "shared": shared_with(user, self.record) if self.as_at is None else [],
            "workstream_slug": self.record.slug,
        }

    def tab_risks(self, workstream: Workstream) -> dict[str, Any]:
        query = f"workstream={self.record.slug}"
        return risks_section(self.request.user, self.record.scope, self.as_at, query=query)

    def _projects(self) -> tuple[list[Any], list[Any]]:
        """The first live projects and the first proposals, one more than is shown of the former."""
        rows = Project.objects.visible_to(self.request.user)
        if self.as_at is None:
            rows = rows.filter(workstream=self.record)
            return list(rows.under_way()[: SHOWN + 1]), list(rows.proposals()[:SHOWN])
        ever = Project.history.filter(workstream=self.record).values(
            "id"
        )  # projects move between workstreams
        past = [
            one for one in self._on(rows.filter(pk__in=ever), "ref") if one.workstream_id == self.record.pk
        ]
        live = [one for one in past if one.stage not in {Stage.PROPOSAL, Stage.CLOSED, Stage.STOPPED}]
        return live[: SHOWN + 1], [one for one in past if one.is_proposal][:SHOWN]

    def _priorities(self) -> list[Any]:
        rows = WorkstreamPriority.objects.visible_to(self.request.user).filter(workstream=self.record)
        found = self._on(rows.select_related("priority"))
        return sorted(found, key=lambda row: not row.is_own)

    def _next(self) -> list[milestones.Milestone]:
        if self.as_at is not None:
            return []
        rows = milestones.ahead(self.request.user).filter(project__workstream=self.record)[:6]
        return milestones.described(rows, self.request.user)

    def _figures(self) -> list[dict[str, Any]]:
        user = self.request.user
        if self.as_at is not None or not user.has_perm("benefits.view_benefits"):
            return []
        found = headlines_of(user, self.record.scope)
        return [{"label": one.measure, "value": one.words, "source": one.source} for one in found]

    def tab_principles(self, workstream: Workstream) -> dict[str, Any]:
        user = self.request.user
        strands = self._on(Workstrand.objects.visible_to(user).filter(workstream=self.record), "position")
        keys = [one.pk for one in strands]
        principles = self._on(
            DesignPrinciple.objects.visible_to(user).filter(workstrand__in=keys), "position"
        )
        groups = self._on(Body.objects.visible_to(user).filter(workstream=self.record), "name")
        seats = self._on(
            Seat.objects.visible_to(user).filter(body__in=[one.pk for one in groups]), "position"
        )
        return {
            "strands": [
                {"strand": one, "principles": [row for row in principles if row.workstrand_id == one.pk]}
                for one in strands
            ],
            "unconfirmed": any(not one.home_confirmed for one in strands),
            "groups": [
                {"body": one, "seats": [seat for seat in seats if seat.body_id == one.pk]} for one in groups
            ],
            "people": posts.grouped(
                posts.holders(
                    user, [self.record.scope_id, *(one.scope_id for one in groups)], self.as_at, roles=KEEPERS
                ),
                with_place=True,
            ),
            "working": user.has_perm("portfolio.view_portfolio"),
        }


def _row(project: Project, following: milestones.Milestone | None) -> list[object]:
    link = {"text": f"{project.ref} {project.name}", "url": project.get_absolute_url()}
    if following is None:
        return [link, project.stage_words, "None planned", ""]
    when = {"text": following.when, "late": following.overdue, "date": True}
    return [link, project.stage_words, following.name, when]


def _proposal(project: Project, working: bool) -> list[object]:
    link = {"text": f"{project.ref} {project.name}", "url": project.get_absolute_url()}
    if not working:
        return [link]
    amounts = (project.estimated_cost, project.estimated_saving)
    return [link, *({"text": money.pounds(amount), "numeric": True} for amount in amounts)]

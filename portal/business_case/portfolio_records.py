"""The facts about programme, workstreams, projects, bodies and milestones as records."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from programme.foundation.calendar import in_words
from programme.people.choices import Classification, ScopeKind
from programme.people.models import Scope
from programme.plan.choices import Kind
from programme.plan.models import Activity
from programme.portfolio import models as portfolio
from programme.portfolio.choices import BodyKind, StatementKind

from . import facts
from .facts import Facts
from .settling import Settling


@dataclass(frozen=True)
class Places:
    """The scopes of the load: the programme's, and the projects' by reference."""

    programme: Scope
    projects: dict[str, Scope]

    def of(self, reference: str | None) -> Scope:
        return self.projects[reference] if reference else self.programme


def document_words(one: facts.Document) -> str:
    """``Transforming East Herts Business Case, Final, 4 July 2022``."""
    return f"{one.title}, {one.version}, {in_words(one.dated)}"


def load(one: Facts, settling: Settling) -> Places:
    """Everything that is not money; returns the scopes on which the money belongs."""
    programme = _programme(one, settling)
    priorities = _priorities(one, settling)
    workstreams = _workstreams(one, settling, programme)
    _priorities_served(one, settling, workstreams, priorities)
    workstrands = _workstrands(one, settling, workstreams)
    projects = _projects(one, settling, workstreams, workstrands)
    _bodies(one, settling, programme, workstreams)
    return Places(programme.scope, {ref: project.scope for ref, project in projects.items()})


def _scopes(settling: Settling, kind: str, rows: Sequence[tuple[str, str, Scope | None]]) -> dict[str, Scope]:
    """Scopes of one kind by key, from (key, name, parent)."""
    wanted = [Scope(kind=kind, key=key, name=name, parent=parent) for key, name, parent in rows]
    return {one.key: one for one in settling.settle(Scope, wanted, key=("kind", "key"))}


def _programme(one: Facts, settling: Settling) -> portfolio.Programme:
    stated = one.programme
    scope = _scopes(settling, ScopeKind.PROGRAMME, [(stated.slug, stated.name, None)])[stated.slug]
    [programme] = settling.settle(
        portfolio.Programme,
        [
            portfolio.Programme(
                slug=stated.slug,
                name=stated.name,
                organisation=one.organisation.name,
                corporate_plan=one.organisation.corporate_plan,
                vision=stated.vision,
                business_case=document_words(one.document),
                scope=scope,
            )
        ],
        key=("slug",),
    )
    _statements(stated, settling, programme)
    reports = [
        portfolio.ExecutiveReport(
            programme=programme, date=report.date, subject=report.subject, source_place=report.where
        )
        for report in one.reports_to_executive
    ]
    settling.settle(portfolio.ExecutiveReport, reports, key=("programme_id", "date"))
    return programme


def _statements(stated: facts.Programme, settling: Settling, programme: portfolio.Programme) -> None:
    statements = {
        StatementKind.OBJECTIVE: stated.objectives,
        StatementKind.AGILE_PRINCIPLE: stated.agile_principles,
        StatementKind.IMPLEMENTATION_ORDER: stated.implementation_order,
        StatementKind.TRANSITION: (stated.transition,),
    }
    settling.settle(
        portfolio.Statement,
        [
            portfolio.Statement(programme=programme, kind=kind, position=position, text=text)
            for kind, texts in statements.items()
            for position, text in enumerate(texts, 1)
        ],
        key=("programme_id", "kind", "position"),
    )


def _priorities(one: Facts, settling: Settling) -> dict[str, portfolio.CorporatePriority]:
    wanted = [
        portfolio.CorporatePriority(
            name=name, position=position, source_place=one.organisation.priorities_where
        )
        for position, name in enumerate(one.organisation.priorities, 1)
    ]
    return {
        stored.name: stored for stored in settling.settle(portfolio.CorporatePriority, wanted, key=("name",))
    }


def _workstreams(
    one: Facts, settling: Settling, programme: portfolio.Programme
) -> dict[str, portfolio.Workstream]:
    rows = [(stated.slug, stated.name, programme.scope) for stated in one.workstreams]
    scopes = _scopes(settling, ScopeKind.WORKSTREAM, rows)
    wanted = [
        portfolio.Workstream(
            programme=programme,
            slug=stated.slug,
            name=stated.name,
            short=stated.short,
            purpose=stated.purpose,
            position=position,
            scope=scopes[stated.slug],
        )
        for position, stated in enumerate(one.workstreams, 1)
    ]
    return {stored.slug: stored for stored in settling.settle(portfolio.Workstream, wanted, key=("slug",))}


def _priorities_served(
    one: Facts,
    settling: Settling,
    workstreams: dict[str, portfolio.Workstream],
    priorities: dict[str, portfolio.CorporatePriority],
) -> None:
    """Each workstream's own priority, and the shared one that all support."""
    shared = one.organisation.shared_priority
    served = [(stated.slug, stated.priority, True) for stated in one.workstreams]
    served += [(stated.slug, shared, False) for stated in one.workstreams if stated.priority != shared]
    wanted = [
        portfolio.WorkstreamPriority(workstream=workstreams[slug], priority=priorities[name], is_own=is_own)
        for slug, name, is_own in served
    ]
    settling.settle(portfolio.WorkstreamPriority, wanted, key=("workstream_id", "priority_id"))


def _workstrands(
    one: Facts, settling: Settling, workstreams: dict[str, portfolio.Workstream]
) -> dict[str, portfolio.Workstrand]:
    wanted = [
        portfolio.Workstrand(
            workstream=workstreams[stated.home], name=stated.name, position=position, note=stated.note
        )
        for position, stated in enumerate(one.workstrands, 1)
    ]
    stored = {strand.name: strand for strand in settling.settle(portfolio.Workstrand, wanted, key=("name",))}
    principles = [
        portfolio.DesignPrinciple(workstrand=stored[stated.name], text=text, position=position)
        for stated in one.workstrands
        for position, text in enumerate(stated.principles, 1)
    ]
    settling.settle(portfolio.DesignPrinciple, principles, key=("workstrand_id", "position"))
    return stored


def _projects(
    one: Facts,
    settling: Settling,
    workstreams: dict[str, portfolio.Workstream],
    workstrands: dict[str, portfolio.Workstrand],
) -> dict[str, portfolio.Project]:
    """Open, because the document that names them is published."""
    rows = [(p.ref.lower(), f"{p.ref} {p.name}"[:200], workstreams[p.workstream].scope) for p in one.projects]
    scopes = _scopes(settling, ScopeKind.PROJECT, rows)
    wanted = [
        portfolio.Project(
            ref=stated.ref,
            name=stated.name,
            purpose=stated.purpose,
            workstream=workstreams[stated.workstream],
            workstrand=workstrands[stated.workstrand],
            stage=stated.stage or "",
            source_place=stated.where,
            classification=Classification.OPEN,
            scope=scopes[stated.ref.lower()],
        )
        for stated in one.projects
    ]
    projects = {project.ref: project for project in settling.settle(portfolio.Project, wanted, key=("ref",))}
    needs = [
        portfolio.ProjectDependency(project=projects[p.ref], needs=projects[need.ref], note=need.note)
        for p in one.projects
        for need in p.needs
    ]
    settling.settle(portfolio.ProjectDependency, needs, key=("project_id", "needs_id"))
    _milestones(one, settling, projects)
    return projects


def _milestones(one: Facts, settling: Settling, projects: dict[str, portfolio.Project]) -> None:
    """A forecast only: a baseline is approved by a decision, and the document names none."""
    wanted = [
        Activity(
            ref=milestone.ref,
            project=projects[stated.ref],
            kind=Kind.MILESTONE,
            name=milestone.name,
            forecast_finish=milestone.date,
            precision=milestone.precision,
            source_place=milestone.where,
        )
        for stated in one.projects
        for milestone in stated.milestones
    ]
    settling.settle(Activity, wanted, key=("ref",))


def _bodies(
    one: Facts,
    settling: Settling,
    programme: portfolio.Programme,
    workstreams: dict[str, portfolio.Workstream],
) -> None:
    """The bodies with their seats; a delivery group lies in its workstream's scope."""
    stated = _stated_bodies(one, workstreams)
    rows = [(body.slug, body.name, (at or programme).scope) for _, body, at in stated]
    scopes = _scopes(settling, ScopeKind.BODY, rows)
    wanted = [
        portfolio.Body(
            slug=body.slug,
            kind=kind,
            name=body.name,
            purpose=body.purpose,
            terms=list(body.rules),
            workstream=workstream,
            scope=scopes[body.slug],
        )
        for kind, body, workstream in stated
    ]
    bodies = {body.slug: body for body in settling.settle(portfolio.Body, wanted, key=("slug",))}
    seats = [
        portfolio.Seat(body=bodies[body.slug], post=seat.post, role=seat.role, position=position)
        for _, body, _ in stated
        for position, seat in enumerate(body.seats, 1)
    ]
    settling.settle(portfolio.Seat, seats, key=("body_id", "post"))


def _stated_bodies(
    one: Facts, workstreams: dict[str, portfolio.Workstream]
) -> list[tuple[BodyKind, facts.Body, portfolio.Workstream | None]]:
    """The board, the Leadership Team, and a delivery group for each workstream."""
    stated: list[tuple[BodyKind, facts.Body, portfolio.Workstream | None]] = [
        (BodyKind.PROGRAMME_BOARD, one.programme_board, None),
        (BodyKind.LEADERSHIP_TEAM, one.leadership_team, None),
    ]
    for slug, workstream in workstreams.items():
        group = facts.Body(
            slug=f"delivery-{slug}"[:50],
            name=f"{workstream.name} delivery group"[:120],
            purpose=one.delivery_groups.purpose,
            rules=one.delivery_groups.rules,
            seats=(),
        )
        stated.append((BodyKind.DELIVERY_GROUP, group, workstream))
    return stated

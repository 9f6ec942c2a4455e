"""Section 2: a page a workstream, with its projects and what comes next in each."""

from collections.abc import Iterator
from typing import Any

from portal.packs.blocks import Block, Fact, Facts, Paragraph, Section, Table
from programme.people.choices import Role
from programme.plan.dates import stated
from programme.plan.models import Activity
from programme.portfolio.models import Project, Workstream

from .plan_words import Standing
from .snapshot import Snapshot
from .withheld import projects_left_out


def sections(number: str, snapshot: Snapshot) -> Iterator[Section]:
    """2.1, 2.2 and so on."""
    for place, one in enumerate(snapshot.workstreams, 1):
        yield Section(f"{number}.{place}", one.name, tuple(_blocks(one, snapshot)))


def _blocks(one: Workstream, snapshot: Snapshot) -> Iterator[Block]:
    yield Paragraph(one.purpose)
    yield Facts(tuple(_facts(one, snapshot)))
    yield from projects_left_out(snapshot)
    own = [project for project in snapshot.projects if project.workstream_id == one.pk]
    yield _projects([project for project in own if not project.is_proposal], snapshot)
    yield _late([project.pk for project in own], snapshot)


def _facts(one: Workstream, snapshot: Snapshot) -> Iterator[Fact]:
    served = [row for row in snapshot.priorities if row.workstream_id == one.pk]
    for label, is_own in (("Corporate priority", True), ("Supports", False)):
        names = [snapshot.priority_names[row.priority_id] for row in served if row.is_own == is_own]
        if names:
            yield Fact(label, "; ".join(names))
    leads = [row for row in snapshot.appointments if row.scope_id == one.scope_id]
    posts = [f"{row.person.post} ({row.person.number})" for row in leads if row.role == Role.WORKSTREAM_LEAD]
    if posts:
        yield Fact("Led by", "; ".join(posts))
    counts = next((row for row in snapshot.overview.workstreams if row.name == one.name), None)
    if counts:
        yield Fact("Projects under way", str(counts.under_way))
        yield Fact("Milestones", f"{counts.due_soon} due in 30 days, {counts.late} forecast late")


def _projects(projects: list[Project], snapshot: Snapshot) -> Table:
    following = _next_of_each(snapshot)
    return Table.of(
        "Projects and what comes next",
        ["Project", "Stage", "Next milestone", ("Forecast", "text", 17), ("Working days late", "number")],
        [_row(one, following.get(one.pk), snapshot) for one in projects],
        empty="No project has been entered yet.",
    )


def _row(project: Project, entry: Activity | None, snapshot: Snapshot) -> list[object]:
    name = f"{project.ref} {project.name}"
    if entry is None:
        return [name, project.stage_words, None, None, None]
    when = stated(entry.forecast_finish, entry.precision)
    slip = Standing(entry, snapshot.day).slip
    return [name, project.stage_words, entry.name, when, max(slip, 0) if slip is not None else None]


def _next_of_each(snapshot: Snapshot) -> dict[int, Activity]:
    found: dict[int, Activity] = {}
    for one in snapshot.milestones:
        if one.actual_finish is None:
            found.setdefault(one.project_id, one)
    return found


def _late(projects: list[int], snapshot: Snapshot) -> Table:
    own = set(projects)
    standings = [Standing(one, snapshot.day) for one in snapshot.milestones if one.project_id in own]
    late = [one for one in standings if not one.is_done and (one.is_late or one.is_overdue)]
    columns: list[Any] = ["Milestone", "Project", ("Approved", "date"), ("Forecast", "date")]
    return Table.of(
        "Milestones that are late or overdue",
        [*columns, ("Working days late", "number"), "State"],
        [
            [
                one.entry.name,
                snapshot.project_of[one.entry.project_id].ref,
                one.entry.approved_finish,
                one.entry.forecast_finish,
                one.slip,
                one.words,
            ]
            for one in sorted(late, key=lambda one: one.importance)
        ],
        empty="None is forecast later than approved, and none is overdue.",
    )

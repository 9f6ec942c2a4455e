"""Section 3: every project, and the proposals beside them."""

import datetime
from collections import defaultdict
from typing import Any

from portal.packs.blocks import Block, Paragraph, Section, Table
from programme.people.classification import Classified
from programme.plan.models import Activity
from programme.portfolio.models import Project

from .plan_words import lateness
from .snapshot import Snapshot
from .withheld import projects_left_out

COLUMNS = [
    ("Reference", "text", 9),
    ("Project", "text"),
    ("Workstream", "text"),
    ("Stage", "text"),
    ("Approved finish", "date"),
    ("Forecast finish", "date"),
    ("Working days late", "number"),
    ("Class", "text"),
]


def section(number: str, snapshot: Snapshot) -> Section:
    live = [one for one in snapshot.projects if not one.is_proposal]
    proposals = [one for one in snapshot.projects if one.is_proposal]
    blocks: list[Block] = [*projects_left_out(snapshot), _projects(live, snapshot)]
    if proposals:
        blocks.append(_proposals(proposals, snapshot))
    if any(not one.stage for one in live):
        blocks.append(
            Paragraph("Where no stage is stated, neither the business case nor anybody since has given one.")
        )
    return Section(number, "Projects", tuple(blocks))


def _projects(projects: list[Project], snapshot: Snapshot) -> Table:
    finishes = _last_of_each(snapshot.activities, "latest_finish")
    planned = _last_of_each(snapshot.activities, "approved_finish")
    return Table.of(
        "Projects",
        COLUMNS,
        [_row(one, planned.get(one.pk), finishes.get(one.pk), snapshot) for one in projects],
        note="The approved finish is the project’s own, else the last approved date in its plan. The "
        "forecast finish is the last forecast or actual date in its plan.",
        empty="No project has been entered yet.",
    )


def _row(
    one: Project, planned: datetime.date | None, finish: datetime.date | None, snapshot: Snapshot
) -> list[object]:
    approved = one.approved_finish or planned
    stream = snapshot.short_name(one.workstream_id)
    late = lateness(approved, finish)
    return [one.ref, one.name, stream, one.stage_words, approved, finish, late, class_words(one)]


def _proposals(proposals: list[Project], snapshot: Snapshot) -> Table:
    columns: list[Any] = [
        "Reference",
        "Proposal",
        "Workstream",
        ("Cost", "money"),
        ("Saving a year", "money"),
        "Class",
    ]
    rows = [
        [
            one.ref,
            one.name,
            snapshot.short_name(one.workstream_id),
            one.estimated_cost,
            one.estimated_saving,
            class_words(one),
        ]
        for one in proposals
    ]
    return Table.of("Proposals", columns, rows, note="Estimates of the proposers, not yet approved.")


def class_words(record: Classified) -> str:
    """Open, Internal, or Exempt with its paragraphs."""
    return (record.exempt_words or record.classification).capitalize()


def _last_of_each(activities: tuple[Activity, ...], name: str) -> dict[int, datetime.date]:
    """The last date of this name in each project's plan, by the project's number."""
    found: dict[int, list[datetime.date]] = defaultdict(list)
    for one in activities:
        if day := getattr(one, name):
            found[one.project_id].append(day)
    return {project: max(days) for project, days in found.items()}

"""Section 3: every project, and the proposals beside them."""

import datetime
from collections import defaultdict

from portal.packs.blocks import Block, Paragraph, Section, Table
from programme.plan.models import Activity
from programme.portfolio.models import Project

from .plan_words import lateness
from .snapshot import Snapshot
from .withheld import projects_left_out

COLUMNS = [
    ("Reference", "text"),
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
            Paragraph("A stage that is not stated has not been given by the business case, nor by anybody since.")
        )
    return Section(number, "Projects", tuple(blocks))


def _projects(projects: list[Project], snapshot: Snapshot) -> Table:
    finishes = finish_of_each(snapshot.activities)
    return Table.of(
        "Projects",
        COLUMNS,
        [
            [
                one.ref,
                one.name,
                snapshot.short_name(one.workstream_id),
                one.stage_words,
                one.approved_finish,
                finishes.get(one.pk),
                lateness(one.approved_finish, finishes.get(one.pk)),
                class_words(one),
            ]
            for one in projects
        ],
        note="The forecast finish is the last forecast or actual date in the project’s plan.",
        empty="No project has been entered yet.",
    )


def _proposals(proposals: list[Project], snapshot: Snapshot) -> Table:
    columns = ["Reference", "Proposal", "Workstream", ("Cost", "money"), ("Saving a year", "money"), "Class"]
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


def class_words(record: Project) -> str:
    """Open, Internal, or Exempt with its paragraphs."""
    return (record.exempt_words or record.get_classification_display()).capitalize()


def finish_of_each(activities: tuple[Activity, ...]) -> dict[int, datetime.date]:
    """The last forecast or actual date of each project's plan, by the project's number."""
    found: dict[int, list[datetime.date]] = defaultdict(list)
    for one in activities:
        found[one.project_id].append(one.latest_finish)
    return {project: max(days) for project, days in found.items()}

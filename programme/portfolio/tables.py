"""Tables of the portfolio: one declaration of columns for page, workbook and CSV."""

from __future__ import annotations

from typing import Any

from programme.foundation import tables
from programme.people.choices import Classification

from .choices import Outcome, Stage
from .models import Project

STAGES = {
    Stage.PROPOSAL: "yellow",
    Stage.DELIVERY: "green",
    Stage.TRANSITION: "turquoise",
    Stage.STOPPED: "red",
}
CLASSES = {Classification.OPEN: "Open", Classification.INTERNAL: "Internal", Classification.EXEMPT: "Exempt"}


class StageColumn(tables.TagColumn):
    """A stage that nobody has stated is said to be so, not left empty."""

    empty_values = ()

    def __init__(self, verbose_name: str = "Stage", **options: Any):
        super().__init__(verbose_name, choices=Stage, colours=STAGES, **options)

    def render(self, value: Any) -> Any:
        return super().render(value) if value else "Not stated"

    def plain(self, value: Any) -> str:
        return super().plain(value) if value else "Not stated"


class ClassColumn(tables.TextColumn):
    """Open, internal or exempt, in one word."""

    width = 12

    def plain(self, value: Any) -> str:
        return CLASSES[value]


class PublicProjectTable(tables.BaseTable):
    """What every signed-in person may know of a project."""

    ref = tables.LinkColumn("Reference", width=12)
    name = tables.LinkColumn("Project", width=48)
    workstream = tables.LinkColumn("Workstream", to="workstream", accessor="workstream__short", width=24)
    workstrand = tables.TextColumn("Workstrand", accessor="workstrand__name", width=24)
    stage = StageColumn()


class ProjectTable(PublicProjectTable):
    approved_start = tables.DateColumn("Approved start")
    approved_finish = tables.DateColumn("Approved finish")
    estimated_cost = tables.MoneyColumn("Estimated cost")
    estimated_saving = tables.MoneyColumn("Estimated saving a year")
    classification = ClassColumn("Class")


def _served(project: Project, what: str) -> str:
    """What a project serves, from the rows that the list has fetched beforehand."""
    rows = project.live_services  # type: ignore[attr-defined]
    return "; ".join(words for row in rows if (words := getattr(row, f"{what}_words")))


class PipelineTable(tables.BaseTable):
    """Proposals beside live projects, so that the programme can be rebalanced."""

    workstream = tables.LinkColumn("Workstream", to="workstream", accessor="workstream__short", width=24)
    ref = tables.LinkColumn("Reference", width=12)
    name = tables.LinkColumn("Project or proposal", width=48)
    stage = StageColumn()
    priorities = tables.TextColumn(
        "Serves priorities", empty_values=(), accessor="pk", orderable=False, width=40
    )
    principles = tables.TextColumn(
        "Serves principles", empty_values=(), accessor="pk", orderable=False, width=60
    )
    estimated_cost = tables.MoneyColumn("Estimated cost")
    estimated_saving = tables.MoneyColumn("Estimated saving a year")
    classification = ClassColumn("Class")

    row_header = "name"

    def render_priorities(self, record: Project) -> str:
        return _served(record, "priority") or tables.EMPTY

    def value_priorities(self, record: Project) -> str | None:
        return _served(record, "priority") or None

    def render_principles(self, record: Project) -> str:
        return _served(record, "principle") or tables.EMPTY

    def value_principles(self, record: Project) -> str | None:
        return _served(record, "principle") or None


class DecisionTable(tables.BaseTable):
    reference = tables.LinkColumn("Reference", width=16)
    date = tables.DateColumn("Date")
    body = tables.LinkColumn("Body", to="body", accessor="body__name", width=32)
    question = tables.TextColumn("Question", width=60)
    outcome = tables.TagColumn(
        "Outcome",
        choices=Outcome,
        colours={
            Outcome.APPROVED: "green",
            Outcome.APPROVED_WITH_CONDITIONS: "turquoise",
            Outcome.REJECTED: "red",
            Outcome.DEFERRED: "yellow",
        },
    )
    classification = ClassColumn("Class")


class BodyTable(tables.BaseTable):
    name = tables.LinkColumn("Body", width=40)
    kind = tables.TextColumn("Kind", width=20)
    workstream = tables.LinkColumn("Workstream", to="workstream", accessor="workstream__short", width=24)
    chair = tables.TextColumn("Chair", width=32)
    seat_count = tables.NumberColumn("Seats")

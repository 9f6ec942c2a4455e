"""Section 4: the plan. Milestones, the picture, activities, contradicted forecasts and the critical path."""

from itertools import groupby

from portal.packs.blocks import Block, Chart, Heading, Paragraph, Section, Table
from programme.foundation import calendar
from programme.foundation.charts import PlanRow, gantt
from programme.plan import dependencies
from programme.plan.models import Activity

from . import network
from .plan_words import Standing
from .snapshot import Snapshot
from .withheld import projects_left_out

MOST_ROWS = 54  # of the picture, its headings among them: about what one page of paper holds
MOST_PRINTED = 150


def section(number: str, snapshot: Snapshot) -> Section:
    standings = [Standing(one, snapshot.day) for one in snapshot.activities]
    milestones = [one for one in standings if one.entry.is_milestone]
    activities = [one for one in standings if not one.entry.is_milestone]
    blocks: list[Block] = [*projects_left_out(snapshot), _milestones(milestones, snapshot)]
    blocks += _picture(milestones, snapshot)
    blocks.append(_activities(activities, snapshot))
    blocks += _contradictions(snapshot)
    blocks += _critical(snapshot)
    if note := calendar.published_note([one.latest_finish for one in snapshot.activities]):
        blocks.append(Paragraph(note))
    return Section(number, "Milestones and plan", tuple(blocks))


def _milestones(milestones: list[Standing], snapshot: Snapshot) -> Table:
    columns = ["Reference", "Milestone", ("Original", "date"), ("Approved", "date"), ("Forecast", "date")]
    columns += [("Actual", "date"), ("Working days late", "number"), "State", "Exact to"]
    rows = [
        [
            one.entry.ref,
            one.entry.name,
            one.entry.original_finish,
            one.entry.approved_finish,
            one.entry.forecast_finish,
            one.entry.actual_finish,
            one.slip,
            one.words,
            one.exact_to,
        ]
        for one in sorted(milestones, key=lambda one: one.importance)
    ]
    return Table.of(
        "Milestones",
        columns,
        rows,
        note="Overdue first, then late, then what comes next, then what is done. Late counts working days "
        "against the approved date; a negative number is early. Where a date is exact only to the month or "
        "the year, its first day stands.",
        print_rows=MOST_PRINTED,
        empty="No milestone has been entered yet.",
    )


def _picture(milestones: list[Standing], snapshot: Snapshot) -> list[Block]:
    """The most important milestones that a page can hold, under their projects."""
    chosen = _chosen(milestones)
    if not chosen:
        return []
    rows: list[PlanRow] = []
    chosen.sort(key=lambda one: (snapshot.project_of[one.entry.project_id].ref, one.entry.latest_finish))
    for project, own in groupby(chosen, key=lambda one: one.entry.project_id):
        rows.append(PlanRow(str(snapshot.project_of[project]), kind="group"))
        rows += [_row(one) for one in own]
    figure = gantt(
        title="Plan on a page", summary=_summary(milestones, len(chosen)), rows=rows, today=snapshot.day
    )
    return [Chart.of(figure)]


def _chosen(milestones: list[Standing]) -> list[Standing]:
    chosen: list[Standing] = []
    projects: set[int] = set()
    for one in sorted(milestones, key=lambda one: one.importance):
        if len(chosen) + 1 + len(projects | {one.entry.project_id}) > MOST_ROWS:
            break
        chosen.append(one)
        projects.add(one.entry.project_id)
    return chosen


def _summary(milestones: list[Standing], shown: int) -> str:
    done = sum(one.is_done for one in milestones)
    late = sum(one.is_late and not one.is_done for one in milestones)
    words = f"{done} of {len(milestones)} milestones are done; {late} of the others are forecast late."
    if shown < len(milestones):
        words += f" The picture shows the {shown} that matter most: overdue, late, next and last done."
    return words


def _row(one: Standing) -> PlanRow:
    entry = one.entry
    return PlanRow(
        name=entry.name,
        kind="milestone",
        approved_finish=entry.approved_finish,
        finish=entry.latest_finish,
        done=one.is_done,
    )


def _activities(activities: list[Standing], snapshot: Snapshot) -> Table:
    columns = ["Reference", "Activity", ("Approved start", "date"), ("Approved finish", "date"), ("Start", "date")]
    columns += [("Finish", "date"), ("Working days late", "number"), "State"]
    rows = [
        [
            one.entry.ref,
            one.entry.name,
            one.entry.approved_start,
            one.entry.approved_finish,
            one.entry.actual_start or one.entry.forecast_start,
            one.entry.latest_finish,
            one.slip,
            one.words,
        ]
        for one in sorted(activities, key=lambda one: one.importance)
    ]
    return Table.of(
        "Activities",
        columns,
        rows,
        note="Start and finish are actual where known, else forecast.",
        print_rows=MOST_PRINTED,
        empty="No activity has been entered yet.",
    )


def _contradictions(snapshot: Snapshot) -> list[Block]:
    names = {one.pk: f"{one.ref} {one.name}" for one in snapshot.activities}
    found = dependencies.contradictions(
        map(network.forecast, snapshot.activities), map(network.link, snapshot.links), calendar.england()
    )
    rows = [
        [names[one.dependency.successor], names[one.dependency.predecessor], one.dependency.words]
        + [one.forecast, one.allowed]
        for one in found
    ]
    return [
        Heading("Dependencies"),
        Table.of(
            "Forecasts that contradict a dependency",
            ["What waits", "What it waits for", "How", ("Forecast", "date"), ("Not before", "date")],
            rows,
            print_rows=MOST_PRINTED,
            empty="No forecast contradicts a dependency.",
        ),
    ]


def _critical(snapshot: Snapshot) -> list[Block]:
    """Activities without float, or the sentence that says why they could not be worked out."""
    try:
        critical = network.critical(snapshot)
    except (network.BadPlan, dependencies.CycleFound) as broken:
        return [Paragraph(f"The critical path cannot be worked out: {broken}")]
    entries: dict[int, Activity] = {one.pk: one for one in snapshot.activities}
    rows = [
        [entries[one.key].ref, entries[one.key].name, one.early_start, one.early_finish, one.total_float]
        for one in critical
    ]
    columns = ["Reference", "Activity or milestone", ("Earliest start", "date"), ("Earliest finish", "date")]
    return [
        Table.of(
            "Critical path",
            [*columns, ("Float, working days", "number")],
            rows,
            note="What cannot slip without a project finishing later than approved, or than its last date "
            "where none is approved. A negative float says by how much it is late already.",
            print_rows=MOST_PRINTED,
            empty="Nothing that is not done is critical.",
        )
    ]

"""Section 4: the plan. Milestones, the picture, activities, contradicted forecasts and the critical path."""

from itertools import groupby
from typing import Any

from portal.packs.blocks import Block, Chart, Heading, Notice, Paragraph, Section, Table
from programme.foundation import calendar
from programme.foundation.charts import PlanRow, gantt
from programme.plan.dependencies import Dependency

from .plan_words import Standing
from .snapshot import Snapshot
from .withheld import projects_left_out

MOST_ROWS = 54  # of the picture, its headings among them: about what one page of paper holds
MOST_PRINTED = 150
REFERENCE = ("Reference", "text", 12)
DETAIL_LEFT_OUT = "Activities, dependencies and the critical path are internal."


def section(number: str, snapshot: Snapshot) -> Section:
    standings = [Standing(one, snapshot.day) for one in snapshot.activities]
    milestones = [one for one in standings if one.entry.is_milestone]
    activities = [one for one in standings if not one.entry.is_milestone]
    blocks: list[Block] = [*projects_left_out(snapshot), _picture(milestones, snapshot)]
    if snapshot.is_open:
        blocks.append(Notice("exempt", "Working detail left out", DETAIL_LEFT_OUT))
    else:
        blocks += _working_detail(activities, snapshot)
    return Section(number, "Milestones and plan", tuple(blocks))


def _milestones(milestones: list[Standing], snapshot: Snapshot) -> Table:
    columns: list[Any] = [REFERENCE, "Milestone", ("Original", "date"), ("Approved", "date")]
    columns += [("Forecast or actual", "date"), ("Working days late", "number"), "State"]
    ordered = sorted(milestones, key=lambda one: one.importance)
    rows: list[list[object]] = [_milestone(one) for one in ordered]
    note = (
        "Overdue first, then late, then what comes next, then what is done. Late counts working days against "
        "the approved date; a negative number is early."
    )
    if any(one.exact_to for one in ordered):
        columns.append("Exact to")
        rows = [[*row, one.exact_to] for row, one in zip(rows, ordered, strict=True)]
        note += " Where a date is exact only to the month or the year, its first day stands."
    empty = "No milestone has been entered yet."
    return Table.of("Milestones", columns, rows, note=note, print_rows=MOST_PRINTED, empty=empty)


def _milestone(one: Standing) -> list[object]:
    entry = one.entry
    dates = [entry.original_finish, entry.approved_finish, entry.latest_finish]
    return [entry.ref, entry.name, *dates, one.slip, one.words]


def _picture(milestones: list[Standing], snapshot: Snapshot) -> Block:
    """The most important milestones that a page can hold, under their projects, with the table of all."""
    table = _milestones(milestones, snapshot)
    chosen = _chosen(milestones)
    if not chosen:
        return table
    rows: list[PlanRow] = []
    chosen.sort(key=lambda one: (snapshot.project_of[one.entry.project_id].ref, one.entry.latest_finish))
    for project, own in groupby(chosen, key=lambda one: one.entry.project_id):
        rows.append(PlanRow(str(snapshot.project_of[project]), kind="group"))
        rows += [_row(one, snapshot) for one in own]
    figure = gantt(
        title="Milestones", summary=_summary(milestones, len(chosen)), rows=rows, today=snapshot.day
    )
    return Chart.of(figure, table=table)


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


def _row(one: Standing, snapshot: Snapshot) -> PlanRow:
    entry = one.entry
    timing = snapshot.timetable.timing(entry.pk)
    return PlanRow(
        name=entry.name,
        kind="milestone",
        approved_finish=entry.approved_finish,
        finish=entry.latest_finish,
        done=one.is_done,
        critical=bool(timing and timing.critical),
    )


def _activities(activities: list[Standing], snapshot: Snapshot) -> Table:
    columns: list[Any] = [
        REFERENCE,
        "Activity",
        ("Approved start", "date"),
        ("Approved finish", "date"),
        ("Start", "date"),
    ]
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


def _working_detail(activities: list[Standing], snapshot: Snapshot) -> list[Block]:
    """What only those see who may open the plan."""
    found: list[Block] = [
        _activities(activities, snapshot),
        Heading("Dependencies"),
        _contradictions(snapshot),
        *_critical(snapshot),
    ]
    if note := calendar.published_note([one.latest_finish for one in snapshot.activities]):
        found.append(Paragraph(note))
    return found


def _contradictions(snapshot: Snapshot) -> Table:
    entries = {one.pk: one for one in snapshot.activities}
    rows = []
    for link in snapshot.links:
        conflict = snapshot.timetable.conflict(link.key)
        if conflict is None:
            continue
        rule = Dependency(link.predecessor, link.successor, link.kind, link.lag)
        waits, before = entries[link.successor], entries[link.predecessor]
        rows.append([str(waits), str(before), rule.words, conflict.sentence])
    return Table.of(
        "Forecasts that contradict a dependency",
        ["What waits", "What it waits for", "How", "What the forecast does"],
        rows,
        print_rows=MOST_PRINTED,
        empty="No forecast contradicts a dependency.",
    )


def _critical(snapshot: Snapshot) -> list[Block]:
    """Activities without float, or the sentence that says why they could not be worked out."""
    if snapshot.timetable.trouble:
        return [Paragraph(snapshot.timetable.trouble)]
    entries = {one.pk: one for one in snapshot.activities}
    rows = []
    for key, _ in snapshot.timetable.near():
        timing, entry = snapshot.timetable.timing(key), entries[key]
        if timing:
            rows.append([entry.ref, entry.name, timing.early_start, timing.early_finish, timing.total_float])
    columns: list[Any] = [("Reference", "text", 15), "Activity or milestone", ("Earliest start", "date")]
    columns += [("Earliest finish", "date"), ("Float, working days", "number")]
    return [
        Table.of(
            "Critical path",
            columns,
            rows,
            note="What cannot slip without a project finishing later than approved, or than its last date "
            "where none is approved. A negative float says by how much it is late already.",
            print_rows=MOST_PRINTED,
            empty="Nothing that is not done is critical.",
        )
    ]

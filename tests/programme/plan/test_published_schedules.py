"""Schedules that others published: a library instance of known length, and Microsoft Project files."""

import random
import time
import xml.etree.ElementTree as ElementTree
from datetime import date
from pathlib import Path

import pytest

from programme.foundation.calendar import WorkingCalendar, england
from programme.plan.choices import DependencyKind
from programme.plan.dependencies import Dependency
from programme.plan.scheduling import Activity, schedule

PUBLISHED = Path(__file__).parents[4] / "shared/data/schedules"
FRIDAY = date(2022, 9, 30)
TENTHS_OF_MINUTES_A_DAY = 4800
MSPDI_KINDS = {"0": "FF", "1": "FS", "2": "SF", "3": "SS"}
MSPDI = {"": "http://schemas.microsoft.com/project"}


def published(name: str) -> Path:
    path = PUBLISHED / name
    if not path.exists():
        pytest.skip(f"PUBLISHED SCHEDULE NOT TRIED: ../shared/data/schedules/{name} is not on this machine.")
    return path


# PSPLIB


def read_psplib(path: Path) -> tuple[list[Activity], list[Dependency]]:
    lines = path.read_text().splitlines()
    links, duration = lines.index("PRECEDENCE RELATIONS:") + 2, lines.index("REQUESTS/DURATIONS:") + 3
    jobs = lines.index("RESOURCEAVAILABILITIES:") - duration - 1
    table = [[int(cell) for cell in line.split()] for line in lines[links : links + jobs]]
    spans = [[int(cell) for cell in line.split()] for line in lines[duration : duration + jobs]]
    activities = [Activity(job, "P", days) for job, _, days, *_ in spans]
    return activities, [Dependency(job, after) for job, _, _, *successors in table for after in successors]


@pytest.mark.parametrize("calendar", [WorkingCalendar([]), england()], ids=["weekends only", "England"])
def test_the_published_instance_takes_38_working_days(calendar):
    activities, dependencies = read_psplib(published("j301_1.sm"))
    assert (len(activities), len(dependencies)) == (32, 48)
    outcome = schedule(activities, dependencies, start=FRIDAY, calendar=calendar)
    begin, end = outcome.activities[1], outcome.activities[32]
    assert begin.early_finish == FRIDAY
    assert calendar.lateness(begin.early_finish, end.early_finish) == 38
    first = min(found.early_start for found in outcome.activities.values() if found.early_start > FRIDAY)
    assert calendar.between(first, outcome.finishes["P"]) == 38
    days = {activity.key: activity.duration for activity in activities}
    assert sum(days[found.key] for found in outcome.critical) == 38


# Microsoft Project


class ProjectTask:
    """A task as Microsoft Project saved it, with the dates and slack that it computed."""

    def __init__(self, task: ElementTree.Element) -> None:
        def text(name: str) -> str:
            return task.findtext(name, "", MSPDI)

        self.key = text("UID")
        self.start, self.finish = text("Start"), text("Finish")
        self.total_slack, self.free_slack = int(text("TotalSlack")), int(text("FreeSlack"))
        self.leaf = text("Summary") == "0"
        self.days = int(text("Duration").removeprefix("PT").split("H")[0]) // 8
        earliest = text("ConstraintDate") if text("ConstraintType") == "4" else ""
        self.earliest = date.fromisoformat(earliest[:10]) if earliest else None
        self.links = [
            Dependency(
                link.findtext("PredecessorUID", "", MSPDI),
                self.key,
                MSPDI_KINDS[link.findtext("Type", "", MSPDI)],
                int(link.findtext("LinkLag", "", MSPDI)) // TENTHS_OF_MINUTES_A_DAY,
            )
            for link in task.iterfind("PredecessorLink", MSPDI)
        ]

    @property
    def last_day(self) -> date:
        """Midnight has no say here: a finish at 08:00 is the close of the working day before."""
        finish = date.fromisoformat(self.finish[:10])
        return finish if self.finish.endswith("17:00:00") else england().add(finish, -1)


def solve_project(name: str) -> tuple[list[ProjectTask], dict]:
    """Tasks of one working day, and our schedule of them against the finish that Project found."""
    root = ElementTree.parse(published(name)).getroot()  # noqa: S314 - a file of our own choice, in tests
    tasks = [
        task for task in map(ProjectTask, root.iterfind(".//Task", MSPDI)) if task.leaf and task.days == 1
    ]
    start, finish = root.findtext("StartDate", "", MSPDI), root.findtext("FinishDate", "", MSPDI)
    last = date.fromisoformat(finish[:10])
    if finish.endswith("08:00:00"):
        last = england().add(last, -1)
    outcome = schedule(
        [Activity(task.key, name, task.days, task.earliest) for task in tasks],
        [link for task in tasks for link in task.links],
        start=date.fromisoformat(start[:10]),
        calendar=england(),
        deadlines={name: last},
    )
    return tasks, outcome.activities


@pytest.mark.parametrize("name", ["task-links-project2019-mspdi.xml", "sample.xml"])
def test_early_dates_agree_with_microsoft_project_for_all_four_kinds(name):
    tasks, ours = solve_project(name)
    assert {link.kind for task in tasks for link in task.links} == {"FS", "SS", "FF", "SF"}
    for task in tasks:
        found = ours[task.key]
        assert (found.early_start.isoformat(), found.early_finish) == (task.start[:10], task.last_day), (
            task.key
        )


def test_floats_agree_with_microsoft_project_where_a_finish_is_what_holds_back():
    # Project lets the predecessor of a start-start or start-finish link slip without counting the link's
    # lag; here such a predecessor has the float that keeps its successor on time.
    tasks, ours = solve_project("task-links-project2019-mspdi.xml")
    held_by_start = {link.predecessor for task in tasks for link in task.links if link.kind in ("SS", "SF")}
    compared = [task for task in tasks if task.key not in held_by_start]
    assert len(compared) == 14
    for task in compared:
        floats = ours[task.key].total_float, ours[task.key].free_float
        assert floats == (
            task.total_slack // TENTHS_OF_MINUTES_A_DAY,
            task.free_slack // TENTHS_OF_MINUTES_A_DAY,
        ), task.key


# Size


def test_the_largest_plan_is_scheduled_in_under_two_seconds():
    draw = random.Random(2022)  # noqa: S311 - a made-up plan, the same each time
    kinds = list(DependencyKind)
    activities = [Activity(n, n // 20, draw.choice([0, 5, 10, 20])) for n in range(24_000)]
    ends = [draw.randrange(1, 24_000) for _ in range(40_000)]
    links = [
        Dependency(max(0, end - draw.randrange(1, 40)), end, draw.choice(kinds), draw.randrange(-5, 10))
        for end in ends
    ]
    began = time.process_time()
    outcome = schedule(activities, links, start=FRIDAY, calendar=england())
    assert time.process_time() - began < 2
    assert len(outcome.activities) == 24_000
    assert {activity.project for activity in outcome.critical} <= set(range(1200))

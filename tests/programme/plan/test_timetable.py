"""The timetable of a whole plan: what critical path and contradictions give, packed for keeping."""

import pickle
from datetime import date

import pytest

from programme.foundation.calendar import WorkingCalendar
from programme.plan.timetable import Linked, Planned, Timetable, reckon

TODAY = date(2022, 11, 30)  # a Wednesday
CALENDAR = WorkingCalendar([])


def activity(key: int, start: str | None, finish: str, *, project: int = 1, **facts: object) -> Planned:
    known = {"earliest_start": None, "approved_finish": None, "actual_start": None, "actual_finish": None}
    dates = {
        "forecast_start": date.fromisoformat(start) if start else None,
        "forecast_finish": date.fromisoformat(finish),
    }
    return Planned(
        key=key, project=project, kind="activity" if start else "milestone", **dates, **{**known, **facts}
    )  # type: ignore[arg-type]


def reckoned(planned: list[Planned], linked: list[Linked] | None = None, **facts: object) -> Timetable:
    return reckon(planned, linked or [], **{"deadlines": {}, "today": TODAY, "calendar": CALENDAR, **facts})  # type: ignore[arg-type]


def test_work_that_waits_for_nothing_starts_at_its_forecast():
    found = reckoned([activity(1, "2022-12-05", "2022-12-09")]).timing(1)
    assert (found.early_start, found.early_finish) == (date(2022, 12, 5), date(2022, 12, 9))


def test_work_that_waits_starts_when_it_may_and_floats_up_to_its_forecast():
    plan = [activity(1, "2022-12-05", "2022-12-09"), activity(2, "2022-12-19", "2022-12-23")]
    found = reckoned(plan, [Linked(9, 1, 2, "FS", 0)])
    assert found.timing(2).early_start == date(2022, 12, 12)
    assert found.timing(2).total_float == 5
    assert not found.timing(2).critical


def test_nothing_that_has_not_begun_starts_before_today():
    found = reckoned([activity(1, "2022-11-01", "2022-11-07")]).timing(1)
    assert (found.early_start, found.early_finish) == (TODAY, date(2022, 12, 6))


def test_work_under_way_lasts_to_its_forecast_and_at_least_to_today():
    begun = {"actual_start": date(2022, 11, 7)}
    plan = [
        activity(1, "2022-11-01", "2022-12-16", **begun),
        activity(2, "2022-11-01", "2022-11-11", **begun),
    ]
    found = reckoned(plan)
    assert found.timing(1).early_finish == date(2022, 12, 16)
    assert found.timing(2).early_finish == TODAY


def test_the_approved_finish_of_the_project_decides_the_float():
    plan = [activity(1, "2022-12-05", "2022-12-09")]
    assert reckoned(plan, deadlines={1: date(2022, 12, 16)}).timing(1).total_float == 5
    assert reckoned(plan, deadlines={1: date(2022, 12, 7)}).timing(1).total_float == -2


def test_what_is_done_has_neither_float_nor_place_on_the_critical_path():
    done = {"actual_start": date(2022, 11, 7), "actual_finish": date(2022, 11, 11)}
    found = reckoned(
        [activity(1, "2022-11-07", "2022-11-11", **done), activity(2, "2022-12-05", "2022-12-09")]
    )
    assert found.timing(1) is None
    assert list(found.near()) == [(2, 1)]


def test_an_activity_over_a_weekend_still_takes_a_day():
    found = reckoned([activity(1, "2022-12-03", "2022-12-04")]).timing(1)
    assert found.early_start == found.early_finish == date(2022, 12, 5)


def test_the_critical_path_is_listed_by_early_start_and_what_is_near_it_on_request():
    plan = [
        activity(1, "2022-12-12", "2023-01-13"),
        activity(2, "2022-12-05", "2022-12-09"),
        activity(3, "2022-12-05", "2023-01-06"),
        activity(4, None, "2023-01-13"),
    ]
    found = reckoned(plan, [Linked(9, 2, 1, "FS", 0)])
    assert [key for key, _ in found.near()] == [2, 1, 4]
    assert [key for key, _ in found.near(5)] == [2, 3, 1, 4]


def test_a_contradicted_forecast_says_by_how_much_and_moves_nothing():
    plan = [activity(1, "2022-12-05", "2022-12-16"), activity(2, "2022-12-14", "2022-12-23", project=2)]
    found = reckoned(plan, [Linked(9, 1, 2, "FS", 0)])
    conflict = found.conflict(9)
    assert conflict.sentence == "3 working days too soon: not before 19 December 2022"
    assert conflict.projects == (1, 2)
    assert found.conflicts_of(2) == [conflict]
    assert found.conflicts_of(1) == []
    assert list(found.contradicted()) == [(9, 2, 1, 2)]


def test_dependencies_on_what_is_not_in_the_plan_are_passed_over():
    assert reckoned([activity(1, "2022-12-05", "2022-12-09")], [Linked(9, 7, 1, "FS", 0)]).timing(1)


def test_counts_say_how_each_project_stands():
    approved = {"approved_finish": date(2022, 12, 2)}
    plan = [
        activity(1, "2022-12-05", "2022-12-09", **approved),
        activity(2, None, "2022-11-25", **approved),
        activity(3, None, "2022-12-20"),
        activity(4, None, "2022-11-01", actual_finish=date(2022, 11, 1)),
    ]
    counts = reckoned(plan).counts[1]
    assert (counts.ahead, counts.milestones, counts.late, counts.overdue, counts.critical) == (3, 2, 2, 1, 1)


def test_a_plan_that_cannot_be_worked_out_says_so_without_numbers():
    circle = [Linked(8, 1, 2, "FS", 0), Linked(9, 2, 1, "FS", 0)]
    found = reckoned([activity(1, None, "2022-12-05"), activity(2, None, "2022-12-05")], circle)
    assert "could not be worked out" in found.trouble
    assert found.timing(1) is None
    assert found.counts[1].ahead == 2


@pytest.mark.parametrize("lag", [0, 3])
def test_a_timetable_can_be_kept_and_read_again(lag):
    plan = [activity(1, "2022-12-05", "2022-12-16"), activity(2, "2022-12-14", "2022-12-23")]
    found = reckoned(plan, [Linked(9, 1, 2, "FS", lag)])
    again = pickle.loads(pickle.dumps(found))  # noqa: S301  our own bytes
    assert again.timing(2) == found.timing(2)
    assert again.conflict(9) == found.conflict(9)

"""What home, project pages and the pack read of the plan: the picture, the critical path, contradictions."""

from __future__ import annotations

import datetime

import pytest

from programme.foundation import calendar
from programme.plan.actions import activities
from programme.plan.picture import MOST, plan_picture
from programme.plan.summaries import contradicted, critical_path, standing

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(activity, milestone, link, crm, estate, secret):
    build = activity(
        crm,
        "A01",
        "2022-12-05",
        "2022-12-23",
        name="Build",
        approved_finish="2022-12-16",
        approved_start="2022-12-05",
    )
    live = milestone(crm, "M01", "2022-12-20", name="Go live")
    floor = activity(estate, "A01", "2022-12-05", "2023-03-31", name="Release a floor")
    hidden = activity(secret, "A01", "2022-12-05", "2023-06-30", name="Consult in secret")
    link(build, live)
    link(hidden, floor, "FF")
    return {"build": build, "live": live, "floor": floor, "hidden": hidden}


def names(figure) -> list[str]:
    return [row[0] for row in figure.rows]


def test_the_picture_shows_what_one_may_see_by_workstream_and_project(plan, lead_digital, programme_manager):
    assert names(plan_picture(lead_digital)) == ["Release a floor", "Build", "Go live"]
    assert "Consult in secret" in names(plan_picture(programme_manager))


def test_the_picture_says_in_a_sentence_what_it_shows(plan, lead_digital):
    assert plan_picture(lead_digital).summary == "3 activities and milestones: 0 done, 1 late, 3 critical."


def test_the_picture_of_one_project(plan, lead_digital, crm):
    assert names(plan_picture(lead_digital, projects=[crm])) == ["Build", "Go live"]


def test_nothing_to_draw_is_none(lead_digital, crm):
    assert plan_picture(lead_digital) is None


def test_staff_who_see_no_plan_see_no_picture_of_it(plan, staff):
    assert plan_picture(staff) is None


def test_a_long_plan_is_cut_to_what_is_due_next(lead_digital, crm, estate, milestone):
    for number in range(40):
        for project in (crm, estate):
            due = datetime.date(2022, 12, 1) + datetime.timedelta(days=number)
            milestone(project, f"M{number + 10}", due.isoformat(), name=f"{project.ref} {number}")
    found = names(plan_picture(lead_digital))
    assert len(found) == MOST - 2  # two headings
    assert "DIG-01 0" in found
    assert "DIG-01 39" not in found


def test_the_picture_as_the_plan_stood(plan, lead_digital, secret):
    with calendar.clock_stopped(datetime.date(2022, 11, 1)):
        plan["live"].refresh_from_db()
        activities.forecast(
            plan["live"], forecast_finish=datetime.date(2023, 2, 1), by=lead_digital, reason="Late"
        )
    then = plan_picture(lead_digital, day=datetime.date(2022, 10, 1))
    assert datetime.date(2022, 12, 20) in {row[5] for row in then.rows}
    assert "Consult in secret" not in names(then)
    assert all(row[-1] == "" for row in then.rows)
    assert datetime.date(2023, 2, 1) in {row[5] for row in plan_picture(lead_digital).rows}
    assert plan_picture(lead_digital, day=datetime.date(2022, 1, 1)) is None


def test_the_critical_path_comes_in_order_with_its_dates(plan, lead_digital):
    steps = critical_path(lead_digital)
    assert [step.name for step in steps] == ["Build", "Go live", "Release a floor"]
    assert steps[0].total_float == 0
    assert steps[1].early_finish == datetime.date(2022, 12, 23)
    assert critical_path(lead_digital, most=1) == steps[:1]


def test_contradicted_forecasts_name_both_ends_to_those_who_see_both(plan, lead_digital, programme_manager):
    own = contradicted(lead_digital)
    assert [(one.ref, one.waits_for, one.working_days) for one in own] == [
        ("DIG-01-M01", "DIG-01-A01 Build", 3)
    ]
    assert [one.ref for one in contradicted(programme_manager)] == ["AGS-06-A01", "DIG-01-M01"]


def test_standing_is_in_numbers_and_in_a_sentence(plan, lead_digital):
    found = standing(lead_digital)
    assert (found.counts.ahead, found.counts.late, found.contradicted) == (3, 1, 1)
    assert found.sentence == "1 of 3 activities and milestones ahead is late, 3 are critical."


def test_staff_are_told_nothing(plan, staff):
    assert critical_path(staff) == contradicted(staff) == ()
    assert standing(staff).counts.ahead == 0


def test_reading_again_costs_one_query_for_the_timetable(plan, programme_manager, django_assert_num_queries):
    standing(programme_manager)
    programme_manager.standing  # noqa: B018  read once a request
    with django_assert_num_queries(2):  # the clock and the key
        standing(programme_manager)

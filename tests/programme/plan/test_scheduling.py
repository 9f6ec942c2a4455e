"""The critical path on working days: links, points, facts, deadlines, and plans that cannot be."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programme.foundation.calendar import WorkingCalendar, england
from programme.plan.choices import DependencyKind
from programme.plan.dependencies import TO_START, CycleFound, Dependency, Forecast, contradictions
from programme.plan.scheduling import Activity, BadPlan, schedule

MONDAY = date(2022, 10, 3)
TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY = (MONDAY + timedelta(days=n) for n in range(1, 7))
NEXT_MONDAY, NEXT_TUESDAY = MONDAY + timedelta(days=7), MONDAY + timedelta(days=8)
WEEKENDS_ONLY = WorkingCalendar([])


def work(key, days, earliest=None, *, project="P", **facts) -> Activity:
    return Activity(key, project, days, earliest, **facts)


def plan(*parts, deadlines=None, calendar=WEEKENDS_ONLY):
    """The schedule of activities and dependencies (given as tuples) from Monday on, by key."""
    activities = [part for part in parts if isinstance(part, Activity)]
    links = [Dependency(*part) for part in parts if isinstance(part, tuple)]
    return schedule(activities, links, start=MONDAY, calendar=calendar, deadlines=deadlines).activities


# Days are inclusive


def test_after_a_friday_finish_work_starts_on_monday():
    week = plan(work("a", 5), work("b", 1), ("a", "b"))
    assert (week["a"].early_start, week["a"].early_finish) == (MONDAY, FRIDAY)
    assert week["b"].early_start == NEXT_MONDAY


def test_bank_holidays_take_no_work():
    christmas = plan(work("a", 3, date(2022, 12, 23)), calendar=england())
    assert christmas["a"].early_finish == date(2022, 12, 29)


@pytest.mark.parametrize(
    ("kind", "lag", "start", "finish"),
    [
        ("FS", 0, NEXT_MONDAY, NEXT_TUESDAY),
        ("FS", -2, THURSDAY, FRIDAY),
        ("SS", 0, WEDNESDAY, THURSDAY),
        ("SS", 3, NEXT_MONDAY, NEXT_TUESDAY),
        ("FF", 0, THURSDAY, FRIDAY),
        ("FF", 1, FRIDAY, NEXT_MONDAY),
        ("SF", 0, MONDAY, TUESDAY),
        ("SF", 3, THURSDAY, FRIDAY),
        ("SF", -9, MONDAY, TUESDAY),
    ],
)
def test_the_four_kinds_place_a_successor(kind, lag, start, finish):
    placed = plan(work("a", 3, WEDNESDAY), work("b", 2), ("a", "b", kind, lag))["b"]
    assert (placed.early_start, placed.early_finish) == (start, finish)


# Milestones are points at the close of their day


def test_a_milestone_falls_on_the_friday_its_work_finishes_and_work_goes_on_on_monday():
    placed = plan(work("a", 5), work("m", 0), work("b", 1), ("a", "m"), ("m", "b"))
    assert placed["m"].early_start == placed["m"].early_finish == placed["m"].late_finish == FRIDAY
    assert placed["b"].early_start == NEXT_MONDAY
    assert all(activity.critical for activity in placed.values())


@pytest.mark.parametrize(
    ("kind", "falls"), [("FS", FRIDAY), ("FF", FRIDAY), ("SS", WEDNESDAY), ("SF", WEDNESDAY)]
)
def test_a_milestone_marks_the_finish_or_the_start_of_work(kind, falls):
    assert plan(work("a", 3, WEDNESDAY), work("m", 0), ("a", "m", kind))["m"].early_finish == falls


@pytest.mark.parametrize("kind", DependencyKind)
def test_milestones_may_follow_each_other_on_one_day(kind):
    assert plan(work("m", 0, FRIDAY), work("n", 0), ("m", "n", kind))["n"].early_finish == FRIDAY


def test_a_milestone_on_a_saturday_stays_there_and_takes_no_working_time():
    placed = plan(work("m", 0, SATURDAY), work("n", 0), work("b", 2), ("m", "n"), ("n", "b"))
    assert placed["m"].early_finish == placed["m"].late_finish == placed["n"].early_finish == SATURDAY
    assert placed["b"].early_start == NEXT_MONDAY


def test_work_not_to_start_before_a_sunday_starts_on_monday():
    assert plan(work("a", 1, SUNDAY))["a"].early_start == NEXT_MONDAY


# Floats and deadlines


def test_only_the_longest_way_is_critical():
    placed = plan(
        work("a", 2),
        work("long", 5),
        work("short", 2),
        work("end", 1),
        ("a", "long"),
        ("a", "short"),
        ("long", "end"),
        ("short", "end"),
    )
    assert [key for key in placed if placed[key].critical] == ["a", "long", "end"]
    assert (placed["short"].total_float, placed["short"].free_float) == (3, 3)
    assert (placed["short"].early_start, placed["short"].late_start) == (WEDNESDAY, NEXT_MONDAY)


def test_float_of_a_chain_is_shared_and_free_only_at_its_end():
    placed = plan(work("a", 1), work("b", 1), work("other", 5), ("a", "b"))
    assert [placed[key].total_float for key in "ab"] == [3, 3]
    assert [placed[key].free_float for key in "ab"] == [0, 3]


def test_a_tight_deadline_gives_negative_float_and_no_negative_free_float():
    placed = plan(work("a", 5), work("b", 5), ("a", "b"), deadlines={"P": NEXT_TUESDAY})
    assert (placed["a"].total_float, placed["b"].total_float) == (-3, -3)
    assert placed["b"].free_float == 0
    assert placed["b"].late_finish == NEXT_TUESDAY
    assert placed["b"].critical


def test_a_loose_deadline_leaves_nothing_critical():
    placed = plan(work("a", 5), deadlines={"P": date(2022, 10, 15)})
    assert (placed["a"].total_float, placed["a"].critical) == (5, False)


def test_each_project_counts_back_from_its_own_finish():
    placed = plan(
        work("a", 1, project="X"),
        work("b", 1, project="X"),
        work("c", 3, project="Y"),
        ("a", "b"),
        ("a", "c"),
        deadlines={"Y": WEDNESDAY},
    )
    assert (placed["a"].total_float, placed["b"].total_float, placed["c"].total_float) == (-1, 0, -1)


# Facts


def test_done_work_is_left_out_but_holds_back_its_successors():
    placed = plan(work("a", 2, actual_start=MONDAY, actual_finish=FRIDAY), work("b", 1), ("a", "b"))
    assert (placed["a"].early_start, placed["a"].early_finish) == (MONDAY, FRIDAY)
    assert (placed["a"].done, placed["a"].critical, placed["a"].total_float, placed["a"].late_finish) == (
        True,
        False,
        None,
        None,
    )
    assert placed["b"].early_start == NEXT_MONDAY


def test_done_work_holds_back_by_its_dates_not_by_what_came_before():
    placed = plan(
        work("slow", 20), work("a", 2, actual_finish=TUESDAY), work("b", 1), ("slow", "a"), ("a", "b")
    )
    assert placed["a"].early_start == MONDAY
    assert placed["b"].early_start == WEDNESDAY
    assert placed["slow"].total_float == 0


def test_work_finished_on_a_saturday_lets_the_next_start_on_monday():
    placed = plan(work("a", 2, actual_finish=SATURDAY), work("b", 1), work("m", 0), ("a", "b"), ("a", "m"))
    assert placed["a"].early_finish == placed["m"].early_finish == SATURDAY
    assert placed["b"].early_start == NEXT_MONDAY


def test_work_begun_keeps_its_start_whatever_it_should_have_waited_for():
    placed = plan(work("a", 5), work("b", 3, THURSDAY, actual_start=TUESDAY), ("a", "b"))
    assert (placed["b"].early_start, placed["b"].early_finish, placed["b"].late_start) == (
        TUESDAY,
        THURSDAY,
        TUESDAY,
    )
    assert placed["a"].total_float == 0


def test_work_begun_cannot_finish_before_what_holds_back_its_finish():
    placed = plan(work("a", 5), work("b", 1, actual_start=MONDAY), ("a", "b", "FF"))
    assert (placed["b"].early_start, placed["b"].early_finish) == (MONDAY, FRIDAY)
    assert placed["a"].critical


def test_a_start_that_has_happened_gives_its_work_no_less_float():
    placed = plan(work("a", 1, actual_start=MONDAY), work("b", 5), ("a", "b", "SS"))
    assert placed["a"].total_float == 4


@pytest.mark.parametrize("fact", ["actual_start", "actual_finish"])
def test_a_milestone_reached_is_done_whichever_date_says_so(fact):
    placed = plan(work("m", 0, **{fact: TUESDAY}), work("b", 1), ("m", "b"))
    assert placed["m"].done
    assert placed["m"].early_start == placed["m"].early_finish == TUESDAY
    assert placed["b"].early_start == WEDNESDAY


def test_a_plan_without_work_left_has_no_critical_path():
    outcome = schedule([work("a", 1, actual_finish=MONDAY)], [], start=MONDAY, calendar=WEEKENDS_ONLY)
    assert outcome.critical == ()
    assert outcome.finishes == {"P": MONDAY}
    assert schedule([], [], start=MONDAY, calendar=WEEKENDS_ONLY).critical == ()


def test_the_critical_path_is_told_in_order_of_time():
    activities = [work("c", 1), work("b", 2), work("a", 2), work("slack", 1)]
    links = [Dependency("a", "b"), Dependency("b", "c")]
    outcome = schedule(activities, links, start=MONDAY, calendar=WEEKENDS_ONLY)
    assert [activity.key for activity in outcome.critical] == ["a", "b", "c"]
    assert outcome.finishes == {"P": FRIDAY}


# Plans that cannot be


@pytest.mark.parametrize(
    ("parts", "reason"),
    [
        ([work("a", -1)], "a: a duration cannot be negative"),
        ([work("a", 1), work("a", 2)], "a is in the plan twice"),
        ([work("a", 1), ("a", "gone")], "names gone, which is not in the plan"),
        ([work("a", 1, actual_start=TUESDAY, actual_finish=MONDAY)], "a: the actual finish lies before"),
        ([work("a", 10**9)], "a: .* outside the years 1 to 9999"),
        ([work("a", 1), work("b", 1), ("a", "b", "FS", 10**9)], "b: .* outside the years 1 to 9999"),
    ],
)
def test_a_plan_that_cannot_be_is_refused_with_its_place(parts, reason):
    with pytest.raises(BadPlan, match=reason):
        plan(*parts)


def test_a_circle_is_refused_and_named():
    with pytest.raises(CycleFound) as refused:
        plan(work("a", 1), work("b", 1), work("c", 1), ("a", "b"), ("b", "a", "SS"), ("b", "c"))
    assert set(refused.value.keys) == {"a", "b"}


# Whatever the plan

dates = st.none() | st.dates(date(2022, 9, 1), date(2022, 12, 31))


@st.composite
def plans(draw, facts: bool = False):
    """Activities numbered in an order that dependencies follow, so that there is no circle."""
    size = draw(st.integers(1, 8))
    activities = []
    for key in range(size):
        begun = draw(dates) if facts else None
        lasted = draw(st.none() | st.integers(0, 30)) if facts else None
        finish = (begun or MONDAY) + timedelta(days=lasted) if lasted is not None else None
        days, project = draw(st.integers(0, 8)), draw(st.sampled_from("PQ"))
        activities.append(
            work(key, days, draw(dates), project=project, actual_start=begun, actual_finish=finish)
        )
    pairs = st.tuples(st.integers(0, size - 1), st.integers(0, size - 1)).filter(
        lambda pair: pair[0] < pair[1]
    )
    kinds = st.sampled_from(list(DependencyKind))
    link = st.builds(lambda pair, kind, lag: Dependency(*pair, kind, lag), pairs, kinds, st.integers(-6, 6))
    return activities, draw(st.lists(link, max_size=12)) if size > 1 else []


def solve(activities, links, **options):
    return schedule(activities, links, start=MONDAY, calendar=WEEKENDS_ONLY, **options).activities


def as_forecasts(activities, outcome, late=False):
    for given_as in activities:
        found = outcome[given_as.key]
        start, finish = found.early_start, found.early_finish
        if late and not found.done:
            start, finish = found.late_start, found.late_finish
        begun = given_as.actual_start is not None
        yield Forecast(given_as.key, start, finish, given_as.milestone, begun, found.done)


def contradicted(activities, links, outcome, late=False):
    return list(contradictions(as_forecasts(activities, outcome, late), links, WEEKENDS_ONLY))


@given(plans(facts=True))
def test_early_dates_satisfy_every_dependency(drawn):
    assert contradicted(*drawn, solve(*drawn)) == []


@given(plans())
def test_late_dates_satisfy_every_dependency(drawn):
    assert [c for c in contradicted(*drawn, solve(*drawn), late=True) if c.working_days] == []


@given(plans())
def test_nothing_could_be_a_working_day_earlier(drawn):
    activities, links = drawn
    outcome = solve(activities, links)
    for activity in activities:
        found = outcome[activity.key]
        own = activity.earliest_start or MONDAY
        sooner = WEEKENDS_ONLY.add(found.early_start, -1)
        others = [f for f in as_forecasts(activities, outcome) if f.key != activity.key]
        finish = sooner if activity.milestone else WEEKENDS_ONLY.add(sooner, activity.duration - 1)
        moved = Forecast(activity.key, sooner, finish, activity.milestone)
        into = [link for link in links if link.successor == activity.key]
        assert sooner < own or list(contradictions([*others, moved], into, WEEKENDS_ONLY))


@given(plans(facts=True))
def test_without_deadlines_no_date_is_late_and_every_open_project_has_a_critical_end(drawn):
    outcome = solve(*drawn).values()
    still_open = [found for found in outcome if not found.done]
    for found in still_open:
        assert found.early_start <= found.late_start
        assert found.early_finish <= found.late_finish
        assert 0 <= found.free_float <= found.total_float
    assert all(found.total_float is None and not found.critical for found in outcome if found.done)


@given(plans(facts=True), dates)
def test_critical_is_total_float_at_zero_or_below(drawn, deadline):
    outcome = solve(*drawn, deadlines={"P": deadline} if deadline else {})
    for found in outcome.values():
        assert found.critical is (not found.done and found.total_float <= 0)
        assert found.done or found.early_start <= found.early_finish
        if not found.done and found.late_start:
            assert found.total_float == WEEKENDS_ONLY.lateness(found.early_finish, found.late_finish)


@given(plans(facts=True), st.data())
def test_more_work_never_brings_an_early_finish_forward(drawn, data):
    """Where starts are what is held back. Work whose finish is held back starts earlier the longer it takes,
    and so may what waits for its start."""
    activities, links = drawn[0], [link for link in drawn[1] if link.kind in TO_START]
    slower = data.draw(
        st.sampled_from([a for a in activities if a.duration and not a.finished] or [work("x", 1)])
    )
    longer = [
        work(
            a.key,
            a.duration + 3 * (a is slower),
            a.earliest_start,
            project=a.project,
            actual_start=a.actual_start,
            actual_finish=a.actual_finish,
        )
        for a in activities
    ]
    before, after = solve(activities, links), solve(longer, links)
    for key in before:
        assert before[key].early_finish <= after[key].early_finish


@given(st.lists(st.integers(1, 9), min_size=1, max_size=9), st.integers(0, 30))
def test_a_chain_is_as_long_as_its_parts_and_shares_one_float(durations, spare):
    links = [(n, n + 1) for n in range(len(durations) - 1)]
    last = WEEKENDS_ONLY.day(WEEKENDS_ONLY.opening(MONDAY) + sum(durations) - 1 + spare)
    placed = plan(*(work(n, days) for n, days in enumerate(durations)), *links, deadlines={"P": last})
    assert {found.total_float for found in placed.values()} == {spare}
    assert WEEKENDS_ONLY.between(placed[0].early_start, placed[len(durations) - 1].early_finish) == sum(
        durations
    )
    assert [found.free_float for found in placed.values()] == [0] * (len(durations) - 1) + [spare]

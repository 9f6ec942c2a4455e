"""Dependencies: their words, circles that are refused and named, forecasts that contradict them."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programme.foundation.calendar import WorkingCalendar
from programme.plan.choices import DependencyKind
from programme.plan.dependencies import (
    CycleFound,
    Dependency,
    Forecast,
    contradictions,
    find_cycle,
    refuse_cycle,
)

WEEKENDS_ONLY = WorkingCalendar([])
THURSDAY, FRIDAY, SATURDAY, SUNDAY, MONDAY, TUESDAY = (
    date(2022, 9, 29) + timedelta(days=n) for n in range(6)
)

links = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), max_size=30)
kinds = st.sampled_from(list(DependencyKind))


def activity(key: str, start: date | None, finish: date | None, **facts: bool) -> Forecast:
    return Forecast(key, start, finish, **facts)


def milestone(key: str, day: date | None, **facts: bool) -> Forecast:
    return Forecast(key, day, day, milestone=True, **facts)


def found_between(before: Forecast, after: Forecast, kind: str, lag: int = 0):
    dependency = Dependency(before.key, after.key, kind, lag)
    return list(contradictions([before, after], [dependency], WEEKENDS_ONLY))


# Words


@pytest.mark.parametrize(
    ("kind", "lag", "words"),
    [
        ("FS", 0, "finish to start"),
        ("SS", 1, "start to start, 1 working day later"),
        (DependencyKind.FINISH_FINISH, -2, "finish to finish, 2 working days sooner"),
        ("SF", 10, "start to finish, 10 working days later"),
    ],
)
def test_a_dependency_says_what_it_asks(kind, lag, words):
    assert Dependency("a", "b", kind, lag).words == words


def test_a_kind_that_does_not_exist_is_refused():
    with pytest.raises(ValueError, match="“XX” is not a kind"):
        Dependency("a", "b", "XX")


# Circles


def test_a_circle_is_refused_and_named():
    ring = [
        Dependency("a", "b"),
        Dependency("b", "c", "SS"),
        Dependency("c", "a", "FF", 3),
        Dependency("a", "d"),
    ]
    names = {"a": "Choose supplier", "b": "Move data", "c": "Train staff"}
    with pytest.raises(CycleFound) as refused:
        refuse_cycle(ring, names)
    keys = refused.value.keys
    assert keys[0] == keys[-1]
    assert set(keys) == {"a", "b", "c"}
    assert "Choose supplier → Move data" in str(refused.value)
    assert str(refused.value).startswith("These would wait for each other in a circle: ")


def test_waiting_for_itself_is_a_circle():
    assert find_cycle([Dependency("a", "a")]) == ("a", "a")


def test_two_ways_to_the_same_activity_are_no_circle():
    diamond = [Dependency("a", "b"), Dependency("a", "c"), Dependency("b", "d"), Dependency("c", "d")]
    assert find_cycle(diamond) is None
    refuse_cycle(diamond)


@given(links)
def test_a_circle_that_is_named_is_a_real_one(pairs):
    cycle = find_cycle(Dependency(*pair) for pair in pairs)
    if cycle is not None:
        assert cycle[0] == cycle[-1]
        assert len(cycle) > 1
        assert all(step in pairs for step in pairwise(cycle))


@given(links)
def test_links_that_point_forward_only_are_never_refused(pairs):
    assert find_cycle(Dependency(*sorted(pair)) for pair in pairs if pair[0] != pair[1]) is None


# Contradicted forecasts


@pytest.mark.parametrize(
    ("kind", "lag", "start", "finish", "contradicted"),
    [
        ("FS", 0, MONDAY, MONDAY, False),
        ("FS", 0, FRIDAY, MONDAY, True),
        ("FS", 1, MONDAY, TUESDAY, True),
        ("FS", 1, TUESDAY, TUESDAY, False),
        ("FS", -1, FRIDAY, FRIDAY, False),
        ("FS", -1, THURSDAY, FRIDAY, True),
        ("SS", 0, THURSDAY, THURSDAY, False),
        ("SS", 0, date(2022, 9, 28), FRIDAY, True),
        ("SS", 2, FRIDAY, MONDAY, True),
        ("SS", 2, MONDAY, MONDAY, False),
        ("FF", 0, THURSDAY, FRIDAY, False),
        ("FF", 0, THURSDAY, THURSDAY, True),
        ("FF", 1, FRIDAY, MONDAY, False),
        ("SF", 0, date(2022, 9, 26), date(2022, 9, 28), False),
        ("SF", 0, date(2022, 9, 26), date(2022, 9, 27), True),
        ("SF", 3, THURSDAY, MONDAY, False),
        ("SF", 3, THURSDAY, FRIDAY, True),
    ],
)
def test_all_four_kinds_between_activities(kind, lag, start, finish, contradicted):
    before = activity("before", THURSDAY, FRIDAY)
    assert bool(found_between(before, activity("after", start, finish), kind, lag)) is contradicted


@pytest.mark.parametrize("kind", DependencyKind)
def test_a_milestone_may_fall_on_the_last_day_of_what_it_waits_for(kind):
    one_day = activity("before", FRIDAY, FRIDAY)
    assert not found_between(one_day, milestone("after", FRIDAY), kind)
    assert found_between(one_day, milestone("after", THURSDAY), kind)


@pytest.mark.parametrize("kind", ["FS", "SS"])
def test_an_activity_starts_on_the_working_day_after_its_milestone(kind):
    assert not found_between(milestone("before", FRIDAY), activity("after", MONDAY, TUESDAY), kind)
    (found,) = found_between(milestone("before", FRIDAY), activity("after", FRIDAY, TUESDAY), kind)
    assert found.allowed == MONDAY


@pytest.mark.parametrize("kind", ["FF", "SF"])
def test_an_activity_may_finish_on_the_day_of_its_milestone(kind):
    assert not found_between(milestone("before", FRIDAY), activity("after", THURSDAY, FRIDAY), kind)
    assert found_between(milestone("before", FRIDAY), activity("after", THURSDAY, THURSDAY), kind)


@pytest.mark.parametrize("kind", DependencyKind)
def test_milestones_may_share_a_day(kind):
    assert not found_between(milestone("before", FRIDAY), milestone("after", FRIDAY), kind)
    assert found_between(milestone("before", FRIDAY), milestone("after", THURSDAY), kind)


def test_a_contradiction_says_by_how_much_and_what_would_be_allowed():
    (found,) = found_between(activity("a", THURSDAY, MONDAY), activity("b", FRIDAY, MONDAY), "FS", 1)
    assert (found.forecast, found.allowed, found.working_days) == (FRIDAY, date(2022, 10, 5), 3)
    assert found.words == (
        "Forecast to start on 30 September 2022, 3 working days sooner than the dependency "
        "(finish to start, 1 working day later) allows: not before 5 October 2022."
    )


@pytest.mark.parametrize(
    ("before", "after", "allowed"),
    [
        (milestone("a", SUNDAY), milestone("b", SATURDAY), SUNDAY),
        (milestone("a", SATURDAY), milestone("b", FRIDAY), SATURDAY),
        (activity("a", FRIDAY, SUNDAY), activity("b", SATURDAY, TUESDAY), MONDAY),
    ],
)
def test_a_wrong_order_within_a_weekend_is_flagged_without_working_days(before, after, allowed):
    (found,) = found_between(before, after, "FS")
    assert (found.working_days, found.allowed) == (0, allowed)
    assert " sooner than the dependency" in found.words


def test_work_that_closes_on_friday_is_not_late_for_a_finish_on_saturday():
    # No working day lies between: the schedule could not place it any later than Friday either.
    assert not found_between(activity("a", FRIDAY, SATURDAY), activity("b", THURSDAY, FRIDAY), "FF")


@pytest.mark.parametrize("kind", DependencyKind)
def test_milestones_on_the_same_saturday_are_in_order(kind):
    assert not found_between(milestone("a", SATURDAY), milestone("b", SATURDAY), kind)


@pytest.mark.parametrize("kind", DependencyKind)
def test_facts_and_unknown_dates_contradict_nothing(kind):
    before = activity("before", MONDAY, TUESDAY)
    assert not found_between(before, activity("after", THURSDAY, FRIDAY, begun=True, done=True), kind)
    assert not found_between(before, activity("after", None, None), kind)
    assert not found_between(activity("before", None, None), activity("after", THURSDAY, FRIDAY), kind)


def test_of_work_begun_only_the_finish_can_be_contradicted():
    before, after = activity("before", MONDAY, TUESDAY), activity("after", THURSDAY, FRIDAY, begun=True)
    assert not found_between(before, after, "FS")
    (found,) = found_between(before, after, "FF")
    assert (found.end, found.allowed) == ("finish", TUESDAY)


def test_dependencies_on_what_is_not_shown_are_passed_over():
    shown = activity("after", THURSDAY, FRIDAY)
    assert not list(contradictions([shown], [Dependency("hidden", "after")], WEEKENDS_ONLY))


weekdays = st.integers(0, 60).map(lambda n: WEEKENDS_ONLY.add(THURSDAY, n))


@given(weekdays, st.integers(0, 9), weekdays, st.integers(0, 9), kinds, st.integers(-5, 5))
def test_moving_by_what_a_contradiction_asks_resolves_it(first, length, second, width, kind, lag):
    before = activity("a", first, WEEKENDS_ONLY.add(first, length))
    after = activity("b", second, WEEKENDS_ONLY.add(second, width))
    for found in found_between(before, after, kind, lag):
        moved = WEEKENDS_ONLY.add(second, found.working_days)
        kept = activity("b", moved, WEEKENDS_ONLY.add(moved, width))
        assert not found_between(before, kept, kind, lag)
        assert found.allowed == (kept.start if found.end == "start" else kept.finish)
        almost = WEEKENDS_ONLY.add(second, found.working_days - 1)
        assert found_between(before, activity("b", almost, WEEKENDS_ONLY.add(almost, width)), kind, lag)

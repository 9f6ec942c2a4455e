"""Slip in working days and in words."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programme.foundation.calendar import WorkingCalendar
from programme.plan.slippage import slip, slippage

MONDAY = date(2022, 10, 3)
WEEKENDS_ONLY = WorkingCalendar([])
days = st.dates(date(2022, 1, 1), date(2024, 12, 31))


def moved(planned: date, counted: date, calendar: WorkingCalendar = WEEKENDS_ONLY):
    found = slip(planned, counted, calendar)
    assert found
    return found


@pytest.mark.parametrize(
    ("planned", "counted", "words"),
    [
        (MONDAY, MONDAY, "on time"),
        (MONDAY, date(2022, 10, 19), "12 working days late"),
        (MONDAY, date(2022, 9, 30), "1 working day early"),
        (date(2022, 9, 30), MONDAY, "1 working day late"),
        (date(2022, 9, 30), date(2022, 10, 1), "1 day late, no working day"),
        (date(2022, 10, 2), date(2022, 9, 30), "2 days early, no working day"),
        (date(2018, 10, 1), date(2022, 10, 3), "1,045 working days late"),
    ],
)
def test_slip_is_said_in_words(planned, counted, words):
    assert moved(planned, counted).words == words


def test_bank_holidays_are_not_lost_working_days():
    funeral = WorkingCalendar([date(2022, 9, 19)])
    found = moved(date(2022, 9, 16), date(2022, 9, 20), funeral)
    assert (found.working_days, found.calendar_days, found.late, found.early) == (1, 4, True, False)


@pytest.mark.parametrize(("planned", "counted"), [(None, MONDAY), (MONDAY, None), (None, None)])
def test_unknown_is_unknown_not_on_time(planned, counted):
    assert slip(planned, counted, WEEKENDS_ONLY) is None


def test_the_actual_date_counts_before_the_forecast():
    dates = {"original": MONDAY, "approved": MONDAY, "forecast": MONDAY + timedelta(days=7)}
    forecast = slippage(**dates, actual=None, calendar=WEEKENDS_ONLY)
    actual = slippage(**dates, actual=MONDAY + timedelta(days=1), calendar=WEEKENDS_ONLY)
    assert forecast.words == "5 working days late"
    assert actual.words == "1 working day late"


@pytest.mark.parametrize(
    ("original", "approved", "forecast", "words"),
    [
        (date(2022, 9, 26), MONDAY, MONDAY, "on time; 5 working days late against the original date"),
        (MONDAY, date(2022, 9, 26), MONDAY, "5 working days late; on time against the original date"),
        (date(2022, 9, 26), None, MONDAY, "5 working days late against the original date"),
        (None, date(2022, 9, 26), MONDAY, "5 working days late"),
        (MONDAY, MONDAY, None, "slip not known"),
        (None, None, MONDAY, "slip not known"),
    ],
)
def test_both_baselines_are_named_where_they_differ(original, approved, forecast, words):
    found = slippage(
        original=original, approved=approved, forecast=forecast, actual=None, calendar=WEEKENDS_ONLY
    )
    assert found.words == words


@given(days, days)
def test_being_late_one_way_is_being_early_the_other(planned, counted):
    there, back = moved(planned, counted), moved(counted, planned)
    assert (there.working_days, there.calendar_days) == (-back.working_days, -back.calendar_days)
    assert there.late is back.early
    assert there.working_days * there.calendar_days >= 0
    assert abs(there.working_days) <= abs(there.calendar_days)


@given(days, days, days)
def test_slips_add_up_over_a_rebaseline(original, approved, counted):
    whole = moved(original, counted).working_days
    assert whole == moved(original, approved).working_days + moved(approved, counted).working_days

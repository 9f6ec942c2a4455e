"""The clock, working days of England, clear days and reporting periods."""

import subprocess
import sys
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from django.http import HttpResponse
from hypothesis import example, given
from hypothesis import strategies as st

from programme.foundation import calendar
from programme.foundation.calendar import LONDON, ClockMiddleware, Period, WorkingCalendar, england
from programme.foundation.models import Clock

FRIDAY, SATURDAY, SUNDAY, MONDAY = (date(2022, 9, 30) + timedelta(days=n) for n in range(4))
QUEENS_FUNERAL = date(2022, 9, 19)
ROOT = Path(__file__).parents[3]

days = st.dates(date(2005, 1, 1), date(2040, 12, 31))
numbers = st.integers(-3000, 3000)


# The clock


@pytest.fixture
def fixed_clock(db) -> date:
    return Clock.objects.create(pk=1, fixed_on=date(2022, 11, 30)).fixed_on


def test_the_illustration_holds_the_clock_at_noon_of_its_day(fixed_clock):
    assert calendar.today() == date(2022, 11, 30)
    assert calendar.now() == datetime(2022, 11, 30, 12, tzinfo=LONDON)
    assert calendar.fixed_on() == fixed_clock


@pytest.mark.django_db
def test_without_the_illustration_the_clock_is_londons():
    before = datetime.now(LONDON)
    assert calendar.fixed_on() is None
    assert before <= calendar.now() <= datetime.now(LONDON)
    assert before.date() <= calendar.today() <= datetime.now(LONDON).date()


def test_a_request_reads_the_clock_once_however_often_it_asks(fixed_clock, rf, django_assert_num_queries):
    def view(request):
        assert calendar.today() == calendar.now().date() == fixed_clock
        return HttpResponse()

    with django_assert_num_queries(1):
        ClockMiddleware(view)(rf.get("/"))


@pytest.mark.django_db
def test_a_request_reads_a_running_clock_once_too(rf, django_assert_num_queries):
    with django_assert_num_queries(1):
        ClockMiddleware(lambda request: HttpResponse(f"{calendar.today()} {calendar.today()}"))(rf.get("/"))


def test_a_request_that_never_asks_the_date_reads_nothing(rf):
    assert ClockMiddleware(lambda request: HttpResponse())(rf.get("/")).status_code == 200


def test_the_next_request_sees_a_clock_that_was_moved(fixed_clock, rf):
    seen = []
    clocked = ClockMiddleware(lambda request: seen.append(calendar.today()) or HttpResponse())
    clocked(rf.get("/"))
    Clock.objects.update(fixed_on=date(2023, 1, 31))
    clocked(rf.get("/"))
    assert seen == [date(2022, 11, 30), date(2023, 1, 31)]


def test_the_clock_is_let_go_when_a_request_fails(fixed_clock, rf):
    def view(request):
        calendar.today()
        raise RuntimeError

    with pytest.raises(RuntimeError):
        ClockMiddleware(view)(rf.get("/"))
    Clock.objects.all().delete()
    assert calendar.fixed_on() is None


@pytest.mark.parametrize(("day", "hours"), [(date(2022, 7, 6), 1), (date(2022, 12, 6), 0)])
def test_a_day_ends_in_london_in_summer_and_in_winter(day, hours):
    moment = calendar.end_of_day(day)
    assert moment.utcoffset() == timedelta(hours=hours)
    assert moment + timedelta(microseconds=1) == datetime.combine(
        day + timedelta(days=1), datetime.min.time(), LONDON
    )


# Working days


@pytest.mark.parametrize("day", [SATURDAY, SUNDAY, QUEENS_FUNERAL, date(2022, 12, 27), date(2023, 5, 8)])
def test_weekends_and_bank_holidays_are_not_working_days(day):
    assert not calendar.is_working_day(day)


@pytest.mark.parametrize("day", [FRIDAY, MONDAY, date(2022, 11, 30), date(2022, 3, 17), date(2022, 8, 1)])
def test_scottish_and_irish_holidays_are_working_days_in_england(day):
    assert calendar.is_working_day(day)


@pytest.mark.parametrize(
    ("start", "add", "lands"),
    [
        (FRIDAY, 1, MONDAY),
        (MONDAY, -1, FRIDAY),
        (SATURDAY, 1, MONDAY),
        (SATURDAY, -1, FRIDAY),
        (SATURDAY, 0, SATURDAY),
        (date(2022, 12, 23), 1, date(2022, 12, 28)),
        (date(2022, 9, 16), 1, date(2022, 9, 20)),
    ],
)
def test_adding_working_days_steps_over_days_off(start, add, lands):
    assert calendar.add_working_days(start, add) == lands


@pytest.mark.parametrize(
    ("first", "last", "count"),
    [
        (FRIDAY, FRIDAY, 1),
        (FRIDAY, MONDAY, 2),
        (MONDAY, FRIDAY, -2),
        (SATURDAY, SUNDAY, 0),
        (date(2022, 12, 23), date(2022, 12, 28), 2),
        (date(2022, 4, 1), date(2023, 3, 31), 251),
    ],
)
def test_counting_working_days_includes_both_ends(first, last, count):
    assert calendar.working_days_between(first, last) == count


def test_too_many_working_days_are_refused_in_words():
    with pytest.raises(ValueError, match="outside the years"):
        calendar.add_working_days(FRIDAY, 10**30)
    with pytest.raises(ValueError, match="outside the years"):
        calendar.add_working_days(FRIDAY, -(10**7))


def test_the_first_and_last_day_of_all_can_be_counted():
    assert england().between(date.min, date.max) > 2_600_000


@given(days, numbers)
def test_adding_and_taking_away_returns_to_the_working_day(day, number):
    working = calendar.add_working_days(day, 1)
    assert calendar.add_working_days(calendar.add_working_days(working, number), -number) == working


@given(days, st.integers(1, 3000))
def test_the_days_added_are_the_days_counted(day, number):
    after = calendar.add_working_days(day, number)
    assert calendar.is_working_day(after)
    assert calendar.working_days_between(day + timedelta(days=1), after) == number
    before = calendar.add_working_days(day, -number)
    assert calendar.working_days_between(before, day - timedelta(days=1)) == number


@given(st.dates())
@example(date.min)
def test_a_day_and_its_number_are_inverse(day):
    english = england()
    number = english.opening(day)
    assert english.closing(day) - number == english.is_working_day(day)
    assert english.opening(english.day(number)) == number
    if english.is_working_day(day):
        assert english.day(number) == day


@given(st.sets(st.dates(date(2022, 1, 1), date(2022, 3, 31))), st.dates(date(2021, 12, 1), date(2022, 4, 30)))
def test_numbers_agree_with_counting_day_by_day(holidays, day):
    own = WorkingCalendar(holidays)
    start = date(2021, 12, 1)
    passed = (start + timedelta(days=n) for n in range((day - start).days))
    worked = [d for d in passed if d.weekday() < 5 and d not in holidays]
    assert own.opening(day) - own.opening(start) == len(worked)
    assert [own.day(own.opening(start) + n) for n in range(len(worked))] == worked


@pytest.mark.parametrize(
    ("day", "beyond"), [(date(2011, 12, 31), True), (date(2022, 1, 1), False), (date(2099, 1, 1), True)]
)
def test_years_without_published_bank_holidays_are_known_as_such(day, beyond):
    assert calendar.beyond_published(day) is beyond


def test_beyond_the_published_years_only_weekends_are_left_out():
    christmas = date(2098, 12, 25)
    assert christmas.weekday() < 5
    assert calendar.is_working_day(christmas)


def test_a_page_says_when_bank_holidays_are_not_known():
    assert calendar.published_note([date(2022, 5, 1), None]) == ""
    assert "leave out weekends only" in calendar.published_note([date(2022, 5, 1), date(2099, 5, 1)])
    assert "no bank holidays are known" in WorkingCalendar([]).published_note([FRIDAY])


def test_bank_holidays_are_read_without_touching_the_network():
    program = """if True:
        import sys
        def refuse(event, arguments):
            if event in ("socket.connect", "socket.getaddrinfo", "socket.sendto"):
                raise SystemExit(f"network: {event}")
        sys.addaudithook(refuse)
        from programme.foundation.calendar import england
        assert england().published[0] == 2012
    """
    ended = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True)
    assert (ended.returncode, ended.stderr) == (0, "")


# Clear days and periods


@pytest.mark.parametrize(
    ("meeting", "clear_days", "due"),
    [
        (date(2022, 10, 13), 5, date(2022, 10, 5)),
        (date(2022, 10, 13), 0, date(2022, 10, 12)),
        (date(2022, 10, 10), 0, date(2022, 10, 7)),
        (date(2022, 12, 30), 5, date(2022, 12, 20)),
        (date(2022, 10, 15), 1, date(2022, 10, 13)),
    ],
)
def test_papers_are_due_with_clear_days_before_the_meeting(meeting, clear_days, due):
    assert calendar.clear_days_before(meeting, clear_days) == due


@given(days, st.integers(0, 60))
def test_the_due_day_is_the_last_that_gives_enough_clear_days(meeting, clear_days):
    due = calendar.clear_days_before(meeting, clear_days)
    assert calendar.clear_days_between(due, meeting) == clear_days
    assert calendar.clear_days_between(calendar.add_working_days(due, 1), meeting) < max(clear_days, 1)


def test_a_paper_published_after_the_meeting_gave_no_clear_day():
    assert calendar.clear_days_between(MONDAY, FRIDAY) == 0


def test_negative_clear_days_are_refused():
    with pytest.raises(ValueError, match="negative"):
        calendar.clear_days_before(FRIDAY, -1)


def test_a_reporting_period_is_a_calendar_month():
    period = calendar.reporting_period(date(2024, 2, 10))
    assert period == Period(date(2024, 2, 1), date(2024, 2, 29))
    assert str(period) == "February 2024"
    assert str(period.previous) == "January 2024"
    assert str(period.next) == "March 2024"
    assert date(2024, 2, 29) in period
    assert date(2024, 3, 1) not in period
    assert calendar.reporting_period(date.max).last == date.max


def test_dates_are_written_without_a_leading_nought():
    assert calendar.in_words(date(2022, 7, 6)) == "6 July 2022"

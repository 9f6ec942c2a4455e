"""Dates for the council: the portal's one clock, working days, clear days and reporting periods.

Nothing else in the portal asks what day it is. While the illustration is loaded the clock stands still
on the day that its `Clock` row names, so that a plan from 2022 is not years overdue.

Working days are Monday to Friday less the bank holidays of England and Wales, from the copy of GOV.UK's
list that the package `govuk-bank-holidays` carries: nothing is ever fetched. Outside the published years
only weekends are left out, and `published_note` gives pages the sentence that says so.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.conf import settings

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

LONDON = ZoneInfo("Europe/London")
NOON = time(12)


# The clock

_held: ContextVar[dict[str, date | None] | None] = ContextVar("held_clock", default=None)


def _read_clock() -> date | None:
    from programme.foundation.models import Clock  # models need loaded apps; the rules in this file do not

    return Clock.day()


def fixed_on() -> date | None:
    """The day on which the illustration holds the clock, or None while the clock runs."""
    held = _held.get()
    if held is None:
        return _read_clock()
    if "fixed_on" not in held:
        held["fixed_on"] = _read_clock()
    return held["fixed_on"]


@contextmanager
def clock_held() -> Iterator[None]:
    """Read the `Clock` row at most once inside the block: for a request, or a task that asks often."""
    token = _held.set({})
    try:
        yield
    finally:
        _held.reset(token)


@contextmanager
def clock_stopped(day: date) -> Iterator[None]:
    """Inside the block it is ``day``: how the illustration dates made-up work by when it took effect.

    The database's own time of recording is not touched. Raises ValueError in production.
    """
    if settings.PRODUCTION:
        raise ValueError("Production dates every change with the moment it is made.")
    token = _held.set({"fixed_on": day})
    try:
        yield
    finally:
        _held.reset(token)


class ClockMiddleware:
    """Lets each request read the `Clock` row at most once, and not at all if nobody asks the date."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with clock_held():
            return self.get_response(request)


def today() -> date:
    """The portal's date: the fixed one while the illustration is loaded, else London's."""
    return fixed_on() or datetime.now(LONDON).date()


def now() -> datetime:
    """The portal's moment, aware, in London: noon of the fixed day, else the real one."""
    fixed = fixed_on()
    return datetime.combine(fixed, NOON, LONDON) if fixed else datetime.now(LONDON)


def end_of_day(day: date) -> datetime:
    """The last moment of `day` in London, aware: what "as at" a date means."""
    return datetime.combine(day, time.max, LONDON)


# Working days


def _weekdays_before(ordinal: int) -> int:
    """Mondays to Fridays before the day with this ordinal; 1 January of year 1, a Monday, has 1."""
    weeks, day = divmod(ordinal - 1, 7)
    return weeks * 5 + min(day, 5)


class WorkingCalendar:
    """Working days as whole numbers, so that schedules add and subtract instead of walking through days.

    Working day number n begins at boundary n and closes at boundary n + 1. `opening(d)` and `closing(d)`
    turn a date into a boundary, `day(n)` turns a number back into its date. On a day that is not a working
    day both boundaries are the same: no working time passes.
    """

    def __init__(self, holidays: Iterable[date], published: range = range(0)) -> None:
        """`holidays` are days off besides weekends; `published` the years for which they are known."""
        weekdays = {_weekdays_before(d.toordinal()) for d in holidays if d.weekday() < 5}
        self._holidays = sorted(weekdays)
        self._jumps = [number - count for count, number in enumerate(self._holidays)]
        self.published = published

    def _before(self, ordinal: int) -> int:
        weekdays = _weekdays_before(ordinal)
        return weekdays - bisect_left(self._holidays, weekdays)

    def opening(self, day: date) -> int:
        """Working days before `day`: the number of `day` if it is a working day, else of the next one."""
        return self._before(day.toordinal())

    def closing(self, day: date) -> int:
        """Working days up to and including `day`."""
        return self._before(day.toordinal() + 1)

    def day(self, number: int) -> date:
        """The date of a working day by its number. Raises ValueError outside the years 1 to 9999."""
        weeks, weekday = divmod(number + bisect_right(self._jumps, number), 5)
        try:
            return date.fromordinal(weeks * 7 + weekday + 1)
        except (ValueError, OverflowError) as error:
            raise ValueError("That many working days lead outside the years 1 to 9999.") from error

    def is_working_day(self, day: date) -> bool:
        return self.closing(day) > self.opening(day)

    def add(self, day: date, working_days: int) -> date:
        """The working day so many after `day`, before it if negative; 0 gives `day` itself, even a Sunday."""
        if working_days > 0:
            return self.day(self.closing(day) + working_days - 1)
        if working_days < 0:
            return self.day(self.opening(day) + working_days)
        return day

    def between(self, first: date, last: date) -> int:
        """Working days from `first` to `last`, both counted; negative if `last` is the earlier."""
        if last < first:
            return -self.between(last, first)
        return self.closing(last) - self.opening(first)

    def lateness(self, planned: date, actual: date) -> int:
        """Working days by which `actual` falls after `planned` (negative: before it)."""
        return self.closing(actual) - self.closing(planned)

    def beyond_published(self, day: date) -> bool:
        """Whether bank holidays of that year are not known, so that only weekends are left out."""
        return day.year not in self.published

    def published_note(self, days: Iterable[date | None]) -> str:
        """The sentence a page shows when one of its dates lies outside the published years; else empty."""
        if not any(day and self.beyond_published(day) for day in days):
            return ""
        if not self.published:
            return "Working days leave out weekends only: no bank holidays are known."
        first, last = self.published[0], self.published[-1]
        return (
            f"Bank holidays are known for {first} to {last}. "
            "Before and after those years working days leave out weekends only."
        )


@lru_cache(maxsize=1)
def england() -> WorkingCalendar:
    """The calendar of England and Wales, from the list inside `govuk-bank-holidays` (no network)."""
    from govuk_bank_holidays.bank_holidays import BankHolidays  # imports an HTTP client: only when needed

    bundled = BankHolidays(use_cached_holidays=True)
    days = [event["date"] for event in bundled.get_holidays(BankHolidays.ENGLAND_AND_WALES)]
    years = [day.year for day in days]
    return WorkingCalendar(days, published=range(min(years), max(years) + 1))


def is_working_day(day: date) -> bool:
    """Whether `day` is neither a weekend nor a bank holiday in England."""
    return england().is_working_day(day)


def add_working_days(day: date, working_days: int) -> date:
    """As `WorkingCalendar.add`, in England."""
    return england().add(day, working_days)


def working_days_between(first: date, last: date) -> int:
    """As `WorkingCalendar.between`, in England: both days counted."""
    return england().between(first, last)


def beyond_published(day: date) -> bool:
    """As `WorkingCalendar.beyond_published`, in England."""
    return england().beyond_published(day)


def published_note(days: Iterable[date | None]) -> str:
    """As `WorkingCalendar.published_note`, in England."""
    return england().published_note(days)


def clear_days_before(meeting: date, clear_days: int) -> date:
    """The last working day on which a paper can be published with that many clear days before `meeting`.

    Neither the day of publication nor that of the meeting counts, nor weekends nor bank holidays.
    Raises ValueError for a negative number of clear days.
    """
    if clear_days < 0:
        raise ValueError("Clear days cannot be negative.")
    return add_working_days(meeting, -clear_days - 1)


def clear_days_between(published: date, meeting: date) -> int:
    """How many clear days a paper published on `published` gives before `meeting`; never below zero."""
    return max(0, england().opening(meeting) - england().closing(published))


# Reporting periods and words


@dataclass(frozen=True, order=True)
class Period:
    """A reporting period: a calendar month, from its first to its last day."""

    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    @property
    def previous(self) -> Period:
        return reporting_period(self.first - timedelta(days=1))

    @property
    def next(self) -> Period:
        return reporting_period(self.last + timedelta(days=1))

    def __str__(self) -> str:
        return f"{self.first:%B} {self.first.year}"


def reporting_period(day: date) -> Period:
    """The reporting period in which `day` falls."""
    return Period(day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1]))


def in_words(day: date) -> str:
    """A date as the portal writes it: `6 July 2022`."""
    return f"{day.day} {day:%B} {day.year}"

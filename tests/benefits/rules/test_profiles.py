"""Profiles by year: a year outside the benefit is refused in words, and the boxes cover what is known."""

import datetime

from hypothesis import given
from hypothesis import strategies as st

from benefits.rules.profiles import MOST, outside, years_to_ask
from programme.foundation.money import FinancialYear

TODAY = datetime.date(2022, 11, 30)
years = st.integers(2015, 2040).map(FinancialYear)
days = st.none() | st.dates(datetime.date(2015, 1, 1), datetime.date(2045, 12, 31))


def of(*starts: int) -> list[FinancialYear]:
    return [FinancialYear(start) for start in starts]


def asked(*known: int, starts: str = "", ends: str = "") -> list[str]:
    bounds = [datetime.date.fromisoformat(day) if day else None for day in (starts, ends)]
    return list(map(str, years_to_ask(of(*known), starts=bounds[0], ends=bounds[1], today=TODAY)))


def test_a_year_outside_the_benefit_is_named_with_the_date_that_bounds_it():
    starts, ends = datetime.date(2023, 4, 1), datetime.date(2025, 3, 31)
    assert outside(of(2022, 2023, 2024, 2025), starts=starts, ends=ends) == {
        FinancialYear(2022): "2022/23 is over before the benefit starts on 1 April 2023.",
        FinancialYear(2025): "2025/26 begins after the benefit ends on 31 March 2025.",
    }


def test_a_year_that_the_benefit_touches_by_a_day_is_inside():
    day = datetime.date(2024, 3, 31)
    assert outside(of(2023), starts=day, ends=day) == {}
    assert set(outside(of(2022, 2024), starts=day, ends=day)) == set(of(2022, 2024))


@given(st.lists(years))
def test_a_benefit_without_dates_bounds_nothing(some):
    assert outside(some, starts=None, ends=None) == {}


def test_boxes_cover_the_benefit_or_five_years_from_what_is_known():
    assert asked(starts="2023-04-01", ends="2025-03-31") == ["2023/24", "2024/25"]
    assert asked(2023) == ["2023/24", "2024/25", "2025/26", "2026/27", "2027/28"]
    assert asked()[0] == "2022/23"
    assert asked(2021, starts="2023-06-01", ends="2023-06-30") == ["2021/22", "2023/24"]


@given(known=st.lists(years, max_size=5), starts=days, ends=days)
def test_every_year_with_an_amount_has_a_box_and_boxes_stay_readable(known, starts, ends):
    found = years_to_ask(known, starts=starts, ends=ends, today=TODAY)
    assert set(known) <= set(found)
    assert found == sorted(set(found))
    assert len(found) <= MOST + len(known)

"""Adding up savings and costs: to the pound, unknown kept apart from nought."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benefits.rules import arithmetic
from programme.foundation.money import FinancialYear, Profile

pounds = st.integers(-10_000_000, 10_000_000).map(Decimal)
years = st.integers(2020, 2030).map(FinancialYear)
profiles = st.dictionaries(years, pounds, max_size=6).map(Profile)


def of(*amounts: int, first: int = 2022) -> Profile:
    """A profile of thousands from 2022/23."""
    return Profile({FinancialYear(first + n): Decimal(amount * 1000) for n, amount in enumerate(amounts)})


STAFFING, SERVICE, INCOME = of(150, 450, 500), of(150, 450, first=2023), of(250, first=2023)


def test_the_business_cases_lines_come_to_its_totals() -> None:
    sums = arithmetic.by_year([STAFFING, SERVICE, INCOME])
    assert sums == of(150, 850, 950)
    assert sums.total == 1_950_000


def test_lines_of_one_category_are_added_and_categories_keep_their_order() -> None:
    sums = arithmetic.by_category([("income", INCOME), ("service", SERVICE), ("income", of(10))])
    assert list(sums) == ["income", "service"]
    assert sums["income"] == of(10, 250)


def test_the_hand_case_of_the_payback_table() -> None:
    net = arithmetic.net(of(153, 827, 957), of(327, 800, 496))
    assert net == of(-174, 27, 461)
    assert arithmetic.cumulative(net) == of(-174, -147, 314)


def test_the_lines_on_the_stated_costs_and_the_gap_to_the_stated_net() -> None:
    lines = of(150, 850, 950)
    net = arithmetic.net(lines, of(327, 800, 496))
    assert net == of(-177, 50, 454)
    assert arithmetic.differences(of(-174, 27, 461), net) == of(3, -23, 7)
    assert arithmetic.differences(lines, of(153, 827, 957)) == of(-3, 23, -7)


def test_ten_years_are_the_tables_three_and_seven_at_the_later_saving() -> None:
    assert arithmetic.gain_over(10, of(-174, 27, 461), Decimal(1_811_000)) == 12_991_000
    with pytest.raises(ValueError, match="3 years are longer than a horizon of 2"):
        arithmetic.gain_over(2, of(1, 2, 3), Decimal(1))


def test_nothing_known_is_unknown_and_a_year_of_one_side_only_has_no_net() -> None:
    assert arithmetic.total([None, None]) is None
    assert arithmetic.total([None, Decimal(0)]) == 0
    assert arithmetic.difference(Decimal(5), None) is None
    assert arithmetic.difference(Decimal(5), Decimal(7)) == -2
    assert arithmetic.net(of(1, 2), of(1)) == of(0)
    assert arithmetic.years([SERVICE, STAFFING]) == tuple(STAFFING)


@given(st.lists(st.tuples(st.sampled_from("abc"), profiles), max_size=8))
def test_years_and_categories_cut_the_same_cake(lines: list[tuple[str, Profile]]) -> None:
    whole = sum((profile.total for _, profile in lines), Decimal(0))
    assert arithmetic.by_year(profile for _, profile in lines).total == whole
    assert sum(one.total for one in arithmetic.by_category(lines).values()) == whole


@given(profiles, profiles)
def test_net_and_cumulative_agree_with_each_other(benefit: Profile, cost: Profile) -> None:
    net = arithmetic.net(benefit, cost)
    assert set(net) == set(benefit) & set(cost)
    running = list(arithmetic.cumulative(net).values())
    assert (running[-1] if running else 0) == net.total
    assert arithmetic.differences(benefit, cost) == net

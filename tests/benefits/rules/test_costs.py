"""Investment by year: what is not profiled is never spread, and the parts come to the whole."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benefits.rules.costs import Cost, side, totals
from programme.foundation.money import FinancialYear, Profile

pounds = st.integers(0, 10_000_000).map(Decimal)
profiles = st.dictionaries(st.integers(2022, 2026).map(FinancialYear), pounds, max_size=4).map(Profile)
costs = st.lists(st.builds(Cost, pounds, profiles, profiles, profiles), max_size=6)
BUSINESS_CASE = [Cost(Decimal(k * 1000)) for k in (185, 128, 100, 29, 260, 900)]


def test_the_business_cases_lines_stand_in_no_year() -> None:
    whole = totals(BUSINESS_CASE)
    assert (whole.amount, whole.not_profiled, whole.not_profiled_amount) == (1_602_000, 6, 1_602_000)
    assert whole.years == ()
    assert whole.unplaced == 0


def test_a_profiled_line_says_what_its_years_do_not_hold() -> None:
    year = FinancialYear(2022)
    line = Cost(Decimal(29_000), budget=Profile({year: Decimal(20_000)}), actual=Profile({year: Decimal(1)}))
    assert (line.is_profiled, line.outside_years) == (True, 9_000)
    assert not Cost(Decimal(29_000), actual=Profile({year: Decimal(1)})).is_profiled
    assert totals([line, *BUSINESS_CASE]).unplaced == 9_000


@given(costs)
def test_years_what_is_unplaced_and_what_is_not_profiled_come_to_the_whole(lines: list[Cost]) -> None:
    whole = totals(lines)
    assert whole.budget.total + whole.unplaced + whole.not_profiled_amount == whole.amount
    for name in ("budget", "forecast", "actual"):
        profile = getattr(whole, name)
        assert profile.total == sum((getattr(one, name).total for one in lines), Decimal(0))
        assert set(profile) <= set(whole.years)


@pytest.mark.parametrize(
    ("spend", "benefit", "words"),
    [(1, 1, "Both"), (1, None, "Spend without benefit"), (None, 1, "Benefit without spend"), (0, None, "")],
)
def test_what_a_project_has_of_the_two(spend: int | None, benefit: int | None, words: str) -> None:
    assert side(*(None if one is None else Decimal(one) for one in (spend, benefit))) == words

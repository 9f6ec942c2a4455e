"""Payback worked by hand, and what must hold whatever the amounts are."""

import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benefits.rules.appraisal import Flows, PaybackBasis, Terms, Timing, appraise, span, weight
from programme.foundation.money import FinancialYear, Profile

NEW, CARRIED = PaybackBasis.NEW_IN_YEAR, PaybackBasis.RUN_RATE
amounts = st.integers(-5_000_000, 5_000_000).map(lambda pence: Decimal(pence) / 100)
costs = st.integers(0, 5_000_000).map(lambda pence: Decimal(pence) / 100)
years = st.integers(2022, 2030).map(FinancialYear)
flows = st.builds(
    Flows,
    st.dictionaries(years, amounts, min_size=1, max_size=6).map(Profile),
    st.dictionaries(years, amounts, max_size=3).map(Profile),
    st.dictionaries(years, costs, max_size=6).map(Profile),
)
terms = st.builds(
    Terms,
    st.sampled_from(PaybackBasis),
    st.sampled_from(Timing),
    st.integers(1, 30),
    st.integers(0, 2500).map(lambda hundredths: Decimal(hundredths) / 100),
)


def of(*thousands: int, first: int = 2022) -> Profile:
    """A profile of thousands from 2022/23."""
    return Profile({FinancialYear(first + n): Decimal(one * 1000) for n, one in enumerate(thousands)})


def row(*thousands: int) -> tuple[Decimal, ...]:
    return tuple(Decimal(one * 1000) for one in thousands)


STATED = Flows(recurring=of(153, 827, 957), cost=of(327, 800, 496))
LINES = Flows(recurring=of(150, 850, 950), cost=of(327, 800, 496))


def test_the_business_cases_payback_table() -> None:
    # 153 − 327, 827 − 800, 957 − 496; then −174 + 27 ÷ 1.035 + 461 ÷ 1.035² = −174 + 26.087 + 430.352.
    found = appraise(STATED, Terms())
    assert found.net == row(-174, 27, 461)
    assert found.cumulative == row(-174, -147, 314)
    assert found.net_gain == 314_000
    assert round(found.net_present_value, -2) == 282_400
    assert found.payback == FinancialYear(2024)
    assert round(found.simple_payback or 0, 3) == Decimal("0.838")  # 1,623 ÷ 1,937


def test_the_lines_on_the_stated_costs() -> None:
    found = appraise(LINES, Terms())
    assert found.net == row(-177, 50, 454)
    assert [a - b for a, b in zip(row(-174, 27, 461), found.net, strict=True)] == [*row(3, -23, 7)]


@pytest.mark.parametrize(
    ("timing", "gain", "first_three"),
    [
        # Run-rates are 153, 980 and 1,937. End: 0 + 153 + 980 + 7 × 1,937 = 14,692, less 1,623.
        (Timing.END, 13_069_000, (0, 153, 980)),
        # Mid: 76.5 + 566.5 + 1,458.5 + 7 × 1,937 = 15,660.5, less 1,623.
        (Timing.MID, 14_037_500, (Decimal("76.5"), Decimal("566.5"), Decimal("1458.5"))),
        # Start: 153 + 980 + 8 × 1,937 = 16,629, less 1,623.
        (Timing.START, 15_006_000, (153, 980, 1937)),
    ],
)
def test_ten_years_of_the_stated_run_rate(
    timing: Timing, gain: int, first_three: tuple[int | Decimal, ...]
) -> None:
    found = appraise(STATED, Terms(CARRIED, timing))
    assert found.net_gain == gain
    assert found.counted[:3] == tuple(1000 * Decimal(one) for one in first_three)
    assert [str(found.years[0]), str(found.years[-1])] == ["2022/23", "2031/32"]


def test_payback_is_the_year_from_which_the_cumulative_stays_above_zero() -> None:
    # −10, +5, −5, +1: above zero in 2023/24, below again in 2024/25, above for good from 2025/26.
    found = appraise(Flows(recurring=of(0, 15, 0, 6), cost=of(10, 0, 10, 0)), Terms())
    assert found.cumulative == row(-10, 5, -5, 1)
    assert (found.payback, found.first_above) == (FinancialYear(2025), FinancialYear(2023))
    never = appraise(Flows(recurring=of(10), cost=of(10)), Terms())
    assert never.payback is None, "nought is not above zero"


def test_a_saving_that_stops_is_a_negative_entry() -> None:
    # 100 a year from 2022/23, stopping in 2025/26; start of year: 100 + 100 + 100 + 0 + 0.
    found = appraise(Flows(recurring=of(100, 0, 0, -100)), Terms(CARRIED, Timing.START, horizon=5))
    assert found.counted == row(100, 100, 100, 0, 0)
    assert found.simple_payback is None, "there is no saving a year in the end"


def test_a_one_off_counts_once_whatever_the_timing() -> None:
    for timing in Timing:
        found = appraise(Flows(one_off=of(0, 40), cost=of(10)), Terms(CARRIED, timing, horizon=4))
        assert found.net == row(-10, 40, 0, 0)


def test_the_net_is_split_at_the_horizon_date_and_no_year_is_prorated() -> None:
    # End of year: −174 − … : nets are −327, 153 − 800, 980 − 496, then 1,937 a year.
    def split(date: datetime.date) -> tuple[Decimal, Decimal, str]:
        found = appraise(STATED, Terms(CARRIED, Timing.END, horizon_date=date)).split
        assert found is not None
        return found.before, found.after, str(found.first_after)

    three = Decimal(-327_000 - 647_000 + 484_000)
    assert split(datetime.date(2025, 4, 1)) == (three, 7 * Decimal(1_937_000), "2025/26")
    assert split(datetime.date(2025, 9, 30)) == split(datetime.date(2025, 4, 1))
    assert split(datetime.date(2050, 4, 1)) == (Decimal(13_069_000), Decimal(0), "None")


def test_what_lies_beyond_the_horizon_is_named() -> None:
    found = appraise(LINES, Terms(CARRIED, horizon=2))
    assert found.beyond == Flows(recurring=of(950, first=2024), cost=of(496, first=2024))
    assert found.net == row(-327, -650)


def test_new_in_year_ends_with_the_last_year_that_has_an_amount() -> None:
    assert len(span(STATED, Terms(horizon=10))) == 3
    assert len(span(STATED, Terms(CARRIED, horizon=10))) == 10
    assert span(Flows(recurring=of(1, first=2098)), Terms(CARRIED)) == (FinancialYear(2098),)
    with pytest.raises(ValueError, match="nothing to appraise"):
        span(Flows(), Terms())


@given(flows, terms)
def test_timing_does_not_apply_to_new_in_year(one: Flows, on: Terms) -> None:
    answers = {appraise(one, Terms(NEW, timing, on.horizon, on.rate)).net for timing in Timing}
    assert len(answers) == 1


@given(flows, terms)
def test_at_a_rate_of_nought_the_present_value_is_the_undiscounted_sum(one: Flows, on: Terms) -> None:
    found = appraise(one, Terms(on.basis, on.timing, on.horizon, Decimal(0)))
    assert found.net_present_value == found.net_gain == sum(found.net)
    assert found.discounted == found.net


@given(flows, terms)
def test_the_last_cumulative_is_the_net_gain(one: Flows, on: Terms) -> None:
    found = appraise(one, on)
    assert found.cumulative[-1] == found.net_gain
    if found.payback:
        place = found.years.index(found.payback)
        assert all(sum_ > 0 for sum_ in found.cumulative[place:])
        assert not place or found.cumulative[place - 1] <= 0
    else:
        assert found.cumulative[-1] <= 0


@given(flows, terms, st.integers(0, 4))
def test_savings_that_slip_move_in_net_and_cumulative_by_as_many_years(
    one: Flows, on: Terms, slip: int
) -> None:
    on_time, late = appraise(one, on), appraise(one, on, slip=slip)
    kept = len(on_time.years) - slip
    assert late.cost == on_time.cost
    if kept > 0:
        assert late.counted[slip:] == on_time.counted[:kept]
    assert not any(late.counted[:slip])


@given(flows, terms, years, years, costs)
def test_moving_an_amount_moves_net_and_cumulative_between_the_two_years(
    one: Flows, on: Terms, a: FinancialYear, b: FinancialYear, amount: Decimal
) -> None:
    first, last = sorted([a, b])
    fixed = Profile({FinancialYear(2022): Decimal(0), FinancialYear(2030): Decimal(0)})
    early, late = (
        appraise(Flows(one.recurring + fixed, Profile({year: amount}), one.cost), on)
        for year in (first, last)
    )
    for year, before, after in zip(early.years, early.cumulative, late.cumulative, strict=True):
        assert before - after == (amount if first <= year < last else 0)


@given(flows, terms)
def test_start_of_year_is_never_later_than_mid_year_nor_mid_year_than_the_end(one: Flows, on: Terms) -> None:
    end, mid, start = (appraise(one, Terms(CARRIED, timing, on.horizon)).net_gain for timing in Timing)
    assert mid == (start + end) / 2


@given(flows, terms)
def test_weights_count_every_amount_as_often_as_the_appraisal_does(one: Flows, on: Terms) -> None:
    found = appraise(one, on)
    counted = sum(
        (
            amount * weight(on, found.years, year, recurring=recurring)
            for profile, recurring in ((one.recurring, True), (one.one_off, False))
            for year, amount in profile.items()
        ),
        Decimal(0),
    )
    assert counted == found.benefit

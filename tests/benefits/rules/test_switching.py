"""Where the sign of the net gain turns, worked by hand and tried on any amounts; and the tornado."""

from decimal import Decimal

from hypothesis import given

from benefits.rules.appraisal import Flows, PaybackBasis, Terms, Timing, appraise
from benefits.rules.switching import Switching, switching
from benefits.rules.tornado import SHOWN, Leaning, tornado
from programme.foundation.money import Profile

from .test_appraisal import STATED, flows, of, row, terms


def of_flows(one: Flows, on: Terms) -> Switching:
    return switching(one, on, appraise(one, on))


def scaled(profile: Profile, percent: Decimal) -> Profile:
    return Profile({year: amount * (100 + percent) / 100 for year, amount in profile.items()})


def test_the_business_cases_payback_table() -> None:
    # 314 ÷ 1,937 = 16.21 %; 314 ÷ 1,623 = 19.35 %; a year late 0 + 153 + 827 = 980, less 1,623.
    found = of_flows(STATED, Terms())
    assert round(found.savings_may_fall or 0, 1) == Decimal("16.2")
    assert round(found.costs_may_rise or 0, 1) == Decimal("19.3")
    assert found.a_year_late.net_gain == -643_000
    assert found.a_year_late.net == row(-327, -647, 331)
    assert found.may_slip == 0


def test_whole_years_that_delivery_may_slip() -> None:
    # 100 a year from the next year, over five years: 400 on time, then 300, 200, 100; less 250.
    found = of_flows(Flows(recurring=of(100), cost=of(250)), Terms(PaybackBasis.RUN_RATE, Timing.END, 5))
    assert found.may_slip == 1
    # Breaking even is not below zero: 400, 300, 200 against 200.
    even = of_flows(Flows(recurring=of(100), cost=of(200)), Terms(PaybackBasis.RUN_RATE, Timing.END, 5))
    assert even.may_slip == 2


def test_what_does_not_pay_even_on_time_says_what_would_be_needed() -> None:
    found = of_flows(Flows(recurring=of(100), cost=of(150)), Terms())
    assert (found.savings_may_fall, found.may_slip) == (-50, None)  # 150 is 50 % more than 100
    assert round(found.costs_may_rise or 0, 1) == Decimal("-33.3")  # and 100 a third less than 150


def test_nothing_to_change_has_no_switching_value() -> None:
    assert of_flows(Flows(cost=of(10)), Terms()).savings_may_fall is None
    free = of_flows(Flows(recurring=of(10)), Terms())
    assert (free.costs_may_rise, free.may_slip) == (None, 1), "no delay turns it"


@given(flows, terms)
def test_switching_values_are_where_the_sign_turns(one: Flows, on: Terms) -> None:
    found = of_flows(one, on)
    penny = Decimal("0.001")
    if (fall := found.savings_may_fall) is not None:
        lower = Flows(scaled(one.recurring, -fall), scaled(one.one_off, -fall), one.cost)
        assert abs(appraise(lower, on).net_gain) < penny
    if (rise := found.costs_may_rise) is not None:
        dearer = Flows(one.recurring, one.one_off, scaled(one.cost, rise))
        assert abs(appraise(dearer, on).net_gain) < penny
    if (slip := found.may_slip) is not None:
        assert all(appraise(one, on, slip=late).net_gain >= 0 for late in range(slip + 1))
        if slip < len(appraise(one, on).years):
            assert appraise(one, on, slip=slip + 1).net_gain < 0


def test_the_widest_swings_come_first_and_a_cost_swings_the_other_way() -> None:
    lines = [Leaning("B-001-L1", "Staffing", Decimal(1100)), Leaning("C-006", "Redundancy", Decimal(-900))]
    lines += [Leaning(f"B-{n:03}-L1", "Small", Decimal(n)) for n in range(2, 20)]
    found = tornado(Decimal(327), [*lines, Leaning("B-020-L1", "Nothing", Decimal(0))])
    assert len(found) == SHOWN
    assert [(one.line.ref, one.lower, one.higher) for one in found[:2]] == [
        ("B-001-L1", 107, 547),  # 327 ∓ 220
        ("C-006", 507, 147),  # 327 ± 180
    ]
    widths = [one.width for one in found]
    assert widths == sorted(widths, reverse=True)

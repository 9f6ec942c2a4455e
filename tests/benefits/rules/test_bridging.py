"""Bridges between two figures: what movements explain, what is left, and when a sign-off holds."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benefits.rules.bridging import (
    Bridge,
    Standing,
    Step,
    as_signed,
    bridge,
    holds,
    in_pounds,
    refuse_step,
    standing,
    total_of,
)
from programme.foundation.money import FinancialYear, Profile

FIRST, SECOND, THIRD = (FinancialYear(start) for start in (2022, 2023, 2024))
KINDS = ["timing", "scope", "reclassification", "withdrawn", "new", "error", "rounding", "price_base"]
pounds = st.integers(-10_000_000_00, 10_000_000_00).map(lambda pence: Decimal(pence) / 100)
years = st.integers(2020, 2027).map(FinancialYear)
profiles = st.dictionaries(years, pounds, max_size=5).map(Profile)
amounts = pounds | profiles
steps = st.lists(st.builds(Step, st.sampled_from(KINDS), pounds, st.none() | years), max_size=6).map(tuple)
bridges = st.builds(Bridge, amounts, amounts, steps)


def of(*thousands: int) -> Profile:
    return Profile({FIRST.next(n): Decimal(amount * 1000) for n, amount in enumerate(thousands)})


def k(amount: int) -> Decimal:
    return Decimal(amount * 1000)


def test_the_business_cases_net_by_year_is_off_by_three_minus_twenty_three_and_seven() -> None:
    found = Bridge(of(-177, 50, 454), of(-174, 27, 461))
    assert found.residual == {FIRST: k(3), SECOND: k(-23), THIRD: k(7)}
    assert found.total.residual == k(-13)
    assert standing(found) is Standing.OPEN


def test_movements_explain_what_they_come_to_and_no_more() -> None:
    found = Bridge(k(1_706), k(1_937), (Step("scope", k(200)),))
    assert (found.total.difference, found.total.moved, found.residual) == (k(231), k(200), {None: k(31)})
    whole = Bridge(k(1_706), k(1_937), (Step("scope", k(200)), Step("rounding", k(31))))
    assert standing(whole) is Standing.EXPLAINED


def test_years_that_cancel_out_in_total_explain_nothing() -> None:
    found = Bridge(of(100, 200), of(150, 150))
    assert found.total.residual == 0
    assert standing(found) is Standing.OPEN
    moved = (Step("timing", k(50), FIRST), Step("timing", k(-50), SECOND))
    assert standing(Bridge(of(100, 200), of(150, 150), moved)) is Standing.EXPLAINED


def test_a_profile_and_an_amount_are_bridged_in_total() -> None:
    found = Bridge(of(100, 200), k(310), (Step("timing", k(10), SECOND),))
    assert not found.has_years
    assert [row.key for row in found.rows] == [None]
    assert found.is_explained


def test_a_year_that_only_one_figure_has_counts_as_nothing_in_the_other() -> None:
    found = Bridge(of(100), of(100, 20), (Step("new", k(5), THIRD),))
    assert found.residual == {SECOND: k(20), THIRD: k(-5)}


def test_an_unknown_figure_cannot_be_bridged() -> None:
    assert bridge(None, k(1)) is None
    assert standing(bridge(k(1), None), {"": 100}) is Standing.UNKNOWN


def test_a_sign_off_holds_only_for_the_very_residual_it_was_given_for() -> None:
    found = Bridge(of(-177, 50, 454), of(-174, 27, 461))
    signed = as_signed(found)
    assert signed == {"2022/23": 300_000, "2023/24": -2_300_000, "2024/25": 700_000}
    assert in_pounds(signed) == k(-13)
    assert standing(found, signed) is Standing.SIGNED_OFF
    same_in_total = Bridge(of(-177, 50, 454), of(-173, 26, 461))
    assert not holds(signed, same_in_total)
    assert standing(same_in_total, signed) is Standing.OPEN
    assert not holds(None, found)


@pytest.mark.parametrize(
    ("has_years", "step", "words"),
    [
        (False, Step("error", Decimal(0)), "A movement of nothing"),
        (True, Step("timing", k(1)), "say which year"),
        (True, Step("timing", k(1), FIRST), ""),
        (False, Step("scope", k(1)), ""),
        (False, Step("scope", k(1), FIRST), ""),
    ],
)
def test_what_cannot_stand_in_a_bridge_is_refused_with_a_sentence(
    has_years: bool, step: Step, words: str
) -> None:
    sentence = refuse_step(has_years, step)
    assert words in sentence
    assert bool(sentence) == bool(words)


@given(bridges)
def test_parts_always_sum(found: Bridge) -> None:
    for row in (*found.rows, found.total):
        assert row.start + row.moved + row.residual == row.end
    for part in ("start", "moved", "residual", "end"):
        assert sum((getattr(row, part) for row in found.rows), Decimal(0)) == getattr(found.total, part)
    assert (found.total.start, found.total.end) == (total_of(found.start), total_of(found.end))


@given(bridges)
def test_moving_what_is_left_explains_the_bridge(found: Bridge) -> None:
    rest = tuple(Step("error", amount, key) for key, amount in found.residual.items())
    assert Bridge(found.start, found.end, (*found.steps, *rest)).is_explained
    assert found.is_explained == (not rest)


@given(bridges, bridges)
def test_a_sign_off_holds_for_its_own_bridge_and_none_with_another_residual(a: Bridge, b: Bridge) -> None:
    assert holds(as_signed(a), a)
    assert holds(as_signed(a), b) == (a.residual == b.residual)


@given(bridges)
def test_walking_back_leaves_the_same_with_the_other_sign(found: Bridge) -> None:
    back = tuple(Step(one.kind, -one.amount, one.year) for one in found.steps)
    assert Bridge(found.end, found.start, back).residual == {
        key: -amount for key, amount in found.residual.items()
    }

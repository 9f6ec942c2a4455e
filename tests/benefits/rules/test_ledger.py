"""The reserve's ledger: balance, what is available, and what is refused."""

import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benefits.rules.ledger import (
    Entry,
    Standing,
    in_order,
    outstanding,
    post,
    refusal,
    refuse_without,
    shortfall,
    standing,
)

DAYS = [datetime.date(2022, 7, 1) + datetime.timedelta(days=30 * n) for n in range(8)]


def entry(key: int, kind: str, thousands: int, day: int = 0, commitment: int | None = None) -> Entry:
    return Entry(key, kind, DAYS[day], Decimal(thousands * 1000), commitment)


RESERVE = entry(1, "allocation", 3_000)
CRM = entry(2, "commitment", 487, 1)


def k(amount: int) -> Decimal:
    return Decimal(amount * 1000)


def test_a_commitment_leaves_the_balance_and_takes_from_what_is_available() -> None:
    after = standing([RESERVE, CRM])
    assert (after.balance, after.committed, after.available) == (k(3_000), k(487), k(2_513))


def test_spending_draws_down_its_commitment() -> None:
    after = standing([RESERVE, CRM, entry(3, "spending", 200, 2, commitment=2)])
    assert (after.balance, after.committed, after.available) == (k(2_800), k(287), k(2_513))


def test_spending_beyond_its_commitment_comes_out_of_what_is_available() -> None:
    after = standing([RESERVE, CRM, entry(3, "spending", 500, 2, commitment=2)])
    assert (after.balance, after.committed, after.available) == (k(2_500), 0, k(2_500))


def test_spending_without_a_commitment_and_a_release_take_from_both() -> None:
    after = standing([RESERVE, CRM, entry(3, "spending", 13, 2), entry(4, "release", 500, 3)])
    assert (after.balance, after.available) == (k(2_487), k(2_000))


def test_a_reduced_commitment_is_available_again() -> None:
    entries = [RESERVE, CRM, entry(3, "commitment", -87, 2, commitment=2)]
    assert outstanding(entries) == {2: k(400)}
    assert standing(entries).available == k(2_600)


def test_within_a_day_money_comes_in_before_it_goes_out() -> None:
    entries = [entry(2, "spending", 10), entry(1, "allocation", 10)]
    assert [one.entry.key for one in post(entries)] == [1, 2]
    assert not shortfall(entries)


@pytest.mark.parametrize(
    ("new", "words"),
    [
        (entry(9, "spending", 3_001, 2), "On 30 August 2022 the reserve would be £1,000 short: £3,000,000"),
        (entry(9, "release", 2_514, 2), "what is available would be £1,000 short: the balance is £486,000"),
        (entry(9, "commitment", 2_514, 2), "and £3,001,000 would be committed"),
        (entry(9, "commitment", -488, 2, commitment=2), "reduced by £1,000 more than is left of it"),
        (entry(9, "spending", 1, 0, commitment=2), "The commitment was made on 31 July 2022"),
        (entry(9, "spending", 1, 2, commitment=1), "There is no such commitment"),
        (entry(9, "spending", -1, 2), "an amount above nought"),
        (entry(9, "spending", -1, 2, commitment=2), "an amount above nought"),
        (entry(9, "commitment", 1, 2, commitment=2), "only a reduction lowers it"),
        (entry(9, "release", 1, 2, commitment=2), "Only spending draws down"),
        (entry(9, "spending", 3_000, 2, commitment=2), ""),
        (entry(9, "release", 2_513, 2), ""),
        (entry(9, "commitment", 2_513, 1), ""),
    ],
)
def test_what_would_leave_the_reserve_short_is_refused_with_a_sentence(new: Entry, words: str) -> None:
    sentence = refusal([RESERVE, CRM], new)
    assert words in sentence
    assert bool(sentence) == bool(words)


def test_an_entry_in_the_past_must_not_leave_a_later_day_short() -> None:
    entries = [RESERVE, entry(2, "spending", 2_900, 5)]
    sentence = refusal(entries, entry(3, "spending", 200, 1))
    assert "£100,000 short" in sentence
    assert "28 November 2022" in sentence


def test_an_allocation_that_others_live_on_is_not_taken_back() -> None:
    assert "short" in refuse_without([RESERVE, CRM], RESERVE)
    assert not refuse_without([RESERVE, CRM], CRM)
    drawn = entry(3, "spending", 1, 2, commitment=2)
    assert "names this commitment" in refuse_without([RESERVE, CRM, drawn], CRM)


def test_an_empty_ledger_stands_at_nothing() -> None:
    assert (post([]), standing([]), outstanding([])) == ([], Standing(), {})


@st.composite
def attempts(draw: st.DrawFn) -> list[Entry]:
    """Entries of all kinds, in the order in which somebody tries to enter them."""
    found = []
    for key in range(1, draw(st.integers(0, 14)) + 1):
        kind = draw(st.sampled_from(["allocation", "commitment", "spending", "release"]))
        made = [one.key for one in found if one.kind == "commitment" and one.commitment is None]
        names = (
            draw(st.none() | st.sampled_from(made)) if made and kind in ("commitment", "spending") else None
        )
        pence = draw(st.integers(1, 500_00))
        sign = -1 if kind == "commitment" and names else 1
        found.append(Entry(key, kind, draw(st.sampled_from(DAYS)), sign * Decimal(pence) / 100, names))
    return found


def kept(tried: list[Entry]) -> list[Entry]:
    entries: list[Entry] = []
    for one in tried:
        if not refusal(entries, one):
            entries.append(one)
    return entries


@given(attempts())
def test_neither_balance_nor_available_is_ever_below_nought_at_the_end_of_a_day(tried: list[Entry]) -> None:
    entries = kept(tried)
    for day in DAYS:
        after = standing([one for one in entries if one.date <= day])
        assert after.balance >= 0
        assert after.available >= 0
        assert after.committed >= 0


@given(attempts())
def test_the_columns_of_the_ledger_come_to_its_balance(tried: list[Entry]) -> None:
    entries = kept(tried)

    def of(kind: str) -> Decimal:
        return sum((one.amount for one in entries if one.kind == kind), Decimal(0))

    after = standing(entries)
    assert after.balance == of("allocation") - of("spending") - of("release")
    assert after.committed == sum(outstanding(entries).values())
    assert after.available == after.balance - after.committed
    assert after.committed <= of("commitment")


@given(attempts(), st.randoms(use_true_random=False))
def test_the_ledger_is_the_same_in_whatever_order_it_was_typed(tried: list[Entry], shuffled) -> None:
    entries = kept(tried)
    mixed = list(entries)
    shuffled.shuffle(mixed)
    assert post(mixed) == post(entries)
    assert in_order(mixed) == in_order(entries)


@given(attempts())
def test_taking_back_an_entry_that_may_go_leaves_no_day_short(tried: list[Entry]) -> None:
    entries = kept(tried)
    for gone in entries:
        if not refuse_without(entries, gone):
            assert not shortfall([one for one in entries if one != gone])

"""Savings cut along every axis: the same cake, however it is cut, and nothing added that stands apart."""

from collections.abc import Iterable
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benefits.choices import Category, Deliverability, Frequency, Kind
from benefits.rules import totals
from benefits.rules.breakdown import ALL, Breakdown, breakdown
from benefits.rules.totals import APPROVED, CLAIMED, FORECAST, PROFILE, VERIFIED, Axis, Entry
from programme.foundation.money import FinancialYear

BEGUN = FinancialYear(2023)
Y22, Y23, Y24 = (FinancialYear(start) for start in (2022, 2023, 2024))
amounts = st.integers(-1_000_000_00, 1_000_000_00).map(lambda n: Decimal(n) / 100)
CUTS = [Axis.YEAR, Axis.CATEGORY, Axis.WORKSTREAM, Axis.KIND]

entries = st.lists(
    st.builds(
        Entry,
        profile=st.sampled_from(PROFILE),
        year=st.integers(2021, 2026).map(FinancialYear),
        category=st.sampled_from(Category.values),
        kind=st.sampled_from(Kind.values),
        deliverability=st.sampled_from(Deliverability.values),
        frequency=st.sampled_from(Frequency.values),
        workstream=st.sampled_from(["", "digital", "commercial"]),
        amount=amounts,
    ),
    max_size=30,
)


def entry(amount: int, year: FinancialYear = Y22, profile: str = APPROVED, **more: str) -> Entry:
    """A recurring cashable saving of a digital project, not rated, in thousands."""
    known = {
        "category": Category.INCOME_GENERATION.value,
        "kind": Kind.INCOME.value,
        "deliverability": Deliverability.NOT_RATED.value,
        "frequency": Frequency.RECURRING.value,
        "workstream": "digital",
    }
    return Entry(profile, year, **(known | more), amount=Decimal(amount * 1000))


def cut(axis: Axis, given: Iterable[Entry], **more: bool) -> Breakdown:
    given = list(given)
    [block] = totals.blocks(given)
    return breakdown(block, axis, given, begun=BEGUN, **more)


@given(entries)
def test_every_axis_cuts_the_same_cake(given: list[Entry]) -> None:
    whole = sum((one.amount for one in given if one.profile in (APPROVED, FORECAST)), Decimal(0))
    for axis in CUTS:
        parts = [breakdown(block, axis, given, begun=FinancialYear(2030)) for block in totals.blocks(given)]
        rows = [amount for part in parts for row in part.rows for amount in of(row.cells)]
        assert sum(rows, Decimal(0)) == whole
        assert sum((amount for part in parts for amount in of(part.total.cells)), Decimal(0)) == whole


def of(cells: dict[tuple[str, str], Decimal]) -> list[Decimal]:
    return [amount for (_, profile), amount in cells.items() if profile in (APPROVED, FORECAST)]


@given(entries)
def test_all_axes_agree_on_each_total(given: list[Entry]) -> None:
    for block in totals.blocks(given):
        found = [breakdown(block, axis, given, begun=FinancialYear(2030)).total for axis in CUTS]
        approved = {tuple(one.amount(APPROVED, rating) for rating in block.ratings) for one in found if one}
        assert len(approved) == 1


@given(entries)
def test_what_stands_apart_is_never_added(given: list[Entry]) -> None:
    for block in totals.blocks(given):
        own = totals.inside(block.slice(), given)
        assert len({one.frequency for one in own}) == 1
        assert len({one.kind in totals.CASHABLE_KINDS for one in own}) == 1
        if not block.releases_cash:
            assert len({one.kind for one in own}) == 1
        assert breakdown(block, Axis.DELIVERABILITY, given, begun=BEGUN).total is None


def test_a_reduction_of_scope_is_a_row_of_its_own() -> None:
    table = cut(Axis.KIND, [entry(5, kind="cash_releasing_efficiency"), entry(7, kind="reduction_of_scope")])
    assert [(row.key, row.amount(APPROVED, "not_rated")) for row in table.rows] == [
        ("cash_releasing_efficiency", 5_000),
        ("reduction_of_scope", 7_000),
    ]


def test_ratings_stand_in_columns_of_their_own() -> None:
    table = cut(
        Axis.CATEGORY, [entry(5, deliverability="deliverable"), entry(7, deliverability="aspirational")]
    )
    [row] = table.rows
    assert table.ratings == ("deliverable", "aspirational")
    assert (row.amount(APPROVED, "deliverable"), row.amount(APPROVED, "aspirational")) == (5_000, 7_000)


def test_a_year_between_has_a_row_and_what_is_unknown_stays_unknown() -> None:
    table = cut(Axis.YEAR, [entry(5, Y22), entry(7, Y24, FORECAST)])
    assert [row.key for row in table.rows] == [Y22, Y23, Y24]
    assert [row.amount(APPROVED, "not_rated") for row in table.rows] == [5_000, None, None]
    assert [row.amount(FORECAST, "not_rated") for row in table.rows] == [None, None, 7_000]


def test_nothing_claimed_is_nought_in_years_that_have_begun_and_unknown_in_those_to_come() -> None:
    table = cut(Axis.YEAR, [entry(5, Y22), entry(7, Y24), entry(2, Y22, CLAIMED)])
    assert [row.amount(CLAIMED, "not_rated") for row in table.rows] == [2_000, None, None]
    assert [row.amount(VERIFIED, "not_rated") for row in table.rows] == [0, None, None]
    [row] = cut(Axis.CATEGORY, [entry(5, Y22)]).rows
    assert row.amount(VERIFIED, "not_rated") == 0


def test_what_recurs_runs_on_and_one_offs_count_once() -> None:
    recurring = [entry(5, Y22), entry(7, Y24), entry(-2, Y24)]
    table = cut(Axis.YEAR, recurring, carried=True)
    assert [row.amount(APPROVED, "not_rated") for row in table.rows] == [5_000, 5_000, 10_000]
    assert table.total is None
    once = cut(
        Axis.YEAR, [entry(5, Y22, frequency="one_off"), entry(7, Y24, frequency="one_off")], carried=True
    )
    assert [row.amount(APPROVED, "not_rated") for row in once.rows] == [5_000, None, 7_000]
    assert once.total is not None


@given(st.dictionaries(st.integers(2020, 2030).map(FinancialYear), amounts, max_size=6))
def test_the_run_rate_ends_at_the_sum_of_what_is_new(given: dict[FinancialYear, Decimal]) -> None:
    over = [FinancialYear(start) for start in range(2019, 2032)]
    found = totals.run_rate(given, over)
    assert found.get(over[-1]) == (sum(given.values()) if given else None)
    assert all(year >= min(given) for year in found)


def test_rounded_rows_that_do_not_come_to_their_total_are_noticed() -> None:
    halves = [Decimal(1_500), Decimal(2_500), None]
    assert not totals.add_up(halves, Decimal(4_000), 1_000)
    assert totals.add_up([Decimal(1_000), Decimal(3_000)], Decimal(4_000), 1_000)
    assert totals.add_up(halves, None, 1_000)


@pytest.mark.parametrize(("amount", "shown"), [("1499.99", 1), ("1500", 2), ("-1500", -2), ("0", 0)])
def test_halves_are_rounded_away_from_nought_as_they_are_shown(amount: str, shown: int) -> None:
    assert totals.rounded(Decimal(amount), 1_000) == shown


@given(entries, st.sets(st.sampled_from(Category.values)), st.sets(st.sampled_from(Kind.values)))
def test_filters_narrow_and_never_add(given: list[Entry], categories: set[str], kinds: set[str]) -> None:
    slice_ = totals.narrowed(totals.narrowed({}, Axis.CATEGORY, categories), Axis.KIND, kinds)
    found = totals.inside(slice_, given)
    assert found == [one for one in given if one.category in categories and one.kind in kinds]
    assert totals.inside(totals.narrowed(slice_, Axis.KIND, []), given) == []


def test_ratings_as_rows_are_not_added_up() -> None:
    table = cut(Axis.DELIVERABILITY, [entry(5, deliverability="deliverable"), entry(7)])
    assert [(row.key, row.amount(APPROVED, ALL)) for row in table.rows] == [
        ("deliverable", 5_000),
        ("not_rated", 7_000),
    ]
    assert table.total is None

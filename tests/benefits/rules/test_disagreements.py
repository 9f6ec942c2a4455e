"""Headlines of one measure that differ."""

import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benefits.rules.disagreements import disagreements, exceeds

SAVINGS = [1_706_000, 1_937_000, 1_950_000, 1_811_000]
COST = [1_612_000, 1_603_000, 1_602_000, 1_623_000]


def stated(measure: str, *amounts: int) -> list[tuple[str, Decimal, str]]:
    return [(measure, Decimal(amount), f"{measure} {n}") for n, amount in enumerate(amounts)]


def test_the_differences_are_against_the_first_that_is_stated() -> None:
    savings, cost = disagreements(stated("savings", *SAVINGS) + stated("cost", *COST))
    assert [one.difference for one in savings.figures] == [0, 231_000, 244_000, 105_000]
    assert [one.difference for one in cost.figures] == [0, -9_000, -10_000, 11_000]
    assert (savings.spread, cost.spread) == (244_000, 21_000)
    assert [one.figure for one in cost.figures] == ["cost 0", "cost 1", "cost 2", "cost 3"]


def test_figures_that_agree_or_stand_alone_are_no_disagreement() -> None:
    assert not disagreements(stated("income", 250, 250) + stated("gap", 1))


def test_dates_differ_by_days_and_never_from_amounts() -> None:
    early, late = datetime.date(2021, 7, 6), datetime.date(2022, 7, 6)
    [vision] = disagreements([("vision", early, "a"), ("vision", late, "b")])
    assert vision.spread == 365
    with pytest.raises(TypeError, match="An amount and a date"):
        exceeds(early, Decimal(1))


@given(st.lists(st.integers(0, 5), min_size=1, max_size=6))
def test_a_disagreement_has_every_figure_and_a_spread_above_nought(amounts: list[int]) -> None:
    found = disagreements(stated("a", *amounts))
    assert bool(found) == (len(set(amounts)) > 1)
    for one in found:
        assert len(one.figures) == len(amounts)
        assert one.spread == max(amounts) - min(amounts)

"""Shares only apportion: not a penny is lost or made."""

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benefits.rules.sharing import apportion

pence = st.integers(-10_000_000_00, 10_000_000_00).map(lambda n: Decimal(n) / 100)


@st.composite
def shares(draw) -> dict[int, Decimal]:
    """Two to five shares of whole hundredths of a per cent that come to 100."""
    cuts = sorted(draw(st.sets(st.integers(1, 9_999), min_size=1, max_size=4)))
    ends = [0, *cuts, 10_000]
    return {n: Decimal(b - a) / 100 for n, (a, b) in enumerate(pairwise(ends))}


@given(pence, shares())
def test_the_parts_come_to_the_whole_in_whole_pence(amount: Decimal, shares: dict[int, Decimal]) -> None:
    parts = apportion(amount, shares)
    assert sum(parts.values()) == amount
    for place, part in parts.items():
        assert part == part.quantize(Decimal("0.01"))
        assert abs(part - amount * shares[place] / 100) < Decimal("0.01")


def test_the_penny_left_over_goes_to_the_largest_remainder() -> None:
    thirds = {"a": Decimal("33.33"), "b": Decimal("33.33"), "c": Decimal("33.34")}
    assert apportion(Decimal("1.00"), thirds) == {
        "a": Decimal("0.33"),
        "b": Decimal("0.33"),
        "c": Decimal("0.34"),
    }
    halves = {"a": Decimal(50), "b": Decimal(50)}
    assert apportion(Decimal("0.01"), halves) == {"a": Decimal("0.01"), "b": Decimal("0.00")}
    assert apportion(Decimal("-0.01"), halves) == {"a": Decimal("-0.01"), "b": Decimal("0.00")}


def test_shares_that_do_not_come_to_the_whole_are_refused() -> None:
    with pytest.raises(ValueError, match="not to 101 %"):
        apportion(Decimal(1), {"a": Decimal(60), "b": Decimal(41)})

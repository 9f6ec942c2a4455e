"""Numbers as people type them, and a measure's figures in words."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programme.performance.units import LARGEST, in_unit, is_worse, parse_value, plain

VALUES = st.decimals(min_value=-LARGEST, max_value=LARGEST, places=3)


@given(VALUES)
def test_what_is_written_is_read_again(value: Decimal) -> None:
    assert parse_value(plain(value)) == value


@pytest.mark.parametrize(
    ("typed", "value"),
    [("75", 75), (" 1,250 ", 1250), ("92.5", "92.5"), ("90 %", 90), ("90%", 90), ("\N{MINUS SIGN}3", -3)],
)
def test_what_people_type_is_understood(typed: str, value: int | str) -> None:
    assert parse_value(typed) == Decimal(value)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("1,25", "is not a number"),
        ("", "is not a number"),
        ("about 75", "is not a number"),
        ("1e9", "is not a number"),
        ("NaN", "is not a number"),
        ("٧٥", "is not a number"),
        ("0.0001", "three figures after the point"),
        ("1,000,000,000", "larger than the portal can hold"),
    ],
)
def test_what_may_be_a_slip_is_refused_in_a_sentence(typed: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        parse_value(typed)


@pytest.mark.parametrize(
    ("value", "unit", "qualifier", "words"),
    [
        ("90", "per cent", "at least", "at least 90 %"),
        ("92.500", "%", "", "92.5 %"),
        ("75", "count", "approximately", "approximately 75"),
        ("1250", "minutes", "", "1,250 minutes"),
        (None, "minutes", "at least", ""),
    ],
)
def test_figures_stand_with_their_unit_and_what_the_source_says(
    value: str | None, unit: str, qualifier: str, words: str
) -> None:
    assert in_unit(None if value is None else Decimal(value), unit, qualifier) == words


@given(VALUES, VALUES)
def test_a_target_is_worse_in_one_direction_at_most(target: Decimal, baseline: Decimal) -> None:
    down, up = (is_worse(target, baseline, up_is_better=better) for better in (False, True))
    assert (down or up) == (target != baseline)
    assert not (down and up)


def test_an_unknown_baseline_cannot_be_fallen_short_of() -> None:
    assert not is_worse(Decimal(1), None, up_is_better=True)
    assert not is_worse(None, Decimal(1), up_is_better=True)

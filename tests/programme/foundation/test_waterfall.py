"""The picture of a bridge between two amounts."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from defusedxml import ElementTree

from programme.foundation.charts import Fall, waterfall
from programme.foundation.figures import Figure


def bridge(*falls: tuple[str, int, str], **more: str) -> Figure:
    words = {"title": "Savings bridged", "summary": "£231,000 is scope; £16,000 is not explained."} | more
    return waterfall(
        **words, falls=[Fall(name, Decimal(amount * 1000), kind) for name, amount, kind in falls]
    )


SAVINGS = bridge(
    ("Section 1", 1_706, "figure"),
    ("Scope: aspirational savings", 231, "step"),
    ("Timing: a year later", -3, "step"),
    ("Not explained", 16, "rest"),
    ("Section 5", 1_950, "figure"),
)
SMALL = bridge(("From", 100, "figure"), ("Not explained", -250, "rest"), ("To", -150, "figure"))


def marks(spec: Any) -> Iterator[dict[str, Any]]:
    for layer in spec["layer"]:
        yield layer["mark"]


def words_of(figure: Figure, width: int) -> list[str]:
    root = ElementTree.fromstring(figure.svg(width))
    return ["".join(one.itertext()) for one in root.iter("{http://www.w3.org/2000/svg}text")]


def test_the_table_says_each_step_and_what_it_comes_to() -> None:
    assert [row[1:] for row in SAVINGS.rows] == [
        (None, 1_706_000),
        (231_000, 1_937_000),
        (-3_000, 1_934_000),
        (16_000, 1_950_000),
        (None, 1_950_000),
    ]


@pytest.mark.parametrize("width", [360, 900])
def test_every_step_says_its_amount_with_its_sign(width: int) -> None:
    shown = words_of(SAVINGS, width)
    for words in ("1,706", "+231", "−3", "+16", "1,950", "Not explained", "Section 5"):
        assert words in shown, words


def test_steps_up_down_and_unexplained_differ_in_more_than_colour() -> None:
    bars = [mark for mark in marks(SAVINGS.spec(900)) if mark["type"] == "rect"]
    assert len({(bar["fill"], tuple(bar.get("strokeDash", ()))) for bar in bars}) == 4
    assert [bar["strokeDash"] for bar in bars if "strokeDash" in bar] == [[5, 3]]


def test_an_axis_that_leaves_out_nought_says_so() -> None:
    assert "£000, not from nought" in words_of(SAVINGS, 900)
    assert "£000" in words_of(SMALL, 900)
    assert "-150" not in words_of(SMALL, 900)
    assert "−150" in words_of(SMALL, 900)


def test_less_than_a_thousand_is_not_shown_as_nothing() -> None:
    figure = waterfall(
        title="A",
        summary="B",
        falls=[
            Fall("From", Decimal(1_000), "figure"),
            Fall("Rounding", Decimal("-0.40")),
            Fall("To", Decimal("999.60"), "figure"),
        ],
    )
    assert "−<1" in words_of(figure, 900)


@pytest.mark.parametrize(
    "falls",
    [
        [("From", 1, "figure")],
        [("Step", 1, "step"), ("To", 1, "figure")],
        [("From", 1, "figure"), ("Step", 1, "step")],
        [("From", 1, "figure"), ("Step", 1, "step"), ("To", 3, "figure")],
    ],
)
def test_a_bridge_that_does_not_reach_the_other_bank_is_not_drawn(falls: list[tuple[str, int, str]]) -> None:
    with pytest.raises(ValueError, match=r"begins and ends with a figure|The steps lead to"):
        bridge(*falls)


def test_a_kind_of_line_that_is_not_known_is_refused() -> None:
    with pytest.raises(ValueError, match="is not a kind of line"):
        Fall("A", Decimal(1), "other")


def test_figures_that_are_equal_or_nought_are_drawn_too() -> None:
    for amount in (0, 5):
        assert "<svg" in bridge(("A", amount, "figure"), ("B", amount, "figure")).svg(360)

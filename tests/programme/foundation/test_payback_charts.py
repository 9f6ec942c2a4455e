"""Running totals and tornado bars: what they say as tables, and that they are drawn at both widths."""

import json
from decimal import Decimal

import pytest
from defusedxml import ElementTree

from programme.foundation.charts import Course, SwingBar, cumulative_lines, tornado_bars
from programme.foundation.figures import CONFIG, Figure

STATED = Course("As stated", {"2022/23": Decimal(-174_000), "2023/24": Decimal(314_000)}, "2023/24")
LATE = Course("A year late", {"2022/23": Decimal(-327_000), "2023/24": Decimal(-643_000)})


def running(*courses: Course) -> Figure:
    return cumulative_lines(title="Running total", summary="It stays above nought.", courses=courses)


def test_every_running_total_has_its_column() -> None:
    assert running(STATED, LATE).rows == (
        ("2022/23", Decimal(-174_000), Decimal(-327_000)),
        ("2023/24", Decimal(314_000), Decimal(-643_000)),
    )


def test_the_year_that_stays_above_nought_is_marked_and_named() -> None:
    assert "above nought from 2023/24" in running(STATED, LATE).svg(900)
    assert "above nought from" not in running(LATE).svg(900)


def test_a_phone_has_a_picture_of_its_own() -> None:
    wide, narrow = (running(STATED).svg(width) for width in (900, 350))
    assert ">2022/23<" in wide
    assert ">22/23<" in narrow
    assert ">2022/23<" not in narrow


def test_courses_that_cannot_be_told_apart_are_refused() -> None:
    for courses in ([], [STATED, STATED], [STATED] * 4):
        with pytest.raises(ValueError, match="Between one and three"):
            running(*courses)


def test_a_tornado_has_the_result_at_both_ends_of_each_line() -> None:
    swings = [SwingBar("Staffing", Decimal(107), Decimal(547)), SwingBar("Costs", Decimal(652), Decimal(2))]
    figure = tornado_bars(title="Leans", summary="On staffing.", swings=swings, middle=Decimal(327))
    assert [column.title for column in figure.columns] == ["Line", "Lower", "Higher"]
    assert figure.rows[1] == ("Costs", Decimal(652), Decimal(2))
    for width in (900, 350):
        assert "Staffing" in figure.svg(width)


def test_a_tornado_without_lines_is_refused() -> None:
    with pytest.raises(ValueError, match="no data"):
        tornado_bars(title="Leans", summary="On nothing.", swings=[], middle=Decimal(0))


SWINGS = [
    SwingBar("Staffing redesign", Decimal(107), Decimal(547)),
    SwingBar("Costs", Decimal(2), Decimal(1)),
]
LEANS = tornado_bars(title="Leans", summary="On staffing.", swings=SWINGS, middle=Decimal(327))


@pytest.mark.parametrize("width", [900, 350])
@pytest.mark.parametrize("figure", [running(STATED, LATE), LEANS], ids=["running", "tornado"])
def test_vega_measures_no_word_twice(figure: Figure, width: int) -> None:
    """A word takes it a millisecond, and both pictures of payback stand at both widths: a quarter of a second
    went on words that were measured to be fitted, cut, keyed and laid on a halo."""
    spec = figure.spec(width)
    assert spec["autosize"] == {"type": "none"}
    assert (CONFIG["axis"]["labelLimit"], '"limit"' in json.dumps(spec)) == (0, False)
    assert '"legend": {' not in json.dumps(spec)


def test_words_on_a_halo_are_read_once() -> None:
    texts = [
        element
        for element in ElementTree.fromstring(LEANS.svg(350)).iter()
        if element.tag.endswith("}text") and element.text == "Staffing redesign"
    ]
    assert [(one.get("stroke"), one.get("aria-hidden")) for one in texts] == [
        ("#ffffff", "true"),
        (None, None),
    ]


def test_both_running_totals_and_both_swings_stand_in_the_key() -> None:
    for width in (900, 350):
        assert {"As stated", "A year late"} <= words_in(running(STATED, LATE).svg(width))
        assert "As stated" not in words_in(running(STATED).svg(width)), "one needs no key"
        assert {"lower", "higher"} <= words_in(LEANS.svg(width))


def words_in(svg: str) -> set[str]:
    return {element.text or "" for element in ElementTree.fromstring(svg).iter()}

"""One colour makes the portal a council's own, and words on it stay legible whichever it is."""

from hypothesis import given
from hypothesis import strategies as st

from portal import brand

colours = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


def test_the_sheet_names_the_colour(client, db):
    answer = client.get("/brand.css?v=5b2a86")
    assert answer["Content-Type"] == "text/css; charset=utf-8"
    assert "--pp-brand:#5b2a86;" in answer.text
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"


def test_what_is_no_colour_gives_the_default_and_nothing_else():
    for odd in ("", "#", "#12345", "#1234567", "red", "#000000}body{display:none", "#00000g", "#000000\n"):
        assert brand.sheet(odd) == brand.sheet(brand.DEFAULT)


def test_the_known_extremes_of_contrast():
    assert brand.contrast("#000000", "#ffffff") == 21
    assert brand.contrast("#777777", "#777777") == 1
    assert round(brand.contrast("#1d4d4f", "#ffffff"), 1) == 9.4


@given(colours)
def test_words_on_the_colour_are_legible(colour):
    assert brand.contrast(brand.ink_on(colour), colour) >= brand.LEGIBLE


@given(colours)
def test_the_colour_as_words_on_white_is_legible(colour):
    assert brand.contrast(brand.legible_on_white(colour), "#ffffff") >= brand.LEGIBLE


def test_a_dark_colour_is_left_alone():
    assert brand.legible_on_white("#1d4d4f") == "#1d4d4f"

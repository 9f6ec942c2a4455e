"""The matrix drawn for a pack: the number in each cell, now and aimed at, and nothing where none lies."""

import pytest

from risks.pictures.matrix import picture
from risks.reading.yardstick import yardstick
from risks.rules.scoring import CELLS, Score

pytestmark = pytest.mark.django_db
NOTHING = {None: 0, **dict.fromkeys(CELLS, 0)}
NOW = NOTHING | {Score(4, 4): 3, Score(1, 1): 1_204, None: 2}
AIMED = NOTHING | {Score(2, 2): 3}


def drawn(figure, width):
    """The numbers, each with the cell whose box holds it, counted from the upper left."""
    layers = figure.spec(width)["layer"]
    boxes = [box for layer in layers if layer["mark"]["type"] == "rect" for box in layer["data"]["values"]]
    columns = sorted({box["x"] for box in boxes})
    lines = sorted({box["y"] for box in boxes})
    bold = [layer for layer in layers if layer["mark"].get("fontSize") == 16]
    return {
        (columns.index(box["x"]), lines.index(box["y"])): one["text"]
        for layer in bold
        for one in layer["data"]["values"]
        for box in boxes
        if box["x"] < one["x"] < box["x2"] and box["y"] < one["y"] < box["y2"]
    }


def test_beside_each_other_on_paper():
    figure = picture(yardstick(), NOW, AIMED, summary="Three and many")
    assert drawn(figure, 680) == {(3, 1): "3", (0, 4): "1,204", (6, 3): "3"}
    assert figure.rows == (("Severe", 3, 0), ("High", 0, 0), ("Medium", 0, 0), ("Low", 1_204, 3))


def test_below_each_other_on_a_phone():
    figure = picture(yardstick(), NOW, AIMED, summary="Three and many")
    assert drawn(figure, 340) == {(3, 1): "3", (0, 4): "1,204", (1, 8): "3"}
    assert figure.svg(340).count("<svg") == 1

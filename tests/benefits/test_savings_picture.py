"""The picture of savings: every rating under its own name and on one scale, none added to another."""

from collections.abc import Callable
from typing import Any

import pytest

from benefits.pictures.savings import picture
from benefits.reading.outlook import Asked, outlook
from benefits.reading.savings import reading_of
from benefits.rules.totals import Axis
from programme.foundation.figures import Figure
from programme.people.models import User

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_30_november")]


def drawn(user: User, axis: Axis = Axis.YEAR) -> Figure:
    reading = reading_of(user)
    found = picture(outlook(reading, Asked(axis)), reading.places.names)
    assert found
    return found


def line(rating: str, amount: int) -> dict[str, Any]:
    return {"deliverability": rating, "approved": {"2022/23": amount}}


def test_each_rating_is_drawn_under_its_name_and_none_is_added(benefit: Callable, sro: User) -> None:
    ratings = {"deliverable": 60_000, "aspirational": 30_000, "not_rated": 900_000}
    benefit("B-001", lines=[line(*one) for one in ratings.items()])
    figure = drawn(sro)
    assert [(row[0], int(row[1])) for row in figure.rows] == [
        ("Deliverable: 2022/23", 60_000),
        ("Aspirational: 2022/23", 30_000),
        ("Not rated: 2022/23", 900_000),
    ]
    assert "Aspirational: 30 approved" in figure.summary
    assert "Ratings stand on one scale and are not added." in figure.summary
    for width in (360, 900):
        assert all(f">{name}<" in figure.svg(width) for name in ("Deliverable", "Aspirational", "Not rated"))


def test_one_rating_needs_no_name_above_its_bars(benefit: Callable, sro: User) -> None:
    benefit("B-001", lines=[line("deliverable", 60_000)])
    figure = drawn(sro)
    assert [row[0] for row in figure.rows] == ["2022/23"]
    assert "not added" not in figure.summary


def test_where_ratings_are_the_rows_each_is_drawn_once(benefit: Callable, sro: User) -> None:
    benefit("B-001", lines=[line("deliverable", 60_000), line("not_rated", 5_000)])
    assert [row[0] for row in drawn(sro, Axis.DELIVERABILITY).rows] == ["Deliverable", "Not rated"]

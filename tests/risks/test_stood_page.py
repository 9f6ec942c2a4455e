"""The risks of a cell on a past day: a page of them is read, however many there are, and found in the
register's order whichever way the address asks."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from risks.actions import risks
from risks.models import Risk
from risks.rules.scoring import Score, Scores

pytestmark = pytest.mark.django_db
PAST = "/risks/matrix/risks/?as_at=2022-08-01"


@pytest.fixture
def many(make_risk, today):
    """Sixty in one cell, of which half aim at another, five in a second cell and one that is not scored."""
    for number in range(1, 61):
        make_risk(f"R-{number:03}", (4, 5), target=(2, 2) if number % 2 else None)
    for number in range(61, 66):
        make_risk(f"R-{number:03}", (1, 1), target=(1, 1))
    make_risk("R-066")


@pytest.fixture
def listed(sign_in, sro):
    """``listed("&cell=4-5") -> (references of the page, how many there are)``."""

    def read(query=""):
        context = sign_in(sro).get(f"{PAST}{query}").context
        return [one.ref for one in context["table"].page.object_list.data], context["count"]

    return read


@pytest.mark.parametrize(
    ("query", "first", "count"),
    [
        ("", "R-001", 66),
        ("&cell=4-5", "R-001", 60),
        ("&cell=4-5&page=2", "R-026", 60),
        ("&cell=4-5&target=2-2", "R-001", 30),
        ("&cell=4-5&target=not-scored", "R-002", 30),
        ("&cell=not-scored", "R-066", 1),
        ("&target=1-1", "R-061", 5),
        ("&cell=5-5", None, 0),
    ],
)
def test_the_pages_of_a_cell(many, listed, query, first, count):
    found, number = listed(query)
    assert found == sorted(found)
    assert (next(iter(found), None), number) == (first, count)
    assert len(found) <= 25


def test_once_the_day_was_read_only_the_rows_of_a_page_are(many, sign_in, sro):
    client = sign_in(sro)
    client.get("/risks/matrix/?as_at=2022-08-01")
    with CaptureQueriesContext(connection) as asked:
        assert client.get(f"{PAST}&cell=4-5&page=2").status_code == 200
    rows = [one["sql"] for one in asked if '"risks_historicalrisk"."title"' in one["sql"]]
    assert len(rows) == 1
    assert "SELECT" not in rows[0].partition('"history_id" IN (')[2]
    assert rows[0].partition('"history_id" IN (')[2].partition(")")[0].count(",") == 24
    assert len(asked) <= 12


def test_it_is_read_anew_when_a_risk_changed(many, listed, lead_digital, on):
    assert listed("&cell=4-5")[1] == 60
    on(datetime.date(2022, 7, 20))
    risk = Risk.objects.get(ref="R-001")
    risks.review(risk, scores=Scores(None, Score(1, 1), None), by=lead_digital, reason="Mended")
    on(datetime.date(2022, 9, 1))
    assert listed("&cell=4-5")[1] == 59
    assert listed("&cell=1-1")[1] == 6


def test_the_file_holds_all_of_a_cell(many, sign_in, sro):
    file = sign_in(sro).get(f"{PAST}&cell=4-5&format=csv")
    rows = b"".join(file.streaming_content).decode("utf-8-sig").splitlines()
    assert len(rows) == 61
    assert rows[1].startswith("R-001,")
    assert rows[60].startswith("R-060,")

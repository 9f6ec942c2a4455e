"""Whoever may read an exempt risk is told on each page that it is: who reads a list out must know."""

from __future__ import annotations

import csv

import pytest

from risks.choices import Status
from tests.savings import EXEMPT

pytestmark = pytest.mark.django_db

WORDS = "xempt, paragraph"
PAGES = (
    "/risks/",
    "/risks/matrix/",
    "/risks/movement/?since=2020-01-01",
    "/risks/top/",
    "/risks/matrix/risks/?cell=4-5",
)


@pytest.fixture
def secret(make_risk, sro):
    make_risk("R-001", (4, 5), title="An open one")
    return make_risk("R-002", (4, 5), title="A contract fails", **EXEMPT)


@pytest.mark.parametrize("page", PAGES)
def test_it_stands_beside_the_name(secret, sign_in, sro, page):
    text = sign_in(sro).get(page).content.decode()
    assert "A contract fails" in text
    assert WORDS in text


@pytest.mark.parametrize("page", PAGES)
def test_nothing_is_said_where_nothing_is_exempt(make_risk, sign_in, sro, page):
    make_risk("R-001", (4, 5), title="An open one", status=Status.OPEN)
    text = sign_in(sro).get(page).content.decode()
    assert "An open one" in text
    assert WORDS not in text


def test_the_sheet_says_the_class_of_each_row(secret, sign_in, sro):
    answer = sign_in(sro).get("/risks/?format=csv")
    rows = list(csv.reader(b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()))
    head = next(row for row in rows if "Reference" in row)
    classes = {row[head.index("Reference")]: row[head.index("Class")] for row in rows[rows.index(head) + 1 :]}
    assert classes == {"R-001": "Internal", "R-002": "Exempt"}

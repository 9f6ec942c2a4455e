"""The movement page: what became of risks since a day, in words with arrows, as list and picture."""

from __future__ import annotations

import csv
import datetime
import io
import itertools

import pytest

from risks.actions import moves, risks
from risks.models import Risk
from risks.pictures.movement import GONE, NEW, UNSCORED, ways
from risks.reading import movements
from risks.rules.scoring import Score, Scores
from tests.words import words_of

pytestmark = pytest.mark.django_db
DAY = datetime.date
MOVEMENT = "/risks/movement/?since=2022-09-01"


@pytest.fixture
def a_month(make_risk, lead_digital, digital, on):
    """Six risks of 1 September, and what happened to five of them by the 20th, when a seventh came."""
    on(DAY(2022, 9, 1))
    up, down, closed, board, first, _ = [
        make_risk(f"R-{number:03}", pair, title=title)
        for number, (title, pair) in enumerate(
            [
                ("Worse", (3, 4)),
                ("Better", (3, 4)),
                ("Over", (2, 2)),
                ("To the board", (5, 5)),
                ("Looked at", None),
                ("Same", (1, 1)),
            ],
            1,
        )
    ]
    on(DAY(2022, 9, 20))
    said = {"by": lead_digital, "reason": "In September"}
    risks.review(up, scores=Scores(current=Score(4, 5)), **said)
    risks.review(down, scores=Scores(current=Score(1, 4)), **said)
    moves.close(closed, **said)
    moves.escalate(board, to="board", **said)
    risks.review(first, scores=Scores(current=Score(2, 3)), **said)
    facts = {"current_likelihood": 4, "current_impact": 4}
    risks.raise_risk(scope=digital.scope, title="Fresh", **facts, **said)


def rows(answer):
    """The list as (title, what happened, then, now)."""
    reader = csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig")))
    return [tuple(row[1:5]) for row in reader if row and row[0].startswith("R-")]


def test_each_movement_in_words_with_both_scores(a_month, sign_in, auditor):
    assert rows(sign_in(auditor).get(f"{MOVEMENT}&format=csv")) == [
        ("Fresh", "New", "Not in the register", "4 × 4 = 16, severe"),
        ("To the board", "Escalated to the board", "5 × 5 = 25, severe", "5 × 5 = 25, severe"),
        ("Worse", "Up, from high to severe", "3 × 4 = 12, high", "4 × 5 = 20, severe"),
        ("Looked at", "First scored", "Not yet scored", "2 × 3 = 6, medium"),
        ("Better", "Down, from high to low", "3 × 4 = 12, high", "1 × 4 = 4, low"),
        ("Over", "Closed", "2 × 2 = 4, low", "2 × 2 = 4, low"),
    ]


def test_the_sentence_counts_and_the_arrows_stand_beside_words(a_month, sign_in, auditor):
    page = sign_in(auditor).get(MOVEMENT).content.decode()
    assert (
        "Since 1 September 2022: 1 new, 1 escalated, 1 up, 1 scored for the first time, 1 down, 1 closed; "
        "1 stayed as it was." in page
    )
    assert '<span class="pp-move" aria-hidden="true">↑</span> Up, from high to severe' in page


@pytest.mark.parametrize(("kind", "titles"), [("up", ["Worse"]), ("closed", ["Over"]), ("withdrawn", [])])
def test_one_kind_alone(a_month, sign_in, auditor, kind, titles):
    assert [row[0] for row in rows(sign_in(auditor).get(f"{MOVEMENT}&kind={kind}&format=csv"))] == titles


def test_the_picture_has_every_way_in_its_table(a_month, auditor):
    found = ways(movements.since(auditor, DAY(2022, 9, 1)).moved)
    assert {(way.start, way.end): len(way.risks) for way in found} == {
        (Score(3, 4), Score(4, 5)): 1,
        (Score(3, 4), Score(1, 4)): 1,
        (Score(2, 2), GONE): 1,
        (UNSCORED, Score(2, 3)): 1,
        (NEW, Score(4, 4)): 1,
    }


def test_the_picture_stands_with_its_table(a_month, sign_in, auditor):
    answer = sign_in(auditor).get(MOVEMENT)
    assert len(answer.context["figure"].rows) == 5
    assert answer.context["figure"].svg(900).count("<svg") == 1
    assert "5 risks came, went or changed place since 1 September 2022" in answer.content.decode()


@pytest.mark.parametrize("width", [340, 900])
def test_where_ways_cross_each_name_on_them_can_be_read(make_risk, on, lead_digital, auditor, sign_in, width):
    """Two diagonals through one corner, a way beside them, and risks that come and go in the same cells."""
    on(DAY(2022, 9, 1))
    pairs = [((3, 3), (4, 4)), ((3, 4), (4, 3)), ((3, 3), (4, 3)), ((2, 4), (3, 4)), ((3, 3), (2, 3))]
    moved = [make_risk(f"R-{number:03}", before) for number, (before, _) in enumerate(pairs, 1)]
    gone = [make_risk("R-006", (3, 3)), make_risk("R-007", (4, 3))]
    on(DAY(2022, 9, 20))
    said = {"by": lead_digital, "reason": "In September"}
    for risk, (_, after) in zip(moved, pairs, strict=True):
        risks.review(risk, scores=Scores(current=Score(*after)), **said)
    for risk in gone:
        moves.close(risk, **said)
    layers = sign_in(auditor).get(MOVEMENT).context["figure"].spec(width)["layer"]
    words = [layer for layer in layers if layer["mark"].get("fontWeight") == "bold"]
    found = {(one["x"], one["y"], one["text"]) for layer in words for one in layer["data"]["values"]}
    assert len(found) == 7
    for (x, y, one), (x2, y2, other) in itertools.combinations(found, 2):
        assert abs(y - y2) > 8 or abs(x - x2) > 3 * (len(one) + len(other)), (one, other)


def test_without_a_day_it_is_a_month(a_month, sign_in, auditor, on):
    on(DAY(2022, 10, 31))
    answer = sign_in(auditor).get("/risks/movement/")
    assert answer.context["list"].day == DAY(2022, 9, 30)
    assert (
        "Nothing moved since 30 September 2022, a month ago; 6 stayed as they were."
        in answer.content.decode()
    )


def test_where_nothing_moved_that_alone_is_said(make_risk, sign_in, auditor, on):
    on(DAY(2022, 8, 1))
    make_risk("R-001", (3, 4))
    on(DAY(2022, 9, 20))
    for query, day in ("", "20 August 2022, a month ago"), ("?since=2022-09-01", "1 September 2022"):
        page = words_of(sign_in(auditor).get(f"/risks/movement/{query}").content.decode())
        assert f"Nothing moved since {day}; 1 stayed as it was." in page
        assert "Nothing has moved since that day." in page
        assert "All that moved" not in page
        assert "Beside these" not in page
    page = words_of(sign_in(auditor).get("/risks/movement/?category=none").content.decode())
    assert "Nothing matches these filters." in page


def test_filters_narrow_it(a_month, sign_in, auditor, make_risk, programme_scope):
    make_risk("R-020", (1, 1), scope=programme_scope)
    answer = sign_in(auditor).get(f"{MOVEMENT}&workstream=programme")
    assert "Nothing moved since 1 September 2022" in answer.content.decode()


def test_what_is_exempt_does_not_move_for_others(make_risk, sign_in, lead_commercial, sro, on):
    on(DAY(2022, 9, 20))
    facts = {"classification": "exempt", "exempt_paragraphs": [3], "exempt_reason": "A contract."}
    risk = make_risk("R-001", (2, 2), exempt_review=DAY(2023, 1, 1), **facts)
    risks.review(risk, scores=Scores(current=Score(5, 5)), by=sro, reason="Worse")
    for reader, seen in ((sro, 1), (lead_commercial, 0)):
        assert sign_in(reader).get(MOVEMENT).context["count"] == seen


def test_how_it_stood_while_it_was_exempt_is_not_told(make_risk, sign_in, lead_commercial, sro, on, fresh):
    on(DAY(2022, 9, 1))
    facts = {"classification": "exempt", "exempt_paragraphs": [3], "exempt_reason": "A contract."}
    make_risk("R-001", (2, 2), exempt_review=DAY(2023, 1, 1), **facts)
    on(DAY(2022, 9, 20))
    risk = Risk.objects.get()
    said = {"classification": "internal", "exempt_paragraphs": [], "exempt_reason": "", "exempt_review": None}
    risks.change(risk, by=sro, reason="The contract is signed", **said)
    risks.review(fresh(risk), scores=Scores(current=Score(5, 5)), by=sro, reason="Worse")
    assert sign_in(sro).get(MOVEMENT).context["count"] == 1
    assert sign_in(lead_commercial).get(MOVEMENT).context["count"] == 0


def test_a_day_to_come_is_refused(a_month, sign_in, auditor):
    answer = sign_in(auditor).get("/risks/movement/?since=2031-01-01")
    assert "1 January 2031 is in the future" in answer.content.decode()
    assert answer.context["count"] == 0


def test_staff_do_not_see_it(staff, sign_in):
    assert sign_in(staff).get(MOVEMENT).status_code == 403


def test_queries_do_not_grow_with_rows(
    a_month, make_risk, sign_in, auditor, lead_digital, django_assert_max_num_queries
):
    browser = sign_in(auditor)
    for number in range(20, 60):
        make_risk(f"R-{number:03}", (number % 5 + 1, 3), owner=lead_digital)
    with django_assert_max_num_queries(19):
        assert browser.get("/risks/movement/?since=2022-06-01").context["count"] > 25

"""Movement since the last board: the day of its pack, if the reader may know of it; else a month ago."""

import datetime

import pytest

from portal.models import Pack
from tests.words import words_of

pytestmark = pytest.mark.django_db
DAY = datetime.date
MOVEMENT = "/risks/movement/"


@pytest.fixture
def issued(sro):
    """``issued(1, DAY(2022, 7, 20), "open")``: a pack of that day."""

    def issue(number, day, variant="board", version=1):
        facts = {"title": "Board pack", "sealed": "{}", "digest": "0" * 64, "template": "1", "issued_by": sro}
        facts |= {"correction": "A figure"} if version > 1 else {}
        Pack(number=number, version=version, variant=variant, as_at=day, **facts).save()

    return issue


def said(answer):
    return words_of(answer.content.decode())


def test_since_the_last_board_pack_before_today(make_risk, issued, sign_in, auditor, today):
    make_risk("R-001", (3, 4))
    issued(1, DAY(2022, 7, 10))
    issued(2, DAY(2022, 8, 17))
    issued(2, DAY(2022, 8, 17), version=2)
    issued(3, today)  # that of today's board, which is to tell what has moved before it
    answer = sign_in(auditor).get(MOVEMENT)
    assert answer.context["list"].day == DAY(2022, 8, 17)
    assert "Nothing moved since 17 August 2022, the last board pack; 1 stayed as it was." in said(answer)
    current = [one["label"] for one in answer.context["choices"] if one["current"]]
    assert current == ["the last board pack"]


def test_a_day_that_is_asked_for_counts_and_is_called_nothing(make_risk, issued, sign_in, auditor, today):
    make_risk("R-001")
    issued(1, DAY(2022, 8, 17))
    page = said(sign_in(auditor).get(f"{MOVEMENT}?since=2022-08-20"))
    assert "Nothing moved since 20 August 2022; 1 stayed as it was." in page


def test_without_a_pack_it_is_a_month_ago(make_risk, sign_in, auditor, today):
    make_risk("R-001")
    answer = sign_in(auditor).get(MOVEMENT)
    assert "Nothing moved since 1 August 2022, a month ago; 1 stayed" in said(answer)
    labels = [one["label"] for one in answer.context["choices"]]
    assert labels == ["a month ago", "three months ago", "a year ago"]


def test_of_packs_that_a_reader_may_not_know_of_nothing_is_told(
    make_risk, issued, sign_in, lead_digital, today
):
    make_risk("R-001")
    issued(1, DAY(2022, 8, 17), "board")
    assert "since 1 August 2022, a month ago" in said(sign_in(lead_digital).get(MOVEMENT))
    issued(2, DAY(2022, 8, 10), "open")
    assert "since 10 August 2022, the last board pack" in said(sign_in(lead_digital).get(MOVEMENT))


def test_what_moved_is_counted_beside_what_stayed(make_risk, issued, sign_in, auditor, on, sro):
    from risks.actions import risks
    from risks.rules.scoring import Score, Scores

    on(DAY(2022, 9, 1))
    issued(1, DAY(2022, 8, 17))
    moved = make_risk("R-001", (3, 4))
    for number in (2, 3):
        make_risk(f"R-00{number}", (1, 1))
    risks.review(moved, scores=Scores(current=Score(5, 5)), by=sro, reason="Worse")
    page = said(sign_in(auditor).get(MOVEMENT))
    assert "Since 17 August 2022, the last board pack: 1 up; 2 stayed as they were." in page
    assert "Beside these, 2 stayed as they were." in page

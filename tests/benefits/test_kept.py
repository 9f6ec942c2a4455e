"""What is worked out from many records is kept, and given only to those who see the same, while it holds."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import count

import pytest

from benefits.models import BenefitLine, ReserveEntry
from programme.foundation import calendar
from programme.people.kept import MOST_ANSWERS, AnswersOnce, Kept
from tests.savings import EXEMPT

pytestmark = pytest.mark.django_db


@pytest.fixture
def ask() -> Callable[..., int]:
    """``ask(user, "question")`` gives the number of the time at which its answer was worked out."""
    kept, times = Kept[int](BenefitLine, ReserveEntry, most=3), count(1)
    return lambda user, question="how much": kept.answer(user, question, lambda: next(times))


def test_an_answer_is_worked_out_once_with_one_query_for_each_later_reader(
    ask, benefit, digital, finance, django_assert_num_queries
):
    benefit(home=digital, lines=[{}])
    assert ask(finance) == 1
    with calendar.clock_held():
        calendar.today()
        with django_assert_num_queries(1):
            assert ask(finance) == 1


def test_another_question_has_another_answer(ask, finance):
    assert [ask(finance, one) for one in ("first", "second", "first", "second")] == [1, 2, 1, 2]


def test_a_change_of_what_it_rests_on_is_seen_at_once(ask, benefit, line, digital, finance):
    home = benefit(home=digital)
    added = [ask(finance), line(home), ask(finance)]
    assert added[::2] == [1, 2]
    added[1].name = "Another name"
    added[1].record(by=finance, reason="Named anew")
    assert ask(finance) == 3
    added[1].withdraw(by=finance, reason="Not after all")
    assert ask(finance) == 4


def test_those_who_see_the_same_share_an_answer_and_others_have_their_own(
    ask, benefit, agile, finance, chief_executive, lead_digital, lead_agile, staff
):
    benefit(home=agile, lines=[EXEMPT])
    assert ask(finance) == ask(chief_executive) == 1, "both read everything"
    assert [ask(one) for one in (lead_digital, lead_agile)] == [2, 3], "each reads what is exempt at home"
    assert ask(lead_digital) == 2
    assert ask(staff) == 4, "who sees nothing is never given what others see"


def test_an_owner_who_reads_what_is_exempt_of_their_own_shares_with_nobody(
    ask, benefit, agile, digital, person, lead_digital
):
    owner = person("owner", "Head of Revenues", ("benefit_owner", digital.scope))
    benefit(home=agile, owner=owner, lines=[EXEMPT])
    assert ask(owner) != ask(lead_digital)


def test_the_answer_of_yesterday_is_not_given_today(ask, finance, monkeypatch):
    assert ask(finance) == 1
    monkeypatch.setattr(calendar, "today", lambda: date(2031, 4, 1))
    assert ask(finance) == 2


def test_only_so_many_answers_are_kept(ask, finance):
    questions = ("first", "second", "third", "fourth")
    assert [ask(finance, one) for one in questions] == [1, 2, 3, 4]
    assert ask(finance, "fourth") == 4
    assert ask(finance, "first") == 5, "it was let go to make room"


def test_an_answer_that_others_push_out_meanwhile_is_still_given() -> None:
    """As when several threads of a web process ask one reading."""
    reading = AnswersOnce()

    def answer() -> str:
        for number in range(MOST_ANSWERS + 1):
            reading.once(number, lambda: "another's")
        return "mine"

    assert reading.once("mine", answer) == "mine"
    assert reading.once("mine", lambda: "worked out again") == "mine"

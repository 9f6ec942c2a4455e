"""Reminders of what is due: one message a person a day, nothing twice, nothing that they may not see."""

from __future__ import annotations

import datetime
import logging
import smtplib

import pytest
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from hypothesis import given
from hypothesis import strategies as some

from programme.foundation.models import OutgoingMail
from risks.models import Acceptance, RiskAction
from risks.reminders import Outcome, send
from risks.rules.reminding import EVERY, is_told
from risks.tasks import remind
from tests.cast import BEGINNING, written
from tests.savings import EXEMPT

pytestmark = pytest.mark.django_db
TODAY = datetime.date(2022, 11, 30)
LATER = TODAY + datetime.timedelta(days=30)


def days(number: int) -> datetime.timedelta:
    return datetime.timedelta(days=number)


@pytest.fixture(autouse=True)
def end_of_november(on, settings):
    settings.SITE_URL = "https://portal.example"
    return on(TODAY)


@pytest.fixture
def owner(risk_owner):
    return addressed(risk_owner)


def addressed(person):
    person.email = f"{person.username}@example.org"
    person.save()
    return person


def action(risk, owner, due, what="Hold a weekly call", **facts):
    return written(RiskAction(risk=risk, what=what, owner=owner, due=due, **facts))


def accepted(risk, by, until, on=BEGINNING):
    known = {"accepted_by": by, "accepted_on": on, "authority": "lead", "why": "Until then"}
    score = {"likelihood": 2, "impact": 2, "band": "low"}
    return written(Acceptance(risk=risk, expires=until, **known, **score))


def texts():
    return [one.body for one in mail.outbox]


class TestWhatIsTold:
    def test_reviews_and_actions_that_are_due_and_acceptances_that_run_out(self, owner, make_risk):
        make_risk("R-001", title="IT delays", owner=owner, review_due=TODAY)
        make_risk("R-002", title="Costs rise", owner=owner, review_due=TODAY - days(3))
        other = make_risk("R-003", title="Staff leave", review_due=LATER)
        action(other, owner, TODAY - days(1), what="Talk with\r\nthe people")
        carried = make_risk("R-004", (2, 2), title="No tenant", owner=owner, review_due=LATER)
        accepted(carried, owner, TODAY + days(14))
        assert send() == {Outcome.SENT: 1}
        [message] = mail.outbox
        assert (message.to, message.subject) == (["owner@example.org"], "Risks: 4 things wait for you")
        for words in (
            "* R-001 IT delays: due today\n  https://portal.example/risks/R-001/",
            "* R-002 Costs rise: was due on 27 November 2022\n",
            "* R-003 Talk with the people: was due on 29 November 2022\n  https://portal.example/risks/R-003/",
            "* R-004 No tenant: accepted until 14 December 2022\n",
        ):
            assert words in message.body
        assert message.body.index("R-002") < message.body.index("R-001"), "what waits longest stands first"

    def test_what_does_not_wait_is_not_told(self, owner, make_risk):
        make_risk("R-001", owner=owner, review_due=TODAY + days(1))
        make_risk("R-002", owner=owner, status="closed", ended_on=TODAY)
        live = make_risk("R-003", owner=owner, review_due=LATER)
        action(live, owner, TODAY + days(1))
        action(live, owner, TODAY - days(2), done_on=TODAY - days(1))
        accepted(live, owner, TODAY + days(15))
        gone = make_risk("R-004", owner=owner, review_due=TODAY)
        action(gone, owner, TODAY)
        gone.withdraw(by=owner, reason="Raised twice")
        assert send() == {}
        assert not mail.outbox

    def test_each_hears_of_their_own_only(self, owner, lead_digital, make_risk):
        addressed(lead_digital)
        make_risk("R-001", owner=owner, review_due=TODAY)
        make_risk("R-002", owner=lead_digital, review_due=TODAY)
        make_risk("R-003", review_due=TODAY)
        assert send() == {Outcome.SENT: 2}
        told = {one.to[0]: one.body for one in mail.outbox}
        assert "R-002" not in told["owner@example.org"]
        assert "R-001" not in told["lead-digital@example.org"]
        assert "R-003" not in "".join(told.values())


class TestWhoMaySeeIt:
    def test_exempt_risks_are_named_by_their_reference_only(self, lead_digital, make_risk):
        addressed(lead_digital)
        kept = make_risk("R-001", title="Seven posts", owner=lead_digital, review_due=TODAY, **EXEMPT)
        action(kept, lead_digital, TODAY, what="Talk with the seven")
        send()
        [text] = texts()
        assert text.count("R-001") == 4, "twice by name, twice in the address"
        assert not any(words in text for words in ("Seven posts", "Talk", "the seven"))
        assert "* R-001: due today" in text

    def test_what_somebody_may_not_see_is_not_told(self, group_member, lead_agile, make_risk):
        """A group member helps with an exempt risk that is kept from them; somebody left without a role."""
        addressed(group_member)
        kept = make_risk("R-001", title="Seven posts", review_due=LATER, **EXEMPT)
        action(kept, group_member, TODAY)
        assert send() == {Outcome.NOTHING_NEW: 1}
        assert not mail.outbox

    def test_whoever_has_left_hears_nothing(self, owner, make_risk):
        make_risk("R-001", owner=owner, review_due=TODAY)
        owner.is_active = False
        owner.save()
        assert send() == {}

    def test_people_without_an_address_are_left_out_and_counted(self, owner, lead_digital, make_risk, caplog):
        make_risk("R-001", owner=owner, review_due=TODAY)
        make_risk("R-002", owner=lead_digital, review_due=TODAY)
        with caplog.at_level(logging.WARNING, "risks.reminders"):
            assert send() == {Outcome.SENT: 1, Outcome.NO_ADDRESS: 1}
        assert "1 sent" in caplog.text
        assert "1 without an e-mail address" in caplog.text


class TestOnce:
    def test_the_task_run_twice_on_a_day_sends_nothing_twice(self, owner, make_risk):
        make_risk("R-001", owner=owner, review_due=TODAY)
        remind()
        make_risk("R-002", owner=owner, review_due=TODAY)
        remind()
        assert len(mail.outbox) == 1
        assert OutgoingMail.objects.get().key == f"risks due {owner.number} 2022-11-30"

    def test_a_thing_is_told_when_it_falls_due_and_then_every_seventh_day(self, owner, make_risk, on):
        make_risk("R-001", owner=owner, review_due=TODAY)
        told = []
        for number in range(16):
            on(TODAY + days(number))
            if send()[Outcome.SENT]:
                told.append(number)
        assert told == [0, 7, 14]

    def test_a_new_thing_does_not_bring_the_old_ones_again(self, owner, make_risk, on):
        make_risk("R-001", owner=owner, review_due=TODAY)
        make_risk("R-002", owner=owner, review_due=TODAY + days(2))
        for number in range(3):
            on(TODAY + days(number))
            send()
        first, second = texts()
        assert "R-001" in first
        assert "R-002" not in first
        assert "R-002" in second
        assert "R-001" not in second

    def test_a_day_on_which_nothing_ran_is_caught_up(self, owner, make_risk, on):
        make_risk("R-001", owner=owner, review_due=TODAY)
        send()
        on(TODAY + days(9))
        assert send() == {Outcome.SENT: 1}

    def test_a_refusal_by_the_mail_server_stops_nobody_else_and_is_tried_again(
        self, owner, lead_digital, make_risk, settings, caplog
    ):
        addressed(lead_digital)
        make_risk("R-001", owner=owner, review_due=TODAY)
        make_risk("R-002", owner=lead_digital, review_due=TODAY)
        works, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, f"{__name__}.RefusesTheOwner"
        assert send() == {Outcome.REFUSED: 1, Outcome.SENT: 1}
        settings.EMAIL_BACKEND = works
        assert send() == {Outcome.SENT: 1, Outcome.NOTHING_NEW: 1}
        assert "example.org" not in caplog.text, "the log holds numbers, not addresses"


class RefusesTheOwner(BaseEmailBackend):
    """Stands for a mail server that refuses one address."""

    def send_messages(self, email_messages):
        if email_messages[0].to == ["owner@example.org"]:
            raise smtplib.SMTPServerDisconnected("closed")
        return len(email_messages)


def test_the_number_of_queries_does_not_depend_on_the_risks(owner, make_risk, django_assert_max_num_queries):
    for number in range(1, 30):
        action(make_risk(f"R-{number:03}", owner=owner, review_due=TODAY), owner, TODAY)
    with django_assert_max_num_queries(16):
        send()
    assert "58 things" in mail.outbox[0].subject


@given(
    since=some.dates(datetime.date(2022, 1, 1), datetime.date(2022, 12, 31)),
    runs=some.lists(
        some.dates(datetime.date(2022, 1, 1), datetime.date(2023, 3, 31)), unique=True, min_size=1
    ),
)
def test_on_whatever_days_it_runs_a_thing_is_told_once_in_seven_days_and_never_early(since, runs):
    told = []
    for day in sorted(runs):
        if is_told(since, day, told_on=told[-1] if told else None):
            told.append(day)
    assert all(day >= since for day in told)
    weeks = [(day - since) // EVERY for day in told]
    assert len(set(weeks)) == len(weeks), "never twice for one of its weeks"
    assert set(weeks) == {(day - since) // EVERY for day in runs if day >= since}, "nor is a week left out"

"""Escalating, closing, opening again, and a risk that turns into an issue which keeps the link both ways."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from programme.foundation.history import Stale
from risks.actions import acceptances, moves
from risks.choices import Status
from risks.models import Issue, Risk
from risks.rules import lifecycle

DAY = datetime.date
HAPPENED = {"what_happened": "The supplier gave notice.", "severity": "major"}


@given(st.sampled_from(Status), st.sampled_from(Status))
def test_a_move_is_refused_exactly_where_the_table_has_none(status, to):
    assert bool(lifecycle.refusal(status, to)) == (to not in lifecycle.MOVES[status])
    assert (status, to) not in lifecycle.VERBS or to in lifecycle.moves_from(status)


def test_every_move_has_its_words():
    asked = {(status, to) for status, tos in lifecycle.MOVES.items() for to in tos}
    assert asked == set(lifecycle.VERBS)


def test_what_has_ended_is_not_moved_but_opened_again():
    assert lifecycle.not_standing(Status.CLOSED) == "This risk is closed: open it again first."
    assert not lifecycle.not_standing(Status.ESCALATED)
    assert lifecycle.refusal(Status.CLOSED, Status.CLOSED) == "This risk is closed already."
    assert "cannot move from closed to escalated" in lifecycle.refusal(Status.CLOSED, Status.ESCALATED)


def test_escalated_further_and_taken_back(make_risk, lead_digital, today):
    risk = make_risk(current=(4, 5))
    moves.escalate(risk, to="programme", by=lead_digital, reason="Beyond us")
    assert risk.status_words == "Escalated to the programme"
    moves.escalate(risk, to="board", by=lead_digital, reason="Beyond the programme")
    assert (risk.status, risk.escalated_to) == ("escalated", "board")
    for to, words in (("board", "to the board already"), ("mayor", "Say to whom"), ("", "Say to whom")):
        with pytest.raises(ValidationError) as refused:
            moves.escalate(risk, to=to, by=lead_digital, reason="Again")
        assert words in refused.value.message_dict["to"][0]
    moves.deescalate(risk, by=lead_digital, reason="Settled")
    assert (risk.status, risk.escalated_to) == ("open", "")
    with pytest.raises(ValidationError, match="not escalated"):
        moves.deescalate(risk, by=lead_digital, reason="Again")


@pytest.mark.parametrize(
    "values",
    [
        "status = 'escalated'",
        "escalated_to = 'board'",
        "status = 'escalated', escalated_to = 'mayor'",
        "status = 'closed'",
        "ended_on = '2022-09-01'",
        "status = 'gone'",
    ],
)
def test_the_database_refuses_a_status_that_says_half(make_risk, values):
    risk = make_risk()
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE risks_risk SET {values} WHERE id = {risk.pk}")  # noqa: S608


def test_closed_and_opened_again(make_risk, lead_digital, today, fresh):
    risk = make_risk(current=(2, 3), status="escalated", escalated_to="board")
    accepted = acceptances.accept(risk, expires=DAY(2022, 12, 1), by=lead_digital, reason="Small")
    moves.close(risk, by=lead_digital, reason="Delivered")
    assert (risk.status, risk.ended_on, risk.review_due, risk.escalated_to) == ("closed", today, None, "")
    assert fresh(accepted).ended_because == "risk_ended"
    with pytest.raises(ValidationError, match="closed already"):
        moves.close(risk, by=lead_digital, reason="Again")
    moves.reopen(risk, by=lead_digital, reason="It is back")
    assert (risk.status, risk.ended_on, risk.review_due) == ("open", None, today)
    with pytest.raises(ValidationError, match="open already"):
        moves.reopen(risk, by=lead_digital, reason="Again")


def test_an_escalated_risk_is_not_reopened(make_risk, lead_digital, today):
    risk = make_risk(status="escalated", escalated_to="lead")
    with pytest.raises(ValidationError, match="take the escalation back"):
        moves.reopen(risk, by=lead_digital, reason="Confused")


def test_a_risk_that_happened_and_its_issue_name_each_other(
    make_risk, lead_digital, risk_owner, board, today
):
    risk = make_risk(current=(4, 4), owner=risk_owner)
    asks = {"decision_asked": "May we pay for an extension?", "asked_of": board, "due": DAY(2022, 10, 1)}
    issue = moves.materialise(risk, by=lead_digital, reason="Notice came", **HAPPENED, **asks)
    assert (issue.ref, issue.risk, list(risk.issues.all())) == ("I-001", risk, [issue])
    assert (issue.title, issue.owner, issue.scope) == (risk.title, risk_owner, risk.scope)
    assert (risk.status, risk.ended_on, risk.review_due) == ("materialised", today, None)
    assert list(Issue.objects.asking_for_a_decision()) == [issue]
    for move in (moves.close, moves.deescalate):
        with pytest.raises(ValidationError):
            move(risk, by=lead_digital, reason="Late")
    with pytest.raises(ValidationError, match="materialised already"):
        moves.materialise(risk, by=lead_digital, reason="Twice", **HAPPENED)
    moves.reopen(risk, by=lead_digital, reason="It may happen again")
    second = moves.materialise(risk, by=lead_digital, reason="It did", **HAPPENED)
    assert {issue, second} == set(risk.issues.all())


def test_the_issue_of_an_exempt_risk_is_exempt(make_risk, lead_digital, today):
    exempt = {
        "classification": "exempt",
        "exempt_paragraphs": [3],
        "exempt_reason": "Talks are not finished.",
        "exempt_review": DAY(2023, 3, 31),
    }
    issue = moves.materialise(make_risk(**exempt), by=lead_digital, reason="It happened", **HAPPENED)
    assert (issue.classification, issue.exempt_paragraphs) == ("exempt", [3])


def test_a_refused_issue_leaves_the_risk_as_it_was(make_risk, lead_digital, today, fresh):
    risk = make_risk()
    with pytest.raises(ValidationError) as refused:
        moves.materialise(risk, what_happened="", severity="dreadful", by=lead_digital, reason="It happened")
    assert set(refused.value.message_dict) == {"what_happened", "severity"}
    assert fresh(risk).status == "open"
    assert not Issue.objects.exists()


def test_a_stale_copy_moves_nothing(make_risk, lead_digital, sro, today, fresh):
    risk = make_risk()
    stale = [fresh(risk) for _ in range(4)]
    moves.escalate(risk, to="board", by=lead_digital, reason="Beyond us")
    asked = [
        (moves.escalate, {"to": "programme"}),
        (moves.close, {}),
        (moves.reopen, {}),
        (moves.materialise, HAPPENED),
    ]
    for copy, (move, facts) in zip(stale, asked, strict=True):
        with pytest.raises(Stale):
            move(copy, by=sro, reason="Too late", **facts)
    assert Risk.objects.get().version == 2

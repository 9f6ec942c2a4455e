"""Issues: raised, changed, asking a body for a decision, resolved with how."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from programme.foundation.history import Stale
from risks.actions import issues
from risks.models import Issue

DAY = datetime.date


@pytest.fixture
def issue(digital, lead_digital, today):
    facts = {"title": "Portal is down", "what_happened": "It fell over.", "severity": "major"}
    return issues.raise_issue(scope=digital.scope, by=lead_digital, reason="It happened", **facts)


def test_an_issue_is_raised_in_the_next_number(issue, digital, lead_digital, today):
    assert (issue.ref, issue.status, issue.raised_on, issue.owner) == ("I-001", "open", today, None)
    facts = {"title": "Again", "what_happened": "It fell again.", "severity": "critical"}
    again = issues.raise_issue(
        scope=digital.scope, by=lead_digital, reason="Seen", due=DAY(2022, 8, 31), **facts
    )
    assert again.ref == "I-002"
    assert list(Issue.objects.severest_first()) == [again, issue]
    assert list(Issue.objects.overdue(today)) == [again]
    assert again.is_overdue(today)


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"title": ""}, "title"),
        ({"what_happened": ""}, "what_happened"),
        ({"severity": "dreadful"}, "severity"),
        ({"raised_on": DAY(2022, 9, 2)}, "raised_on"),
        ({"ref": "X-1"}, "ref"),
    ],
)
def test_what_is_wrong_is_refused_at_its_field(digital, lead_digital, today, facts, field):
    facts = {"title": "T", "what_happened": "W", "severity": "major"} | facts
    with pytest.raises(ValidationError) as refused:
        issues.raise_issue(scope=digital.scope, by=lead_digital, reason="Seen", **facts)
    assert set(refused.value.message_dict) == {field}


def test_an_issue_lies_on_no_body(issue, board, lead_digital):
    with pytest.raises(ValidationError, match="lies on the programme"):
        issues.change(issue, scope=board.scope, by=lead_digital, reason="Moved")


def test_a_change_leaves_status_and_question_alone(issue, lead_digital, risk_owner, sro, fresh):
    stale = fresh(issue)
    issues.change(issue, owner=risk_owner, plan="Restart", by=lead_digital, reason="Assigned")
    assert (issue.owner, issue.plan) == (risk_owner, "Restart")
    for facts in ({"status": "resolved"}, {"decision_asked": "May we?"}, {"risk": None}):
        with pytest.raises(ValidationError, match="not changed here"):
            issues.change(issue, by=lead_digital, reason="Round the back", **facts)
    with pytest.raises(Stale):
        issues.change(stale, plan="Wait", by=sro, reason="Mine")


def test_a_question_and_its_answer(issue, lead_digital, board, decision, sro):
    asked = {"decision_asked": "May we pay for a second line?", "asked_of": board}
    with pytest.raises(ValidationError, match="asks for no decision"):
        issues.answer(issue, decision=decision(), by=lead_digital, reason="Decided")
    for half, field in (({"asked_of": None}, "asked_of"), ({"decision_asked": ""}, "decision_asked")):
        with pytest.raises(ValidationError) as refused:
            issues.ask_decision(issue, by=lead_digital, reason="Ask", **asked | half)
        assert set(refused.value.message_dict) == {field}
    issues.ask_decision(issue, by=lead_digital, reason="Ask", **asked)
    assert list(Issue.objects.asking_for_a_decision()) == [issue]
    withdrawn = decision("TB-2022-009")
    withdrawn.withdraw(by=sro, reason="Entered twice")
    with pytest.raises(ValidationError, match="that stands in the register"):
        issues.answer(issue, decision=withdrawn, by=lead_digital, reason="Decided")
    refused = decision("TB-2022-002", outcome="rejected")
    issues.answer(issue, decision=refused, by=lead_digital, reason="Decided")
    assert issue.decision == refused
    assert not Issue.objects.asking_for_a_decision()
    issues.ask_decision(issue, decision_asked="", asked_of=None, by=lead_digital, reason="Settled")
    assert (issue.asked_of, issue.decision) == (None, None)


def test_it_is_answered_by_what_has_been_decided_and_may_be_read(
    issue, lead_digital, board, decision, sro, on, fresh
):
    question = {"decision_asked": "May we pay?", "asked_of": board}
    issues.ask_decision(issue, by=lead_digital, reason="Ask", **question)
    answer = decision()
    on(answer.date - datetime.timedelta(days=1))
    with pytest.raises(ValidationError, match="taken by today"):
        issues.answer(fresh(issue), decision=answer, by=fresh(sro), reason="Decided")
    on(answer.date)
    answer.exempt_paragraphs, answer.exempt_reason, answer.exempt_review = [3], "A price", answer.date
    answer.classification = "exempt"
    answer.record(by=sro, reason="It names a price")
    with pytest.raises(ValidationError, match="that you may read"):
        issues.answer(fresh(issue), decision=answer, by=lead_digital, reason="Decided")
    assert issues.answer(fresh(issue), decision=answer, by=sro, reason="Decided").decision == answer


def test_resolved_with_how_and_opened_again(issue, lead_digital, today):
    with pytest.raises(ValidationError, match="Say how"):
        issues.resolve(issue, how_resolved=" ", by=lead_digital, reason="Done")
    for day in (DAY(2022, 8, 31), DAY(2022, 9, 2)):
        with pytest.raises(ValidationError) as refused:
            issues.resolve(issue, how_resolved="Up", resolved_on=day, by=lead_digital, reason="Done")
        assert set(refused.value.message_dict) == {"resolved_on"}
    issues.resolve(issue, how_resolved="A second line", by=lead_digital, reason="Done")
    assert (issue.status_words, issue.resolved_on) == ("Resolved", today)
    assert not Issue.objects.unresolved()
    asked = [
        (issues.resolve, {"how_resolved": "Twice"}),
        (issues.change, {"plan": "More"}),
        (issues.ask_decision, {"decision_asked": "", "asked_of": None}),
    ]
    for action, facts in asked:
        with pytest.raises(ValidationError, match="is resolved"):
            action(issue, by=lead_digital, reason="Late", **facts)
    issues.reopen(issue, by=lead_digital, reason="It fell again")
    assert (issue.status, issue.resolved_on, issue.how_resolved) == ("open", None, "")
    with pytest.raises(ValidationError, match="open already"):
        issues.reopen(issue, by=lead_digital, reason="Again")


def test_withdrawn_and_left_alone(issue, lead_digital):
    issues.withdraw(issue, by=lead_digital, reason="Not ours")
    assert issue.status_words == "Withdrawn"
    for action in (issues.withdraw, issues.change, issues.reopen):
        with pytest.raises(ValidationError, match="was withdrawn"):
            action(issue, by=lead_digital, reason="Again")


@pytest.mark.parametrize(
    "values",
    ["status = 'resolved'", "resolved_on = '2022-09-01'", "how_resolved = 'x'", "decision_asked = 'May we?'"],
)
def test_the_database_refuses_what_says_half(issue, values):
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE risks_issue SET {values} WHERE id = {issue.pk}")  # noqa: S608


def test_who_sees_and_keeps_an_issue(issue, lead_digital, lead_commercial, auditor, staff, group_member):
    for user in (lead_digital, lead_commercial, auditor, group_member):
        assert Issue.objects.visible_to(user).exists()
    assert not Issue.objects.visible_to(staff)
    keepers = [user.has_perm("risks.change_risk", issue) for user in (lead_digital, lead_commercial, auditor)]
    assert keepers == [True, False, False]


@pytest.mark.parametrize("nothing", ["", "  ", "\u200b", "\u2060 \u00ad"])
def test_what_says_nothing_resolves_nothing_and_asks_for_nothing(issue, lead_digital, board, nothing, fresh):
    with pytest.raises(ValidationError, match="Say how it was resolved"):
        issues.resolve(fresh(issue), how_resolved=nothing, by=lead_digital, reason="Done")
    asked = {"decision_asked": nothing, "asked_of": board}
    with pytest.raises(ValidationError):
        issues.ask_decision(fresh(issue), by=lead_digital, reason="Ask", **asked)
    assert fresh(issue).version == 1

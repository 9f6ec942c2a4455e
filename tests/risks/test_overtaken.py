"""Whoever comes second is told so. Who changed what, and why, is told to those alone who may read the
history; others see how it stands now, which they may read anyway."""

import datetime

import pytest

from risks.actions import mitigations, risks
from risks.models import Issue
from tests.cast import BEGINNING, written
from tests.savings import EXEMPT
from tests.words import words_of

pytestmark = pytest.mark.django_db
REVIEW, TOLD = "/risks/R-001/review/", "What changed meanwhile"


@pytest.fixture
def overtaken(make_risk, risk_owner, lead_digital, fresh, today):
    """A risk of which its lead has changed the cause twice; its owner may not read the history."""
    risk = make_risk("R-001", (3, 4), owner=risk_owner, cause="The first cause")
    for cause in ("The second cause", "The cause of today"):
        risks.change(fresh(risk), by=lead_digital, reason=f"Because of {cause}", cause=cause)
    return fresh(risk)


@pytest.fixture
def late(sign_in):
    """``late(person, version) -> the page's words``: a review of somebody who saw another version."""

    def send(person, version):
        typed = {"current_likelihood": 2, "current_impact": 2, "reason": "Seen by me", "version": version}
        answer = sign_in(person).post(REVIEW, typed)
        assert answer.status_code == 409
        return words_of(answer.text)

    return send


@pytest.mark.parametrize("version", ["0", "1", "2", "99", "", "none"])
def test_an_owner_without_sight_of_the_history_sees_how_it_stands_now(overtaken, late, risk_owner, version):
    page = late(risk_owner, version)
    assert "Somebody else changed this while you had it open" in page
    assert "How it stands now" in page
    assert "Look at how it stands now, then save again" in page
    assert "The cause of today" in page
    assert "Seen by me" in page
    for kept in ("The first cause", "The second cause", "Because of", TOLD):
        assert kept not in page


def test_whoever_may_read_the_history_is_told_who_and_why(overtaken, late, programme_manager):
    page = late(programme_manager, "2")
    assert TOLD in page
    assert "Because of The cause of today" in page
    assert "The second cause" in page
    assert "Because of The second cause" not in page
    assert "How it stands now" not in page


def test_it_is_asked_where_the_record_lies(
    make_risk, commercial, late, sign_in, lead_digital, programme_manager, fresh
):
    risk = make_risk("R-001", (3, 4), owner=lead_digital, scope=commercial.scope)
    risks.change(risk, by=programme_manager, reason="Known by now", cause="Two systems")
    page = late(lead_digital, "1")
    assert "Known by now" not in page
    assert "Two systems" in page


def test_how_it_stands_names_nothing_that_is_kept_from_its_reader(
    sign_in, make_risk, make_project, commercial, group_member, programme_manager, today
):
    hidden = make_project(commercial, "COM-05", "Share of a company", **EXEMPT)
    risk = make_risk("R-001", (3, 4), owner=group_member, scope=hidden.scope)
    risks.change(risk, by=programme_manager, reason="Known by now", cause="Two systems")
    typed = {"current_likelihood": 2, "current_impact": 2, "reason": "Seen by me", "version": "1"}
    page = sign_in(group_member).post(REVIEW, typed)
    assert page.status_code == 409
    assert "Two systems" in page.text
    assert "Share of a company" not in page.text


def test_so_it_is_with_actions_and_issues(
    sign_in, make_risk, digital, lead_digital, group_member, fresh, today
):
    facts = {"title": "It broke", "what_happened": "It broke", "severity": "major", "raised_on": BEGINNING}
    issue = written(Issue(ref="I-001", scope=digital.scope, owner=group_member, **facts))
    risk = make_risk("R-001")
    by = {"by": lead_digital, "reason": "As agreed"}
    due = datetime.date(2022, 12, 1)
    action = mitigations.plan(risk, what="Ask them", owner=group_member, due=due, **by)
    mitigations.change(fresh(action), due=datetime.date(2022, 12, 8), **by)
    client = sign_in(group_member)
    typed = {"version": "0", "done_on": "2022-09-01"}
    page = client.post(f"/risks/R-001/actions/{action.pk}/complete/", typed).text
    assert "8 December 2022" in page
    assert "1 December 2022" not in page
    page = client.post("/issues/I-001/resolve/", {"version": "0", "how_resolved": "Mended"})
    assert page.status_code == 409
    assert TOLD not in page.text
    assert fresh(issue).is_open

"""What home says of risks and issues: each number is what the list behind it holds, for each person's own."""

from __future__ import annotations

import datetime
import re
from html import unescape
from typing import Any

import pytest

from programme.foundation import calendar
from risks.models import Acceptance, Issue, RiskAction
from tests.cast import BEGINNING, written

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
DAY = datetime.timedelta(days=1)
EXEMPT = {
    "classification": "exempt",
    "exempt_paragraphs": [3],
    "exempt_reason": "A sale is being negotiated.",
    "exempt_review": datetime.date(2023, 6, 1),
}


@pytest.fixture
def waiting(sign_in: Any) -> Any:
    """``waiting(person) -> {"2 risks are overdue for review": "/risks/?…"}``: what home lists for them."""

    def read(user: Any) -> dict[str, str]:
        page = sign_in(user).get("/").content.decode()
        links = re.findall(r'pp-waiting__link" href="([^"]+)">([^<]+)<', page)
        return {unescape(words): unescape(url) for url, words in links}

    return read


@pytest.fixture
def listed(sign_in: Any) -> Any:
    """``listed(person, address) -> ["R-001", …]``: the references on the list at the address."""

    def read(user: Any, address: str) -> list[str]:
        page = sign_in(user).get(address)
        assert page.status_code == 200, address
        return sorted(set(re.findall(r'href="/(?:risks|issues)/([RI]-\d+)/"', page.content.decode())))

    return read


@pytest.fixture
def action(person: Any) -> Any:
    """``action(risk, owner, due) -> RiskAction`` that is not done."""

    def make(risk: Any, owner: Any, due: datetime.date) -> RiskAction:
        return written(RiskAction(risk=risk, what="Train more people", owner=owner, due=due))

    return make


@pytest.fixture
def accepted() -> Any:
    """``accepted(risk, by, until) -> Acceptance`` on the lead's word."""

    def make(risk: Any, by: Any, until: datetime.date) -> Acceptance:
        known = {"accepted_on": BEGINNING, "authority": "lead", "why": "Dearer to treat", "expires": until}
        score = {"likelihood": 3, "impact": 3, "band": "medium"}
        return written(Acceptance(risk=risk, accepted_by=by, **known, **score))

    return make


@pytest.fixture
def issue(digital: Any) -> Any:
    """``issue("I-001", due=…) -> Issue`` of Be Digital."""

    def make(ref: str, **facts: Any) -> Issue:
        known = {"title": f"Issue {ref}", "what_happened": "It happened", "severity": "major"}
        facts = {"scope": digital.scope, "raised_on": BEGINNING} | facts
        return written(Issue(ref=ref, **known, **facts))

    return make


@pytest.fixture
def register(
    make_risk: Any, commercial: Any, today: Any, risk_owner: Any, action: Any, accepted: Any
) -> None:
    """Six risks of Be Digital and one of Be Commercial: five are something to do."""
    late, later = today - DAY, today + DAY
    make_risk("R-001", (3, 3), review_due=late)
    make_risk("R-002", (3, 3), review_due=today, owner=risk_owner)
    make_risk("R-003", review_due=later)
    accepted(make_risk("R-004", (3, 3), review_due=later), risk_owner, late)
    action(make_risk("R-005", (4, 4), review_due=later, owner=risk_owner), risk_owner, late)
    make_risk("R-006", (3, 3), review_due=late, status="closed", ended_on=late)
    make_risk("R-007", review_due=late, scope=commercial.scope)


def test_a_lead_is_told_of_what_the_own_workstream_has_to_do(register, waiting, listed, lead_digital):
    found = waiting(lead_digital)
    assert {words: listed(lead_digital, url) for words, url in found.items()} == {
        "1 risk is overdue for review": ["R-001"],
        "1 acceptance of a risk has expired": ["R-004"],
        "1 risk is not yet scored": ["R-003"],
        "1 risk has an overdue action": ["R-005"],
    }


def test_the_programme_manager_keeps_all_of_it(register, waiting, listed, programme_manager):
    found = waiting(programme_manager)
    assert listed(programme_manager, found["2 risks are overdue for review"]) == ["R-001", "R-007"]
    assert listed(programme_manager, found["2 risks are not yet scored"]) == ["R-003", "R-007"]


def test_an_owner_is_told_of_own_risks_only(register, waiting, listed, risk_owner, make_risk, today):
    make_risk("R-008", review_due=today - DAY, owner=risk_owner)
    found = waiting(risk_owner)
    assert {words: listed(risk_owner, url) for words, url in found.items()} == {
        "1 risk is overdue for review": ["R-008"],
        "1 risk is not yet scored": ["R-008"],
        "1 risk has an overdue action": ["R-005"],
    }


def test_whoever_has_an_action_on_another_s_risk_is_told_of_it(
    make_risk, action, today, waiting, listed, group_member
):
    action(make_risk("R-001", (2, 2)), group_member, today - DAY)
    action(make_risk("R-002", (2, 2)), group_member, today)
    [(words, url)] = waiting(group_member).items()
    assert words == "1 risk has an overdue action of yours"
    assert listed(group_member, url) == ["R-001"]


def test_who_only_reads_is_asked_for_nothing(register, waiting, auditor, staff):
    assert waiting(auditor) == waiting(staff) == {}


def test_the_board_is_told_what_was_escalated_to_it_and_what_it_is_asked(
    make_risk, issue, board, digital_group, decision, waiting, listed, sro, chief_executive, auditor
):
    make_risk("R-001", (5, 5), status="escalated", escalated_to="board")
    make_risk("R-002", (5, 5), status="escalated", escalated_to="lead")
    asks = {"decision_asked": "May we wait?", "asked_of": board}
    issue("I-001", **asks)
    issue("I-002", **asks)
    issue("I-003", **asks, decision=decision())
    issue("I-004", **asks | {"asked_of": digital_group})
    for who in (sro, chief_executive):
        found = waiting(who)
        assert {words: listed(who, url) for words, url in found.items()} == {
            "1 risk is escalated to the board": ["R-001"],
            "2 issues ask for a decision": ["I-001", "I-002"],
        }
    assert waiting(auditor) == {}


def test_a_lead_is_told_of_what_was_escalated_from_the_own_projects(
    make_risk, commercial, waiting, listed, lead_digital, programme_manager
):
    to_lead = {"status": "escalated", "escalated_to": "lead"}
    make_risk("R-001", (3, 3), **to_lead)
    make_risk("R-002", (3, 3), scope=commercial.scope, **to_lead)
    make_risk("R-003", (3, 3), status="escalated", escalated_to="programme")
    found = waiting(lead_digital)
    assert listed(lead_digital, found["1 risk is escalated to you"]) == ["R-001"]
    found = waiting(programme_manager)
    assert listed(programme_manager, found["1 risk is escalated to the programme"]) == ["R-003"]
    assert "1 risk is escalated to you" not in found


def test_overdue_issues_wait_for_whoever_keeps_them(
    issue, commercial, today, waiting, listed, lead_digital, risk_owner, lead_commercial
):
    issue("I-001", due=today - DAY, owner=risk_owner)
    issue("I-002", due=today - DAY)
    issue("I-003", due=today)
    done = {"status": "resolved", "resolved_on": today, "how_resolved": "Mended"}
    issue("I-004", due=today - DAY, **done)
    for who, expected in ((lead_digital, ["I-001", "I-002"]), (risk_owner, ["I-001"])):
        [(words, url)] = waiting(who).items()
        assert words.startswith(f"{len(expected)} issue")
        assert listed(who, url) == expected
    assert waiting(lead_commercial) == {}


def test_what_is_exempt_is_counted_for_none_who_may_not_read_it(
    make_risk, issue, today, waiting, sign_in, lead_commercial, lead_digital, group_member
):
    make_risk("R-001", (5, 5), review_due=today - DAY, **EXEMPT)
    issue("I-001", due=today - DAY, **EXEMPT)
    assert "1 risk is overdue for review" in waiting(lead_digital)
    for who in (lead_commercial, group_member):
        assert waiting(who) == {}
        assert "No risk that you may see may still happen." in sign_in(who).get("/").content.decode()


def test_home_says_how_the_register_stands(make_risk, category, sign_in, auditor, staff, programme):
    delivery = category("Delivery", 12)
    make_risk("R-001", (5, 5), category=delivery)
    make_risk("R-002", (4, 4), category=delivery, status="escalated", escalated_to="board")
    make_risk("R-003", (2, 2), category=delivery)
    make_risk("R-004")
    page = sign_in(auditor).get("/").content.decode()
    assert (
        "4 risks may still happen: 2 severe, 1 low; 1 is not yet scored; "
        "1 is outside appetite, neither accepted nor escalated." in page
    )
    assert 'href="/risks/matrix/"' in page
    assert 'href="/risks/?band=not-scored">Not yet scored: 1</a>' in page
    assert "may still happen" not in sign_in(staff).get("/").content.decode()


def test_the_highest_risks_are_named_and_counted_where_they_lie(
    make_risk, crm, digital, agile, programme_manager, lead_digital, staff, sign_in, today
):
    make_risk("R-001", (2, 2))
    make_risk("R-002", (5, 5), scope=crm.scope, target=(2, 3), review_due=today - DAY)
    make_risk("R-003", (4, 3), scope=digital.scope)
    make_risk("R-004", (4, 4), scope=agile.scope, **EXEMPT)
    make_risk("R-005", (5, 4), scope=crm.scope, status="closed", ended_on=BEGINNING)
    page = plain(sign_in(programme_manager).get("/"))
    assert re.findall(r"(R-00\d) Risk", page) == ["R-002", "R-004", "R-003", "R-001"]
    assert re.search(r"R-002 Risk R-002 25 Severe 6 Medium [^R]+, overdue", page)
    assert re.search(r"R-003 Risk R-003 12 High Not yet scored", page), "an aim is missing, not nought"
    assert "(exempt, paragraph 3)" in page
    assert re.findall(r"Severe or high risks (\d)", page) == ["1", "2"]
    own = plain(sign_in(lead_digital).get("/"))
    assert "R-004" not in own, "what is exempt elsewhere is neither named"
    assert re.findall(r"Severe or high risks (\d)", own) == ["0", "2"], "nor counted"
    assert "Severe or high" not in plain(sign_in(staff).get("/"))


def plain(answer: Any) -> str:
    """The words of a page below its banner, without its marks."""
    shown = answer.content.decode().partition("<h1")[2]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", shown)).split())


def test_a_change_is_seen_at_once(make_risk, waiting, lead_digital, today):
    risk = make_risk("R-001", (3, 3), review_due=today - DAY)
    assert list(waiting(lead_digital)) == ["1 risk is overdue for review"]
    risk.review_due = today
    risk.record(by=lead_digital, reason="Reviewed")
    assert waiting(lead_digital) == {}


def test_what_is_counted_does_not_take_more_queries_with_more_risks(
    make_risk, today, programme_manager, django_assert_num_queries
):
    from portal.risk_numbers import risk_numbers

    for number in range(1, 31):
        make_risk(f"R-{number:03}", review_due=today - DAY)
    assert programme_manager.standing.roles
    with calendar.clock_held():
        calendar.today()
        with django_assert_num_queries(8):
            found = risk_numbers(programme_manager)
        with django_assert_num_queries(1):
            assert risk_numbers(programme_manager) == found
    assert found.not_scored == 30

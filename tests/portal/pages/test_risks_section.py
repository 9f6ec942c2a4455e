"""The risks tab of projects and workstreams: how they stand, what is overdue, nothing that is withheld."""

from __future__ import annotations

import datetime
import re
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from risks.models import Issue, RiskAction
from tests.cast import BEGINNING, written
from tests.portal.pages.test_home_of_risks import EXEMPT

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
DAY = datetime.timedelta(days=1)


@pytest.fixture
def tab(sign_in: Any) -> Any:
    """``tab(person, "/projects/DIG-01/") -> str``: the risks tab of the page, as it stands or stood."""

    def read(user: Any, address: str, as_at: str = "") -> str:
        asked = {"tab": "risks"} | ({"as_at": as_at} if as_at else {})
        answer = sign_in(user).get(address, asked)
        assert answer.status_code == 200
        return answer.content.decode()

    return read


def rows(page: str, caption: str) -> list[list[str]]:
    """The cells of the table in words."""
    table = re.search(rf"<caption[^>]*>{caption}</caption>.*?</table>", page, re.S)
    found = re.findall(r"<tr[^>]*>(.*?)</tr>", table[0], re.S) if table else []
    plain = [[re.sub(r"<[^>]*>", " ", cell) for cell in re.split(r"</t[hd]>", row)] for row in found]
    return [[unescape(" ".join(cell.split())) for cell in cells[:-1]] for cells in plain[1:]]


RISKS, ISSUES = "Risks, the highest score first", "Issues, the severest first"
LOW = "Unlikely × Minor, 4 Low"


def issue(ref: str, scope: Any, **facts: Any) -> Issue:
    known = {"title": f"Issue {ref}", "what_happened": "It happened", "severity": "major"}
    return written(Issue(ref=ref, scope=scope, raised_on=BEGINNING, **known | facts))


def test_a_workstream_gathers_its_projects_risks_the_highest_first(make_risk, crm, tab, auditor, commercial):
    make_risk("R-001")
    make_risk("R-002", (2, 2), review_due=datetime.date(2022, 9, 20))
    make_risk("R-003", (4, 5), target=(2, 2), scope=crm.scope)
    make_risk("R-004", (5, 5), scope=commercial.scope)
    make_risk("R-005", (5, 5), status="closed", ended_on=BEGINNING)
    page = tab(auditor, "/workstreams/digital/")
    assert rows(page, RISKS) == [
        ["R-003 Risk R-003", "DIG-01", "Likely × Critical, 20 Severe", LOW, "Nobody yet", "–"],
        ["R-002 Risk R-002", "Be Digital", LOW, "Not yet scored", "Nobody yet", "20 September 2022"],
        ["R-001 Risk R-001", "Be Digital", "Not yet scored", "Not yet scored", "Nobody yet", "–"],
    ]
    assert "3 risks may still happen: 1 severe, 1 low; 1 is not yet scored." in page
    [only] = rows(tab(auditor, "/projects/DIG-01/"), RISKS)
    assert only[:2] == ["R-003 Risk R-003", "Likely × Critical, 20 Severe"], "its place needs no saying"


def test_what_is_overdue_leads_to_the_lists_that_hold_it(
    make_risk, crm, tab, today, sign_in, auditor, lead_digital
):
    late = today - DAY
    make_risk("R-001", (2, 2), review_due=late, scope=crm.scope)
    make_risk("R-002", (2, 2), review_due=today, scope=crm.scope)
    acted = make_risk("R-003", (2, 2), scope=crm.scope)
    written(RiskAction(risk=acted, what="Train people", owner=lead_digital, due=late))
    make_risk("R-004", (2, 2), review_due=late)
    issue("I-001", crm.scope, due=late)
    issue("I-002", crm.scope, due=today)
    page = tab(auditor, "/projects/DIG-01/")
    assert "31 August 2022, overdue" in rows(page, RISKS)[0]
    late_ones = re.findall(r'<li><a class="govuk-link" href="(/[^"]*)">([^<]*overdue[^<]*)<', page)
    lists = {words: sign_in(auditor).get(unescape(url)).content.decode() for url, words in late_ones}
    refs = {
        words: sorted(set(re.findall(r'/(?:risks|issues)/([RI]-\d+)/"', lists[words]))) for words in lists
    }
    assert refs == {
        "1 review is overdue": ["R-001"],
        "1 risk has an overdue action": ["R-003"],
        "1 issue is overdue": ["I-001"],
    }


def test_issues_stand_the_severest_first_with_what_they_ask(
    tab, digital, auditor, lead_digital, board, today
):
    asks = {"decision_asked": "May we wait?", "asked_of": board}
    issue("I-001", digital.scope, severity="minor", owner=lead_digital, **asks)
    issue("I-002", digital.scope, severity="critical", due=today - DAY)
    resolved = {"status": "resolved", "resolved_on": today, "how_resolved": "Mended"}
    issue("I-003", digital.scope, **resolved)
    assert rows(tab(auditor, "/workstreams/digital/"), ISSUES) == [
        ["I-002 Issue I-002", "Be Digital", "Critical", "Nobody yet", "31 August 2022, overdue", "–"],
        ["I-001 Issue I-001", "Be Digital", "Minor", str(lead_digital), "–", "May we wait?"],
    ]


def test_it_stands_as_it_stood(make_risk, crm, digital, tab, today, auditor, lead_digital):
    moved, closed = make_risk("R-001", (2, 2), scope=crm.scope), make_risk("R-002", (3, 3), scope=crm.scope)
    moved.scope, moved.current_impact = digital.scope, 5
    moved.record(by=lead_digital, reason="It is wider than the project")
    closed.status, closed.ended_on = "closed", today
    closed.record(by=lead_digital, reason="It cannot happen any more")
    assert rows(tab(auditor, "/projects/DIG-01/"), RISKS) == []
    page = tab(auditor, "/projects/DIG-01/", "2022-08-01")
    assert [row[0] for row in rows(page, RISKS)] == ["R-002 Risk R-002", "R-001 Risk R-001"]
    assert rows(page, RISKS)[1][1] == "Unlikely × Minor, 4 Low"
    assert 'href="/risks/matrix/?project=DIG-01&amp;as_at=2022-08-01"' in page
    assert "as a list with filters" not in page
    assert "2 risks could still happen: 1 medium, 1 low." in page
    assert "Raise a risk here" not in page


def test_exempt_risks_and_issues_leave_no_trace(make_risk, tab, digital, crm, lead_digital, group_member):
    make_risk("R-066", (5, 5), title="The sale falls through", scope=crm.scope, **EXEMPT)
    issue("I-066", crm.scope, title="The buyer has gone", **EXEMPT)
    seen = tab(lead_digital, "/workstreams/digital/")
    assert "R-066 The sale falls through (exempt, paragraph 3)" in seen
    for address in ("/workstreams/digital/", "/projects/DIG-01/"):
        for day in ("", "2022-08-01"):
            page = tab(group_member, address, day)
            for hidden in ("R-066", "I-066", "sale falls", "buyer", "xempt", "severe;", "1 risk"):
                assert hidden not in page, (address, day, hidden)


def test_a_project_that_is_kept_from_the_reader_is_not_named(
    make_risk, make_project, digital, tab, group_member
):
    secret = make_project(digital, "DIG-90", "Sale of the depot", **EXEMPT)
    make_risk("R-001", (2, 2), scope=secret.scope)
    page = tab(group_member, "/workstreams/digital/")
    assert rows(page, RISKS)[0][1] == "A project that you may not read"
    assert "DIG-90" not in page


def test_whoever_may_raises_from_here_with_the_place_filled_in(tab, crm, sign_in, lead_digital, auditor):
    page = tab(lead_digital, "/projects/DIG-01/")
    for address in ("/risks/raise/?project=DIG-01", "/issues/raise/?project=DIG-01"):
        assert f'href="{address}"' in page
        form = sign_in(lead_digital).get(address).context["form"]
        assert (form["place"].value(), form["project"].value()) == ("project", "DIG-01")
    form = sign_in(lead_digital).get("/risks/raise/?workstream=digital").context["form"]
    assert form["place"].value() == str(crm.workstream.scope_id)
    assert "raise/" not in tab(auditor, "/projects/DIG-01/")


def test_staff_have_no_such_tab(crm, sign_in, staff):
    page = sign_in(staff).get("/projects/DIG-01/").content.decode()
    assert "tab=risks" not in page
    assert sign_in(staff).get("/projects/DIG-01/?tab=risks").status_code == 403


@pytest.mark.parametrize("as_at", ["", "2022-08-01"])
def test_its_queries_do_not_grow_with_the_risks(make_risk, digital, sign_in, programme_manager, as_at):
    client, counts = sign_in(programme_manager), []
    address = f"/workstreams/digital/?tab=risks&as_at={as_at}"
    for number in (1, 30):
        for place in range(number):
            make_risk(f"R-{number:02}{place:02}", (2, 2), owner=programme_manager)
            issue(f"I-{number:02}{place:02}", digital.scope, owner=programme_manager)
        with CaptureQueriesContext(connection) as queries:
            page = client.get(address).content.decode()
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 25
    assert ("The first 15 stand here" if as_at else "All its risks") in page

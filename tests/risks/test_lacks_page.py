"""What the register lacks: each count leads to a register of as many risks."""

from __future__ import annotations

import datetime

import pytest

from risks.choices import Finding
from risks.models import RiskAction
from tests.cast import written

pytestmark = pytest.mark.django_db
GAPS = "/risks/gaps/"


@pytest.fixture
def register(make_risk, category, lead_digital, on):
    """One risk for nearly every gap, on 1 December: all but the last one untouched since July."""
    on(datetime.date(2022, 12, 1))
    owned = {"owner": lead_digital, "review_due": datetime.date(2022, 12, 24)}
    make_risk("R-001", (1, 1), **owned | {"review_due": datetime.date(2022, 11, 30)})
    make_risk("R-002", (5, 5), category=category(highest=12), **owned)
    make_risk("R-003", **owned)
    make_risk("R-004", (1, 1), **owned | {"owner": None})
    make_risk("R-005", (1, 1), response="treat", **owned)
    late = make_risk("R-006", (1, 1), response="treat", **owned)
    due = datetime.date(2022, 11, 1)
    action = RiskAction(risk=late, what="Ask the supplier", owner=lead_digital, due=due)
    action.record(by=lead_digital, reason="Agreed")


EXPECTED = {
    Finding.OVERDUE: 1,
    Finding.OUTSIDE: 1,
    Finding.EXPIRED: 0,
    Finding.NOT_SCORED: 1,
    Finding.UNOWNED: 1,
    Finding.NO_ACTION: 1,
    Finding.ACTION_OVERDUE: 1,
    Finding.UNTOUCHED: 5,
}


def counts(answer):
    return {row[0]["text"]: (row[2]["text"], row[2]["url"]) for row in answer.context["rows"]}


def test_every_gap_is_counted_and_leads_to_its_risks(register, sign_in, programme_manager):
    browser = sign_in(programme_manager)
    answer = browser.get(GAPS)
    found = counts(answer)
    assert {label: number for label, (number, _) in found.items()} == {
        finding.label: str(number) for finding, number in EXPECTED.items()
    }
    for label, (number, url) in found.items():
        assert bool(url) == (number != "0"), label
        if url:
            assert browser.get(url).context["count"] == int(number), label
    assert "7 kinds of gaps in the register." in answer.content.decode()
    assert "has changed for 3 months" in answer.content.decode()


def test_nothing_lacking_is_said(sign_in, auditor, make_risk):
    assert "Nothing is lacking" in sign_in(auditor).get(GAPS).content.decode()


def test_what_is_exempt_is_not_counted_for_others(make_risk, sign_in, lead_commercial, sro, today):
    facts = {"classification": "exempt", "exempt_paragraphs": [3], "exempt_reason": "A contract."}
    written(make_risk("R-001", exempt_review=datetime.date(2023, 1, 1), **facts))
    assert counts(sign_in(sro).get(GAPS))[Finding.UNOWNED.label][0] == "1"
    assert counts(sign_in(lead_commercial).get(GAPS))[Finding.UNOWNED.label][0] == "0"


def test_staff_do_not_see_it(sign_in, staff):
    assert sign_in(staff).get(GAPS).status_code == 403

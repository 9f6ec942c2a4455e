"""The top risks: severe and high, the most severe first, each with its path."""

from __future__ import annotations

import datetime

import pytest

from risks.actions import risks as actions
from risks.actions import settings
from risks.models import RiskSettings
from risks.rules.scoring import Score, Scores

pytestmark = pytest.mark.django_db
DAY = datetime.date
TOP = "/risks/top/"


def refs(answer):
    return [row["one"].risk.ref for row in answer.context["rows"]]


def test_severe_before_high_and_nothing_milder(make_risk, sign_in, auditor, today):
    make_risk("R-001", (3, 4))
    make_risk("R-002", (4, 4))
    make_risk("R-003", (5, 5))
    make_risk("R-004", (3, 3))
    make_risk("R-005")
    make_risk("R-006", (5, 5), status="closed", ended_on=today)
    answer = sign_in(auditor).get(TOP)
    assert refs(answer) == ["R-003", "R-002", "R-001"]
    assert "3 risks are severe or high; 1 is not yet scored." in answer.content.decode()


def test_where_nothing_is_scored_the_page_leads_to_that_work(make_risk, sign_in, auditor, today):
    make_risk("R-001")
    make_risk("R-002")
    make_risk("R-003", status="closed", ended_on=today)
    page = sign_in(auditor).get(TOP).content.decode()
    assert "No risk is severe or high; 2 are not yet scored." in page
    assert 'href="/risks/?band=not-scored"' in page
    assert "How many" not in page, "there is nothing to choose from"


def test_the_band_counts_before_the_score(make_risk, sign_in, auditor, programme_manager):
    make_risk("R-001", (3, 5))
    make_risk("R-002", (2, 5))
    bands = {Score(2, 5): "severe"}
    kept = RiskSettings.objects.get()
    settings.change_matrix(kept, bands=bands, by=programme_manager, reason="Critical is critical")
    assert refs(sign_in(auditor).get(TOP)) == ["R-002", "R-001"]


@pytest.mark.parametrize(("query", "shown"), [("", 10), ("?n=5", 5), ("?n=20", 12), ("?n=1000", 10)])
def test_as_many_as_the_address_asks(make_risk, sign_in, auditor, query, shown):
    for number in range(1, 13):
        make_risk(f"R-{number:03}", (5, 5))
    assert len(refs(sign_in(auditor).get(TOP + query))) == shown


def test_the_path_tells_every_change(make_risk, sign_in, auditor, lead_digital, on, fresh):
    on(DAY(2022, 8, 1))
    risk = make_risk("R-001")
    for day, score in (
        (DAY(2022, 8, 3), Score(3, 3)),
        (DAY(2022, 9, 1), Score(3, 3)),
        (DAY(2022, 10, 1), Score(4, 4)),
        (DAY(2022, 11, 1), Score(3, 5)),
    ):
        on(day)
        actions.review(fresh(risk), scores=Scores(current=score), by=lead_digital, reason="The review")
    on(DAY(2022, 11, 30))
    answer = sign_in(auditor).get(TOP)
    [row] = answer.context["rows"]
    assert row["path"] == "9 on 3 August 2022, ↑ 16 on 1 October 2022, ↓ 15 on 1 November 2022"
    [told] = answer.context["figure"].rows
    assert told == ("R-001 Risk R-001", 15, "High", row["path"])
    drawn = answer.context["figure"].svg(900)
    assert "30 November 2021" in drawn
    assert 'href="/risks/R-001/"' in drawn


def test_filters_narrow_it(make_risk, sign_in, auditor, programme_scope):
    make_risk("R-001", (5, 5))
    make_risk("R-002", (5, 4), scope=programme_scope)
    browser = sign_in(auditor)
    assert refs(browser.get(f"{TOP}?workstream=programme")) == ["R-002"]
    assert "No severe or high risk matches" in browser.get(f"{TOP}?project=NO-01").content.decode()
    assert browser.get(f"{TOP}?workstream=nowhere").status_code == 400


def test_what_is_exempt_is_not_among_them_for_others(make_risk, sign_in, lead_commercial, sro):
    facts = {"classification": "exempt", "exempt_paragraphs": [3], "exempt_reason": "A contract."}
    make_risk("R-001", (5, 5), exempt_review=DAY(2023, 1, 1), **facts)
    assert refs(sign_in(sro).get(TOP)) == ["R-001"]
    assert "No risk is severe or high." in sign_in(lead_commercial).get(TOP).content.decode()


def test_staff_do_not_see_it(sign_in, staff):
    assert sign_in(staff).get(TOP).status_code == 403


def test_queries_do_not_grow(make_risk, sign_in, auditor, lead_digital, django_assert_max_num_queries):
    for number in range(1, 30):
        make_risk(f"R-{number:03}", (5, 4), owner=lead_digital)
    browser = sign_in(auditor)
    with django_assert_max_num_queries(16):
        browser.get(f"{TOP}?n=20")

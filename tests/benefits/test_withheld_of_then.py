"""Nothing of a benefit reaches who may not see it by a history, a withdrawn line or a kept answer."""

from __future__ import annotations

import datetime

import pytest

from benefits.actions import benefits, lines, profiles
from benefits.models import ReserveEntry
from programme.foundation.money import FinancialYear
from programme.portfolio.actions import projects
from programme.portfolio.models import Decision
from tests.cast import BEGINNING, written
from tests.savings import EXEMPT, SOURCE

pytestmark = pytest.mark.django_db
INTERNAL = {"classification": "internal", "exempt_paragraphs": [], "exempt_reason": "", "exempt_review": None}


def test_a_lines_history_does_not_name_a_decision_that_its_reader_may_not_know_of(
    sign_in, benefit, board, digital, lead_digital, programme_manager, finance
):
    told = benefit("B-001", home=digital, lines=[{"forecast": {"2023/24": 5_000}}]).lines.get()
    words = {"question": "Do seven posts go?", "reasons": "They do.", "outcome": "approved"}
    secret = written(Decision(reference="TB-2022-009", date=BEGINNING, body=board, **words, **EXEMPT))
    amounts = {FinancialYear.parse("2023/24"): 5_000}
    profiles.approve(told, amounts=amounts, decision=secret, by=programme_manager, reason="The board agreed")
    page = f"{told.get_absolute_url()}?tab=history"
    assert "TB-2022-009" in sign_in(programme_manager).get(page).text
    answer = sign_in(lead_digital).get(page)
    assert answer.status_code == 200
    assert "TB-2022-009" not in answer.text


def test_lines_that_were_withdrawn_follow_their_benefit_home_and_into_exemption(
    benefit, digital, agile, programme_manager
):
    posts = benefit("B-001", home=digital, lines=[{"name": "Seven posts"}, {"name": "An eighth"}])
    first, second = posts.lines.all()
    lines.withdraw(first, by=programme_manager, reason="Counted elsewhere")
    benefits.change(posts, scope=agile.scope, by=programme_manager, reason="Talks", **EXEMPT)
    for line in (first, second):
        line.refresh_from_db()
        assert (line.classification, line.scope_id) == ("exempt", agile.scope_id)
    assert first.withdrawn


def test_the_ledger_is_worked_out_anew_for_who_leads_a_project_no_more(
    sign_in, crm, commercial, lead_digital, programme_manager
):
    entry = {"kind": "allocation", "date": BEGINNING, "amount": 50_000, "words": "For seven posts"}
    written(ReserveEntry(scope=crm.scope, **entry, **SOURCE, **EXEMPT))
    client = sign_in(lead_digital)
    assert "For seven posts" in client.get("/benefits/reserve/").text
    projects.change_workstream(crm, to=commercial, by=programme_manager, reason="It sells")
    assert "For seven posts" not in client.get("/benefits/reserve/").text


def test_who_owned_a_benefit_then_reads_of_then_no_more(
    sign_in, benefit, person, digital, commercial, finance
):
    then, now = (person(name, name, ("benefit_owner", digital.scope)) for name in ("then", "now"))
    posts = benefit("B-001", "Fewer posts", home=commercial, owner=then, **EXEMPT)
    benefits.change(posts, owner=now, name="Less paper", by=finance, reason="Told", **INTERNAL)
    day = datetime.date(2022, 8, 1)
    page = f"/benefits/B-001/?as_at={day}"
    assert "Less paper" in sign_in(then).get("/benefits/B-001/").text
    assert sign_in(then).get(page).status_code == 404
    assert "Fewer posts" in sign_in(now).get(page).text

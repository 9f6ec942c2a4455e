"""What was exempt stays with those who could read it then: in paths, names of places, past days, messages."""

import datetime

import pytest

from programme.portfolio.actions import projects
from risks.actions import issues, mitigations, risks
from risks.models import Issue, Risk
from risks.rules.scoring import Score, Scores
from tests.cast import BEGINNING, written
from tests.savings import EXEMPT

pytestmark = pytest.mark.django_db
INTERNAL = {
    "classification": "internal",
    "exempt_paragraphs": [],
    "exempt_reason": "",
    "exempt_review": None,
}
PAGE, THEN = "/risks/R-001/", "as_at=2022-08-01"


@pytest.fixture
def opened(make_risk, on, fresh, lead_digital):
    """``opened(**facts) -> Risk`` of Be Digital, exempt until 1 September, that no longer tells why."""

    def make(owner=None, now=None):
        risk = make_risk("R-001", (4, 4), owner=owner, cause="Seven posts go", **EXEMPT)
        on(datetime.date(2022, 9, 1))
        facts = {"cause": "Much changes", "owner": now} | INTERNAL
        return risks.change(fresh(risk), by=lead_digital, reason="People were spoken to", **facts)

    return make


def test_home_names_an_exempt_risk_no_more_once_its_project_is_led_by_others(
    sign_in, make_risk, crm, commercial, lead_digital, lead_commercial, programme_manager, today
):
    make_risk("R-001", (4, 5), scope=crm.scope, title="Seven posts go", **EXEMPT)
    old, new = sign_in(lead_digital), sign_in(lead_commercial)
    assert "Seven posts go" in old.get("/").text
    assert "Seven posts go" not in new.get("/").text
    projects.change_workstream(crm, to=commercial, by=programme_manager, reason="It sells")
    assert "Seven posts go" not in old.get("/").text
    assert "Seven posts go" in new.get("/").text


def test_history_names_no_project_that_is_kept_from_the_reader(
    sign_in, make_risk, make_project, commercial, digital, lead_digital, programme_manager, today
):
    hidden = make_project(commercial, "COM-05", "Share of a company", **EXEMPT)
    risk = make_risk("R-001", scope=hidden.scope)
    risks.change(risk, scope=digital.scope, by=programme_manager, reason="It is theirs")
    page = sign_in(lead_digital).get(f"{PAGE}?tab=history").text
    assert "Be Digital" in page
    assert "Share of a company" not in page
    assert "Share of a company" in sign_in(programme_manager).get(f"{PAGE}?tab=history").text


def test_the_top_risks_show_no_score_of_a_time_when_the_risk_was_kept_from_the_reader(
    sign_in, make_risk, lead_digital, lead_commercial, on, fresh
):
    risk = make_risk("R-001", (3, 4), **EXEMPT)
    on(datetime.date(2022, 8, 1))
    risks.review(fresh(risk), scores=Scores(None, Score(5, 5), None), by=lead_digital, reason="Worse")
    on(datetime.date(2022, 9, 1))
    risks.change(fresh(risk), by=lead_digital, reason="People were spoken to", **INTERNAL)
    on(datetime.date(2022, 9, 8))
    risks.review(fresh(risk), scores=Scores(None, Score(4, 4), None), by=lead_digital, reason="Better")
    kept = sign_in(lead_commercial).get("/risks/top/").text
    assert "16 on 8 September 2022" in kept
    assert "25 on" not in kept
    assert "25 on 1 August 2022" in sign_in(lead_digital).get("/risks/top/").text


def test_a_review_of_the_morning_stays_kept_when_its_risk_is_opened_in_the_afternoon(
    sign_in, make_risk, lead_digital, lead_commercial, fresh
):
    """By the clock of the day, since the portal's own stands still where it is fixed."""
    risk = make_risk("R-001", (3, 4), **EXEMPT)
    risks.review(fresh(risk), scores=Scores(None, Score(5, 5), None), by=lead_digital, reason="Seven posts")
    risks.change(fresh(risk), by=lead_digital, reason="People were spoken to", **INTERNAL)
    risks.review(fresh(risk), scores=Scores(None, Score(4, 4), None), by=lead_digital, reason="It is known")
    kept = sign_in(lead_commercial).get(f"{PAGE}?tab=reviews").text
    assert "It is known" in kept
    assert "Seven posts" not in kept
    assert "Seven posts" in sign_in(lead_digital).get(f"{PAGE}?tab=reviews").text
    assert "25 on" not in sign_in(lead_commercial).get("/risks/top/").text


def test_who_owned_it_then_reads_of_then_no_more(
    sign_in, opened, group_member, lead_commercial, lead_digital
):
    opened(owner=group_member, now=lead_commercial)
    client = sign_in(group_member)
    assert "Much changes" in client.get(PAGE).text
    assert client.get(f"{PAGE}?{THEN}").status_code == 404
    for page in ("/risks/matrix/", "/risks/matrix/risks/"):
        assert "R-001" not in client.get(f"{page}?{THEN}").text, page
        assert "R-001" in sign_in(lead_digital).get(f"{page}?{THEN}").text, page
    assert "R-001" not in client.get("/risks/movement/?since=2022-08-01").text


def test_who_owns_it_now_reads_of_then_on_every_page(sign_in, opened, group_member, lead_commercial):
    opened(owner=lead_commercial, now=group_member)
    client = sign_in(group_member)
    assert "Seven posts go" in client.get(f"{PAGE}?{THEN}").text
    assert "R-001" in client.get(f"/risks/matrix/?{THEN}").text


def test_so_it_is_with_issues(sign_in, commercial, group_member, lead_commercial, today, fresh):
    facts = {"title": "It broke", "what_happened": "Seven posts went", "severity": "major"}
    place = {"raised_on": BEGINNING, "scope": commercial.scope}
    issue = written(Issue(ref="I-001", owner=group_member, **facts, **place, **EXEMPT))
    issues.change(issue, owner=lead_commercial, by=lead_commercial, reason="Taken over", **INTERNAL)
    client = sign_in(group_member)
    assert client.get("/issues/I-001/").status_code == 200
    assert client.get(f"/issues/I-001/?{THEN}").status_code == 404


def test_whoever_is_overtaken_reads_of_an_action_only_what_was_said_since_its_risk_is_open(
    sign_in, make_risk, lead_digital, group_member, on, fresh
):
    risk = make_risk("R-001", (3, 4), owner=lead_digital, **EXEMPT)
    who = {"by": lead_digital, "reason": "As agreed"}
    on(datetime.date(2022, 8, 1))
    due = datetime.date(2022, 12, 1)
    action = mitigations.plan(risk, what="Dismiss the clerk", owner=lead_digital, due=due, **who)
    on(datetime.date(2022, 9, 1))
    risks.change(fresh(risk), **who, **INTERNAL)
    on(datetime.date(2022, 9, 2))
    mitigations.change(fresh(action), what="Share the work out", **who)
    on(datetime.date(2022, 9, 3))
    mitigations.change(fresh(action), due=datetime.date(2022, 12, 8), **who)
    typed = {"version": "0", "done_on": "2022-09-01"}
    page = sign_in(group_member).post(f"{PAGE}actions/{action.pk}/complete/", typed)
    assert page.status_code == 409
    assert "8 December 2022" in page.text
    assert "Dismiss the clerk" not in page.text


def test_whoever_may_not_know_of_it_learns_nothing_of_it_on_a_past_day(opened, group_member, staff):
    risk = opened()
    then = risk.as_at(datetime.date(2022, 8, 1))
    assert not then.stood_visible_to(group_member)
    assert not then.stood_visible_to(staff)
    assert Risk.objects.visible_to(group_member).exists()

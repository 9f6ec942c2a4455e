"""The page of one risk: how it stands now and on a past day, for whom, with which buttons."""

import datetime
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from risks.actions import acceptances, issues, mitigations, moves, risks, settings
from risks.models import RiskAction, RiskMilestone, RiskSettings
from risks.rules.scoring import Score, Scores
from tests.cast import written
from tests.savings import EXEMPT
from tests.words import words_of

pytestmark = pytest.mark.django_db
DAY = datetime.date
PAGE = "/risks/R-001/"


@pytest.fixture
def page(sign_in):
    """``page(person, "?tab=reviews")``: the words of the risk's page."""

    def read(person, query="", address=PAGE):
        answer = sign_in(person).get(address + query)
        assert answer.status_code == 200, answer.status_code
        return unescape(words_of(answer.content.decode()))

    return read


@pytest.fixture
def buttons(sign_in):
    """``buttons(person)``: the last parts of the addresses of what this person may do."""

    def read(person, address=PAGE):
        found = sign_in(person).get(address).context["actions"]
        return [url.removeprefix(address).rstrip("/") for _, url in found]

    return read


@pytest.fixture
def supplier(make_risk, category, lead_digital, today):
    return make_risk(
        "R-001",
        (3, 4),
        target=(2, 2),
        inherent=(5, 4),
        title="The supplier is late",
        cause="The market is thin",
        event="The go-live slips",
        effect="A year of savings is lost",
        category=category("Finance", 9),
        owner=lead_digital,
        review_due=DAY(2022, 9, 20),
        source_document="Workshop of 4 July",
        source_place="note 7",
    )


def test_it_says_in_a_sentence_how_it_stands(supplier, page, sro):
    said = page(sro)
    assert "High: possible × major, 12. Outside appetite for Finance, which tolerates 9 at most; " in said
    assert "neither accepted nor escalated. Its review is due on 20 September 2022." in said
    for words in ("The market is thin", "The go-live slips", "A year of savings is lost"):
        assert words in said
    assert "Workshop of 4 July, note 7" in said
    for words in (
        "Almost certain × Major, 20 Severe",
        "Possible × Major, 12 High",
        "Unlikely × Minor, 4 Low",
    ):
        assert words in said


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"current": None}, "It is not yet scored."),
        ({"current": (1, 2), "category": None}, "Nobody has chosen its category"),
        ({"current": (3, 3)}, "Within appetite for Finance, which tolerates 9."),
        ({"review_due": DAY(2022, 8, 31)}, "Its review fell due on 31 August 2022 and is overdue."),
        ({"review_due": DAY(2022, 9, 1)}, "Its review is due today."),
        ({"status": "escalated", "escalated_to": "board"}, "Escalated to the board. Outside appetite for"),
        ({"status": "closed", "ended_on": DAY(2022, 8, 1)}, "It was closed on 1 August 2022."),
        ({"status": "materialised", "ended_on": DAY(2022, 8, 1)}, "It happened on 1 August 2022."),
    ],
)
def test_the_sentence_of_other_states(make_risk, category, page, sro, today, facts, said):
    make_risk(**{"current": (3, 4), "category": category("Finance", 9)} | facts)
    assert said in page(sro)


def test_an_acceptance_stands_with_who_why_and_until_when(supplier, page, sro, decision, on):
    until = DAY(2022, 12, 1)
    acceptances.accept(
        supplier, expires=until, decision=decision(), by=sro, reason="No other supplier before spring"
    )
    said = page(sro)
    assert "which tolerates 9 at most; accepted until 1 December 2022." in said
    assert "The board, entered by Deputy Chief Executive" in said
    assert "No other supplier before spring" in said
    assert "TB-2022-001: May this risk be carried?" in said
    on(DAY(2022, 12, 2))
    assert "Its acceptance ran out on 1 December 2022." in page(sro)


def test_what_is_done_about_it_stands_with_its_dates(supplier, page, on, lead_digital):
    both = {"by": lead_digital, "reason": "Agreed"}
    mitigations.plan(supplier, what="Go live by stages", owner=lead_digital, due=DAY(2022, 9, 15), **both)
    asked = {"what": "Ask the supplier", "owner": lead_digital, "due": DAY(2022, 9, 9)}
    done = mitigations.plan(supplier, **asked, **both)
    mitigations.complete(done, done_on=DAY(2022, 9, 1), how_it_went="They answered", **both)
    assert "due on 15 September 2022 Done" in page(lead_digital)
    assert "done on 1 September 2022: They answered" in page(lead_digital)
    on(DAY(2022, 9, 16))
    assert "due on 15 September 2022, overdue" in page(lead_digital)


def test_the_issue_it_became_and_the_risk_name_each_other(supplier, page, lead_digital, group_member):
    issue = moves.materialise(
        supplier, what_happened="It slipped", severity="major", by=lead_digital, reason="Letter"
    )
    assert f"It has happened: what is done about it stands with the issue {issue}" in page(lead_digital)
    assert "The risk it was R-001 The supplier is late" in page(lead_digital, "", f"/issues/{issue.ref}/")
    issues.change(issue, by=lead_digital, reason="Posts", **EXEMPT)
    assert issue.ref not in page(group_member)


def test_only_milestones_that_the_reader_may_see_are_named(
    supplier, page, make_project, digital, programme_manager, lead_agile
):
    from programme.plan.models import Activity

    secret = make_project(digital, "DIG-09", "Secret transition", **EXEMPT)
    plan = {"kind": "milestone", "forecast_finish": DAY(2022, 12, 1)}
    activity = written(Activity(project=secret, ref="DIG-09-M01", name="Notice given", **plan))
    written(RiskMilestone(risk=supplier, activity=activity))
    assert "Notice given , forecast for 1 December 2022" in page(programme_manager)
    assert "Notice given" not in page(lead_agile)


def test_reviews_draw_the_path_with_each_reason(supplier, page, on, lead_digital, sign_in):
    risks.review(supplier, scores=Scores(current=Score(4, 4)), by=lead_digital, reason="They merged")
    on(DAY(2022, 10, 1))
    risks.review(supplier, scores=Scores(current=Score(2, 4)), by=lead_digital, reason="Dates named")
    on(DAY(2022, 10, 20))
    said = page(lead_digital, "?tab=reviews")
    assert said.index("Dates named") < said.index("They merged"), "the newest first"
    assert "Likely × Major, 16: severe on 1 September 2022; unlikely × Major, 8: medium since" in said
    assert b"<svg" in sign_in(lead_digital).get(f"{PAGE}?tab=reviews").content


def test_a_past_day_has_the_matrix_the_words_and_the_score_of_then(
    supplier, page, on, lead_digital, programme_manager, fresh
):
    on(DAY(2022, 10, 1))
    kept = RiskSettings.objects.current()
    settings.change_matrix(kept, bands={Score(3, 4): "severe"}, by=programme_manager, reason="Stricter")
    risks.change(fresh(supplier), title="The supplier gives up", by=lead_digital, reason="News")
    assert "Severe: possible × major, 12." in page(lead_digital)
    then = page(lead_digital, "?as_at=2022-09-30")
    assert "As it stood on 30 September 2022" in then
    assert "High: possible × major, 12." in then
    assert "The supplier is late" in then
    assert "Its review fell due on 20 September 2022 and is overdue." in then
    assert "Save" not in then


def test_history_tells_what_hung_on_it_too(supplier, page, lead_digital, programme_manager):
    both = {"by": lead_digital, "reason": "Agreed with IT"}
    mitigations.plan(supplier, what="Go live by stages", owner=lead_digital, due=DAY(2022, 9, 15), **both)
    said = page(programme_manager, "?tab=history")
    assert "R-001: Go live by stages" in said
    assert "Agreed with IT" in said
    assert "Field At first Risk R-001" in said, "what is created was nothing before"


def test_what_was_said_while_it_was_exempt_is_kept_from_others(
    make_risk, page, on, lead_digital, programme_manager, group_member, sign_in
):
    on(DAY(2022, 9, 1))
    risk = make_risk("R-001", title="Seven posts go", **EXEMPT)
    assert sign_in(group_member).get(PAGE).status_code == 404
    risks.review(risk, scores=Scores(current=Score(4, 4)), by=lead_digital, reason="Unions do not know")
    on(DAY(2022, 10, 1))
    opened = {"classification": "internal", "exempt_paragraphs": []}
    risks.change(risk, title="Fewer managers", by=lead_digital, reason="Staff have been told", **opened)
    for tab in ("", "?tab=reviews"):
        assert "Unions" not in page(group_member, tab)
    assert "Unions" in page(programme_manager, "?tab=reviews")
    assert sign_in(group_member).get(f"{PAGE}?as_at=2022-09-30").status_code == 404


KEEPS = ["review", "actions/plan", "accept", "change", "escalate", "materialise", "close", "withdraw"]


@pytest.mark.parametrize(
    ("who", "offered"),
    [
        ("auditor", []),
        ("chief_executive", []),
        ("lead_agile", []),
        ("sro", ["accept"]),
        ("group_member", ["actions/plan"]),
        ("lead_digital", KEEPS),
        ("programme_manager", KEEPS),
    ],
)
def test_only_what_one_may_do_is_offered_and_taken(supplier, buttons, sign_in, request, who, offered):
    viewer = request.getfixturevalue(who)
    assert buttons(viewer) == offered
    client = sign_in(viewer)
    for verb in KEEPS:
        status = client.get(f"{PAGE}{verb}/").status_code
        assert status == (200 if verb in offered else 403), (who, verb)


def test_a_risk_owner_keeps_their_own_and_no_other(make_risk, risk_owner, buttons, sign_in):
    make_risk("R-001", owner=risk_owner)
    make_risk("R-002")
    assert "review" in buttons(risk_owner)
    assert "accept" not in buttons(risk_owner)
    assert buttons(risk_owner, "/risks/R-002/") == []
    assert sign_in(risk_owner).get("/risks/R-002/review/").status_code == 403


def test_the_owner_of_an_action_reports_on_it(supplier, risk_owner, lead_digital, sign_in, page):
    due = DAY(2022, 9, 15)
    action = mitigations.plan(
        supplier, what="Go live by stages", owner=risk_owner, due=due, by=lead_digital, reason="Agreed"
    )
    assert "Done : Go live by stages" in page(risk_owner)
    address = f"{PAGE}actions/{action.pk}/complete/"
    typed = {"version": 1, "done_on": "2022-09-01", "how_it_went": "Well"}
    assert sign_in(risk_owner).post(address, typed).status_code == 302
    assert RiskAction.objects.get().how_it_went == "Well"


def test_of_what_is_over_only_opening_again_is_offered(supplier, buttons, lead_digital, sign_in, page):
    moves.close(supplier, by=lead_digital, reason="The system is live")
    assert buttons(lead_digital) == ["reopen", "change", "withdraw"]
    assert "This risk is closed: open it again first." in page(lead_digital, "", f"{PAGE}review/")


def test_a_withdrawn_risk_is_read_and_not_changed(supplier, buttons, lead_digital, page, sign_in):
    risks.withdraw(supplier, by=lead_digital, reason="A duplicate")
    assert buttons(lead_digital) == ["class"]
    assert "It was withdrawn." in page(lead_digital)
    assert sign_in(lead_digital).get(f"{PAGE}change/").status_code == 404


ENDLESS = "R-001/actions/9999999999999999999999/change/"


@pytest.mark.parametrize("address", ["R-999/", "r-001x/", "R-001%00/", "raise/me/", ENDLESS])
def test_what_is_not_there_is_not_found(supplier, lead_digital, sign_in, address):
    assert sign_in(lead_digital).get(f"/risks/{address}").status_code == 404


@pytest.mark.parametrize("tab", ["", "?tab=reviews", "?tab=history", "?as_at=2022-09-01"])
def test_a_risk_with_much_on_it_asks_no_more(supplier, sign_in, lead_digital, tab):
    client = sign_in(lead_digital)

    def asked():
        client.get(PAGE + tab)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(PAGE + tab).status_code == 200
        return len(queries)

    def fill(number):
        for day in range(1, number):
            what = {"what": "Something", "owner": lead_digital, "due": DAY(2022, 10, day)}
            mitigations.plan(supplier, by=lead_digital, reason="Agreed", **what)
            risks.review(supplier, scores=supplier.scores, by=lead_digital, reason="Looked at")

    fill(3)
    few = asked()
    fill(6)
    assert asked() == few
    assert few <= 25

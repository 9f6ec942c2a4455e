"""Which decision of the board can accept a risk: one that fits it, in force, decided and not used up."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from risks.actions import acceptances, risks
from risks.models import Acceptance
from risks.rules.scoring import Score, Scores
from tests.cast import BEGINNING, written
from tests.savings import EXEMPT

pytestmark = pytest.mark.django_db
DAY = datetime.date
SOON, SEVERE = DAY(2022, 12, 1), (4, 5)


@pytest.fixture
def decided(board):
    """``decided("May R-001 be carried?", date) -> Decision`` of the Programme Board that approves."""
    from programme.portfolio.models import Decision

    def make(question="May this risk be carried?", date=BEGINNING, reference="TB-2022-001", **facts):
        words = {"question": question, "reasons": "It may, for a time.", "outcome": "approved"}
        return written(Decision(reference=reference, date=date, body=board, **words, **facts))

    return make


@pytest.fixture
def accept(sro, fresh):
    """``accept(risk, decision) -> words``: why it is refused at the field, or nothing where it is taken."""

    def say(risk, decision, by=sro, expires=SOON):
        try:
            acceptances.accept(fresh(risk), expires=expires, by=by, reason="Carried", decision=decision)
        except ValidationError as refused:
            return " ".join(refused.message_dict["decision"])
        return ""

    return say


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (DAY(2022, 9, 2), "still to come"),
        (DAY(2022, 9, 1), ""),
        (DAY(2021, 9, 1), ""),
        (DAY(2021, 8, 31), "12 months at most"),
    ],
)
def test_it_was_decided_by_today_and_within_the_time_an_acceptance_holds(
    make_risk, decided, accept, today, day, said
):
    words = accept(make_risk(current=SEVERE), decided(date=day))
    assert said in words
    assert bool(words) == bool(said)


@pytest.mark.parametrize(
    ("question", "fits"),
    [
        ("May the risk of a late supplier be carried?", True),
        ("May R-001 be carried until spring?", True),
        ("May R-001 and R-002 be carried?", True),
        ("Does DIG-03 go on with its risks as they are?", True),
        ("May R-002 be carried?", False),
        ("Does COM-01 go into delivery?", False),
        ("Is the paper PB-2022-07 or the form R-999 agreed?", True),  # nothing of the registers
    ],
)
def test_where_its_question_names_risks_or_projects_the_risk_or_its_project_is_among_them(
    make_risk, make_project, digital, commercial, decided, accept, today, question, fits
):
    make_project(commercial, "COM-01")
    own = make_project(digital, "DIG-03")
    make_risk("R-002")
    words = accept(make_risk("R-001", SEVERE, scope=own.scope), decided(question))
    assert ("Its question is about" in words) == (not fits)
    assert Acceptance.objects.exists() == fits


def test_it_is_one_that_the_person_may_read(make_risk, commercial, decided, accept, lead_digital, sro, today):
    hidden = decided(**EXEMPT)
    risk = make_risk(current=SEVERE)
    assert "that you may read" in accept(risk, hidden, by=lead_digital)
    assert accept(risk, hidden, by=sro) == ""


def test_a_date_or_reason_is_put_right_on_the_same_decision(make_risk, decided, accept, fresh, today):
    risk, decision = make_risk(current=SEVERE), decided()
    assert accept(risk, decision) == ""
    assert accept(risk, decision, expires=DAY(2022, 11, 1)) == ""
    assert Acceptance.objects.not_ended().get().expires == DAY(2022, 11, 1)


def test_once_it_has_run_out_the_board_decides_anew(make_risk, decided, accept, on, today):
    risk, decision = make_risk(current=SEVERE), decided()
    assert accept(risk, decision) == ""
    on(DAY(2022, 12, 2))
    assert "decides anew" in accept(risk, decision, expires=DAY(2023, 3, 1))
    again = decided(reference="TB-2022-009", date=DAY(2022, 12, 1))
    assert accept(risk, again, expires=DAY(2023, 3, 1)) == ""


def test_so_it_does_for_a_score_that_has_risen_or_what_is_no_longer_tolerated(
    make_risk, category, decided, accept, sro, fresh, today
):
    outside = category(highest=5)
    grown, ended = make_risk("R-001", (2, 4), category=outside), make_risk("R-002", (2, 4), category=outside)
    decision = decided()
    for risk in (grown, ended):
        assert accept(risk, decision) == ""
    risks.review(fresh(grown), scores=Scores(None, Score(5, 5), None), by=sro, reason="Worse")
    acceptances.end(Acceptance.objects.get(risk=ended), by=sro, reason="Not any more")
    for risk in (grown, ended):
        assert "decides anew" in accept(risk, decision)


def test_on_the_page_those_are_offered_that_the_board_has_taken(
    make_risk, decided, sign_in, programme_manager, today
):
    make_risk(current=SEVERE)
    taken = decided()
    decided(reference="TB-2022-002", date=DAY(2022, 9, 5))
    client = sign_in(programme_manager)
    page = client.get("/risks/R-001/accept/")
    assert list(page.context["form"].fields["decision"].queryset) == [taken]
    other = decided("May R-002 be carried?", reference="TB-2022-003")
    make_risk("R-002")
    typed = {"decision": other.pk, "expires": "2022-12-01", "reason": "Carried", "version": "1"}
    page = client.post("/risks/R-001/accept/", typed)
    assert page.status_code == 422
    assert "Its question is about R-002, not about R-001. Name the one that is." in page.text

"""Odd input on the forms of risks: what is said at its field, all at once; nothing typed is cut or lost."""

import datetime
from html import unescape

import pytest

from risks.models import Acceptance, Issue, RiskAction
from risks.rules.scoring import Score, Scores, contradictions
from tests.words import words_of

pytestmark = pytest.mark.django_db
DAY = datetime.date
PAGE = "/risks/R-001/"


@pytest.fixture
def high(make_risk, lead_digital, today):
    return make_risk("R-001", (3, 5), owner=lead_digital)


@pytest.fixture
def send(sign_in):
    """``send(person, "accept", reason="…")``: the answer to a form of the risk."""

    def post(person, verb, **typed):
        client = sign_in(person)
        form = client.get(f"{PAGE}{verb}/")
        hidden = {name: form.context[name] for name in ("version", "once") if form.context[name] is not None}
        return client.post(f"{PAGE}{verb}/", hidden | typed)

    return post


def said(answer):
    return unescape(words_of(answer.content.decode()))


@pytest.mark.parametrize(
    ("expires", "words"),
    [
        ("2022-09-01", "An acceptance expires on a day in the future."),
        ("2024-01-01", "An acceptance holds 12 months at most: until 1 September 2023."),
    ],
)
def test_a_wrong_last_day_of_an_acceptance_is_said_with_all_else_that_is_wrong(
    high, send, lead_digital, expires, words
):
    answer = send(lead_digital, "accept", expires=expires, reason="We carry it")
    assert answer.context["form"].errors == {
        "decision": ["Name the decision of the board that accepts it"],
        "expires": [words],
    }
    assert "We carry it" in said(answer)
    assert not Acceptance.objects.exists()


def test_a_lead_reads_whose_word_a_high_risk_needs_and_what_they_may_do(high, sign_in, lead_digital, sro):
    asked = said(sign_in(lead_digital).get(f"{PAGE}accept/"))
    assert "So the Senior Responsible Officer accepts it, or you name the decision of the board" in asked
    assert "or you name" not in said(sign_in(sro).get(f"{PAGE}accept/"))


def test_an_action_is_not_planned_for_a_day_that_is_over(high, send, lead_digital):
    planned = {"what": "Ask the supplier", "owner": lead_digital.pk}
    answer = send(lead_digital, "actions/plan", due="2022-08-31", **planned)
    assert answer.context["form"].errors == {"due": ["Until must be today or later: this day is over"]}
    assert "Ask the supplier" in said(answer)
    assert send(lead_digital, "actions/plan", due="2022-09-01", **planned).status_code == 302


def test_an_overdue_action_keeps_its_day_when_its_words_change(high, send, lead_digital, on):
    planned = {"what": "Ask the supplier", "owner": lead_digital.pk, "due": "2022-09-02"}
    send(lead_digital, "actions/plan", **planned)
    on(DAY(2022, 9, 20))
    verb = f"actions/{RiskAction.objects.get().pk}/change"
    answer = send(lead_digital, verb, **planned | {"due": "2022-09-03"}, reason="A slip")
    assert answer.context["form"].errors == {"due": ["Until must be today or later: this day is over"]}
    assert send(lead_digital, verb, **planned | {"what": "Ask both"}, reason="Two of them").status_code == 302


def test_each_response_says_what_it_means(high, sign_in, lead_digital):
    asked = said(sign_in(lead_digital).get(f"{PAGE}change/"))
    assert "Treat: make it less likely or less harmful" in asked
    assert "Tolerate: carry it as it is" in asked


def test_what_is_too_long_is_said_and_not_cut(sign_in, lead_digital, digital, today):
    """A box that stops at its longest would cut what is pasted, without a word."""
    client = sign_in(lead_digital)
    assert "maxlength" not in client.get("/risks/raise/").content.decode()
    typed = {"title": "x" * 201, "event": "It slips", "place": digital.scope.pk, "classification": "internal"}
    answer = client.post("/risks/raise/", typed)
    assert answer.context["form"].errors == {"title": ["Name must be 200 characters or fewer"]}
    assert "x" * 201 in answer.content.decode()


@pytest.mark.parametrize(
    ("scores", "words"),
    [
        (Scores(Score(4, 4), Score(3, 4), Score(2, 2)), []),
        (Scores(None, Score(3, 4), None), []),
        (Scores(Score(3, 4), Score(3, 4), Score(3, 4)), []),
        (
            Scores(Score(2, 2), Score(4, 4), Score(5, 5)),
            [
                "Without controls it scores 4, which is less than 16 with them.",
                "The target, 25, is above the score now, 16.",
            ],
        ),
    ],
)
def test_scores_that_contradict_each_other_are_named(scores, words):
    assert contradictions(scores) == words


def test_the_page_of_the_risk_asks_to_look_at_them(make_risk, sign_in, lead_digital, today):
    make_risk("R-001", (3, 4), target=(5, 5), owner=lead_digital)
    assert "The target, 25, is above the score now, 12." in said(sign_in(lead_digital).get(PAGE))


def test_an_issue_is_not_to_be_resolved_by_a_day_that_is_over(high, send, sign_in, lead_digital, digital, on):
    over = {"due": ["To be resolved by must be today or later: this day is over"]}
    happened = {"title": "Late", "what_happened": "It slipped", "severity": "major", "reason": "A letter"}
    answer = send(lead_digital, "materialise", **happened, due="2022-08-31")
    assert answer.context["form"].errors == over
    assert "It slipped" in said(answer)
    assert send(lead_digital, "materialise", **happened, due="2022-09-02").status_code == 302

    on(DAY(2022, 9, 20))
    issue = Issue.objects.get()
    typed = {"title": "Later", "what_happened": "It slipped", "severity": "major", "place": "as-now"}
    typed |= {"version": issue.version, "classification": "internal", "reason": "Said better"}
    change = f"{issue.get_absolute_url()}change/"
    assert sign_in(lead_digital).post(change, typed | {"due": "2022-09-03"}).context["form"].errors == over
    assert sign_in(lead_digital).post(change, typed | {"due": "2022-09-02"}).status_code == 302


def test_of_many_at_once_all_that_is_missing_is_said(high, sign_in, programme_manager):
    answer = sign_in(programme_manager).post("/risks/several/", {"risk": high.pk})
    assert answer.context["form"].errors == {
        "__all__": ["Choose an owner, a category or a place for these risks"],
        "reason": ["Say why"],
    }

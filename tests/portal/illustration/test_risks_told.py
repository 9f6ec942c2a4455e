"""The made-up work on risks: every state that the register knows, dated, by its own people, flagged."""

import datetime

import pytest

from benefits.models import Threat
from programme.people.models import User
from risks.choices import Finding, Status
from risks.models import Acceptance, Issue, Review, Risk, RiskAction, RiskCategory
from risks.reading import findings

pytestmark = pytest.mark.django_db
DAY = datetime.date(2022, 11, 30)


def risk(ref):
    return Risk.objects.get(ref=ref)


def test_the_business_cases_own_risks_keep_its_words_and_were_not_scored_at_first(story_told, facts):
    stated = {one.ref: one.title for one in facts.risks}
    own = Risk.objects.filter(ref__in=stated)
    assert {one.ref: one.title for one in own} == stated
    assert not any(one.cause or one.event or one.effect for one in own)
    assert all(one.is_scored for one in own)
    before = Risk.objects.filter(ref__in=stated).as_at(datetime.date(2022, 7, 10))
    assert [one.is_scored for one in before] == [False] * 5


def test_its_risks_show_every_state_of_the_register(story_told):
    assert risk("R-001").status_words == "Escalated to the board"
    assert risk("R-006").status == Status.CLOSED
    assert risk("R-008").status == Status.MATERIALISED
    assert not risk("R-013").is_scored
    manager = User.objects.get(username="programme-manager")
    found = findings.counts(manager)
    assert {name: number for name, number in found.items() if number} == {
        Finding.OVERDUE: 2,
        Finding.OUTSIDE: 1,
        Finding.EXPIRED: 1,
        Finding.NOT_SCORED: 1,
        Finding.ACTION_OVERDUE: 1,
    }
    soon = Acceptance.objects.in_force(DAY).get()
    assert soon.risk.ref == "R-012"
    assert soon.expires <= DAY + datetime.timedelta(days=14)
    assert soon.decision is not None


def test_reviews_changed_scores_over_the_months(story_told):
    path = Review.objects.filter(risk__ref="R-001").order_by("reviewed_on", "pk")
    assert [one.current.value for one in path] == [12, 12, 16, 16, 16]
    assert path[0].reviewed_on == datetime.date(2022, 7, 20)


def test_its_issues_keep_the_link_to_the_risk_and_ask_the_board(story_told):
    asked = Issue.objects.asking_for_a_decision().get()
    assert (asked.ref, asked.risk.ref, asked.asked_of.slug) == ("I-002", "R-008", "programme-board")
    assert Issue.objects.unresolved().count() == 2
    assert Issue.objects.count() == 3


def test_two_benefits_name_what_threatens_them(story_told):
    assert {(one.benefit.ref, one.risk.ref) for one in Threat.objects.live()} == {
        ("B-003", "R-002"),
        ("B-003", "R-007"),
        ("B-008", "R-003"),
        ("B-008", "R-012"),
    }


def test_every_write_about_risks_says_that_it_is_made_up(story_told):
    later = {"history_date__gt": datetime.datetime(2022, 7, 10, tzinfo=datetime.UTC)}
    for model in (Risk, RiskCategory, RiskAction, Review, Acceptance, Issue, Threat):
        reasons = model.history.filter(**later).values_list("history_change_reason", flat=True)
        assert reasons
        assert all(reason.startswith("Illustration: ") for reason in reasons), model


def test_each_is_told_by_somebody_who_may_do_it(story_told):
    for model in (Risk, Review, RiskAction, Acceptance):
        for row in model.history.filter(history_change_reason__startswith="Illustration"):
            risk_of = Risk.objects.get(pk=row.id if model is Risk else row.risk_id)
            may = row.history_user.has_perm("risks.change_risk", risk_of)
            assert may, f"{row.history_user} on {risk_of.ref}: {row.history_change_reason}"
    for row in Threat.history.all():
        assert row.history_user.has_perm("benefits.change_benefit", row.benefit), row.benefit

"""Who accepts what, until when, and what an acceptance covers."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from programme.foundation.history import Stale
from risks.actions import acceptances, settings
from risks.choices import Authority, Band
from risks.models import Acceptance, RiskSettings
from risks.reading import holding
from risks.rules import accepting
from risks.rules.scoring import DEFAULT_MATRIX, Score

DAY = datetime.date
SOON = DAY(2022, 12, 1)
LOW, MEDIUM, HIGH, SEVERE = (1, 3), (2, 4), (3, 4), (4, 5)
scores = st.builds(Score, st.integers(1, 5), st.integers(1, 5))


@given(st.sampled_from(Band), st.booleans(), st.sampled_from(Authority))
def test_an_authority_is_refused_exactly_below_what_is_needed(band, outside, authority):
    need = accepting.needed(band, outside=outside)
    refused = accepting.authority_refusal(band, outside=outside, authority=authority)
    order = ["lead", "sro", "board"]
    assert bool(refused) == (order.index(authority) < order.index(need))
    assert (need == "board") == (outside or band == Band.SEVERE)


@pytest.mark.parametrize(
    ("pair", "lead", "chair"),
    [(LOW, True, True), (MEDIUM, True, True), (HIGH, False, True), (SEVERE, False, False)],
)
def test_lead_and_sro_accept_by_band(make_risk, lead_digital, sro, today, fresh, pair, lead, chair):
    risk = make_risk(current=pair)
    for user, may in ((lead_digital, lead), (sro, chair)):
        if may:
            said = acceptances.accept(fresh(risk), expires=SOON, by=user, reason="We carry it")
            assert said.authority == ("lead" if user == lead_digital else "sro")
        else:
            with pytest.raises(ValidationError):
                acceptances.accept(fresh(risk), expires=SOON, by=user, reason="We carry it")
    assert Acceptance.objects.not_ended().count() == bool(lead or chair)


def test_another_lead_a_project_manager_an_auditor_and_staff_accept_nothing(
    make_risk, lead_commercial, pm_crm, auditor, staff, risk_owner, crm, today
):
    risk = make_risk(current=LOW, scope=crm.scope, owner=risk_owner)
    for user in (lead_commercial, pm_crm, auditor, staff, risk_owner):
        with pytest.raises(ValidationError, match="cannot accept risks here"):
            acceptances.accept(risk, expires=SOON, by=user, reason="We carry it")
    assert not Acceptance.objects.exists()


def test_the_office_enters_what_the_board_accepts_and_accepts_nothing_itself(
    make_risk, programme_manager, decision, today, fresh
):
    risk = make_risk(current=SEVERE)
    with pytest.raises(ValidationError, match="by a decision of the board"):
        acceptances.accept(fresh(risk), expires=SOON, by=programme_manager, reason="We carry it")
    approved = decision()
    said = acceptances.accept(
        fresh(risk), expires=SOON, by=programme_manager, reason="The board carries it", decision=approved
    )
    assert (said.authority, said.decision, said.band, said.score) == (
        "board",
        approved,
        "severe",
        Score(4, 5),
    )
    low = make_risk("R-002", LOW)
    with pytest.raises(ValidationError, match="workstream lead or the Senior"):
        acceptances.accept(low, expires=SOON, by=programme_manager, reason="We carry it")


def test_outside_appetite_is_for_the_board_whatever_the_band(
    make_risk, sro, category, decision, today, fresh
):
    risk = make_risk(current=MEDIUM, category=category(highest=7))
    with pytest.raises(ValidationError) as refused:
        acceptances.accept(fresh(risk), expires=SOON, by=sro, reason="We carry it")
    assert "Above appetite" in refused.value.message_dict["decision"][0]
    acceptances.accept(fresh(risk), expires=SOON, by=sro, reason="The board does", decision=decision())


def test_only_an_approving_decision_of_the_board_will_do(
    make_risk, sro, decision, digital_group, today, fresh
):
    risk = make_risk(current=SEVERE)
    refused = [
        decision("TB-2022-001", outcome="deferred"),
        decision("TB-2022-002", body=digital_group),
    ]
    withdrawn = decision("TB-2022-003")
    withdrawn.withdraw(by=sro, reason="Entered twice")
    for one in (*refused, withdrawn):
        with pytest.raises(ValidationError, match="Programme Board"):
            acceptances.accept(fresh(risk), expires=SOON, by=sro, reason="Carried", decision=one)


@pytest.mark.parametrize(
    ("expires", "words"),
    [
        (DAY(2022, 9, 1), "in the future"),
        (DAY(2022, 8, 31), "in the future"),
        (DAY(2023, 9, 2), "until 1 September 2023"),
        (DAY(2023, 9, 1), ""),
        (DAY(2022, 9, 2), ""),
    ],
)
def test_it_expires_within_a_year_and_not_today(make_risk, sro, today, expires, words):
    risk = make_risk(current=LOW)
    if not words:
        assert acceptances.accept(risk, expires=expires, by=sro, reason="Carried").expires == expires
        return
    with pytest.raises(ValidationError) as refused:
        acceptances.accept(risk, expires=expires, by=sro, reason="Carried")
    assert words in refused.value.message_dict["expires"][0]


def test_how_long_it_may_hold_is_a_setting(make_risk, sro, programme_manager, today):
    kept = RiskSettings.objects.current()
    settings.change_intervals(kept, acceptance_months=2, by=programme_manager, reason="Shorter")
    with pytest.raises(ValidationError, match="2 months at most"):
        acceptances.accept(make_risk(current=LOW), expires=SOON, by=sro, reason="Carried")


def test_what_is_not_scored_is_not_accepted(make_risk, sro, today):
    with pytest.raises(ValidationError, match="not yet scored"):
        acceptances.accept(make_risk(), expires=SOON, by=sro, reason="Carried")


def test_a_new_acceptance_replaces_the_one_before_and_tolerates(make_risk, lead_digital, sro, today, fresh):
    risk = make_risk(current=MEDIUM)
    first = acceptances.accept(risk, expires=DAY(2022, 10, 1), by=lead_digital, reason="For now")
    assert (risk.response, risk.review_due) == ("tolerate", DAY(2022, 10, 1))
    second = acceptances.accept(risk, expires=DAY(2023, 3, 1), by=sro, reason="For longer")
    assert (fresh(first).ended_because, fresh(second).ended_on) == ("replaced", None)
    assert risk.review_due == DAY(2022, 10, 4), "medium: a quarter after it was raised"


def test_ending_it_early_sets_the_review_anew(make_risk, lead_digital, today, fresh):
    risk = make_risk(current=MEDIUM)
    said = acceptances.accept(risk, expires=DAY(2022, 9, 10), by=lead_digital, reason="For now")
    said = fresh(said)
    acceptances.end(said, by=lead_digital, reason="Not any more")
    assert (said.ended_because, fresh(risk).review_due) == ("not_tolerated", DAY(2022, 10, 4))
    with pytest.raises(ValidationError, match="ended already"):
        acceptances.end(said, by=lead_digital, reason="Again")


def test_of_two_who_accept_at_once_the_second_is_told(make_risk, lead_digital, sro, today, fresh):
    risk = make_risk(current=LOW)
    stale = fresh(risk)
    acceptances.accept(risk, expires=SOON, by=lead_digital, reason="Carried")
    with pytest.raises(Stale):
        acceptances.accept(stale, expires=SOON, by=sro, reason="Carried too")


@given(scores, scores, st.booleans(), st.sampled_from(Authority), st.integers(-3, 3), st.booleans())
def test_an_acceptance_covers_what_it_was_given_for(accepted, now, outside, authority, left, ended):
    today = DAY(2022, 9, 1)
    said = Acceptance(
        likelihood=accepted.likelihood,
        impact=accepted.impact,
        authority=authority,
        expires=today + datetime.timedelta(left),
        ended_on=today if ended else None,
    )
    band = DEFAULT_MATRIX.band(now)
    enough = not accepting.authority_refusal(band, outside=outside, authority=authority)
    holds = not ended and left >= 0 and now.value <= accepted.value and enough
    assert accepting.covers(said, now, band=band, outside=outside, day=today) == holds
    assert not accepting.covers(None, now, band=band, outside=outside, day=today)
    assert not accepting.covers(said, None, band=None, outside=outside, day=today)


def test_a_tighter_appetite_uncovers_what_a_lead_accepted(
    make_risk, lead_digital, programme_manager, category, today, fresh
):
    kind = category(highest=12)
    risk = make_risk(current=MEDIUM, category=kind)
    said = acceptances.accept(risk, expires=SOON, by=lead_digital, reason="Carried")
    assert holding.is_covered(fresh(risk), said, holding.ruling())
    settings.change_category(kind, highest_tolerated=5, by=programme_manager, reason="Less appetite")
    assert not holding.is_covered(fresh(risk), said, holding.ruling())

"""When reviews fall due, and what a review does to scores and to an acceptance."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from programme.foundation.history import Stale
from risks.actions import acceptances, moves, risks, settings
from risks.choices import Band, ReviewOutcome
from risks.models import Review, RiskSettings
from risks.reading import scores as reading
from risks.rules import reviewing
from risks.rules.reviewing import Intervals, due, months_after
from risks.rules.scoring import Score, Scores

DAY = datetime.date
days = st.dates(DAY(2000, 1, 1), DAY(2100, 1, 1))


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (DAY(2022, 7, 4), 1, DAY(2022, 8, 4)),
        (DAY(2022, 1, 31), 1, DAY(2022, 2, 28)),
        (DAY(2024, 1, 31), 1, DAY(2024, 2, 29)),
        (DAY(2022, 8, 31), 3, DAY(2022, 11, 30)),
        (DAY(2022, 8, 31), 6, DAY(2023, 2, 28)),
        (DAY(2022, 12, 15), 1, DAY(2023, 1, 15)),
        (DAY(2023, 3, 31), -1, DAY(2023, 2, 28)),
        (DAY(2022, 1, 15), -3, DAY(2021, 10, 15)),
    ],
)
def test_months_end_where_the_month_does(day, months, later):
    assert months_after(day, months) == later


@given(days, st.integers(0, 60))
def test_months_later_is_that_many_months_later_on_the_same_day_or_the_last(day, months):
    later = months_after(day, months)
    assert (later.year - day.year) * 12 + later.month - day.month == months
    ends_earlier = (later + datetime.timedelta(1)).day == 1 and later.day < day.day
    assert later.day == day.day or ends_earlier


@given(days, st.sampled_from([None, *Band]), st.builds(Intervals, *[st.integers(1, 24)] * 5))
def test_a_review_falls_due_later_and_never_after_an_acceptance_expires(day, band, intervals):
    by_band = due(day, band, intervals)
    assert by_band > day
    assert by_band == months_after(day, intervals.months(band))
    expires = day + datetime.timedelta(10)
    assert due(day, band, intervals, accepted_until=expires) == min(expires, by_band)


def test_the_intervals_are_those_of_the_domain():
    months = {band: Intervals().months(band) for band in (None, *Band)}
    assert months == {None: 1, "severe": 1, "high": 1, "medium": 3, "low": 6}


def test_it_is_overdue_the_day_after():
    assert not reviewing.is_overdue(DAY(2022, 9, 1), DAY(2022, 9, 1))
    assert reviewing.is_overdue(DAY(2022, 9, 1), DAY(2022, 9, 2))
    assert not reviewing.is_overdue(None, DAY(2022, 9, 2))


SCORED = Scores(Score(5, 4), Score(3, 4), Score(2, 2))


def test_a_first_review_scores_a_risk(make_risk, lead_digital, today):
    risk = make_risk()
    said = risks.review(risk, scores=SCORED, by=lead_digital, reason="Talked through with IT")
    assert said.outcome == ReviewOutcome.FIRST_SCORED
    assert (said.reviewer, said.words) == (lead_digital, "Talked through with IT")
    assert risk.scores == said.scores == SCORED
    assert (risk.last_reviewed, risk.review_due) == (today, DAY(2022, 10, 1)), "high: monthly"


def test_a_review_confirms_or_changes_and_draws_the_path(make_risk, lead_digital, auditor, on):
    risk = make_risk(current=(3, 4))
    steps = [
        (DAY(2022, 9, 1), risk.scores, ReviewOutcome.CONFIRMED, DAY(2022, 10, 1)),
        (DAY(2022, 9, 20), Scores(current=Score(2, 3)), ReviewOutcome.CHANGED, DAY(2022, 12, 20)),
        (DAY(2022, 9, 30), Scores(current=Score(1, 3)), ReviewOutcome.CHANGED, DAY(2023, 3, 30)),
        (DAY(2022, 10, 2), Scores(inherent=Score(5, 5)), ReviewOutcome.CHANGED, DAY(2022, 11, 2)),
        (DAY(2022, 10, 3), Scores(inherent=Score(5, 5)), ReviewOutcome.LEFT_UNSCORED, DAY(2022, 11, 3)),
    ]
    for day, scores, outcome, next_one in steps:
        on(day)
        assert risks.review(risk, scores=scores, by=lead_digital, reason="Looked at").outcome == outcome
        assert risk.review_due == next_one
    path = reading.paths(auditor, [risk])[risk.pk]
    assert [(step.day, step.scores, step.outcome) for step in path] == [step[:3] for step in steps]


def test_paths_of_many_risks_take_one_query(
    make_risk, lead_digital, auditor, today, django_assert_num_queries
):
    several = [make_risk(f"R-00{number}") for number in range(1, 6)]
    for risk in several:
        risks.review(risk, scores=SCORED, by=lead_digital, reason="Scored")
    assert auditor.standing
    with django_assert_num_queries(1):
        assert len(reading.paths(auditor, several)) == 5


def test_of_two_who_review_at_once_the_second_is_told_what_changed(
    make_risk, lead_digital, sro, today, fresh
):
    first = make_risk(current=(3, 4))
    second = fresh(first)
    risks.review(first, scores=Scores(current=Score(4, 4)), by=lead_digital, reason="Worse")
    with pytest.raises(Stale) as refused:
        risks.review(second, scores=Scores(current=Score(2, 2)), by=sro, reason="Better")
    assert "after you opened it" in str(refused.value)
    newest = fresh(first).changes()[0]
    assert newest.reason == "Worse"
    assert {one.label: (one.old, one.new) for one in newest.fields}["Likelihood now"] == ("3", "4")
    assert Review.objects.count() == 1
    assert fresh(first).current == Score(4, 4)


def test_what_cannot_happen_any_more_is_not_reviewed(make_risk, lead_digital, today):
    closed, withdrawn = make_risk("R-001"), make_risk("R-002")
    moves.close(closed, by=lead_digital, reason="Delivered")
    risks.withdraw(withdrawn, by=lead_digital, reason="A duplicate")
    for risk, words in ((closed, "closed: open it again"), (withdrawn, "R-002 was withdrawn")):
        with pytest.raises(ValidationError, match=words):
            risks.review(risk, scores=SCORED, by=lead_digital, reason="Late")


def test_a_review_never_changes_afterwards(make_risk, lead_digital, today):
    said = risks.review(make_risk(), scores=SCORED, by=lead_digital, reason="Scored")
    said.words = "Something else"
    with pytest.raises(IntegrityError), transaction.atomic():
        said.record(by=lead_digital, reason="Rewriting")
    for statement in ("DELETE FROM risks_review", "UPDATE risks_review SET current_impact = 1"):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_a_score_that_outgrows_its_acceptance_ends_it(make_risk, lead_digital, today, fresh):
    risk = make_risk(current=(2, 3))
    accepted = acceptances.accept(risk, expires=DAY(2022, 9, 20), by=lead_digital, reason="Small")
    assert risk.review_due == DAY(2022, 9, 20), "back in review on the day of expiry"
    risks.review(risk, scores=Scores(current=Score(3, 2)), by=lead_digital, reason="Same score")
    assert fresh(accepted).ended_on is None
    risks.review(risk, scores=Scores(current=Score(3, 3)), by=lead_digital, reason="It grew")
    assert (fresh(accepted).ended_on, fresh(accepted).ended_because) == (today, "outgrown")
    assert risk.review_due == DAY(2022, 12, 1)


def test_a_review_after_expiry_ends_the_acceptance(make_risk, lead_digital, today, on, fresh):
    risk = make_risk(current=(2, 3))
    accepted = acceptances.accept(risk, expires=DAY(2022, 9, 20), by=lead_digital, reason="Small")
    on(DAY(2022, 9, 21))
    assert reviewing.is_overdue(risk.review_due, DAY(2022, 9, 21))
    risks.review(risk, scores=risk.scores, by=lead_digital, reason="Still the same")
    assert fresh(accepted).ended_because == "expired"
    assert risk.review_due == DAY(2022, 12, 21)


def test_settled_intervals_and_bands_move_the_reviews_that_stand(make_risk, programme_manager, on, fresh):
    on(DAY(2022, 9, 1))
    high, unscored = make_risk("R-001", (3, 4)), make_risk("R-002")
    gone = make_risk("R-003", (3, 4), status="closed", ended_on=DAY(2022, 7, 5))
    kept = RiskSettings.objects.current()
    settings.change_intervals(kept, review_months_high=2, by=programme_manager, reason="Fewer meetings")
    assert fresh(high).review_due == DAY(2022, 9, 4)
    assert fresh(unscored).review_due == DAY(2022, 8, 4)
    assert fresh(gone).review_due is None
    settings.change_matrix(kept, bands={Score(3, 4): "medium"}, by=programme_manager, reason="Milder")
    assert fresh(high).review_due == DAY(2022, 10, 4)
    assert fresh(high).changes()[0].reason == "Milder"
    with pytest.raises(ValidationError, match="At least 1 month"):
        settings.change_intervals(kept, review_months_low=0, by=programme_manager, reason="Never")
    stale = RiskSettings.objects.current()
    stale.version -= 1
    with pytest.raises(Stale):
        settings.change_intervals(stale, review_months_low=5, by=programme_manager, reason="Late")

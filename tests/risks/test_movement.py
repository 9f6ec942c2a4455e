"""What became of a risk between two moments, against hand-made cases."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from risks.actions import moves, risks, settings
from risks.choices import EscalatedTo, Movement, Status
from risks.models import Risk, RiskSettings
from risks.reading import movements as reading
from risks.rules.movement import Moment, crossed_band, direction, movements
from risks.rules.scoring import DEFAULT_MATRIX, Score, Scores

DAY = datetime.date
OPEN = Moment("open", score=Score(3, 4), band="high")


def moment(status="open", pair=(3, 4), **facts):
    score = Score(*pair) if pair else None
    return Moment(status, score=score, band=DEFAULT_MATRIX.band_of(score), **facts)


@pytest.mark.parametrize(
    ("before", "now", "found"),
    [
        (None, moment(), ["new"]),
        (None, moment("escalated", escalated_to="board"), ["new", "escalated"]),
        (None, moment("closed"), ["new", "closed"]),
        (None, moment(withdrawn=True), []),
        (None, None, []),
        (moment(), moment(), ["same"]),
        (moment(pair=None), moment(pair=None), ["same"]),
        (moment(pair=None), moment(), ["first_scored"]),
        (moment(), moment(pair=None), ["unscored"]),
        (moment(), moment(pair=(4, 4)), ["up"]),
        (moment(), moment(pair=(1, 1)), ["down"]),
        (moment(), moment(pair=(4, 3)), ["moved"]),
        (moment(), moment("escalated", escalated_to="board"), ["escalated"]),
        (moment(), moment("escalated", (4, 4), escalated_to="lead"), ["escalated", "up"]),
        (moment("escalated", escalated_to="lead"), moment("escalated", escalated_to="board"), ["escalated"]),
        (moment("escalated", escalated_to="lead"), moment(), ["deescalated"]),
        (moment(), moment("closed"), ["closed"]),
        (moment(), moment("materialised", (5, 5)), ["materialised"]),
        (moment(), moment(withdrawn=True), ["withdrawn"]),
        (moment("closed"), moment("closed"), []),
        (moment("closed"), moment(), ["reopened"]),
        (moment("closed"), moment(withdrawn=True, status="closed"), ["withdrawn"]),
        (moment(withdrawn=True), moment(withdrawn=True), []),
    ],
)
def test_each_kind_of_movement(before, now, found):
    assert [one.value for one in movements(before, now)] == found


scores = st.none() | st.builds(Score, st.integers(1, 5), st.integers(1, 5))
moments = st.builds(
    lambda status, to, withdrawn, score: Moment(
        status, to if status == Status.ESCALATED else "", withdrawn, score, DEFAULT_MATRIX.band_of(score)
    ),
    st.sampled_from(Status),
    st.sampled_from(EscalatedTo),
    st.booleans(),
    scores,
)


@given(scores, scores)
def test_there_and_back_are_opposites(before, now):
    opposite = {"up": "down", "down": "up", "first_scored": "unscored", "unscored": "first_scored"}
    there, back = direction(before, now), direction(now, before)
    assert back == opposite.get(there, there)
    if before and now:
        assert (there == "up") == (now.value > before.value)


@given(moments, moments)
def test_every_two_moments_give_what_happened_once_and_in_order(before, now):
    found = movements(before, now)
    order = list(Movement)
    assert sorted(set(found), key=order.index) == list(found)
    assert (Movement.SAME in found) <= (len(found) == 1)
    if before.is_standing:
        assert found, "what could happen then is accounted for"
    if before == now:
        assert found == ((Movement.SAME,) if now.is_standing else ())


def test_a_band_is_crossed_by_the_matrix_of_each_moment():
    assert not crossed_band(OPEN, moment(pair=(2, 5)))
    assert crossed_band(OPEN, moment(pair=(4, 4)))
    assert crossed_band(OPEN, Moment("open", score=Score(3, 4), band="severe"))
    assert crossed_band(OPEN, moment(pair=None))


# Read from the register


@pytest.fixture
def a_month(make_risk, lead_digital, digital, on):
    """Six risks of 1 September, and what happened to them in September."""
    on(DAY(2022, 9, 1))
    names = ["same", "worse", "closed", "escalated", "unscored", "gone"]
    found = {name: make_risk(f"R-00{n}", (3, 4), title=name) for n, name in enumerate(names, 1)}
    found["unscored"] = make_risk("R-007", title="unscored")
    moves.close(found["gone"], by=lead_digital, reason="Before the day")
    on(DAY(2022, 9, 20))
    said = {"by": lead_digital, "reason": "In September"}
    risks.review(found["worse"], scores=Scores(current=Score(4, 4)), **said)
    moves.close(found["closed"], **said)
    moves.escalate(found["escalated"], to="board", **said)
    risks.review(found["unscored"], scores=Scores(current=Score(1, 1)), **said)
    risks.raise_risk(scope=digital.scope, title="new", **said)
    return found


def test_movement_since_a_day(a_month, auditor, staff):
    def since(day, user=auditor):
        found = reading.since(user, day)
        return {one.risk.title: [m.value for m in one.movements] for one in found.moved}, found.same

    assert since(DAY(2022, 9, 1)) == (
        {
            "worse": ["up"],
            "closed": ["closed"],
            "escalated": ["escalated"],
            "unscored": ["first_scored"],
            "new": ["new"],
        },
        2,  # "same", and the first of the two called "unscored"
    )
    assert since(DAY(2022, 8, 31))[0]["gone"] == ["closed"]
    assert since(DAY(2022, 9, 20)) == ({}, 6)
    assert since(DAY(2022, 9, 1), staff) == ({}, 0)
    assert all("new" in one for one in since(DAY(2022, 6, 1))[0].values())


def test_bands_are_of_their_own_day(a_month, programme_manager, auditor):
    settings.change_matrix(
        RiskSettings.objects.current(), bands={Score(3, 4): "severe"}, by=programme_manager, reason="Stricter"
    )
    escalated = Risk.objects.filter(title="escalated")
    [found] = reading.since(auditor, DAY(2022, 9, 1), risks=escalated).moved
    assert (found.before.band, found.now.band) == ("high", "severe")
    assert crossed_band(found.before, found.now)


def test_movement_takes_as_many_queries_for_many(a_month, make_risk, auditor):
    def queries():
        with CaptureQueriesContext(connection) as counted:
            reading.since(auditor, DAY(2022, 9, 1))
        return len(counted)

    queries()  # what the auditor may do is read once
    make_risk("R-020")
    before = queries()
    for number in range(21, 30):
        make_risk(f"R-0{number}")
    assert queries() == before <= 9
    assert queries() <= 2, "the clock, and whether anything changed"


def test_what_is_kept_is_worked_out_anew_once_something_changes(
    a_month, make_risk, auditor, staff, programme_manager
):
    def moved(person):
        return {one.risk.ref: one.risk.title for one in reading.since(person, DAY(2022, 9, 1)).moved}

    risk = make_risk("R-030", (2, 2), title="The supplier leaves")
    before = moved(auditor)
    assert moved(auditor) == before
    assert "R-030" not in before
    assert not moved(staff), "nobody shares what another may see"
    risk.current_likelihood = 5
    risk.record(by=programme_manager, reason="Worse")
    assert moved(auditor) == before | {"R-030": "The supplier leaves"}
    risk.title = "The supplier left"
    risk.record(by=programme_manager, reason="It did")
    assert moved(auditor) == before | {"R-030": "The supplier left"}

"""Actions on a risk: planned, changed, done, taken back, withdrawn."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from programme.foundation.history import Stale
from risks.actions import mitigations, moves, risks
from risks.models import RiskAction
from risks.rules import responding

DAY = datetime.date
DUE = DAY(2022, 12, 1)


@pytest.fixture
def planned(make_risk, lead_digital, risk_owner, today):
    risk = make_risk(current=(3, 4))
    facts = {"what": "Find a second supplier", "owner": risk_owner, "due": DUE}
    return mitigations.plan(risk, by=lead_digital, reason="Agreed", **facts)


def test_planning_leaves_the_risk_to_whoever_reviews_it(planned, fresh):
    assert (planned.what, planned.due, planned.done_on) == ("Find a second supplier", DUE, None)
    assert fresh(planned.risk).version == 1
    assert not planned.is_overdue(DUE)
    assert planned.is_overdue(DUE + datetime.timedelta(1))


def test_an_action_needs_words(planned, lead_digital, risk_owner):
    with pytest.raises(ValidationError) as refused:
        mitigations.plan(planned.risk, what="", owner=risk_owner, due=DUE, by=lead_digital, reason="Agreed")
    assert set(refused.value.message_dict) == {"what"}


def test_nothing_is_planned_for_what_has_ended(planned, lead_digital, risk_owner, fresh):
    risk = fresh(planned.risk)
    facts = {"what": "Late", "owner": risk_owner, "due": DUE, "by": lead_digital, "reason": "Late"}
    moves.close(risk, by=lead_digital, reason="Delivered")
    with pytest.raises(ValidationError, match="closed: open it again"):
        mitigations.plan(risk, **facts)
    risks.withdraw(risk, by=lead_digital, reason="A duplicate")
    with pytest.raises(ValidationError, match="was withdrawn"):
        mitigations.plan(risk, **facts)


def test_it_is_changed_until_it_is_done(planned, risk_owner, lead_digital):
    mitigations.change(planned, due=DAY(2023, 1, 1), by=risk_owner, reason="Supplier is slow")
    done = {"done_on": DAY(2022, 8, 30), "how_it_went": "Two bids", "by": risk_owner, "reason": "Done"}
    mitigations.complete(planned, **done)
    assert (planned.done_on, planned.how_it_went) == (DAY(2022, 8, 30), "Two bids")
    assert not planned.is_overdue(DAY(2023, 2, 1))
    with pytest.raises(ValidationError, match="done already"):
        mitigations.complete(planned, **done)
    with pytest.raises(ValidationError, match="take that back"):
        mitigations.change(planned, what="Other", by=risk_owner, reason="More")
    mitigations.take_back(planned, by=lead_digital, reason="Both bids fell through")
    assert (planned.done_on, planned.how_it_went) == (None, "")
    with pytest.raises(ValidationError, match="not done yet"):
        mitigations.take_back(planned, by=lead_digital, reason="Again")


def test_nothing_is_done_in_the_future_or_moved_to_another_risk(planned, risk_owner, today):
    tomorrow = today + datetime.timedelta(1)
    with pytest.raises(ValidationError) as refused:
        mitigations.complete(planned, done_on=tomorrow, by=risk_owner, reason="Soon")
    assert set(refused.value.message_dict) == {"done_on"}
    with pytest.raises(ValidationError, match="not changed here: risk"):
        mitigations.change(planned, risk=None, by=risk_owner, reason="Moved")


def test_the_last_action_of_a_treated_risk_stays(planned, lead_digital, risk_owner, fresh):
    risk = fresh(planned.risk)
    risks.change(risk, response="treat", by=lead_digital, reason="We act")
    with pytest.raises(ValidationError, match=r"^\['This is the only action"):
        mitigations.withdraw(planned, by=lead_digital, reason="No use")
    more = mitigations.plan(risk, what="More", owner=risk_owner, due=DUE, by=lead_digital, reason="Agreed")
    mitigations.withdraw(planned, by=lead_digital, reason="No use")
    assert list(RiskAction.objects.live()) == [more]
    with pytest.raises(ValidationError, match="was withdrawn"):
        mitigations.withdraw(planned, by=lead_digital, reason="Again")


def test_of_two_who_change_it_at_once_the_second_is_told(planned, risk_owner, lead_digital, fresh):
    stale = fresh(planned)
    mitigations.change(planned, what="Other words", by=risk_owner, reason="Clearer")
    with pytest.raises(Stale):
        mitigations.complete(stale, done_on=DAY(2022, 8, 30), by=lead_digital, reason="Done")


def test_what_a_response_asks():
    def refused(response, actions=0, *, outside=False, accepted=False):
        return responding.refusal(response, actions=actions, outside=outside, accepted=accepted)

    assert refused("treat") == responding.NEEDS_ACTION
    assert not refused("treat", 1)
    assert refused("tolerate", outside=True) == responding.NEEDS_ACCEPTANCE
    assert not refused("tolerate", outside=True, accepted=True)
    assert not refused("tolerate")
    for response in ("transfer", "terminate", ""):
        assert not refused(response, outside=True)

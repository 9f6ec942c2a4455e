"""The status of a benefit: which moves there are, what each needs, and that nothing else is allowed."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benefits.choices import Status
from benefits.rules.lifecycle import (
    MOVES,
    NEEDS_DECISION,
    NOT_MEASURED,
    ORDER,
    PERMISSION,
    VERBS,
    Facts,
    moves_from,
    refusal,
    withdrawal_refusal,
)

COMPLETE = Facts(
    owned=True, method=True, measure=True, baseline=True, decision=True, in_money=True, verified=1
)
statuses = st.sampled_from(Status.values)
counts = st.integers(0, 3)
facts = st.builds(
    Facts,
    **dict.fromkeys(("owned", "method", "measure", "baseline", "decision", "in_money"), st.booleans()),
    **dict.fromkeys(("waiting", "sent_back", "verified"), counts),
)


def test_a_benefit_goes_through_every_status_in_order():
    assert ORDER == ["identified", "validated", "approved", "in_delivery", "realised", "closed"]
    for here, there in pairwise(ORDER):
        assert moves_from(here)[0] == there
        assert refusal(here, there, COMPLETE) == ""
    assert moves_from("closed") == []


def test_every_move_says_who_may_make_it_and_in_which_words():
    moves = {(here, there) for here, to in MOVES.items() for there in to}
    assert set(PERMISSION) == set(VERBS) == moves
    assert PERMISSION["identified", "validated"] == "benefits.agree_method"
    assert PERMISSION["validated", "approved"] == "benefits.approve_profile"


@pytest.mark.parametrize(
    ("missing", "words"),
    [
        ({"owned": False}, "an owner"),
        ({"measure": False, "baseline": False}, "a measure"),
        ({"baseline": False}, "the measure's baseline"),
        ({"method": False}, "a method in words"),
        ({"owned": False, "measure": False, "method": False}, "an owner, a measure and a method in words"),
    ],
)
def test_finance_agrees_nothing_that_is_not_there(missing, words):
    why_not = refusal("identified", "validated", replace(COMPLETE, **missing))
    assert why_not == f"There is nothing to agree yet: it needs {words}."


def test_an_approval_names_a_decision():
    assert refusal("validated", "approved", replace(COMPLETE, decision=False)) == NEEDS_DECISION


def test_what_cannot_be_measured_is_not_realised():
    assert NOT_MEASURED == "If it cannot be measured it cannot be claimed as realised."
    assert refusal("in_delivery", "realised", replace(COMPLETE, measure=False)) == NOT_MEASURED
    assert refusal("realised", "closed", replace(COMPLETE, measure=False)) == NOT_MEASURED


@pytest.mark.parametrize(
    ("claims", "words"),
    [
        ({"waiting": 1}, "1 claim waits for finance"),
        ({"waiting": 2}, "2 claims wait for finance"),
        ({"sent_back": 1}, "1 claim was sent back by finance"),
        ({"sent_back": 3}, "3 claims were sent back by finance"),
        ({"verified": 0}, "No saving has been claimed and verified yet"),
    ],
)
def test_every_claim_is_verified_before_a_benefit_is_realised(claims, words):
    assert refusal("in_delivery", "realised", replace(COMPLETE, **claims)).startswith(words)


def test_what_has_no_money_in_it_needs_no_claim():
    assert refusal("in_delivery", "realised", replace(COMPLETE, in_money=False, verified=0)) == ""


def test_a_benefit_with_claims_that_wait_is_not_withdrawn():
    assert withdrawal_refusal(replace(COMPLETE, sent_back=2)) == ""
    assert withdrawal_refusal(replace(COMPLETE, waiting=2)).startswith("2 claims wait for finance")


@given(status=statuses, to=statuses, given_facts=facts)
def test_a_move_that_is_not_offered_is_refused_whatever_the_facts(status, to, given_facts):
    why_not = refusal(status, to, given_facts)
    if to not in moves_from(status):
        assert why_not.startswith("A benefit cannot move from ")
    assert not why_not or why_not.endswith(".")


@given(status=statuses, to=st.sampled_from(["realised", "closed"]), given_facts=facts)
def test_nothing_is_realised_or_closed_without_a_measure_or_with_open_claims(status, to, given_facts):
    if refusal(status, to, given_facts) == "":
        assert given_facts.measure
        assert not given_facts.waiting
        assert not given_facts.sent_back

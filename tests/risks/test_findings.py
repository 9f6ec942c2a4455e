"""What is to be looked at: the rule for one risk, and the same rule in the database for all."""

import datetime
import itertools

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from risks.actions import mitigations
from risks.choices import Finding
from risks.models import Acceptance, Risk, RiskAction
from risks.reading import findings as reading
from risks.rules import accepting
from risks.rules.findings import Facts, findings
from risks.rules.scoring import DEFAULT_MATRIX
from tests.cast import BEGINNING, written

DAY = datetime.date
TODAY = DAY(2022, 9, 1)
FINE = {"scored": True, "owned": True, "review_due": TODAY, "touched_on": TODAY}


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        ({}, []),
        ({"review_due": DAY(2022, 8, 31)}, ["overdue"]),
        ({"review_due": None}, []),
        ({"scored": False}, ["not_scored"]),
        ({"owned": False}, ["unowned"]),
        ({"outside": True}, ["outside"]),
        ({"outside": True, "covered": True}, []),
        ({"outside": True, "escalated": True}, []),
        ({"expired": True}, ["expired"]),
        ({"response": "treat"}, ["no_action"]),
        ({"response": "treat", "actions": 1}, []),
        ({"actions": 2, "overdue_actions": 1}, ["action_overdue"]),
        ({"touched_on": DAY(2022, 5, 31)}, ["untouched"]),
        ({"touched_on": DAY(2022, 6, 1)}, []),
        ({"outside": True, "owned": False, "scored": True}, ["outside", "unowned"]),
    ],
)
def test_each_finding_has_its_rule(facts, found):
    assert [one.value for one in findings(Facts(**FINE | facts), today=TODAY, untouched_months=3)] == found


@given(st.dates(DAY(2021, 1, 1), TODAY), st.integers(1, 24), st.integers(1, 24))
def test_a_longer_patience_finds_no_more(touched, months, more):
    def untouched(patience):
        facts = Facts(**FINE | {"touched_on": touched})
        return findings(facts, today=TODAY, untouched_months=patience)

    assert len(untouched(months + more)) <= len(untouched(months))


@pytest.fixture
def every_kind(make_risk, category, risk_owner, decision, installation, on):
    """One risk for each combination of what the findings ask, written on 4 July 2022."""
    on(DAY(2022, 7, 4))
    tight, wide, approved = category("Tight", 5), category("Wide", 25), decision()
    numbers = itertools.count(1)
    acceptances, actions = [], []
    for pair, kind, owner, accepted in itertools.product(
        (None, (2, 4)), (None, tight, wide), (None, risk_owner), ("", "board", "outgrown", "expired", "lead")
    ):
        number = next(numbers)
        facts = {"category": kind, "owner": owner, "response": ("", "treat", "transfer")[number % 3]}
        if number % 7 == 0:
            facts |= {"status": "escalated", "escalated_to": "lead"}
        risk = make_risk(f"R-{number:03}", pair, review_due=DAY(2022, 8 + number % 2, 1), **facts)
        if accepted:
            acceptances.append(
                Acceptance(
                    risk=risk,
                    accepted_by=installation,
                    accepted_on=BEGINNING,
                    authority="lead" if accepted == "lead" else "board",
                    decision=None if accepted == "lead" else approved,
                    why="Carried",
                    expires=DAY(2022, 8, 1) if accepted == "expired" else DAY(2022, 12, 1),
                    likelihood=1 if accepted == "outgrown" else 2,
                    impact=4,
                    band="medium",
                )
            )
        if number % 4 == 0:
            facts = {"what": "Act", "owner": risk_owner, "due": DAY(2022, 8 + number % 8 // 4 * 2, 1)}
            actions.append(RiskAction(risk=risk, **facts))
    for one in (*acceptances, *actions):
        written(one)
    on(TODAY)
    return list(Risk.objects.select_related("category"))


def facts_of(risk):
    """What the rule asks of one risk, read the slow way."""
    said = risk.acceptances.filter(ended_on=None).first()
    band = DEFAULT_MATRIX.band_of(risk.current)
    outside = risk.is_outside_appetite
    return Facts(
        scored=risk.is_scored,
        owned=risk.owner_id is not None,
        review_due=risk.review_due,
        touched_on=BEGINNING,
        response=risk.response,
        outside=outside,
        covered=accepting.covers(said, risk.current, band=band, outside=outside, day=TODAY),
        escalated=risk.status == "escalated",
        expired=said is not None and said.expires < TODAY,
        actions=risk.actions.count(),
        overdue_actions=risk.actions.filter(due__lt=TODAY, done_on=None).count(),
    )


def test_the_database_finds_what_the_rule_finds(every_kind, auditor):
    facts = {risk.ref: facts_of(risk) for risk in every_kind}
    seen, counted = Risk.objects.visible_to(auditor), reading.counts(auditor)
    for finding in Finding:
        by_rule = {
            ref for ref, one in facts.items() if finding in findings(one, today=TODAY, untouched_months=3)
        }
        assert {risk.ref for risk in reading.having(seen, finding)} == by_rule, finding
        assert counted[finding] == len(by_rule)
        assert len(every_kind) > len(by_rule) > 0 or finding == Finding.UNTOUCHED, finding


def test_what_was_left_alone_for_a_quarter(make_risk, risk_owner, lead_digital, auditor, on):
    risk, other = make_risk("R-001"), make_risk("R-002")
    on(DAY(2022, 10, 4))
    assert reading.counts(auditor)[Finding.UNTOUCHED] == 0
    on(DAY(2022, 10, 5))
    assert reading.counts(auditor)[Finding.UNTOUCHED] == 2
    mitigations.plan(
        risk, what="Act", owner=risk_owner, due=DAY(2022, 12, 1), by=lead_digital, reason="An action counts"
    )
    assert list(reading.having(Risk.objects.all(), Finding.UNTOUCHED)) == [other]


def test_what_has_ended_or_may_not_be_seen_is_not_counted(make_risk, staff, auditor, today):
    make_risk("R-001", status="closed", ended_on=DAY(2022, 8, 1))
    make_risk("R-002", withdrawn=True)
    assert not any(reading.counts(auditor).values())
    make_risk("R-003")
    assert reading.counts(auditor)[Finding.NOT_SCORED] == 1
    assert not any(reading.counts(staff).values())


def test_counting_takes_as_many_queries_for_many_and_hardly_any_until_something_changes(
    make_risk, auditor, today
):
    def queries():
        with CaptureQueriesContext(connection) as counted:
            reading.counts(auditor)
        return len(counted)

    queries()  # what the auditor may do is read once
    assert queries() <= 2, "the clock, and whether anything changed"
    make_risk("R-001")
    before = queries()
    for number in range(2, 11):
        make_risk(f"R-{number:03}")
    assert queries() == before <= 5


def test_what_is_kept_is_counted_anew_once_it_rests_on_something_else(
    make_risk, category, programme_manager, person, digital, risk_owner, today, on
):
    tight = category("Tight", 5)
    risk = make_risk("R-001", (2, 4), category=tight, review_due=DAY(2022, 9, 2))
    kept = make_risk("R-002", owner=risk_owner, classification="exempt", exempt_paragraphs=[3],
                     exempt_reason="Tendered", exempt_review=DAY(2023, 1, 1))  # fmt: skip
    member = person("member", "Member", ("group_member", digital.scope))
    assert reading.counts(programme_manager)[Finding.OUTSIDE] == 1
    assert reading.counts(programme_manager)[Finding.NOT_SCORED] == 1
    assert reading.counts(member)[Finding.NOT_SCORED] == 0, "nobody shares what another may see"
    assert reading.counts(risk_owner)[Finding.NOT_SCORED] == 1, "but their own"
    tight.highest_tolerated = 8
    tight.record(by=programme_manager, reason="Wider")
    assert reading.counts(programme_manager)[Finding.OUTSIDE] == 0
    mitigations.plan(
        risk, what="Act", owner=risk_owner, due=DAY(2022, 9, 1), by=programme_manager, reason="Due"
    )
    assert reading.counts(programme_manager)[Finding.ACTION_OVERDUE] == 0
    on(DAY(2022, 9, 3))
    found = reading.counts(programme_manager)
    assert (found[Finding.ACTION_OVERDUE], found[Finding.OVERDUE]) == (1, 1), "another day counts anew"
    kept.classification, kept.exempt_paragraphs, kept.exempt_reason = "internal", [], ""
    kept.exempt_review = None
    kept.record(by=programme_manager, reason="The contract is signed")
    assert reading.counts(member)[Finding.NOT_SCORED] == 1

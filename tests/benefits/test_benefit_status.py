"""How a benefit's status moves: finance agrees, a decision approves, claims are verified, people differ."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from benefits.actions import benefits, lines
from benefits.models import Benefit, Claim
from programme.foundation.money import FinancialYear
from programme.portfolio.actions import decisions
from tests.cast import written
from tests.register import decide
from tests.savings import EXEMPT

__all__ = ["decide"]
pytestmark = pytest.mark.django_db
Y22 = FinancialYear(2022)


def send(client: Any, record: Any, verb: str, **typed: Any) -> Any:
    now = type(record).objects.get(pk=record.pk)
    return client.post(
        f"{now.get_absolute_url()}{verb}/", {"version": now.version, "reason": "So it is"} | typed
    )


def words(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def again(record: Any) -> Any:
    return type(record).objects.get(pk=record.pk)


@pytest.fixture
def shown_by(measure):
    return measure(baseline=40, target=20)


@pytest.fixture
def reception(benefit, agile, lead_agile, shown_by) -> Benefit:
    facts = {"owner": lead_agile, "measure": shown_by, "method": "Minutes from arrival to answer."}
    return benefit("B-001", home=agile, lines=[{"forecast": {"2022/23": 100}}], **facts)


@pytest.fixture
def move(reception, decide, programme_manager):
    """``move("realised")``: brings the benefit up to a status, as the action allows it."""

    def to(status: str) -> Benefit:
        facts = {"status": status, "decision": None if status == "validated" else decide("TB-2022-009")}
        for name, value in facts.items():
            setattr(reception, name, value)
        return reception.record(by=programme_manager, reason="Brought here")

    return to


@pytest.fixture
def claim(reception, lead_agile, finance):
    def make(ref: str = "CL-0001", **facts: Any) -> Claim:
        known = {"amount": Decimal(100), "words": "Done", "evidence_link": "https://example.org/ledger"}
        if facts.get("status") == "verified":
            known |= {"full_year": Decimal(100), "cash": Decimal(50), "verified_by": finance}
        years = {"year": Y22, "booked": Y22, "line": reception.lines.get(), "claimed_by": lead_agile}
        return written(Claim(ref=ref, **years, **known | facts))

    return make


def test_finance_agrees_method_and_baseline_and_so_validates_it(sign_in, finance, reception, shown_by):
    answer = send(sign_in(finance), reception, "agree", measure=shown_by.pk, method="As written.")
    assert answer.status_code == 302
    assert (again(reception).status, again(reception).method) == ("validated", "As written.")


def test_whoever_owns_a_benefit_does_not_agree_its_method(
    person, programme_scope, reception, shown_by, sign_in
):
    roles = ("finance_reviewer", programme_scope), ("benefit_owner", reception.scope)
    both = person("both", "Head of Both", *roles)
    reception.owner = both
    reception.record(by=both, reason="Taken over")
    assert "agree" not in words(sign_in(both).get("/benefits/B-001/"))
    answer = send(sign_in(both), reception, "agree", measure=shown_by.pk, method="As written.")
    assert "Whoever owns a benefit does not agree how it is measured." in words(answer)
    assert again(reception).status == "identified"


def test_only_finance_agrees(lead_agile, programme_manager, sign_in, reception):
    for one in (lead_agile, programme_manager):
        assert sign_in(one).get("/benefits/B-001/agree/").status_code == 403


def test_finance_agrees_nothing_without_a_baseline(sign_in, finance, reception, measure):
    without = measure("M-002")
    answer = send(sign_in(finance), reception, "agree", measure=without.pk, method="As written.")
    assert "it needs the measure&#x27;s baseline" in words(answer)


def test_what_finance_agreed_is_not_changed_by_those_who_keep_it(sign_in, lead_agile, move, reception):
    move("validated")
    client = sign_in(lead_agile)
    assert "method" not in client.get("/benefits/B-001/change/").context["form"].fields
    send(
        client, reception, "change", name="Renamed", place="as-now", classification="internal", method="Mine"
    )
    assert (again(reception).name, again(reception).method) == ("Renamed", "Minutes from arrival to answer.")
    with pytest.raises(ValidationError, match="Finance has agreed this"):
        benefits.change(again(reception), method="Mine", by=lead_agile, reason="Better")


def test_finance_takes_its_agreement_back(sign_in, finance, move, reception):
    move("validated")
    send(sign_in(finance), reception, "take-back")
    assert again(reception).status == "identified"


def test_an_approval_names_a_decision_that_approves_and_takes_the_forecasts(
    sign_in, programme_manager, move, reception, decide
):
    move("validated")
    office, rejected = sign_in(programme_manager), decide("TB-2022-002", outcome="rejected")
    assert send(office, reception, "approve").status_code == 422
    assert send(office, reception, "approve", decision=rejected.pk).status_code == 422

    send(office, reception, "approve", decision=decide("TB-2022-003").pk, take_forecasts="on")
    amounts = reception.lines.get().amounts.live()
    assert again(reception).status == "approved"
    assert {(one.kind, one.amount) for one in amounts} == {
        ("original", 100),
        ("approved", 100),
        ("forecast", 100),
    }


@pytest.mark.parametrize(
    ("claims", "said"),
    [
        ([], "No saving has been claimed and verified yet"),
        (["verified", "submitted"], "1 claim waits for finance: every claim must be verified first."),
        (["verified", "sent_back"], "1 claim was sent back by finance"),
    ],
)
def test_a_benefit_is_realised_only_once_every_claim_is_verified(
    sign_in, lead_agile, move, reception, claim, claims, said
):
    move("in_delivery")
    for number, status in enumerate(claims, 1):
        claim(f"CL-{number:04}", status=status)
    answer = send(sign_in(lead_agile), reception, "status", status="realised")
    assert answer.status_code == 422
    assert said in words(answer)


def test_with_every_claim_verified_it_is_realised_then_closed(sign_in, lead_agile, move, reception, claim):
    move("in_delivery")
    claim(status="verified")
    for status in ("realised", "closed"):
        send(sign_in(lead_agile), reception, "status", status=status)
        assert again(reception).status == status


def test_what_cannot_be_measured_is_not_realised(sign_in, lead_agile, move, reception, shown_by):
    move("in_delivery")
    shown_by.withdraw(by=lead_agile, reason="Nobody reads it")
    answer = send(sign_in(lead_agile), reception, "status", status="realised")
    assert "If it cannot be measured it cannot be claimed as realised." in words(answer)


def test_a_withdrawn_benefit_takes_its_lines_along_but_not_what_was_verified(
    sign_in, lead_agile, reception, claim
):
    waiting = claim()
    client = sign_in(lead_agile)
    assert "1 claim waits for finance" in words(send(client, reception, "withdraw"))
    waiting.status = "sent_back"
    waiting.record(by=lead_agile, reason="Sent back")
    done = claim("CL-0002", status="verified")

    send(client, reception, "withdraw")
    assert again(reception).withdrawn
    assert not reception.lines.live().exists()
    assert Claim.objects.verified().get() == done
    assert "Withdrawn" in words(client.get("/benefits/B-001/"))
    assert client.get("/benefits/B-001/change/").status_code == 404


def test_shares_sum_to_the_whole(sign_in, lead_agile, reception, agile, digital):
    client = sign_in(lead_agile)
    typed = {f"share_{agile.pk}": "60 %", f"share_{digital.pk}": "41"}
    answer = send(client, reception, "shares", **typed)
    assert "An attribution of 101 % is 1 more than the whole: shares come to 100 %." in words(answer)
    assert not reception.shares.exists()

    send(client, reception, "shares", **typed | {f"share_{digital.pk}": "40"})
    send(client, reception, "shares", **{f"share_{digital.pk}": "100"})
    assert [(one.workstream, one.percent) for one in reception.shares.live()] == [(digital, 100)]


def test_only_a_milestone_that_one_may_see_enables(sign_in, lead_agile, reception, crm):
    from programme.plan.models import Activity

    go_live = {"kind": "milestone", "name": "Go live", "forecast_finish": "2023-03-01"}
    written(Activity(project=crm, ref="DIG-01-M01", **go_live))
    client = sign_in(lead_agile)
    assert "There is no milestone X-1 in the plan" in words(
        send(client, reception, "milestones/add", activity="X-1")
    )
    assert send(client, reception, "milestones/add", activity="dig-01-m01").status_code == 302
    repeated = send(client, reception, "milestones/add", activity="DIG-01-M01")
    assert "This milestone enables the benefit already." in words(repeated)
    (link,) = reception.enablers.live()
    send(client, reception, f"milestones/{link.pk}/end")
    assert not reception.enablers.live().exists()


def test_a_benefit_moves_home_with_its_lines_and_takes_them_into_exemption(
    lead_agile, reception, make_project, agile
):
    project = make_project(agile, "AGS-06")
    benefits.change(reception, scope=project.scope, **EXEMPT, by=lead_agile, reason="Moved")
    line = reception.lines.get()
    assert (line.scope, line.classification, line.exempt_paragraphs) == (project.scope, "exempt", [1, 2, 4])
    with pytest.raises(ValidationError, match="Its benefit is exempt"):
        lines.change(line, classification="internal", by=lead_agile, reason="Opened")


def test_a_decision_that_approved_a_benefit_cannot_be_taken_back(programme_manager, move):
    decided = move("approved").decision
    with pytest.raises(ValidationError, match="This decision is the authority for a benefit"):
        decisions.correct(decided, outcome="rejected", by=programme_manager, reason="Misread")

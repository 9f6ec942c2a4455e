"""A baseline that moves after finance agreed it is noticed on the benefit, in the list, on finance's home."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest

from benefits.actions import benefits
from benefits.models import Benefit
from benefits.reading.agreed import moved
from programme.performance.actions import measures
from programme.performance.models import Measure
from tests.register import decide
from tests.savings import EXEMPT

__all__ = ["decide"]
pytestmark = pytest.mark.django_db
TAG, LIST = "No longer as finance agreed", "/benefits/list/benefits/?departed=true"
SAID = "The baseline agreed on 3 August 2022 was 40 days; it is now 35 days: finance has not agreed it."


@pytest.fixture(autouse=True)
def on_3_august(db: None) -> None:
    from programme.foundation.models import Clock

    Clock(pk=1, fixed_on=datetime.date(2022, 8, 3)).save()


@pytest.fixture
def shown_by(measure) -> Measure:
    return measure(baseline=40, target=20, definition="Working days from application to answer.")


@pytest.fixture
def reception(benefit, agile, lead_agile, shown_by) -> Benefit:
    return benefit("B-001", home=agile, owner=lead_agile, measure=shown_by, method="Days to answer.")


@pytest.fixture
def agreed(reception, finance) -> Benefit:
    known = {"measure": reception.measure, "method": reception.method}
    return benefits.agree(reception, **known, by=finance, reason="It can be measured so")


def words(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def rebase(shown_by: Measure, by: Any, **facts: Any) -> None:
    measures.change(Measure.objects.get(pk=shown_by.pk), by=by, reason="Counted anew", **facts)


def test_a_moved_baseline_stands_on_the_benefit_beside_its_status(
    agreed, shown_by, lead_agile, finance, sign_in
):
    client = sign_in(lead_agile)
    assert TAG not in words(client.get("/benefits/B-001/"))
    rebase(shown_by, lead_agile, baseline=Decimal(35))
    page = words(client.get("/benefits/B-001/"))
    assert SAID in page
    assert TAG in page
    assert TAG in words(client.get("/benefits/B-001/?tab=lines"))
    assert TAG not in words(client.get("/benefits/B-001/?as_at=2022-08-02"))


def test_a_change_that_leaves_what_was_agreed_is_none(agreed, shown_by, lead_agile, finance):
    rebase(shown_by, lead_agile, name="Days to an answer", target=Decimal(10))
    measures.confirm(Measure.objects.get(), by=lead_agile, reason="Looked at")
    assert not moved(finance)
    rebase(shown_by, lead_agile, baseline=Decimal(35))
    assert moved(finance)
    rebase(shown_by, lead_agile, baseline=Decimal(40))
    assert not moved(finance), "and put back as it was agreed it stands"


def test_nobody_agreed_anything_of_a_benefit_that_is_only_identified(
    reception, shown_by, lead_agile, finance
):
    rebase(shown_by, lead_agile, baseline=Decimal(35))
    assert not moved(finance)


def test_finance_agrees_anew_or_takes_its_agreement_back(agreed, shown_by, lead_agile, finance):
    rebase(shown_by, lead_agile, baseline=Decimal(35))
    now = Measure.objects.get()
    benefits.agree(agreed, measure=now, method=agreed.method, by=finance, reason="35 is right")
    assert not moved(finance)
    rebase(shown_by, lead_agile, baseline=Decimal(30))
    assert moved(finance)
    benefits.move(agreed, to="identified", by=finance, reason="Not like this")
    assert not moved(finance)
    assert agreed.agreed_on is None


def test_a_closed_benefit_lets_its_measure_move_on(
    agreed, shown_by, lead_agile, finance, programme_manager, decide
):
    agreed.status, agreed.decision = "closed", decide("TB-2022-009")
    agreed.record(by=programme_manager, reason="Done")
    rebase(shown_by, lead_agile, baseline=Decimal(35))
    assert not moved(finance)


def test_an_agreement_of_before_versions_were_kept_is_read_from_history(
    agreed, shown_by, lead_agile, finance, programme_manager
):
    agreed.agreed_on = agreed.agreed_version = None
    agreed.record(by=programme_manager, reason="As those of before")
    from programme.foundation.models import Clock

    Clock.objects.update(fixed_on=datetime.date(2022, 9, 1))
    rebase(shown_by, lead_agile, baseline=Decimal(35))
    assert moved(finance) == {agreed.pk: (SAID,)}


def test_finance_finds_them_from_home_and_the_list_agrees(
    agreed, benefit, agile, shown_by, lead_agile, finance, sign_in
):
    benefit("B-002", home=agile, measure=shown_by, method="Another.")
    client = sign_in(finance)
    assert "agreed baseline" not in words(client.get("/"))
    rebase(shown_by, lead_agile, baseline=Decimal(35))
    home = words(client.get("/"))
    assert f'href="{LIST}"' in home
    assert ">1 agreed baseline has changed</a>" in home
    listed = words(client.get(LIST))
    assert "B-001" in listed
    assert "B-002" not in listed
    assert "B-002" in words(client.get(LIST.replace("true", "false")))
    assert "agreed baseline" not in words(sign_in(lead_agile).get("/")), "only finance can agree it"


def test_what_was_exempt_when_it_was_agreed_is_not_told(
    agile, benefit, measure, lead_digital, lead_agile, finance
):
    secret = measure("M-002", baseline=40, **EXEMPT)
    held = benefit("B-003", home=agile, owner=lead_agile, measure=secret, method="Days.")
    benefits.agree(held, measure=secret, method="Days.", by=finance, reason="It can be measured so")
    opened = {"classification": "internal", "exempt_paragraphs": [], "exempt_reason": ""}
    rebase(secret, finance, baseline=Decimal(35), **opened, exempt_review=None)
    assert "40 days" in moved(finance)[held.pk][0]
    assert moved(lead_digital)[held.pk] == (
        "The measure agreed on 3 August 2022 was changed since: finance has not agreed that.",
    )


def test_one_query_where_no_measure_was_written_since(agreed, finance, django_assert_num_queries):
    assert finance.has_perm("benefits.agree_method")
    with django_assert_num_queries(1):
        assert not moved(finance)

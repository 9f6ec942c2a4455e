"""Closing a year: what waits is said first, and what it holds is locked, in the database too."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from benefits import locks
from benefits.actions import claims, years
from benefits.models import Claim, ClosedYear
from benefits.reading import delivered
from programme.foundation.models import Clock
from programme.foundation.money import FinancialYear

pytestmark = pytest.mark.django_db
LAST, THIS = FinancialYear(2022), FinancialYear(2023)
PAGE = "/benefits/years/2022-23/close/"


@pytest.fixture(autouse=True)
def june(db: None) -> None:
    Clock(pk=1, fixed_on=date(2023, 6, 1)).save()


@pytest.fixture
def claim(benefit: Callable, digital: Any, lead_digital: Any) -> Claim:
    line = benefit("B-001", home=digital, lines=[{"approved": {"2022/23": 100}}]).lines.get()
    facts = {"amount": Decimal(100), "words": "Done", "evidence_link": "https://ledger.example/"}
    return claims.claim(line=line, year=LAST, by=lead_digital, reason="Claimed", **facts)


def verify(claim: Claim, by: Any) -> Claim:
    facts = {"full_year": claim.amount, "cash": Decimal(40), "budget_code": "CS100"}
    return claims.verify(Claim.objects.get(pk=claim.pk), by=by, reason="Seen", **facts)


def test_what_waits_is_said_and_stands_in_the_way(claim, finance, sign_in):
    client = sign_in(finance)
    assert "1 claim waits for a verdict" in client.get(PAGE).content.decode()
    answer = client.post(PAGE, {"reason": "Accounts closed"})
    assert answer.status_code == 422
    assert "1 claim waits in 2022/23" in answer.content.decode()
    assert not ClosedYear.objects.exists()


def test_the_link_leads_to_what_waits(claim, finance, sign_in):
    page = sign_in(finance).get("/benefits/claims/?status=waiting&booked=2022/23").content.decode()
    assert "CL-0001" in page


def test_a_year_without_waiting_claims_is_closed_by_finance(claim, finance, sign_in):
    verify(claim, finance)
    client = sign_in(finance)
    assert "Close 2022/23" in client.get("/benefits/years/").content.decode()
    assert client.post(PAGE, {"reason": "Accounts closed"}).status_code == 302
    page = client.get("/benefits/years/").content.decode()
    assert "Closed on 1 June 2023 by Head of Strategic Finance and Property" in page
    assert "Close 2022/23" not in page
    assert client.post(PAGE, {"reason": "Again"}).status_code == 422


def test_a_year_that_runs_or_that_nobody_knows_is_not_closed(finance, sign_in):
    client = sign_in(finance)
    answer = client.post("/benefits/years/2023-24/close/", {"reason": "Early"})
    assert "It runs until 31 March 2024" in answer.content.decode()
    for address in ("2031-32", "2022-24", "banana"):
        assert client.get(f"/benefits/years/{address}/close/").status_code == 404


def test_others_see_the_years_and_close_none(claim, programme_manager, lead_digital, staff, sign_in):
    for user in (programme_manager, lead_digital):
        assert sign_in(user).get("/benefits/years/").status_code == 200
        assert sign_in(user).get(PAGE).status_code == 403
    assert sign_in(staff).get("/benefits/years/").status_code == 403


def test_a_closed_year_takes_no_claim_and_no_verdict(claim, finance, lead_digital):
    claims.send_back(claim, by=finance, reason="No report")
    years.close(year=LAST, by=finance, reason="Accounts closed")
    facts = {"amount": Decimal(5), "words": "Late", "evidence_link": "https://ledger.example/"}
    with pytest.raises(ValidationError, match="2022/23 is closed"):
        claims.claim(line=claim.line, year=LAST, by=lead_digital, reason="Late", **facts)
    with pytest.raises(ValidationError, match="2022/23 is closed"):
        claims.claim_again(Claim.objects.get(), by=lead_digital, reason="Found it")
    assert claims.withdraw(Claim.objects.get(), by=lead_digital, reason="Too late").status == "withdrawn"


def test_a_correction_counts_in_the_open_year_and_leaves_the_closed_one_as_it_was(
    claim, finance, lead_digital
):
    verify(claim, finance)
    years.close(year=LAST, by=finance, reason="Accounts closed")
    before = delivered.by_line(finance)[claim.line_id].verified
    facts = {"amount": Decimal(-30), "words": "Less", "evidence_link": "https://ledger.example/"}
    less = claims.correct(Claim.objects.get(), by=lead_digital, reason="Found by audit", **facts)
    claims.verify(
        Claim.objects.get(pk=less.pk), full_year=Decimal(-30), cash=Decimal(-30), budget_code="CS100",
        by=finance, reason="Seen",
    )  # fmt: skip
    assert dict(before) == {LAST: 100}
    assert dict(delivered.by_line(finance)[claim.line_id].verified) == {LAST: 100, THIS: -30}


@pytest.mark.parametrize(
    "change",
    ["amount = 1", "full_year = 1", "cash = 1", "status = 'withdrawn'", "booked = 2023", "year = 2021"],
)
def test_the_database_itself_locks_the_claims_of_a_closed_year(claim, finance, change):
    verify(claim, finance)
    years.close(year=LAST, by=finance, reason="Accounts closed")
    statement = f"UPDATE benefits_claim SET {change}"  # noqa: S608 - from the list above
    with pytest.raises(IntegrityError, match="closed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE benefits_claim SET words = 'Tidied'")  # what does not count is not locked


def test_nothing_is_slipped_into_a_closed_year(claim, finance):
    verify(claim, finance)
    years.close(year=LAST, by=finance, reason="Accounts closed")
    late = Claim.objects.get()
    late.pk, late.ref, late._state.adding = None, "CL-0002", True
    with pytest.raises(IntegrityError, match="closed"), transaction.atomic():
        late.record(by=finance, reason="Past the action")


def test_a_missing_lock_is_named(db):
    assert locks.check(None, ["default"]) == []
    with connection.cursor() as cursor:
        on = f" ON {locks.TABLE}" if connection.vendor == "postgresql" else ""
        cursor.execute(f"DROP TRIGGER {locks.NAMES[1]}{on}")
    (found,) = locks.check(None, ["default"])
    assert found.id == "benefits.E001"
    locks.install(sender=None, using="default")  # type: ignore[arg-type]
    assert locks.check(None, ["default"]) == []


def test_what_was_sent_back_in_a_closed_year_is_withdrawn_and_not_put_right(
    claim, finance, lead_digital, sign_in
):
    claims.send_back(Claim.objects.get(pk=claim.pk), by=finance, reason="Which month?")
    client = sign_in(lead_digital)
    page, form = "/benefits/claims/CL-0001/", "/benefits/claims/CL-0001/again/"
    assert "Put right and claim again" in client.get(page).content.decode()
    years.close(year=LAST, by=finance, reason="Accounts closed")
    shown = client.get(page).content.decode()
    assert "Put right and claim again" not in shown
    assert "2022/23 is closed, so CL-0001 can only be withdrawn." in shown
    typed = {"year": "2023/24", "amount": "100", "words": "Done", "evidence_link": "https://ledger.example/"}
    answer = client.post(form, typed | {"reason": "October", "version": 2})
    assert answer.status_code == 422
    assert "can only be withdrawn" in answer.content.decode()
    assert client.post(f"{page}withdraw/", {"reason": "Too late", "version": 2}).status_code == 302
    assert Claim.objects.get().status == "withdrawn"

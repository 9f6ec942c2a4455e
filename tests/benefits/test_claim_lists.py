"""Finance's queue: what it shows at first, its filters, what is taken away, and its queries."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from django.test import Client

from benefits.actions import claims
from benefits.models import Claim
from programme.foundation.models import Clock
from programme.foundation.money import FinancialYear

pytestmark = pytest.mark.django_db
PAGE = "/benefits/claims/"
LAST, THIS = FinancialYear(2022), FinancialYear(2023)


@pytest.fixture(autouse=True)
def june(db: None) -> None:
    Clock(pk=1, fixed_on=date(2023, 6, 1)).save()


@pytest.fixture
def claim(lead_digital) -> Callable[..., Claim]:
    def make(line: Any, amount: int, year: FinancialYear = LAST, words: str = "Done") -> Claim:
        facts = {"amount": Decimal(amount), "words": words, "evidence_link": "https://ledger.example/"}
        return claims.claim(line=line, year=year, by=lead_digital, reason="Claimed", **facts)

    return make


@pytest.fixture
def queue(benefit, line, digital, commercial, crm, measure, claim, finance) -> dict[str, Claim]:
    """Six claims: two wait for finance, one for the programme office, the others are past that."""
    facts = {"approved": {"2022/23": 100}}
    own = line(benefit("B-001", home=digital), "Licences", **facts)
    of_project = line(benefit("B-002", home=crm), "Contacts", **facts)
    other = line(benefit("B-003", home=commercial), "Fees", **facts, kind="income")
    free = benefit("B-004", home=digital, measure=measure())
    without = line(free, "Faster answers", kind="efficiency_without_cash", **facts)
    found = {
        "first": claim(own, 10),
        "second": claim(of_project, 20, THIS),
        "office": claim(without, 30),
        "back": claim(other, 40),
        "gone": claim(own, 50),
        "verified": claim(other, 60),
    }
    claims.send_back(found["back"], by=finance, reason="No report")
    claims.withdraw(found["gone"], by=found["gone"].claimed_by, reason="Twice")
    figures = {"full_year": Decimal(60), "cash": Decimal(15), "budget_code": "FEES"}
    claims.verify(found["verified"], by=finance, reason="Seen", **figures)
    return found


def listed(client: Client, query: str = "") -> list[str]:
    answer = client.get(f"{PAGE}{query}")
    assert answer.status_code == 200
    return [row.record.ref for row in answer.context["table"].rows]


def test_the_queue_begins_with_what_waits_for_finance_oldest_first(queue, finance, sign_in):
    client = sign_in(finance)
    assert listed(client) == [queue["first"].ref, queue["second"].ref]
    assert "These wait for finance, oldest first." in client.get(PAGE).content.decode()


NARROWED = {
    "?status=office": ["office"],
    "?status=waiting": ["first", "second", "office"],
    "?status=sent_back": ["back"],
    "?status=withdrawn": ["gone"],
    "?status=verified": ["verified"],
    "?status=all": ["first", "second", "office", "back", "gone", "verified"],
    "?year=2023-24": ["second"],
    "?booked=22/23": ["first"],
    "?workstream=digital": ["first", "second"],
    "?workstream=commercial&status=all": ["back", "verified"],
    "?q=contacts": ["second"],
    "?q=B-003&status=all": ["back", "verified"],
}


def test_the_queue_is_narrowed_by_its_address(queue, finance, sign_in):
    client = sign_in(finance)
    for query, names in NARROWED.items():
        assert listed(client, query) == [queue[name].ref for name in names], query


def test_a_year_that_is_none_lists_nothing_and_says_so(queue, finance, sign_in):
    page = sign_in(finance).get(f"{PAGE}?year=2022/24").content.decode()
    assert "is not a financial year" in page
    assert queue["first"].ref not in page


def test_the_list_is_taken_away_as_shown(queue, finance, sign_in):
    client = sign_in(finance)
    answer = client.get(f"{PAGE}?status=verified&format=csv")
    (row,) = csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig")))
    assert (row["Claimed"], row["Full-year effect"], row["Cash in the year"]) == ("60", "60", "15")
    assert (row["About"], row["Status"], row["Line"]) == ("2022/23", "Verified", "Fees")
    answer = client.get(f"{PAGE}?status=all&format=xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    refs = [cells[0] for cells in sheet.iter_rows(values_only=True)]
    assert all(one.ref in refs for one in queue.values())


def test_the_queues_queries_do_not_grow(queue, claim, finance, sign_in, django_assert_max_num_queries):
    for number in range(20):
        claim(queue["first"].line, 1_000 + number)
    client = sign_in(finance)
    client.get(PAGE)
    with django_assert_max_num_queries(12):
        assert len(listed(client)) == 22


def test_a_claims_page_keeps_within_its_queries(queue, finance, sign_in, django_assert_max_num_queries):
    client = sign_in(finance)
    client.get(queue["first"].get_absolute_url())
    for name in ("first", "office", "back", "verified"):
        address = queue[name].get_absolute_url()
        with django_assert_max_num_queries(14):
            assert client.get(address).status_code == 200
        assert "Claimed" in client.get(f"{address}?tab=history").content.decode()


def test_a_claim_is_shown_as_it_stood(queue, finance, sign_in):
    Clock(pk=1, fixed_on=date(2023, 7, 1)).save(force_update=True)
    figures = {"full_year": Decimal(10), "cash": Decimal(5), "budget_code": "CS100"}
    claims.verify(queue["first"], by=finance, reason="Seen", **figures)
    address = queue["first"].get_absolute_url()
    then = sign_in(finance).get(f"{address}?as_at=2023-06-15").content.decode()
    assert "Waits for finance" in then
    assert "The verdict" not in then


def test_who_has_what_waiting(queue, finance, lead_digital):
    assert Claim.objects.visible_to(finance).waiting_for_finance().count() == 2
    assert Claim.objects.visible_to(finance).waiting_for_office().count() == 1
    assert [one.ref for one in Claim.objects.sent_back_to(lead_digital)] == [queue["back"].ref]
    assert not Claim.objects.sent_back_to(finance)

"""What was claimed and verified by line and year, for one reader, now and as it stood."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from benefits.actions import claims
from benefits.models import Claim
from benefits.reading import delivered
from programme.foundation.models import Clock
from programme.foundation.money import FinancialYear
from tests.savings import EXEMPT

pytestmark = pytest.mark.django_db
LAST, THIS = FinancialYear(2022), FinancialYear(2023)


@pytest.fixture(autouse=True)
def june(db: None) -> None:
    Clock(pk=1, fixed_on=date(2023, 6, 1)).save()


@pytest.fixture
def saving(benefit, digital) -> Any:
    return benefit("B-001", home=digital, lines=[{"approved": {"2022/23": 100}}]).lines.get()


@pytest.fixture
def claim(saving, lead_digital):
    def make(amount: int, year: FinancialYear = LAST, line: Any = None) -> Claim:
        facts = {"amount": Decimal(amount), "words": "Done", "evidence_link": "https://ledger.example/"}
        return claims.claim(line=line or saving, year=year, by=lead_digital, reason="Claimed", **facts)

    return make


def verify(claim: Claim, by: Any, full_year: int, cash: int) -> None:
    facts = {"full_year": Decimal(full_year), "cash": Decimal(cash), "budget_code": "CS100", "words": "Seen"}
    claims.verify(Claim.objects.get(pk=claim.pk), by=by, reason="Seen", **facts)


def test_what_waits_counts_as_claimed_and_what_is_verified_as_both(
    saving, claim, finance, lead_digital, django_assert_num_queries
):
    verify(claim(60), finance, 50, 20)
    claim(30)
    claim(10, THIS)
    claims.withdraw(claim(1_000), by=lead_digital, reason="Wrong")
    claims.send_back(claim(2_000), by=finance, reason="No report")
    finance.standing  # noqa: B018 - read before counting
    with django_assert_num_queries(1):
        one = delivered.by_line(finance)[saving.pk]
    assert dict(one.claimed) == {LAST: 90, THIS: 10}
    assert (dict(one.verified), dict(one.cash)) == ({LAST: 50}, {LAST: 20})


def test_a_reader_has_what_they_may_see(benefit, line, agile, finance, lead_agile, lead_digital):
    secret = line(benefit("B-002", home=agile), approved={"2022/23": 5}, **EXEMPT)
    facts = {"amount": Decimal(5), "words": "Done", "evidence_link": "https://ledger.example/"}
    claims.claim(line=secret, year=LAST, by=lead_agile, reason="Claimed", **facts)
    assert secret.pk in delivered.by_line(finance)
    assert not delivered.by_line(lead_digital)


def test_one_line_can_be_asked_for(saving, claim, benefit, line, digital, finance):
    other = line(benefit("B-002", home=digital), approved={"2022/23": 5})
    claim(60)
    claim(5, line=other)
    assert set(delivered.by_line(finance, line=other)) == {other.pk}
    assert set(delivered.by_line(finance, line__benefit=saving.benefit)) == {saving.pk}


def test_a_past_day_has_what_stood_then(saving, claim, finance):
    first = claim(60)
    Clock(pk=1, fixed_on=date(2023, 7, 1)).save(force_update=True)
    verify(first, finance, 60, 20)
    then = delivered.by_line(finance, date(2023, 6, 15))[saving.pk]
    assert (dict(then.claimed), dict(then.verified)) == ({LAST: 60}, {})
    assert dict(delivered.by_line(finance, date(2023, 7, 1))[saving.pk].verified) == {LAST: 60}

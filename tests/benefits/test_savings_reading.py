"""The sums that every total of savings is made of, as one reader may have them."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from benefits.models import BenefitAmount, BenefitShare, Claim
from benefits.reading.outlook import Asked, outlook
from benefits.reading.savings import reading_of
from benefits.rules import totals
from benefits.rules.totals import APPROVED, CLAIMED, EVERYTHING, FORECAST, VERIFIED, Axis, narrowed
from benefits.words.savings import in_year
from programme.foundation.money import FinancialYear
from programme.people.models import User
from programme.portfolio.models import Workstream
from tests.cast import written
from tests.savings import EXEMPT

pytestmark = pytest.mark.django_db
Y22, Y23 = FinancialYear(2022), FinancialYear(2023)


def of(user: User, profile: str, **where: str) -> Decimal | None:
    """What the reader's sums of one profile come to, in a workstream or a category where one is named."""
    cut = EVERYTHING
    for axis, value in where.items():
        cut = narrowed(cut, Axis(axis), [value])
    found = totals.sums(totals.inside(cut, reading_of(user).seen), lambda one: one.profile)
    return found.get(profile)


def claim(line: Any, amount: int, by: User, status: str = "submitted", **more: Any) -> Claim:
    facts = {"year": Y22, "booked": Y22, "words": "Done.", "evidence_link": "https://example.org/"} | more
    number = Claim.objects.count() + 1
    return written(
        Claim(ref=f"CL-{number:04}", line=line, amount=amount, claimed_by=by, status=status, **facts)
    )


def test_lines_are_added_up_where_they_lie(benefit: Callable, agile: Workstream, crm: Any, sro: User) -> None:
    benefit(
        "B-001",
        home=agile,
        lines=[{"approved": {"2022/23": 100, "2023/24": 50}, "forecast": {"2022/23": 90}}],
    )
    benefit("B-002", home=crm, lines=[{"approved": {"2022/23": 7}}])
    benefit("B-003", lines=[{"approved": {"2022/23": 1}}])
    assert (of(sro, APPROVED), of(sro, FORECAST)) == (158, 90)
    assert of(sro, APPROVED, workstream="agile-sustainable") == 150
    assert of(sro, APPROVED, workstream="digital") == 7
    assert of(sro, APPROVED, workstream="") == 1


@pytest.mark.parametrize(
    ("forecast", "words"),
    [
        ({"2022/23": 90, "2023/24": 60}, "Savings for 2022/23 are forecast £10 short of first approved."),
        ({"2022/23": 104}, "Savings for 2022/23 are forecast £4 above first approved."),
        ({"2022/23": 100, "2023/24": 60}, ""),
        ({}, ""),
    ],
)
def test_a_sentence_says_what_the_year_will_miss_of_lines_with_both_sides(
    benefit: Callable, sro: User, forecast: dict, words: str
) -> None:
    approved = {"2022/23": 100, "2023/24": 50}
    benefit("B-001", lines=[{"approved": approved, "forecast": forecast}])
    benefit("B-002", lines=[{"approved": {"2022/23": 7}}])
    assert in_year(outlook(reading_of(sro), Asked()), Y22) == words


def test_shares_apportion_to_the_penny(
    benefit: Callable, agile: Workstream, digital: Workstream, commercial: Workstream, sro: User
) -> None:
    shared = benefit("B-001", home=agile, lines=[{"approved": {"2022/23": Decimal("100.01")}}])
    whole = benefit("B-002", home=agile, lines=[{"approved": {"2022/23": 8}}])
    for stream, percent in ((agile, 50), (digital, 50)):
        written(BenefitShare(benefit=shared, workstream=stream, percent=percent))
    written(BenefitShare(benefit=whole, workstream=commercial, percent=100))
    assert of(sro, APPROVED, workstream="agile-sustainable") == Decimal("50.01")
    assert of(sro, APPROVED, workstream="digital") == Decimal("50.00")
    assert of(sro, APPROVED, workstream="commercial") == 8


def test_claims_count_in_the_year_they_are_entered_in_and_verified_at_full_year(
    benefit: Callable, sro: User, finance: User
) -> None:
    line = benefit("B-001", lines=[{"approved": {"2022/23": 100}}]).lines.get()
    claim(line, 60, sro)
    verified = {"full_year": Decimal(30), "cash": Decimal(10), "verified_by": finance, "budget_code": "K1"}
    claim(line, 40, sro, "verified", **verified)
    claim(line, 5, sro, "sent_back")
    claim(line, 3, sro, year=Y22, booked=Y23)
    assert (of(sro, CLAIMED), of(sro, VERIFIED)) == (103, 30)
    years = totals.sums(reading_of(sro).seen, lambda one: (one.profile, one.year))
    assert (years[CLAIMED, Y22], years[CLAIMED, Y23]) == (100, 3)


def test_what_is_withdrawn_counts_no_more_but_what_was_verified_does(
    benefit: Callable, sro: User, finance: User, installation: User
) -> None:
    line = benefit("B-001", lines=[{"approved": {"2022/23": 100}}]).lines.get()
    verified = {"full_year": Decimal(30), "cash": Decimal(10), "verified_by": finance, "budget_code": "K1"}
    claim(line, 40, sro, "verified", **verified)
    line.withdraw(by=installation, reason="Given up")
    assert (of(sro, APPROVED), of(sro, CLAIMED), of(sro, VERIFIED)) == (None, None, 30)


def test_what_is_not_financial_releases_no_cash(benefit: Callable, sro: User) -> None:
    benefit("B-001", lines=[{"category": "non_financial", "approved": {"2022/23": 100}}])
    [block] = totals.blocks(reading_of(sro).seen)
    assert not block.releases_cash


def test_others_read_their_own_part_and_the_rule_knows_the_rest(
    benefit: Callable, agile: Workstream, lead_digital: User, lead_agile: User
) -> None:
    hidden = {"approved": {"2022/23": 100}, "fte": 3} | EXEMPT
    benefit("B-001", home=agile, lines=[hidden, hidden], **EXEMPT)
    benefit("B-002", home=agile, lines=[{"approved": {"2022/23": 7}}])
    reading = reading_of(lead_digital)
    assert of(lead_digital, APPROVED) == 7
    assert "paragraphs 1, 2 and 4" in reading.withheld
    assert reading.rule.allows(APPROVED, EVERYTHING)
    assert not reading.rule.allows(FORECAST, EVERYTHING)
    own = reading_of(lead_agile)
    assert (of(lead_agile, APPROVED), own.withheld, own.rule.groups) == (207, "", [])


def test_posts_on_several_lines_count_once_and_lines_without_any_are_under_five(
    benefit: Callable, line: Callable, agile: Workstream, lead_digital: User
) -> None:
    from benefits.models import LineReference

    made = benefit("B-001", home=agile, lines=[], **EXEMPT)
    for place in range(2):
        one = line(made, approved={"2022/23": 100}, **EXEMPT)
        for number in range(4):
            written(LineReference(line=one, kind="post", reference=f"P-{number}"))
        assert place or not reading_of(lead_digital).rule.allows(APPROVED, EVERYTHING)
    assert not reading_of(lead_digital).rule.allows(APPROVED, EVERYTHING)
    written(LineReference(line=one, kind="post", reference="P-9"))
    assert reading_of(lead_digital).rule.allows(APPROVED, EVERYTHING)


def test_a_change_is_seen_at_once_and_nothing_is_read_twice(
    benefit: Callable, sro: User, installation: User
) -> None:
    benefit("B-001", lines=[{"approved": {"2022/23": 100}}])
    assert of(sro, APPROVED) == 100
    with CaptureQueriesContext(connection) as again:
        reading_of(sro)
    assert len(again) <= 2
    amount = BenefitAmount.objects.get(kind="approved")
    amount.amount = Decimal(120)
    amount.record(by=installation, reason="Corrected")
    assert of(sro, APPROVED) == 120


def test_staff_read_nothing(benefit: Callable, staff: User) -> None:
    benefit("B-001", lines=[{"approved": {"2022/23": 100}}])
    assert reading_of(staff).seen == ()

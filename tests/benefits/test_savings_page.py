"""The savings page: what everyone who may sees of it, and what nobody else can work out from it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from benefits.models import BenefitShare, Claim, GapPart, LineReference, Requirement
from programme.foundation.money import FinancialYear
from programme.people.models import User
from programme.portfolio.models import Workstream
from tests.cast import BEGINNING, written
from tests.savings import EXEMPT
from tests.words import words_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_30_november")]
SignIn = Callable[[User], Client]
ADDRESS = "/benefits/"


def page(client: Client, query: str = "") -> str:
    response = client.get(f"{ADDRESS}{query}")
    assert response.status_code == 200
    return response.content.decode()


def verify(line: Any, claimed: int, full_year: int, by: User, finance: User) -> Claim:
    facts = {"words": "Done.", "evidence_link": "https://example.org/", "budget_code": "K1"}
    amounts = {"amount": claimed, "full_year": full_year, "cash": 0}
    who = {"claimed_by": by, "verified_by": finance, "status": "verified"}
    ref = f"CL-{Claim.objects.count() + 1:04}"
    year = {"year": FinancialYear(2022), "booked": FinancialYear(2022)}
    return written(Claim(ref=ref, line=line, **facts, **amounts, **who, **year))


def test_ratings_stand_side_by_side_and_are_never_added(
    benefit: Callable, sro: User, finance: User, sign_in: SignIn
) -> None:
    forecast = {"2022/23": 40_000, "2023/24": 60_000}
    first = benefit("B-001", lines=[{"approved": {"2022/23": 60_000}, "forecast": forecast}])
    benefit("B-002", lines=[{"approved": {"2023/24": 7_000}, "deliverability": "aspirational"}])
    verify(first.lines.get(), 38_000, 30_000, sro, finance)
    words = words_of(page(sign_in(sro)))
    assert "Deliverable savings reach £0.100m a year by 2023/24 against £0.060m approved." in words
    assert "Beside them stand £0.007m aspirational. £30,000 a year is verified." in words
    assert "2022/23 60 40 38 30 – – – –" in words
    assert "2023/24 – 60 – – 7 – – –" in words
    assert "67" not in words


def test_what_releases_no_cash_and_what_comes_once_stand_apart(
    benefit: Callable, sro: User, sign_in: SignIn
) -> None:
    year = {"approved": {"2022/23": 1_000}}
    for number, facts in enumerate(
        (
            {"kind": "cash_releasing_efficiency"},
            {"kind": "reduction_of_scope"},
            {"kind": "cost_avoidance"},
            {"kind": "efficiency_without_cash"},
            {"kind": "income", "frequency": "one_off"},
        ),
        1,
    ):
        benefit(f"B-00{number}", lines=[year | facts])
    words = words_of(page(sign_in(sro), "?by=kind"))
    for block in (
        "Cashable, recurring £000 a year by 2022/23",
        "Cash-releasing reduction of scope 1 –",
        "Together 2 –",
        "Cashable, one-off £000, once",
        "Cost avoidance, recurring",
        "Efficiency without cash, recurring",
    ):
        assert block in words, block


def test_filters_narrow_what_is_added_and_stay_in_the_address(
    benefit: Callable, agile: Workstream, digital: Workstream, sro: User, sign_in: SignIn
) -> None:
    shared = benefit("B-001", home=agile, lines=[{"approved": {"2022/23": 10_000}}])
    benefit("B-002", home=digital, lines=[{"approved": {"2022/23": 2_000}, "category": "income_generation"}])
    for stream, percent in ((agile, 40), (digital, 60)):
        written(BenefitShare(benefit=shared, workstream=stream, percent=percent))
    client = sign_in(sro)
    assert "2022/23 8 – 0 0" in words_of(page(client, "?workstream=digital"))
    text = page(client, "?workstream=digital&by=category")
    assert "Service redesign and cost avoidance 6 –" in words_of(text)
    assert "?workstream=digital&amp;by=kind" in text
    assert 'name="by" value="category"' in text
    query = "workstream=digital&amp;frequency=recurring&amp;kind=cashable&amp;category=income_generation"
    assert f"/benefits/list/?{query}" in text
    assert "Nothing with an amount matches" in words_of(page(client, "?category=non_financial"))


def test_a_filter_that_is_not_understood_is_named_and_nothing_is_added(
    benefit: Callable, sro: User, sign_in: SignIn
) -> None:
    benefit("B-001", lines=[{"approved": {"2022/23": 10_000}}])
    response = sign_in(sro).get(f"{ADDRESS}?category=jokes")
    assert response.status_code == 400
    assert "A filter could not be understood, so nothing is added up" in response.content.decode()
    assert "Cashable" not in words_of(response.content.decode())


def test_recurring_savings_run_on_when_asked(benefit: Callable, sro: User, sign_in: SignIn) -> None:
    benefit("B-001", lines=[{"approved": {"2022/23": 10_000, "2023/24": 5_000}}])
    words = words_of(page(sign_in(sro), "?basis=run-rate"))
    assert "£000 a year, running on" in words
    assert "2022/23 10 – 0 0 2023/24 15 – – –" in words


def test_what_slipped_and_was_lost_is_said_by_year_and_line(
    benefit: Callable, sro: User, sign_in: SignIn
) -> None:
    profile = {"2022/23": 60_000}
    made = benefit("B-001", lines=[{"approved": profile, "forecast": {"2022/23": 20_000, "2023/24": 30_000}}])
    line, year = made.lines.get(), FinancialYear(2022)
    slipped = {"kind": "slipped", "amount": -30_000, "to_year": year.next(), "reason": "Supplier late"}
    written(GapPart(line=line, from_year=year, **slipped))
    words = words_of(page(sign_in(sro)))
    assert "2022/23 60 −30 −10 20 2023/24 – +30 0 30" in words
    assert "£30,000 slipped from 2022/23 to 2023/24 Supplier late" in words
    written(GapPart(line=line, from_year=year, kind="lost", amount=-10_000))
    words = words_of(page(sign_in(sro)))
    assert "Not explained" not in words.split("Not yet quantified")[0]
    assert "£10,000 lost in 2022/23" in words


def test_a_gap_is_only_known_where_both_sides_are(benefit: Callable, sro: User, sign_in: SignIn) -> None:
    benefit("B-001", lines=[{"approved": {"2022/23": 60_000}}])
    assert "What slipped, what was lost" not in page(sign_in(sro))


def test_others_see_totals_with_five_posts_behind_what_is_withheld(
    benefit: Callable, lead_digital: User, digital: Workstream, agile: Workstream, sign_in: SignIn
) -> None:
    benefit("B-001", home=digital, lines=[{"approved": {"2022/23": 2_000}}])
    hidden = benefit("B-002", home=agile, lines=[{"approved": {"2022/23": 15_000}} | EXEMPT] * 2, **EXEMPT)
    line = hidden.lines.first()
    for number in range(4):
        written(LineReference(line=line, kind="post", reference=f"P-{number}"))
    client = sign_in(lead_digital)
    assert "With what is withheld" not in page(client)
    written(LineReference(line=line, kind="post", reference="P-5"))
    words = words_of(page(client))
    whole = words.split("With what is withheld from you")[1]
    assert "2022/23 32 – – –" in whole
    by_workstream = words_of(page(client, "?by=workstream"))
    assert "Agile" not in by_workstream.split("By Year Category")[1]
    assert "With what is withheld" not in words_of(page(client, "?workstream=digital"))


def test_an_empty_portal_says_so(auditor: User, sign_in: SignIn) -> None:
    words = words_of(page(sign_in(auditor)))
    assert "No savings that release cash have amounts yet." in words
    assert "There are no savings with amounts that you can see here." in words


def test_the_pages_keep_within_their_queries_however_many_lines_there_are(
    benefit: Callable, sro: User, sign_in: SignIn, django_assert_max_num_queries: Callable
) -> None:
    client = sign_in(sro)
    for number in range(1, 13):
        lines = [{"approved": {"2022/23": 10_000}}, {"not_quantified_because": "Still being explored."}]
        benefit(f"B-{number:03}", lines=lines)
        if number in (1, 12):
            page(client)
            with django_assert_max_num_queries(12):
                page(client)
            with django_assert_max_num_queries(16):
                client.get("/benefits/gap/")
    requirement = {"source_document": "Plan", "source_as_at": BEGINNING, "amount": 1_000}
    scope = sro.appointments.get().scope.parent
    written(Requirement(kind="budget_gap", year=FinancialYear(2022), scope=scope, **requirement))
    assert client.get("/benefits/gap/").status_code == 200

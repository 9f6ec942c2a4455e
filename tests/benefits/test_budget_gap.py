"""Savings against what the budget requires, by year: cashable only, nothing added that stands apart."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from benefits.actions import requirements
from benefits.models import Requirement
from benefits.reading.budget_gap import budget_gap
from benefits.rules.totals import APPROVED, FORECAST, VERIFIED, Entry
from programme.foundation.history import Stale
from programme.foundation.money import FinancialYear
from programme.people.models import Scope, User
from tests.cast import BEGINNING
from tests.savings import EXEMPT
from tests.words import words_of

SignIn = Callable[[User], Client]
ADDRESS = "/benefits/gap/"
Y22, Y23, Y24 = (FinancialYear(start) for start in (2022, 2023, 2024))
BEGUN = Y22
amounts = st.integers(-10_000, 10_000).map(Decimal)


def saving(amount: int, year: FinancialYear, profile: str = FORECAST, **more: str) -> Entry:
    """A deliverable recurring income, in pounds."""
    facts = {
        "category": "income_generation",
        "kind": "income",
        "deliverability": "deliverable",
        "frequency": "recurring",
        "workstream": "",
    }
    return Entry(profile, year, **(facts | more), amount=Decimal(amount))


def test_each_year_has_what_is_required_and_what_comes() -> None:
    required = {"budget_gap": {Y22: Decimal(700), Y24: Decimal(500)}}
    savings = [
        saving(60, Y22, APPROVED),
        saving(40, Y22),
        saving(30, Y22, VERIFIED),
        saving(90, Y23),
        saving(20, Y23, deliverability="aspirational"),
    ]
    found = budget_gap(savings, required, begun=BEGUN)
    assert found.ratings == ("deliverable", "aspirational")
    assert [(str(row.year), row.required, row.forecast, row.delivered) for row in found.rows] == [
        ("2022/23", (700,), (40, None), 30),
        ("2023/24", (None,), (90, 20), None),
        ("2024/25", (500,), (None, None), None),
    ]
    [one] = found.found
    assert (one.required, one.deliverable, one.left, one.left_of_everything) == (1_200, 40, 1_160, 1_160)


def test_only_what_releases_cash_counts_and_one_offs_stand_beside() -> None:
    savings = [
        saving(5, Y22, kind="cost_avoidance"),
        saving(6, Y22, kind="efficiency_without_cash"),
        saving(7, Y22, frequency="one_off"),
        saving(8, Y22, kind="reduction_of_scope"),
    ]
    [row] = budget_gap(savings, {}, begun=BEGUN).rows
    assert (row.forecast, row.once) == ((8,), 7)


@given(st.dictionaries(st.sampled_from([Y22, Y23, Y24]), amounts, min_size=1), st.lists(amounts, max_size=5))
def test_what_is_left_and_what_comes_make_up_what_is_required(
    years: dict[FinancialYear, Decimal], forecasts: list[Decimal]
) -> None:
    savings = [saving(int(amount), Y23) for amount in forecasts]
    [one] = budget_gap(savings, {"medium_term_plan": years}, begun=BEGUN).found
    assert one.left + one.deliverable == one.required == sum(years.values())


def test_nothing_required_and_nothing_saved_is_an_empty_table() -> None:
    assert budget_gap([], {}, begun=BEGUN).rows == ()


# The page, and what finance enters


def facts(**more: Any) -> dict[str, Any]:
    source = {"source_document": "Medium-term financial plan", "source_as_at": BEGINNING}
    return {"kind": "budget_gap", "year": Y22, "amount": Decimal(700_000)} | source | more


def posted(**more: Any) -> dict[str, Any]:
    """The form as somebody fills it in."""
    filled = {
        "kind": "medium_term_plan",
        "year": "23/24",
        "amount": "£1,200,000.00",
        "source_document": "Medium-term financial plan",
        "source_place": "table 4",
        "source_as_at_day": "23 February 2022",
        "basis": "budget",
        "price_base": "nominal",
        "classification": "internal",
        "reason": "From the plan that Council adopted",
    }
    return filled | more


@pytest.mark.django_db
@pytest.mark.usefixtures("on_30_november")
def test_finance_enters_what_a_year_requires_and_everybody_sees_it(
    finance: User, lead_digital: User, benefit: Callable, sign_in: SignIn
) -> None:
    benefit("B-001", lines=[{"approved": {"2023/24": 60_000}, "forecast": {"2023/24": 50_000}}])
    client = sign_in(finance)
    assert client.get(f"{ADDRESS}add/").status_code == 200
    response = client.post(f"{ADDRESS}add/", posted())
    assert response.status_code == 302, response.content.decode()
    assert response.url == ADDRESS
    words = words_of(sign_in(lead_digital).get(ADDRESS).content.decode())
    assert "Of £1.200m that the medium-term plan requires, deliverable forecasts bring £0.050m;" in words
    assert "£1.150m is still to find." in words
    assert "2023/24 1,200 60 50 –" in words
    assert "Medium-term financial plan, table 4" in words
    assert "Correct" not in words


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("year", "2022/24", "is not a financial year; write it like 2022/23"),
        ("amount", "1,25", "is not an amount in pounds"),
        ("amount", "-5", "This cannot be negative."),
        ("source_as_at_day", "1 January 2099", "As at cannot be in the future"),
    ],
)
def test_what_makes_no_sense_is_said_at_its_field(
    finance: User, programme_scope: Scope, sign_in: SignIn, field: str, typed: str, words: str
) -> None:
    response = sign_in(finance).post(f"{ADDRESS}add/", posted(**{field: typed}))
    assert response.status_code == 422
    assert words in words_of(response.content.decode())
    assert not Requirement.objects.exists()


@pytest.mark.django_db
def test_a_year_has_one_figure_which_is_corrected_and_withdrawn(
    finance: User, programme_scope: Scope, sign_in: SignIn
) -> None:
    who = {"by": finance, "reason": "From the plan"}
    entered = requirements.state(scope=programme_scope, **who, **facts())
    with pytest.raises(ValidationError, match="a figure for this year already"):
        requirements.state(scope=programme_scope, **who, **facts())
    stale = Requirement.objects.get()
    client = sign_in(finance)
    page = client.get(f"{ADDRESS}{entered.pk}/correct/").content.decode()
    assert 'value="2022/23"' in page
    changed = posted(kind="budget_gap", year="2022/23", amount="650000", version=entered.version)
    assert client.post(f"{ADDRESS}{entered.pk}/correct/", changed).status_code == 302
    assert Requirement.objects.get().amount == 650_000
    with pytest.raises(Stale):
        requirements.correct(stale, amount=Decimal(1), **who)
    requirements.withdraw(Requirement.objects.get(), **who)
    with pytest.raises(ValidationError, match="withdrawn"):
        requirements.correct(Requirement.objects.get(), amount=Decimal(1), **who)
    with pytest.raises(ValidationError, match="withdrawn already"):
        requirements.withdraw(Requirement.objects.get(), **who)
    assert client.get(f"{ADDRESS}{entered.pk}/correct/").status_code == 404
    assert requirements.state(scope=programme_scope, **who, **facts()).pk != entered.pk


@pytest.mark.django_db
def test_only_finance_enters_and_exempt_figures_are_not_there_for_others(
    finance: User, lead_digital: User, programme_manager: User, programme_scope: Scope, sign_in: SignIn
) -> None:
    for other in (lead_digital, programme_manager):
        assert sign_in(other).get(f"{ADDRESS}add/").status_code == 403
    who = {"by": finance, "reason": "From the plan"}
    kept = requirements.state(scope=programme_scope, **who, **facts(), **EXEMPT)
    page = sign_in(lead_digital).get(ADDRESS).content.decode()
    assert "700" not in words_of(page)
    assert sign_in(lead_digital).get(f"{ADDRESS}{kept.pk}/correct/").status_code == 404
    assert "£700,000" in sign_in(programme_manager).get(ADDRESS).content.decode()


@pytest.mark.django_db
@pytest.mark.usefixtures("on_30_november")
def test_the_page_can_be_taken_away(
    finance: User, benefit: Callable, programme_scope: Scope, sign_in: SignIn
) -> None:
    import io

    import openpyxl

    benefit("B-001", lines=[{"approved": {"2022/23": 60_000}}])
    requirements.state(scope=programme_scope, by=finance, reason="From the plan", **facts())
    response = sign_in(finance).get(f"{ADDRESS}?format=xlsx")
    book = openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content)))
    rows = list(book["Budget gap"].iter_rows(values_only=True))
    assert rows[-1][:4] == ("2022/23", 700_000, 60_000, None)
    lines = b"".join(sign_in(finance).get(f"{ADDRESS}?format=csv").streaming_content).decode("utf-8-sig")
    assert "2022/23,Required by the budget gap,,700000,Medium-term financial plan," in lines.replace(
        ".00", ""
    )

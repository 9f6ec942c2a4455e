"""Investment as it is kept and read: lines, years, what is stated of it, spend beside benefit."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benefits.models import CostAmount, CostLine
from benefits.reading.costs import costs, in_a_sentence
from benefits.reading.spend_beside_benefit import beside
from programme.foundation.money import FinancialYear
from programme.people.models import Scope, User
from tests.words import together

pytestmark = pytest.mark.django_db
Reader = Callable[[str], User]
SignIn = Callable[[User], Client]
PAGE = "/benefits/investment/"
TRAINING = f"{PAGE}C-004/"
TYPED = {
    "project": "dig-01",
    "name": "Licences of the CRM",
    "category": "technology",
    "amount": "96,000",
    "funding": "capital_receipts",
    "source_document": "Quote 17",
    "source_place": "",
    "source_as_at": "2022-07-04",
    "basis": "quote",
    "price_base": "nominal",
    "classification": "internal",
    "reason": "The quote came in",
}


@pytest.fixture
def finance(reader: Reader, sign_in: SignIn) -> Client:
    return sign_in(reader("finance"))


def send(client: Client, address: str, **data: object) -> Any:
    form = client.get(address)
    assert form.status_code == 200, form.status_code
    hidden = {name: value for name in ("version", "once") if (value := form.context.get(name)) is not None}
    return client.post(address, hidden | data, follow=True)


def test_the_board_reads_lines_that_stand_in_no_year_and_every_stated_total(
    reader: Reader, sign_in: SignIn
) -> None:
    found = costs(reader("sro"))
    assert in_a_sentence(found) == "Investment of £1,602,000 in 6 lines, none of them profiled by year."
    assert [(one.amount, one.difference) for one in found.stated] == [
        (1_612_000, 10_000),
        (1_603_000, 1_000),
        (1_602_000, 0),
        (1_623_000, 21_000),
    ]
    page = sign_in(User.objects.get(username="sro")).get(PAGE).content.decode()
    for words in ("Not profiled", "6 lines, £1,602,000 in all", together("+£21,000"), "Spend beside benefit"):
        assert words in page, words
    assert "Add a cost line" not in page


def test_others_read_no_total_and_nothing_of_redundancy(reader: Reader, sign_in: SignIn) -> None:
    client = sign_in(reader("lead-digital"))
    page = client.get(PAGE).content.decode()
    assert "are withheld here" in page
    for withheld in ("1,602,000", "900,000", "pension strain costs", "1,612,000", "Future Operating"):
        assert withheld not in page, withheld
    assert client.get(f"{PAGE}C-006/").status_code == 404
    lines = b"".join(client.get(f"{PAGE}?format=csv").streaming_content).decode()
    assert lines.count("C-0") == 5


def test_spend_and_benefit_stand_beside_each_other_by_project(reader: Reader, installation: User) -> None:
    sro = reader("sro")
    rows = {one.name: (one.side, one.spend, one.benefit) for one in beside(sro, costs(sro))}
    staffing = next(name for name in rows if name.startswith("AGS-05"))
    assert rows[staffing] == ("Both", 900_000, 1_100_000)
    assert rows["Transforming East Herts"] == ("Both", 702_000, 850_000)
    line = CostLine.objects.get(ref="C-005")
    line.scope = Scope.objects.get(key="dig-01")
    line.record(by=installation, reason="It is the CRM's")
    [first, *_] = beside(sro, costs(sro))
    assert (first.side, first.spend, first.benefit) == ("Spend without benefit", 260_000, None)


def test_a_home_in_part_kept_from_the_reader_is_left_out(reader: Reader) -> None:
    lead = reader("lead-digital")
    assert [one.name for one in beside(lead, costs(lead))] == ["Transforming East Herts"]
    staffing = reader("lead-agile")
    assert any(one.name.startswith("AGS-05") for one in beside(staffing, costs(staffing)))


def test_the_page_names_the_first_homes_and_says_how_many_more_there_are(
    finance: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = finance.get(PAGE)
    homes = len(whole.context["beside_rows"])
    assert homes >= 2
    assert "left out here" not in whole.content.decode()
    monkeypatch.setattr("benefits.views.investment.NAMED", 1)
    cut = finance.get(PAGE)
    assert cut.context["beside_rows"] == whole.context["beside_rows"][:1]
    assert f"{homes - 1} more are left out here" in cut.content.decode()


def test_a_line_is_added_to_a_project_with_its_source(finance: Client) -> None:
    page = send(finance, f"{PAGE}add/", **TYPED).content.decode()
    assert "C-007 Licences of the CRM is added." in page
    line = CostLine.objects.get(ref="C-007")
    assert (line.scope.key, line.amount, line.funding) == ("dig-01", 96_000, "capital_receipts")
    assert "Quote 17" in page
    assert "Not profiled: £96,000 has no budget by year" in page
    assert "The quote came in" in finance.get(f"{PAGE}C-007/?tab=history").content.decode()


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"amount": ""}, "Give the whole amount of the line"),
        ({"amount": "1,25"}, "is not an amount in pounds"),
        ({"amount": "-1"}, "This cannot be negative"),
        ({"project": "X-99"}, "There is no project X-99 that you may see."),
        ({"category": "redundancy"}, "Redundancy lines are exempt by default"),
        ({"classification": "exempt"}, "Choose the paragraphs under which it is exempt"),
        ({"source_as_at": "2100-01-01"}, "As at cannot be in the future"),
        ({"reason": ""}, "Say why"),
    ],
)
def test_what_is_typed_wrongly_is_refused_at_its_field(
    finance: Client, wrong: dict[str, str], words: str
) -> None:
    answer = send(finance, f"{PAGE}add/", **(TYPED | wrong))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert CostLine.objects.count() == 6


def test_years_are_budgeted_forecast_and_found(finance: Client) -> None:
    send(finance, f"{TRAINING}budget/", year_2022="20,000", year_2023="", reason="Budget book")
    send(finance, f"{TRAINING}forecast/", year_2022="25k", other_year="", reason="More courses")
    page = send(finance, f"{TRAINING}actual/", year_2022="4,000", reason="Ledger, period 7").content.decode()
    for words in ("£20,000", "£25,000", "£4,000", "come to £9,000 less than its whole amount"):
        assert words in page, words
    whole = finance.get(PAGE).content.decode()
    assert "5 lines, £1,573,000 in all" in whole
    assert "5 of them (£1,573,000) are not profiled" in whole
    send(finance, f"{TRAINING}budget/", year_2022="", reason="Not decided after all")
    assert not CostAmount.objects.live().filter(kind="budget").exists()
    assert "Budget book" in finance.get(f"{TRAINING}?tab=history").content.decode()


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"year_2022": "1,25"}, "is not an amount in pounds"),
        ({"other_year": "2029/31", "other_amount": "1"}, "is not a financial year"),
        ({"other_year": "2029/30"}, "Give the amount of 2029/30"),
        ({"other_amount": "5"}, "Say which year this amount is of"),
        ({"other_year": "2029/30", "other_amount": "5"}, "2029/30 has not begun"),
    ],
)
def test_years_typed_wrongly_are_refused(finance: Client, typed: dict[str, str], words: str) -> None:
    answer = send(finance, f"{TRAINING}actual/", **typed, reason="Trying")
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not CostAmount.objects.exists()


def test_a_lead_forecasts_at_home_and_keeps_nothing_else(
    reader: Reader, sign_in: SignIn, installation: User
) -> None:
    line = CostLine.objects.get(ref="C-005")
    line.scope = Scope.objects.get(key="dig-01")
    line.record(by=installation, reason="It is the CRM's")
    for part in ("lead-digital", "pm-crm"):
        client = sign_in(reader(part))
        assert client.get(f"{PAGE}C-005/forecast/").status_code == 200
        for kept in ("budget", "actual", "change", "withdraw"):
            assert client.get(f"{PAGE}C-005/{kept}/").status_code == 403, kept
        assert client.get(f"{TRAINING}forecast/").status_code == 403
        assert client.get(f"{PAGE}add/").status_code == 403
    send(client, f"{PAGE}C-005/forecast/", year_2022="200,000", reason="From the supplier's plan")
    assert CostAmount.objects.get().amount == 200_000


def test_a_line_is_changed_and_withdrawn(finance: Client) -> None:
    typed = {key: value for key, value in TYPED.items() if key != "project"}
    send(finance, f"{TRAINING}change/", **(typed | {"name": "Courses", "amount": "30,000"}))
    assert CostLine.objects.get(ref="C-004").amount == Decimal(30_000)
    send(finance, f"{TRAINING}withdraw/", reason="Paid from revenue")
    assert "in 5 lines" in finance.get(PAGE).content.decode()
    assert "was withdrawn" in send(finance, f"{TRAINING}budget/", year_2022="1", reason="A").content.decode()


def test_a_line_stands_as_it_stood(finance: Client) -> None:
    send(finance, f"{TRAINING}budget/", year_2022="20,000", reason="Budget book")
    page = finance.get(f"{TRAINING}?as_at=2022-07-04").content.decode()
    assert "Not profiled" in page
    assert "£20,000" not in page
    assert costs(User.objects.get(username="finance")).totals != costs(
        User.objects.get(username="finance"), CostLine.objects.get(ref="C-004").source_as_at
    )


def test_years_keep_their_line_and_kind(finance: Client) -> None:
    send(finance, f"{TRAINING}budget/", year_2022="20,000", reason="Budget book")
    kept = CostAmount.objects.get()
    assert (kept.line.ref, kept.kind, kept.year) == ("C-004", "budget", FinancialYear(2022))


def test_the_pages_ask_few_queries(reader: Reader, sign_in: SignIn) -> None:
    for part in ("sro", "lead-digital"):
        client = sign_in(reader(part))
        for address, most in ((PAGE, 12), (TRAINING, 25)):
            client.get(address)
            with CaptureQueriesContext(connection) as asked:
                client.get(address)
            assert len(asked) <= most, (part, address, len(asked))


@pytest.mark.parametrize(
    ("query", "count"),
    [("category=training", 1), ("funding=grant", 0), ("years=not-profiled", 6), ("q=interim", 1)],
)
def test_the_lines_are_narrowed_and_the_totals_stay(finance: Client, query: str, count: int) -> None:
    lines = b"".join(finance.get(f"{PAGE}?{query}&format=csv").streaming_content).decode()
    assert len(lines.splitlines()) == count + 1
    assert "Investment of £1,602,000 in 6 lines" in finance.get(f"{PAGE}?{query}").content.decode()

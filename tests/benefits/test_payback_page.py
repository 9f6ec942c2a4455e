"""The payback page: the hand case to the digit, the controls in the address, and what is withheld."""

import csv
import io
import re
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from django.test import Client

from benefits.models import BenefitLine, CostAmount, CostLine, PaybackScenario
from programme.people.models import User
from tests.words import together

pytestmark = pytest.mark.django_db
Reader = Callable[[str], User]
SignIn = Callable[[User], Client]
PAGE = "/benefits/payback/"


def read(client: Client, query: str = "", status: int = 200) -> str:
    response = client.get(f"{PAGE}{query}")
    assert response.status_code == status
    return re.sub(r"(<[^>]*>|\s)+", " ", response.content.decode())


def body(response: Any) -> bytes:
    return b"".join(response.streaming_content)


@pytest.fixture
def as_sro(reader: Reader, sign_in: SignIn) -> Client:
    return sign_in(reader("sro"))


def test_the_hand_case_stands_beside_the_lines(as_sro: Client) -> None:
    page = read(as_sro)
    for words in (
        "New in year: a change in annual run-rate set against cash cost.",
        "Payback: stays above nought from 2024/25 2024/25",
        "Simple payback: cost ÷ final run-rate 0.84 years 0.83 years",
        "Net gain, undiscounted £314,000 £327,000",
        "Net present value at 3.5 % real £282,435 £295,123",
        "Savings may fall by 16.2 % 16.8 %",
        "Costs may rise by 19.3 % 20.1 %",
        "Delivery may slip by, whole years 0 0",
        together("slipped by a year, −£643,000 over the three years 2022/23 to 2024/25"),
        together("Savings lines less stated cost −£177,000 £50,000 £454,000"),
        together("Stated net less that: unexplained +£3,000 −£23,000 +£7,000"),
        "The rate is real, but some of these amounts are in the money of their own year",
        "which includes the aspirational savings",
    ):
        assert words in page, words


@pytest.mark.parametrize(
    ("timing", "gain"), [("end", "£13,069,000"), ("mid", "£14,037,500"), ("start", "£15,006,000")]
)
def test_the_stated_run_rate_over_ten_years(as_sro: Client, timing: str, gain: str) -> None:
    page = read(as_sro, f"?basis=run_rate&timing={timing}")
    assert f"Net gain, undiscounted {gain}" in page
    assert "Run-rate carried forward" in page


def test_the_net_is_split_at_a_horizon_date(as_sro: Client) -> None:
    # 153 − 800 − 327 + 980 − 496 = −490 by April 2025; the rest of 13,069 after it.
    page = read(as_sro, "?basis=run_rate&horizon_date=1+April+2025")
    assert together("Net before 1 April 2025 −£490,000") in page
    assert "Net from 1 April 2025 £13,559,000" in page
    assert together("Net before 1 April 2025 −£490,000") in read(
        as_sro, "?basis=run_rate&horizon_date=2025/26"
    )


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("horizon=0", "“0” is not a horizon; write whole years from 1 to 30"),
        ("horizon=500", "“500” is not a horizon"),
        ("rate=abc", "“abc” is not a rate in per cent a year; write it like 3.5."),
        ("rate=26", "A rate is between 0 and 25 per cent a year."),
        ("rate=NaN", "“NaN” is not a rate"),
        ("horizon_date=2022/24", "“2022/24” is not a financial year; write it like 2022/23."),
        ("horizon_date=31+2+2028", "Horizon date must be a real date"),
        ("horizon_date=1+1+2150", "Horizon date must be between 1 April 1990"),
        ("basis=sideways", "Select a valid choice. sideways is not one of the available choices."),
        ("kinds=gold", "Select a valid choice. gold is not one of the available choices."),
    ],
)
def test_what_a_control_cannot_mean_is_said_and_kept(as_sro: Client, query: str, words: str) -> None:
    assert words in read(as_sro, f"?{query}", status=400)
    typed = query.partition("=")[2].replace("+", " ")
    if not query.startswith(("basis", "kinds")):
        assert f'value="{typed}"' in as_sro.get(f"{PAGE}?{query}").content.decode()


def test_lines_that_are_left_out_are_named(as_sro: Client, installation: User) -> None:
    line = BenefitLine.objects.get(ref="B-003-L1")
    line.deliverability, line.kind = "deliverable", "income"
    line.record(by=installation, reason="Rated for the test")
    page = read(as_sro, "?deliverability=deliverable")
    assert "Deliverable Counted £250,000 £0" in page
    assert "Not rated Left out £1,700,000 £0" in page
    assert "Income Left out £250,000 £0" in read(as_sro, "?kinds=cash_releasing_efficiency")
    assert "Not yet quantified, so in no sum: Fees and charges under the new policy" in page


def test_cost_lines_without_years_are_left_out_and_never_spread(as_sro: Client, installation: User) -> None:
    line = CostLine.objects.get(ref="C-001")
    budget = CostAmount(line=line, year=2022, kind="budget", amount=185_000)
    budget.record(by=installation, reason="Profiled for the test")
    page = read(as_sro, "?investment=budget")
    assert "Not profiled: 5 cost lines of £1,417,000 together have no years." in page
    assert "Net gain, undiscounted £314,000 £1,765,000" in page
    unknown = read(as_sro, "?investment=forecast")
    assert "set against no cost at all" in unknown
    assert "Net gain, undiscounted £314,000 Not known without costs" in unknown


def test_who_may_not_see_every_line_gets_no_result(reader: Reader, sign_in: SignIn) -> None:
    client = sign_in(reader("lead-digital"))
    for query in ("", "?kinds=income", "?basis=run_rate&investment=budget", "?deliverability=deliverable"):
        page = read(client, query)
        assert "Some figures are exempt" in page
        assert "Nothing is worked out" in page
        assert not re.search(r"£\d", page)
    for form in ("csv", "xlsx"):
        file = body(client.get(f"{PAGE}?format={form}"))
        assert b"1950000" not in file


def test_the_files_hold_all_outputs_with_their_sources(as_sro: Client) -> None:
    book = openpyxl.load_workbook(io.BytesIO(body(as_sro.get(f"{PAGE}?format=xlsx"))))
    assert book.sheetnames == ["Assumptions", "Outputs", "As stated", "From the lines", "Savings counted"]
    counted = book["Savings counted"].iter_rows(min_row=3, values_only=True)
    assert sum(amount or 0 for row in counted for amount in row[5:8]) == 1_950_000
    rows = list(csv.DictReader(io.StringIO(body(as_sro.get(f"{PAGE}?format=csv")).decode("utf-8-sig"))))
    outputs = {row[0]: row[1] for row in book["Outputs"].iter_rows(values_only=True)}
    assert outputs["Net gain, undiscounted"] == 314_000
    nets = [row["Value"] for row in rows if row["Row"] == "Net" and row["Appraisal"].startswith("As")]
    assert nets == ["-174000", "27000", "461000"]
    assert all(row["Source"] for row in rows if row["Appraisal"] != "Assumption")


def save(client: Client, query: str, name: str) -> PaybackScenario:
    answer = client.post(f"{PAGE}save/?{query}", {"name": name, "reason": "For the board"}, follow=True)
    assert answer.status_code == 200
    return PaybackScenario.objects.get(name=name)


def test_a_scenario_is_saved_with_a_name_and_set_beside_another(reader: Reader, sign_in: SignIn) -> None:
    client = sign_in(reader("finance"))
    end = save(client, "basis=run_rate", "Run-rate, end of year")
    mid = save(client, "basis=run_rate&timing=mid&rate=0", "Mid-year")
    assert end.assumptions["horizon"] == ["10"]
    page = read(client, f"compare/?a={end.pk}&b={mid.pk}")
    # 13,069 and 14,037.5 on the stated rows; at a rate of nought the present value is the net gain.
    assert together("Net gain, undiscounted £13,069,000 £14,037,500 +£968,500") in page
    assert "Net present value at 0 % real – £14,037,500" in page
    assert page.index("at 3.5 % real £") < page.index("at 0 % real –") < page.index("Savings may fall by")
    assert "Delivery may slip by, whole years 6 7 +1 year" in page
    assert "Timing End of year: cash from the next year Mid-year: half in its own year differs" in page
    book = openpyxl.load_workbook(
        io.BytesIO(body(client.get(f"{PAGE}compare/?a={end.pk}&b={mid.pk}&format=xlsx")))
    )
    stated = {row[0]: row[1:3] for row in book["As the business case states it"].iter_rows(values_only=True)}
    assert stated["Net gain, undiscounted"] == (13_069_000, 14_037_500)
    assert "section 6" in str(list(book["As the business case states it"].values))
    assert "Run-rate, end of year" in read(client)
    assert "Mid-year: half in its own year" in read(client, f"scenarios/{mid.pk}/")
    assert "For the board" in read(client, f"scenarios/{mid.pk}/?tab=history")


def test_a_name_is_taken_once_and_free_again_when_withdrawn(as_sro: Client) -> None:
    scenario = save(as_sro, "", "Cautious")
    again = as_sro.post(f"{PAGE}save/?", {"name": "cautious", "reason": "Again"})
    assert again.status_code == 422
    assert "There is a scenario called “cautious” already." in again.content.decode()
    as_sro.post(f"{PAGE}scenarios/{scenario.pk}/withdraw/", {"reason": "No longer", "version": 1})
    scenario.refresh_from_db()
    assert scenario.withdrawn
    assert as_sro.post(f"{PAGE}save/?", {"name": "Cautious", "reason": "Anew"}).status_code == 302


def test_only_those_who_may_save_scenarios(reader: Reader, sign_in: SignIn) -> None:
    for part, status in {
        "lead-digital": 200,
        "programme-manager": 200,
        "auditor": 403,
        "champion": 403,
    }.items():
        client = sign_in(reader(part))
        assert client.get(f"{PAGE}save/").status_code == status, part
        assert ("Save as a scenario" in read(client)) == (status == 200)
    assert sign_in(reader("staff")).get(PAGE).status_code == 403


def test_a_scenario_that_is_not_there_is_said(as_sro: Client) -> None:
    assert "A scenario could not be found" in read(as_sro, "compare/?a=999", status=400)
    assert as_sro.get(f"{PAGE}scenarios/999/").status_code == 404
    assert as_sro.get(f"{PAGE}save/?horizon=0").url == f"{PAGE}?horizon=0"


def test_the_page_keeps_within_its_queries(as_sro: Client, django_assert_max_num_queries: Callable) -> None:
    as_sro.get(PAGE)
    for query in ("", "?investment=forecast", "compare/"):
        with django_assert_max_num_queries(25):
            as_sro.get(f"{PAGE}{query}")

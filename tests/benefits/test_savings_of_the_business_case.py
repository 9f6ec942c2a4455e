"""How the business case's savings stand, for those who may see them and for those who may not."""

import csv
import io
import zipfile
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from django.test import Client

from programme.people.models import User
from tests.words import words_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_30_november")]
Reader = Callable[[str], User]
SignIn = Callable[[User], Client]
ADDRESS = "/benefits/"
# B-001's years and total, and what they come to with the lines in view; £450,000 is in view.
WITHHELD = ("Staffing redesign", "1,100", "1,950", "1.950", "1.100", "150 ", "850,000", "500 ")
FILES = ("1100000", "1950000", "150000.00", "500000")


def body(response: Any) -> bytes:
    return b"".join(response.streaming_content)


def page(client: Client, query: str = "") -> str:
    response = client.get(f"{ADDRESS}{query}")
    assert response.status_code == 200
    return response.content.decode()


def test_the_board_reads_how_the_business_cases_savings_stand(reader: Reader, sign_in: SignIn) -> None:
    words = words_of(page(sign_in(reader("sro"))))
    assert "Savings of £1.950m a year by 2024/25 are approved; nothing is forecast yet." in words
    assert "No line is rated deliverable. Nothing is verified yet." in words
    assert "Target, as stated £1.000m at least, a year; as stated. Also stated: £1.950m in section 5" in words
    assert "2022/23 150 – 0 0 2023/24 850 – – – 2024/25 950 – – –" in words
    assert "A year by 2024/25 1,950 – 0 0" in words
    for ref in ("B-004", "B-005", "B-006"):
        assert ref in words
    assert "Not named – needs an owner" in words
    assert "Withheld." not in words


def test_nobody_without_the_right_can_have_what_is_withheld(reader: Reader, sign_in: SignIn) -> None:
    client = sign_in(reader("lead-digital"))
    for query in ("", "?by=category", "?by=workstream", "?by=kind", "?by=deliverability", "?basis=run-rate"):
        words = words_of(page(client, query))
        _, answer = words.split("By Year Category")
        assert [one for one in WITHHELD if one in answer] == [], query
        assert "1.950" not in words
        assert "paragraphs 1, 2 and 4 of Schedule 12A" in words
        assert "With what is withheld from you" not in words
    assert "Of the lines you may see: savings of £0.850m a year" in words_of(page(client))


@pytest.mark.parametrize("query", ["", "by=category&", "category=staffing_redesign&", "basis=run-rate&"])
def test_nothing_withheld_is_hidden_in_a_file(reader: Reader, sign_in: SignIn, query: str) -> None:
    client = sign_in(reader("lead-digital"))
    archive = zipfile.ZipFile(io.BytesIO(body(client.get(f"{ADDRESS}?{query}format=xlsx"))))
    inside = b"".join(archive.read(name) for name in archive.namelist()).decode(errors="ignore")
    table = body(client.get(f"{ADDRESS}?{query}format=csv")).decode("utf-8-sig")
    assert [(one, place) for place, text in enumerate((inside, table)) for one in FILES if one in text] == []


def test_the_workbook_has_every_axis_and_its_sums_hold(reader: Reader, sign_in: SignIn) -> None:
    book = openpyxl.load_workbook(io.BytesIO(body(sign_in(reader("sro")).get(f"{ADDRESS}?format=xlsx"))))
    assert book.sheetnames == [
        "About",
        "Year, cash, recurring",
        "Category, cash, recurring",
        "Workstream, cash, recurring",
        "Rating, cash, recurring",
        "Kind, cash, recurring",
        "Run-rate, cash, recurring",
        "Not yet quantified",
        "What moved",
    ]
    rows = list(book["Category, cash, recurring"].iter_rows(values_only=True))
    [header] = [place for place, row in enumerate(rows) if row[0] == "Category"]
    amounts = [row[1] for row in rows[header + 1 : -1]]
    assert rows[-1][:2] == ("Together", sum(amounts)) == ("Together", 1_950_000)
    targets = [row[1] for row in book["About"].iter_rows(values_only=True) if row[0] != "What"]
    assert {1_000_000, 1_950_000} <= set(targets)


def test_the_csv_says_what_each_amount_is(reader: Reader, sign_in: SignIn) -> None:
    response = sign_in(reader("finance")).get(f"{ADDRESS}?format=csv")
    rows = list(csv.DictReader(io.StringIO(body(response).decode("utf-8-sig"))))
    by_year = [
        row["£"]
        for row in rows
        if row["Table"] == "Cashable, recurring"
        and row["Row"].startswith("Year")
        and row["Amount of"] == "Approved"
    ]
    assert list(map(Decimal, by_year)) == [150_000, 850_000, 950_000]
    assert sum(row["Table"] == "Not yet quantified" for row in rows) == 3
    assert "savings-2022-11-30-illustrative.csv" in response["Content-Disposition"]


@pytest.mark.parametrize("address", [ADDRESS, "/benefits/gap/"])
def test_staff_and_strangers_are_refused(reader: Reader, sign_in: SignIn, address: str) -> None:
    assert sign_in(reader("staff")).get(address).status_code == 403
    assert Client().get(address).url == f"/sign-in/?next={address}"

"""The page of savings and investment, and what can be taken away from it."""

import csv
import io
import zipfile
from collections.abc import Callable

import openpyxl
import pytest
from django.test import Client

from programme.people.models import User
from tests.words import together

pytestmark = pytest.mark.django_db
Reader = Callable[[str], User]
SignIn = Callable[[User], Client]
WITHHELD = (
    "Staffing redesign",
    "Redundancy",
    "1,100,000",
    "1,950,000",
    "900,000",
    "1,602,000",
    "1,937,000",
    "440,000",
)


def body(response: object) -> bytes:
    return b"".join(response.streaming_content)  # type: ignore[attr-defined]


def test_the_board_reads_every_table_with_its_source(reader: Reader, sign_in: SignIn) -> None:
    page = sign_in(reader("sro")).get("/benefits/business-case/").content.decode()
    for words in (
        "Savings of £1,950,000 a year by 2024/25, for an investment of £1,602,000.",
        "disagree on 3 measures",
        "£150,000",
        "£850,000",
        "£950,000",
        together("−£174,000"),
        "£314,000",
        together("+£244,000"),
        "come to £12,991,000",
        "Transforming East Herts Business Case, Final, 4 July 2022",
    ):
        assert words in page, words
    assert "<svg" in page
    assert "Withheld." not in page


def test_others_read_that_figures_are_withheld_and_not_which(reader: Reader, sign_in: SignIn) -> None:
    page = sign_in(reader("lead-digital")).get("/benefits/business-case/").content.decode()
    assert "paragraphs 1, 2 and 4 of Schedule 12A" in page
    assert [words for words in WITHHELD if words in page] == []
    assert "<svg" not in page


def test_the_workbook_has_a_sheet_for_each_table(reader: Reader, sign_in: SignIn) -> None:
    response = sign_in(reader("sro")).get("/benefits/business-case/?format=xlsx")
    book = openpyxl.load_workbook(io.BytesIO(body(response)))
    assert book.sheetnames == [
        "Savings",
        "Not yet quantified",
        "Investment",
        "Payback as stated",
        "Headlines",
    ]
    cells = list(book["Savings"].iter_rows(values_only=True))
    assert next(row for row in cells if row[1] == "Total")[3:7] == (150_000, 850_000, 950_000, 1_950_000)
    place = next(row for row in cells if row[0] == "B-001-L1")
    assert "section 5 summary table; section 6 profile" in place


def test_nothing_withheld_is_hidden_in_a_file(reader: Reader, sign_in: SignIn) -> None:
    client = sign_in(reader("lead-digital"))
    archive = zipfile.ZipFile(io.BytesIO(body(client.get("/benefits/business-case/?format=xlsx"))))
    inside = b"".join(archive.read(name) for name in archive.namelist()).decode(errors="ignore")
    table = body(client.get("/benefits/business-case/?format=csv")).decode("utf-8-sig")
    for text in (inside, table):
        plain = text.replace(",", "")
        assert [words for words in WITHHELD if words.replace(",", "") in plain] == []


def test_the_csv_has_every_figure_on_a_row_with_its_place(reader: Reader, sign_in: SignIn) -> None:
    response = sign_in(reader("finance")).get("/benefits/business-case/?format=csv")
    rows = list(csv.DictReader(io.StringIO(body(response).decode("utf-8-sig"))))
    nets = [row["£"] for row in rows if row["Line"] == "Net"]
    assert nets == ["-174000", "27000", "461000"]
    assert {row["Source"] for row in rows} == {"Transforming East Herts Business Case, Final, 4 July 2022"}
    assert "savings-and-investment-" in response["Content-Disposition"]


def test_staff_and_strangers_are_refused(reader: Reader, sign_in: SignIn) -> None:
    assert sign_in(reader("staff")).get("/benefits/business-case/").status_code == 403
    assert Client().get("/benefits/business-case/").url == "/sign-in/?next=/benefits/business-case/"


def test_the_page_keeps_within_its_queries(
    reader: Reader, sign_in: SignIn, django_assert_max_num_queries: Callable
) -> None:
    client = sign_in(reader("sro"))
    client.get("/benefits/business-case/")
    with django_assert_max_num_queries(18):
        client.get("/benefits/business-case/")

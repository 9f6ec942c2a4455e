"""Loading budgets from a file: looked at first, saved after, all or none."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from html import unescape
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from benefits.models import Budget
from programme.foundation.models import Clock
from programme.foundation.money import FinancialYear
from tests.cast import written

pytestmark = pytest.mark.django_db
PAGE, YEAR = "/benefits/budgets/load/", FinancialYear(2022)
HEAD = "Code,Year,Amount,Name\n"
FILE = f"{HEAD}CS100,2022/23,120000,Customer services\nHR1,2022/23,80000,\nIT7,2022/23,5,Licences\n"


@pytest.fixture(autouse=True)
def june(db: None) -> None:
    Clock(pk=1, fixed_on=date(2023, 6, 1)).save()


@pytest.fixture
def budget(db: None) -> Callable[..., Budget]:
    def make(code: str, amount: int, name: str = "", year: FinancialYear = YEAR) -> Budget:
        source = {"source_document": "Ledger", "source_as_at": date(2022, 7, 1), "basis": "budget"}
        return written(Budget(code=code, year=year, amount=Decimal(amount), name=name, **source))

    return make


@pytest.fixture
def client(finance: Any, sign_in: Callable) -> Client:
    return sign_in(finance)


def look(client: Client, text: str | bytes = FILE, **typed: Any) -> Any:
    data = text if isinstance(text, bytes) else text.encode()
    fields = {
        "file": SimpleUploadedFile("budgets.csv", data),
        "source": "Ledger, BUD01",
        "as_at": "2023-05-31",
    }
    return client.post(PAGE, fields | typed)


def confirm(client: Client, preview: Any, **typed: Any) -> Any:
    page = preview.content.decode()
    hidden = dict(re.findall(r'<input type="hidden" name="(held|shown)" value="([^"]*)"', page))
    return client.post(
        PAGE, {name: unescape(value) for name, value in hidden.items()} | {"reason": "Set"} | typed
    )


def test_a_file_is_shown_before_it_is_saved(client, budget):
    budget("CS100", 100_000, "Customer services")
    budget("HR1", 80_000, "People")
    budget("ZZ9", 1)
    preview = look(client)
    page = preview.content.decode()
    assert preview.status_code == 200
    for words in (
        "1 new, 1 changed, 1 the same",
        "leaves 1 other budget of these years",
        "£100,000",
        "£120,000",
    ):
        assert words in page, words
    assert Budget.objects.count() == 3
    assert not Budget.objects.filter(amount=120_000).exists()
    assert confirm(client, preview).url == "/benefits/budgets/"
    changed = Budget.objects.get(code="CS100")
    assert (changed.amount, changed.source_document, changed.source_place) == (
        120_000,
        "Ledger, BUD01",
        "row 2",
    )
    assert changed.changes()[0].reason == "Set"
    assert Budget.objects.get(code="HR1").name == "People"
    assert Budget.objects.get(code="HR1").version == 1
    assert Budget.objects.get(code="IT7").amount == 5


def test_without_a_reason_the_preview_comes_back_and_nothing_is_saved(client):
    answer = confirm(client, look(client), reason="")
    assert answer.status_code == 422
    assert "3 new, 0 changed" in answer.content.decode()
    assert not Budget.objects.exists()
    assert confirm(client, answer).status_code == 302
    assert Budget.objects.count() == 3


def test_what_changed_meanwhile_is_shown_again_before_it_is_saved(client, budget):
    preview = look(client)
    budget("CS100", 90_000)
    answer = confirm(client, preview)
    assert answer.status_code == 422
    assert "changed by somebody else meanwhile" in answer.content.decode()
    assert "2 new, 1 changed" in answer.content.decode()
    assert Budget.objects.count() == 1
    assert confirm(client, answer).status_code == 302
    assert Budget.objects.get(code="CS100").amount == 120_000


def test_a_bad_file_is_refused_whole_with_every_problem(client):
    answer = look(client, f"{HEAD}CS100,2022/24,5,\nCS200,2022/23,5,\nCS200,2022/23,6,\n")
    assert answer.status_code == 422
    page = unescape(answer.content.decode())
    assert "Row 2, year: “2022/24” is not a financial year" in page
    assert "Row 4, code: CS200 has a budget for 2022/23 already, in row 3" in page
    assert "Ledger, BUD01" in page
    assert not Budget.objects.exists()


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("as_at", "2023-06-02", "in the future"),
        ("as_at", "", "must be filled in"),
        ("source", "", "must be filled in"),
        ("file", "", "Choose a file"),
    ],
)
def test_a_file_needs_its_source_and_day(client, field, value, words):
    assert words in look(client, **{field: value}).content.decode()


def test_a_workbook_by_mistake_is_named(client):
    stream = io.BytesIO()
    openpyxl.Workbook().save(stream)
    assert "This is a workbook, not a CSV" in look(client, stream.getvalue()).content.decode()


def test_a_preview_cannot_be_made_up_or_confirmed_by_somebody_else(client, person, programme_scope, sign_in):
    other = sign_in(person("finance-two", "Accountant", ("finance_reviewer", programme_scope)))
    for answer in (confirm(other, look(client)), client.post(PAGE, {"held": "made:up", "reason": "x"})):
        assert answer.status_code == 422
        assert "choose the file again" in answer.content.decode()
    assert not Budget.objects.exists()


def test_five_thousand_rows_are_previewed_and_saved_in_few_queries(client, django_assert_max_num_queries):
    rows = "".join(f"CC{number:05},2022/23,{number},Cost centre {number}\n" for number in range(1, 5_001))
    with django_assert_max_num_queries(12):
        preview = look(client, HEAD + rows)
    page = preview.content.decode()
    assert "5,000 new" in page
    assert "The first 200 of 5,000" in page
    assert "£12,502,500" in page
    assert len(page) < 600_000
    with django_assert_max_num_queries(200):
        assert confirm(client, preview).status_code == 302
    assert Budget.objects.count() == 5_000


def test_what_looks_like_a_formula_leaves_as_text(client):
    confirm(client, look(client, f'{HEAD}CS1,2022/23,5,"=1+cmd()"\n'))
    answer = client.get("/benefits/budgets/?format=csv")
    (row,) = csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig")))
    assert row["Name"] == "'=1+cmd()"


def test_the_list_filters_by_year_and_code(client, budget):
    budget("CS100", 1)
    budget("HR1", 2, year=FinancialYear(2023))
    rows = client.get("/benefits/budgets/?year=2022-23").context["table"].rows
    assert [row.record.code for row in rows] == ["CS100"]
    assert client.get("/benefits/budgets/?year=2022/24").status_code == 200
    assert "not a financial year" in client.get("/benefits/budgets/?year=2022/24").content.decode()


def test_a_budget_is_withdrawn_with_a_reason(client, budget):
    one = budget("CS100", 1)
    address = f"/benefits/budgets/{one.pk}/withdraw/"
    assert address in client.get("/benefits/budgets/").content.decode()
    assert client.post(address, {"version": 1, "reason": "Code closed"}).status_code == 302
    assert not Budget.objects.live().exists()
    assert client.get(address).status_code == 404


def test_only_finance_loads_and_withdraws(budget, programme_manager, lead_digital, staff, sign_in):
    one = budget("CS100", 1)
    for user in (programme_manager, lead_digital):
        other = sign_in(user)
        assert other.get(PAGE).status_code == other.post(PAGE, {}).status_code == 403
        assert other.get(f"/benefits/budgets/{one.pk}/withdraw/").status_code == 403
        assert "withdraw" not in other.get("/benefits/budgets/").content.decode()
    assert sign_in(staff).get("/benefits/budgets/").status_code == 403

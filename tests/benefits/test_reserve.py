"""The transformation reserve as finance keeps it and as others may read it."""

import csv
import datetime
import io
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benefits.actions import reserve as actions
from benefits.models import CostLine, ReserveEntry
from benefits.pictures.reserve import reserve_picture, year_ends
from benefits.reading.reserve import in_a_sentence, reserve
from programme.foundation import calendar
from programme.people.models import Scope, User

pytestmark = pytest.mark.django_db
Reader = Callable[[str], User]
SignIn = Callable[[User], Client]
LEDGER = "/benefits/reserve/"
SOURCE = {
    "source_document": "Budget book 2022/23",
    "source_as_at": datetime.date(2022, 4, 1),
    "basis": "actual",
    "price_base": "nominal",
}
TYPED = {
    "kind": "allocation",
    "date": "2022-07-06",
    "amount": "3m",
    "words": "From the corporate reserve",
    "commitment": "",
    "cost_line": "",
    "source_document": "Budget book 2022/23",
    "source_as_at": "2022-04-01",
    "basis": "actual",
    "price_base": "nominal",
    "classification": "internal",
    "reason": "As the Council resolved",
}


@pytest.fixture
def keeper(reader: Reader) -> User:
    return reader("finance")


@pytest.fixture
def finance(keeper: User, sign_in: SignIn) -> Client:
    return sign_in(keeper)


@pytest.fixture
def enter(keeper: User) -> Callable[..., ReserveEntry]:
    """``enter("spending", 200, 2022, 9, 30)``: thousands of pounds on a day."""
    scope = Scope.objects.get(key="transforming-east-herts")

    def make(kind: str, thousands: int, *day: int, **more: Any) -> ReserveEntry:
        facts = {"kind": kind, "amount": Decimal(thousands * 1000), "date": datetime.date(*day)}
        words = {"words": f"{kind.capitalize()} of {thousands}", "reason": "A test"}
        return actions.enter(**(facts | words | SOURCE | more), scope=scope, by=keeper)

    return make


@pytest.fixture
def ledger(enter: Callable[..., ReserveEntry]) -> ReserveEntry:
    """£3m allocated, £487,000 committed for the CRM, £200,000 of it spent; gives the commitment."""
    enter("allocation", 3_000, 2022, 7, 6)
    crm = enter("commitment", 487, 2022, 8, 1, words="Single view of the customer")
    enter("spending", 200, 2022, 9, 30, commitment=crm)
    return crm


def send(client: Client, address: str, **data: object) -> Any:
    form = client.get(address)
    hidden = {name: value for name in ("version", "once") if (value := form.context.get(name)) is not None}
    return client.post(address, hidden | data, follow=True)


def test_spending_draws_down_its_commitment_and_every_row_says_what_is_left(
    ledger: ReserveEntry, keeper: User
) -> None:
    found = reserve(keeper)
    shown = [(row.after.balance, row.after.committed, row.after.available) for row in found.rows if row.after]
    assert shown == [
        (3_000_000, 0, 3_000_000),
        (3_000_000, 487_000, 2_513_000),
        (2_800_000, 287_000, 2_513_000),
    ]
    assert [(one.words, one.left) for one in found.commitments] == [("Single view of the customer", 287_000)]
    assert in_a_sentence(found) == (
        "Of £3,000,000 allocated, £2,513,000 is available: £200,000 is spent, £287,000 committed and not "
        "spent, £0 released."
    )


def test_the_page_names_the_first_commitments_and_says_how_many_more_there_are(
    ledger: ReserveEntry, enter: Callable[..., ReserveEntry], finance: Client, monkeypatch: Any
) -> None:
    for number in range(3):
        enter("commitment", 10, 2022, 10, 1, words=f"Promise {number}")
    monkeypatch.setattr("benefits.views.reserve.NAMED", 2)
    answer = finance.get(LEDGER)
    named = [row[0]["text"] for row in answer.context["commitment_rows"]]
    assert named == ["Single view of the customer", "Promise 0"]
    assert answer.context["more_commitments"] == 2
    monkeypatch.setattr("benefits.views.reserve.NAMED", 4)
    assert finance.get(LEDGER).context["more_commitments"] == 0


def test_the_ledger_is_read_and_taken_away(ledger: ReserveEntry, finance: Client) -> None:
    page = finance.get(LEDGER).content.decode()
    for words in ("£2,513,000", "Outstanding commitments", "£287,000", "<svg", "Make an entry"):
        assert words in page, words
    lines = b"".join(finance.get(f"{LEDGER}?format=csv").streaming_content).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(lines)))
    assert [(row["Entry"], row["Amount"], row["Available"]) for row in rows] == [
        ("Spending", "200000", "2513000"),
        ("Commitment", "487000", "2513000"),
        ("Allocation", "3000000", "3000000"),
    ]
    assert b"".join(finance.get(f"{LEDGER}?format=xlsx").streaming_content).startswith(b"PK")


def test_an_entry_is_typed_and_stands_in_the_ledger(finance: Client) -> None:
    page = send(finance, f"{LEDGER}enter/", **TYPED).content.decode()
    assert "The entry is made." in page
    assert "Of £3,000,000 allocated, £3,000,000 is available" in page
    entry = ReserveEntry.objects.get()
    for tab, words in (("summary", "Budget book 2022/23"), ("history", "As the Council resolved")):
        assert words in finance.get(f"{entry.get_absolute_url()}?tab={tab}").content.decode()


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"kind": "spending", "amount": "3,000,001"}, "the reserve would be £3,000,001 short: £0 allocated"),
        ({"amount": "-5"}, "Give an amount above nought"),
        ({"amount": "1,25"}, "is not an amount in pounds"),
        ({"date": "2100-01-01"}, "this day has not come yet"),
        ({"words": ""}, "Say what the entry is for"),
        ({"kind": "reduction"}, "Choose the commitment that is reduced"),
        ({"commitment": "999"}, "Select a valid choice"),
        ({"source_document": ""}, "required"),
        ({"price_base": "real"}, "Real prices need their year"),
    ],
)
def test_what_is_typed_wrongly_or_would_overdraw_is_refused_at_its_field(
    finance: Client, wrong: dict[str, str], words: str
) -> None:
    answer = send(finance, f"{LEDGER}enter/", **(TYPED | wrong))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not ReserveEntry.objects.exists()


def test_what_is_available_is_never_promised_twice(
    ledger: ReserveEntry, enter: Callable[..., ReserveEntry]
) -> None:
    with pytest.raises(ValidationError, match="what is available would be £1,000 short"):
        enter("commitment", 2_514, 2022, 10, 1)
    with pytest.raises(ValidationError, match="On 1 August 2022 what is available would be £387,000 short"):
        enter("release", 2_900, 2022, 7, 7)
    enter("release", 2_513, 2022, 10, 1)
    assert ReserveEntry.objects.count() == 4


def test_a_commitment_is_reduced_through_the_form(ledger: ReserveEntry, finance: Client) -> None:
    typed = TYPED | {"kind": "reduction", "amount": "87,000", "commitment": ledger.pk, "date": "2022-10-01"}
    page = send(finance, f"{LEDGER}enter/", **typed).content.decode()
    assert "Reduction of a commitment" in page
    assert "£2,600,000" in page
    typed |= {"amount": "200,001"}
    assert "more than is left of it" in send(finance, f"{LEDGER}enter/", **typed).content.decode()


def test_an_entry_is_taken_back_unless_others_need_it(ledger: ReserveEntry, finance: Client) -> None:
    spending = ReserveEntry.objects.get(kind="spending")
    refused = send(finance, f"{ledger.get_absolute_url()}take-back/", reason="A mistake")
    assert "Spending or a reduction names this commitment" in refused.content.decode()
    send(finance, f"{spending.get_absolute_url()}take-back/", reason="Paid from revenue")
    send(finance, f"{ledger.get_absolute_url()}take-back/", reason="A mistake")
    assert "£3,000,000 is available" in finance.get(LEDGER).content.decode()
    allocation = ReserveEntry.objects.get(kind="allocation")
    assert "Take the entry back" in finance.get(allocation.get_absolute_url()).content.decode()


def test_others_read_the_ledger_and_do_not_keep_it(
    ledger: ReserveEntry, reader: Reader, sign_in: SignIn
) -> None:
    for part in ("sro", "programme-manager", "lead-digital"):
        client = sign_in(reader(part))
        assert "£2,513,000" in client.get(LEDGER).content.decode()
        assert client.get(f"{LEDGER}enter/").status_code == 403
        assert client.get(f"{ledger.get_absolute_url()}take-back/").status_code == 403
    assert sign_in(reader("staff")).get(LEDGER).status_code == 403


def test_an_entry_on_an_exempt_line_is_exempt_and_takes_the_balances_with_it(
    ledger: ReserveEntry, enter: Callable[..., ReserveEntry], reader: Reader, sign_in: SignIn
) -> None:
    redundancy = CostLine.objects.get(ref="C-006")
    entry = enter("commitment", 900, 2022, 10, 1, cost_line=redundancy)
    assert (entry.classification, entry.exempt_paragraphs) == ("exempt", [1, 2, 4])
    lead = sign_in(reader("lead-digital"))
    page = lead.get(LEDGER).content.decode()
    assert "are withheld here" in page
    for withheld in ("900", "2,513,000", "1,613,000", "Redundancy", "2,800,000", "287,000"):
        assert withheld not in page, withheld
    assert lead.get(entry.get_absolute_url()).status_code == 404
    lines = b"".join(lead.get(f"{LEDGER}?format=csv").streaming_content).decode()
    assert lines.count("\n") == 4
    assert "2513000" not in lines
    assert reserve_picture(reserve(reader("champion")), calendar.today()) is None


def test_an_entry_goes_with_its_line_when_that_is_made_exempt_later(
    ledger: ReserveEntry, enter: Callable[..., ReserveEntry], reader: Reader, installation: User
) -> None:
    training = CostLine.objects.get(ref="C-004")
    enter("commitment", 29, 2022, 10, 1, cost_line=training)
    lead = reader("lead-digital")
    assert len(reserve(lead).rows) == 4
    training.classification, training.exempt_paragraphs = "exempt", [3]
    training.exempt_reason, training.exempt_review = "A tender runs.", datetime.date(2023, 1, 1)
    training.record(by=installation, reason="A tender runs")
    assert len(reserve(lead).rows) == 3
    assert reserve(lead).standing is None


def test_the_ledger_stands_as_it_stood(ledger: ReserveEntry, keeper: User) -> None:
    before = datetime.date(2022, 7, 4)
    assert not reserve(keeper, before).rows
    assert len(reserve(keeper, calendar.today()).rows) == 3


def test_the_picture_has_every_year_end_and_today() -> None:
    first, last = datetime.date(2022, 7, 6), datetime.date(2024, 5, 1)
    assert year_ends(first, last) == [datetime.date(2023, 3, 31), datetime.date(2024, 3, 31), last]
    assert year_ends(first, first) == [first]


def test_the_parts_of_the_picture_come_to_what_was_allocated(ledger: ReserveEntry, keeper: User) -> None:
    found = reserve(keeper)
    picture = reserve_picture(found, datetime.date(2023, 5, 1))
    assert picture is not None
    assert [row[-1] for row in picture.rows] == [3_000_000, 3_000_000]


def test_the_number_of_queries_does_not_grow_with_entries(
    ledger: ReserveEntry, enter: Callable[..., ReserveEntry], finance: Client
) -> None:
    finance.get(LEDGER)
    with CaptureQueriesContext(connection) as few:
        finance.get(LEDGER)
    for day in range(1, 9):
        enter("spending", 1, 2022, 10, day, cost_line=CostLine.objects.get(ref="C-001"))
    with CaptureQueriesContext(connection) as after_a_change:
        finance.get(LEDGER)
    with CaptureQueriesContext(connection) as many:
        finance.get(LEDGER)
    assert len(many) <= len(few) + 1 <= 12
    assert len(after_a_change) <= 12


@pytest.mark.parametrize(
    ("query", "entries"),
    [
        ("kind=spending", ["Spending"]),
        ("q=CUSTOMER+view", ["Spending", "Commitment"]),
        ("since=2022-08-01&until=2022-08-31", ["Commitment"]),
    ],
)
def test_the_ledger_is_narrowed_and_keeps_its_balances(
    ledger: ReserveEntry, finance: Client, query: str, entries: list[str]
) -> None:
    lines = b"".join(finance.get(f"{LEDGER}?{query}&format=csv").streaming_content).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(lines)))
    assert [row["Entry"] for row in rows] == entries
    assert {row["Available"] for row in rows} == {"2513000"}

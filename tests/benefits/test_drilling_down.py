"""Every row of the savings page leads to the lines it was made of, and these come to the same."""

import csv
import io
from collections.abc import Callable, Iterator
from decimal import Decimal
from itertools import count

import pytest
from django.test import Client, RequestFactory

from benefits.choices import Category, Deliverability, Kind
from benefits.models import BenefitShare, Claim
from benefits.reading.outlook import CUTS, Asked, outlook
from benefits.reading.savings import reading_of
from benefits.rules.breakdown import ALL, Row
from benefits.rules.totals import PROFILE, Axis
from benefits.tables.breakdowns import BlockTable
from benefits.views.register import LineList
from programme.foundation.money import FinancialYear
from programme.people.models import User
from programme.portfolio.models import Workstream
from tests.cast import written
from tests.words import words_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_30_november")]
SignIn = Callable[[User], Client]
REGISTER = "/benefits/list/"
UNKNOWN = {"not_quantified_because": "No quote yet."}
YEARS = ("2022/23", "2023/24", "2024/25")
FILTERS = [
    (),
    ((Axis.WORKSTREAM, "digital"),),
    ((Axis.WORKSTREAM, ""),),
    ((Axis.KIND, Kind.INCOME),),
    ((Axis.CATEGORY, Category.SERVICE_REDESIGN), (Axis.WORKSTREAM, "agile-sustainable")),
]


@pytest.fixture
def claim(sro: User, finance: User) -> Callable[..., Claim]:
    numbers = count(1)

    def make(line: object, amount: int, full_year: int | None = None, year: int = 2022) -> Claim:
        said = {"words": "Done.", "evidence_link": "https://example.org/", "claimed_by": sro}
        facts = said | {"year": FinancialYear(year), "booked": FinancialYear(year), "amount": amount}
        if full_year is not None:
            verified = {"status": "verified", "verified_by": finance, "budget_code": "K1", "cash": 0}
            facts |= verified | {"full_year": full_year}
        return written(Claim(ref=f"CL-{next(numbers):04}", line=line, **facts))

    return make


@pytest.fixture
def savings(
    benefit: Callable, claim: Callable, agile: Workstream, commercial: Workstream, digital: Workstream
) -> None:
    """Lines of every kind, rating and home, some shared three ways, some claimed, one withdrawn since."""
    homes = (agile, commercial, digital, None)
    kinds, ratings, categories = Kind.values, Deliverability.values, Category.values
    for number in range(1, 19):
        years = YEARS[number % 3 :] if number % 4 else YEARS[:1]
        amounts = {year: number * 1_000 + place * 7 + 1 for place, year in enumerate(years)}
        line = {
            "kind": kinds[number % 5],
            "deliverability": ratings[number % 3],
            "category": categories[number % 4],
            "frequency": "one_off" if number % 6 == 0 else "recurring",
            "approved": amounts,
            "forecast": {year: -amount // 3 for year, amount in amounts.items()} if number % 2 else {},
        }
        made = benefit(
            f"B-{number:03}", home=homes[number % 4], lines=[line, {"not_quantified_because": "?"}]
        )
        if number % 3 == 0:
            _share(made, {agile: "33.33", commercial: "33.33", digital: "33.34"})
        if number % 7 == 0:
            _share(made, {digital: 100}) if number % 3 else None
        if number % 5 == 0:
            claim(made.lines.first(), number * 101, number * 99)
            claim(made.lines.first(), 11)
            claim(made.lines.first(), 31, 29, year=2021)
    gone = benefit("B-099", home=agile, lines=[{"approved": {"2022/23": 500}}])
    _share(gone, {agile: 50, digital: 50})
    claim(gone.lines.get(), 401, 399)
    line = gone.lines.get()
    line.withdrawn = True
    written(line)


def _share(made: object, shares: dict) -> None:
    for stream, percent in shares.items():
        written(BenefitShare(benefit=made, workstream=stream, percent=Decimal(percent)))


def rows_of(user: User, asked: Asked) -> Iterator[tuple[str, Row, str]]:
    """Every row of the page with its address; and whether its ratings stand apart."""
    reading = reading_of(user)
    for part in outlook(reading, asked).parts:
        table = BlockTable(part, reading.places.names, asked.chosen)
        for row, shown in zip(part.rows, table.rows, strict=True):
            yield shown["url"], row, row.key if part.ratings == (ALL,) else ""


def added_up(client: Client, address: str) -> dict[tuple[str, str], Decimal]:
    """The amounts of the register's own rows, by rating and profile."""
    answer = client.get(f"{address}&format=csv&columns=all")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    labels = {one.label: one.value for one in Deliverability}
    found: dict[tuple[str, str], Decimal] = {}
    for row in csv.DictReader(io.StringIO(text)):
        for profile in PROFILE:
            if amount := row[profile.capitalize()]:
                cell = (labels[row["Deliverability"]], profile)
                found[cell] = found.get(cell, Decimal(0)) + Decimal(amount)
    return found


def stated(user: User, address: str) -> dict[tuple[str, str], Decimal]:
    """What the register says that its rows come to; the page need not be drawn for that."""
    request = RequestFactory().get(address)
    request.user, request.htmx = user, False
    page = LineList.as_view()(request)
    found: dict[tuple[str, str], Decimal] = {}
    for part in page.context_data["list"].come_to.blocks:
        for cell, amount in part.rows[0].cells.items():
            found[cell] = found.get(cell, Decimal(0)) + amount
    return found


def known(cells: dict[tuple[str, str], Decimal]) -> dict[tuple[str, str], Decimal]:
    return {cell: amount for cell, amount in cells.items() if amount}


@pytest.mark.usefixtures("savings")
def test_the_lines_behind_a_row_come_to_the_row(sro: User, sign_in: SignIn) -> None:
    client, questions = sign_in(sro), []
    for chosen in FILTERS:
        questions += [Asked(axis, False, chosen) for axis in CUTS] + [Asked(Axis.YEAR, True, chosen)]
    rows = {address: (row, rating) for asked in questions for address, row, rating in rows_of(sro, asked)}
    assert len(rows) > 50
    for address, (row, rating) in rows.items():
        cells = {(own or rating, profile): amount for (own, profile), amount in row.cells.items()}
        assert stated(sro, address) == cells, address
        assert known(added_up(client, address)) == known(cells), address


def test_a_line_counts_where_its_benefit_is_shared_and_not_where_it_is_at_home(
    benefit: Callable,
    sro: User,
    sign_in: SignIn,
    agile: Workstream,
    commercial: Workstream,
    digital: Workstream,
) -> None:
    made = benefit("B-001", "Less postage", home=digital, lines=[{"approved": {"2022/23": 1_000}}])
    _share(made, {agile: 40, commercial: 60})
    client = sign_in(sro)
    assert client.get(f"{REGISTER}?workstream=digital").context["count"] == 0
    words = words_of(client.get(f"{REGISTER}?workstream=agile-sustainable").content.decode())
    assert "Cashable, recurring: deliverable £400 – £0 £0" in words
    assert "£400 – – 40 %" in words
    assert "What counts for Agile and Sustainable: of a shared benefit its share" in words


def test_a_year_lists_the_lines_that_have_an_amount_in_it(
    benefit: Callable, claim: Callable, sro: User, sign_in: SignIn
) -> None:
    benefit("B-001", lines=[{"approved": {"2022/23": 1_000, "2023/24": 250}}])
    benefit("B-002", lines=[{"forecast": {"2024/25": 7}}, UNKNOWN])
    claimed = benefit("B-003", lines=[{"approved": {"2021/22": 5}}])
    claim(claimed.lines.get(), 11)
    client = sign_in(sro)
    for year, number in {"2022/23": 2, "22-23": 2, "2023/24": 1, "2024/25": 1, "2030/31": 0}.items():
        assert client.get(f"{REGISTER}?year={year}").context["count"] == number, year
    assert "£250" in words_of(client.get(f"{REGISTER}?year=2023/24").content.decode())
    assert client.get(f"{REGISTER}?year=2023/24&basis=run-rate").context["count"] == 2
    assert "£1,250" in words_of(client.get(f"{REGISTER}?year=2023/24&basis=run-rate").content.decode())


def test_a_year_written_wrongly_is_named_and_nothing_is_listed(sro: User, sign_in: SignIn) -> None:
    words = words_of(sign_in(sro).get(f"{REGISTER}?year=2022/24").content.decode())
    assert "“2022/24” is not a financial year; write it like 2022/23." in words


def test_a_withdrawn_line_stands_for_what_finance_verified_of_it(
    benefit: Callable, claim: Callable, sro: User, sign_in: SignIn
) -> None:
    for number in (1, 2):
        made = benefit(f"B-00{number}", lines=[{"approved": {"2022/23": 1_000}}]).lines.get()
        if number == 1:
            claim(made, 900, 800)
        made.withdrawn = True
        written(made)
    answer = sign_in(sro).get(REGISTER)
    assert answer.context["count"] == 1
    assert "– – £800 Withdrawn" in words_of(answer.content.decode())


def test_rows_are_sorted_by_what_counts(
    benefit: Callable, sro: User, sign_in: SignIn, agile: Workstream, digital: Workstream
) -> None:
    first = benefit("B-001", home=agile, lines=[{"approved": {"2022/23": 1_000}}])
    benefit("B-002", home=digital, lines=[{"approved": {"2022/23": 300}}])
    _share(first, {agile: 80, digital: 20})
    table = sign_in(sro).get(f"{REGISTER}?workstream=digital&sort=-approved").context["table"]
    assert [row.benefit.ref for row in table.page.object_list.data] == ["B-002", "B-001"]


def test_the_register_asks_as_many_queries_however_many_lines_it_sums(
    benefit: Callable,
    sro: User,
    sign_in: SignIn,
    agile: Workstream,
    digital: Workstream,
    django_assert_max_num_queries: Callable,
) -> None:
    client = sign_in(sro)
    for number in range(1, 9):
        made = benefit(f"B-{number:03}", home=agile, lines=[{"approved": {"2022/23": 10_000}}])
        _share(made, {agile: 50, digital: 50})
        if number in (1, 8):
            client.get(f"{REGISTER}?workstream=digital&year=2022/23")
            with django_assert_max_num_queries(12):
                client.get(f"{REGISTER}?workstream=digital&year=2022/23")

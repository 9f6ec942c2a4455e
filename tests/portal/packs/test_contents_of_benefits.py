"""What a pack says of payback, benefits, reconciliations and the reserve, to the pound; what it withholds."""

from __future__ import annotations

import io
from collections import defaultdict
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from portal.packs import contents, issuing, rendering
from portal.packs.blocks import KeyFigures, Notice
from portal.packs.sealing import seal
from programme.foundation import calendar
from programme.people.models import User
from tests.portal.packs.sections import tables
from tests.words import together

pytestmark = pytest.mark.django_db
BY_YEAR = "Cashable, recurring, by year"
MONEY = ["7", "9", "10", "11"]


def taken(variant):
    """The pack of what ``make run`` shows: its sections by number, and its workbook read back."""
    sro = User.objects.get(username="sro")
    order = issuing.Order(variant, calendar.today())
    snapshot = contents.take(sro, variant, order.as_at)
    sections = tuple(contents.sections(snapshot))
    data = seal(issuing._document(order, 1, sro, snapshot, sections)).data
    book = load_workbook(io.BytesIO(rendering.workbook(data)))
    return {one.number: one for one in sections}, book, data.decode()


@pytest.fixture(scope="module")
def board(story_told, django_db_blocker):
    with django_db_blocker.unblock():
        return taken("board")


@pytest.fixture
def sections(board):
    return board[0]


@pytest.fixture
def sheet_of(board):
    """``sheet_of("Benefits by line") -> [{heading: value}]``: the rows of a sheet, whatever its number."""

    def find(caption):
        [page] = [one for one in board[1] if str(one["A1"].value).partition(" ")[2] == caption]
        rows = list(page.iter_rows(values_only=True))
        header = int(page.freeze_panes[1:]) - 2
        return [dict(zip(rows[header], row, strict=True)) for row in rows[header + 1 :] if row[1] is not None]

    return find


def test_the_stated_rows_come_to_what_the_domain_says_on_every_basis(sections):
    rows = {row[0]: row[1:] for row in tables(sections["7"])["What the stated rows come to"].rows}
    assert rows["Net gain, undiscounted"] == ("£314,000", "£13,069,000", "£14,037,500", "£15,006,000")
    assert rows["Net present value at 3.5 % real"][0] == "£282,435"
    assert (rows["Savings may fall by"][0], rows["Costs may rise by"][0]) == ("16.2 %", "19.3 %")
    assert rows["Net gain if all savings come a year later"][0] == together("−£643,000")


def test_a_reconciliation_says_what_is_left_by_year_and_never_hides_it_in_a_total(sections):
    rows = {row[0]: row[2:7] for row in tables(sections["10"])["Figures that are bridged"].rows}
    assert rows["R-010"] == ("32700000", "31400000", "-1300000", "0", "-1300000")
    assert rows["R-011"] == ("1299000000", "1299100000", "100000", "0", "100000")
    assert rows["R-012"] == ("1299000000", "1306900000", "7900000", "0", "7900000")
    [left] = [one for one in sections["10"].blocks if isinstance(one, Notice)]
    assert together("R-010: +£3,000 in 2022/23, −£23,000 in 2023/24, +£7,000 in 2024/25.") in left.text
    assert "R-005" not in left.text, "what is explained is not among what is not"


def test_the_business_case_s_lines_stand_at_what_was_approved(sections):
    rows = {row[0]: row for row in tables(sections["9"])["Benefits by line"].rows}
    assert [rows[f"B-00{n}-L1"][4] for n in (1, 2, 3)] == ["110000000", "60000000", "25000000"]
    for ref in ("B-004-L1", "B-005-L1", "B-006-L1"):
        assert "no figure yet" in rows[ref][1]
        assert rows[ref][4:] == (None, None, None, None)


KEEPERS = "Who keeps each line, and where its figures come from"


def test_deliverable_and_aspirational_are_never_added(sections):
    rated = [
        table for table in tables(sections["9"]).values() if "Rating" in [c.title for c in table.columns]
    ]
    assert len(rated) == 6, "three blocks by year, the first by workstream and category, and the lines"
    assert [table.caption for table in rated if table.totals is not None] == []
    by_rating = defaultdict(Decimal)
    for row in tables(sections["9"])[BY_YEAR].rows:
        by_rating[row[1]] += Decimal(row[3] or 0)
    assert by_rating == {"Deliverable": 6_400_000, "Aspirational": 3_000_000, "Not rated": 193_000_000}
    [figures] = [one for one in sections["9"].blocks if isinstance(one, KeyFigures)]
    assert [(one.label, one.value) for one in figures.items[:2]] == [
        ("Approved", "6400000"),
        ("Forecast", "6400000"),
    ]
    assert "deliverable" in figures.items[0].meaning


def test_the_lines_of_the_workbook_come_to_its_years(sheet_of):
    kinds = {row["Line"]: row["Kind"] for row in sheet_of(KEEPERS)}
    cashable = [
        row
        for row in sheet_of("Benefits by line")
        if kinds[row["Line"]] in ("Cash-releasing efficiency", "Income")
    ]
    for axis in ("year", "workstream", "category"):
        cut = sheet_of(f"Cashable, recurring, by {axis}")
        for profile in ("Approved", "Forecast", "Claimed", "Verified"):
            assert by_rating(cut, profile) == by_rating(cashable, profile), (axis, profile)


def test_the_claims_of_the_workbook_come_to_what_its_lines_deliver(sheet_of):
    claims = sheet_of("Claims behind what is claimed and delivered")
    for claim in claims:
        assert claim["Evidence"], claim["Claim"]
        assert bool(claim["Verified by"]) == (claim["Stands"] in ("Verified", "Confirmed")), claim["Claim"]
    for column, of_line in (("Claimed, £", "Claimed"), ("Full-year effect, £", "Verified")):
        come_to = defaultdict(int)
        for claim in claims:
            come_to[claim["Line"]] += claim[column] or 0
        for row in sheet_of("Benefits by line"):
            assert come_to[row["Line"]] == (row[of_line] or 0), (row["Line"], column)
    assert any(claim["Cash in the year, £"] for claim in claims)


def by_rating(rows, column):
    found = defaultdict(int)
    for row in rows:
        found[row["Rating"]] += row[column] or 0
    return {rating: amount for rating, amount in found.items() if amount}


def test_the_payback_table_of_the_workbook_adds_up(sheet_of):
    for row in (stated := sheet_of("Programme payback, as stated"))[:3]:
        assert row["Total"] == sum(amount for year, amount in row.items() if "/" in year)
    benefit, cost, net, running = stated
    assert [benefit[year] - cost[year] for year in net if "/" in year] == [-174_000, 27_000, 461_000]
    assert [net[year] for year in net if "/" in year] == [-174_000, 27_000, 461_000]
    assert [running[year] for year in net if "/" in year] == [-174_000, -147_000, 314_000]


def test_every_bridge_of_the_workbook_closes(sheet_of):
    rows = sheet_of("Figures that are bridged")
    assert len(rows) == 12
    for row in rows:
        assert row["From"] + row["Explained"] + row["Left"] == row["To"], row["Reference"]
        assert row["To"] - row["From"] == row["Difference"], row["Reference"]
    moved = defaultdict(int)
    for row in sheet_of("Movements that explain a difference"):
        moved[row["Reconciliation"]] += row["£"]
    assert moved == {row["Reference"]: row["Explained"] for row in rows if row["Explained"]}


def test_the_gap_of_the_workbook_is_made_of_its_parts(sheet_of):
    for row in sheet_of("From first approved to forecast: cashable, recurring"):
        parts = [row[name] or 0 for name in ("Slipped", "Lost", "Exceeded", "Not explained")]
        assert row["First approved"] + sum(parts) == row["Forecast"], row["Year"]


def test_the_reserve_s_balance_is_what_its_entries_leave(sheet_of):
    balance = 0
    rows = sheet_of("The reserve's ledger")
    for row in rows:
        balance += {"Allocation": 1, "Spending": -1}.get(row["Entry"], 0) * row["£"]
        assert row["Balance"] == balance, row["What it is for"]
        assert row["Available"] <= row["Balance"]
    assert {row["Entry"] for row in rows} <= {"Allocation", "Commitment", "Spending"}, "no other moves it"
    assert (balance, rows[-1]["Available"]) == (2_770_500, 2_406_000)


def test_the_open_variant_withholds_the_exempt_and_says_on_which_ground(story_told):
    sections, book, data = taken("open")
    for number in MONEY:
        assert {type(one) for one in sections[number].blocks} == {Notice}, number
    [benefits] = sections["9"].blocks
    assert "paragraphs 1, 2 and 4 of Schedule 12A" in benefits.text
    assert "B-001" not in data
    assert not [one.title for one in book if one.title.split(".")[0] in MONEY]

"""What stands in a pack: the business case to the pound, one moment, one reader, no query a row."""

from __future__ import annotations

import datetime
import io
import re
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from benefits.models import BenefitAmount
from portal.packs import contents, rendering
from portal.packs.blocks import Document, Notice
from portal.packs.contents.snapshot import NothingToIssue
from portal.packs.sealing import seal
from programme.foundation.models import Clock
from tests.portal.packs.sections import TODAY, tables
from tests.words import together

pytestmark = pytest.mark.django_db
BEGINNING = datetime.date(2022, 7, 4)


@pytest.fixture(scope="module")
def kept():
    return {}


@pytest.fixture
def sections(kept, reader, illustrative):
    """The board's pack of the business case as loaded, by section number; frozen, so drawn once for all."""
    if not kept:
        snapshot = contents.take(reader("sro"), "board", TODAY)
        kept.update({one.number: one for one in contents.sections(snapshot)} | {"snapshot": snapshot})
    return {number: one for number, one in kept.items() if number != "snapshot"}


def pounds(cells):
    """Whole pence as a table holds them, in thousands of pounds; unknown stays unknown."""
    return [None if one is None else Decimal(one) / 100_000 for one in cells]


def test_sections_come_in_the_order_of_the_pack(sections):
    assert list(sections) == ["1", "2.1", "2.2", "2.3", *map(str, range(3, 17))]


def test_savings_are_the_business_case_s_to_the_pound(sections):
    by_line = tables(sections["5"])["Savings by line and year"]
    assert [pounds(row[1:6]) for row in by_line.rows] == [
        [150, 450, 500, 1100, 1100],
        [None, 150, 450, 600, 600],
        [None, 250, None, 250, 250],
    ]
    assert pounds(by_line.totals[1:6]) == [150, 850, 950, 1950, 1950]
    by_category = tables(sections["5"])["Savings by category and year"]
    assert pounds(by_category.totals[1:]) == [150, 850, 950, 1950]
    assert len(tables(sections["5"])["Savings not yet quantified"].rows) == 3
    assert "Exempt, paragraphs 1, 2, 4" in by_line.rows[0]


def test_investment_stands_beside_the_totals_stated_elsewhere(sections):
    found = tables(sections["6"])
    assert found["Investment by line"].totals[2] == "160200000"
    stated = {row[1]: row[2] for row in found["Totals stated elsewhere"].rows}
    assert stated == {
        "161200000": "1000000",
        "160300000": "100000",
        "160200000": "0",
        "162300000": "2100000",
    }


def test_payback_is_as_stated_and_the_lines_stand_beside_it(sections):
    found = tables(sections["7"])
    stated, beside = (
        found["Programme payback, as stated"],
        found["The savings lines beside the payback table"],
    )
    assert [pounds(row[1:]) for row in stated.rows] == [
        [153, 827, 957, 1937],
        [327, 800, 496, 1623],
        [-174, 27, 461, 314],
        [-174, -147, 314, None],
    ]
    assert [pounds(row[1:4]) for row in beside.rows[2:]] == [[-177, 50, 454], [3, -23, 7]]
    [unexplained] = [one for one in sections["7"].blocks if isinstance(one, Notice)]
    assert together("£3,000 in 2022/23, −£23,000 in 2023/24, £7,000 in 2024/25") in unexplained.text


def test_stated_figures_that_disagree_stand_unexplained_to_the_pound(sections):
    found = tables(sections["8"])
    amounts = {name: [row[2] for row in table.rows] for name, table in found.items()}
    assert amounts["Annual savings"] == ["170600000", "193700000", "195000000", "181100000"]
    assert amounts["Implementation cost"] == ["161200000", "160300000", "160200000", "162300000"]
    assert [row[3] for row in found["Implementation cost"].rows] == ["0", "-900000", "-1000000", "1100000"]
    assert [row[4] for row in found["Implementation cost"].rows] == [None, "No", "No", "No"]
    kinds = [one.kind for one in sections["8"].blocks if isinstance(one, Notice)]
    assert kinds[0] == "difference"


def test_every_table_of_money_adds_up_in_the_workbook(sections, kept):
    whole = document(kept["snapshot"], tuple(sections.values()))
    book = load_workbook(io.BytesIO(rendering.workbook(seal(whole).data)))
    for start, count in (("5.1", 4), ("5.2", 4), ("6.1", 1)):
        sheet = next(sheet for sheet in book if sheet.title.startswith(start))
        rows = [row for row in sheet.iter_rows(values_only=True) if any(type(cell) is int for cell in row)]
        first = next(place for place, cell in enumerate(rows[-1]) if type(cell) is int)
        for column in range(first, first + count):
            assert rows[-1][column] == sum(row[column] or 0 for row in rows[:-1]), (start, column)


def document(snapshot, sections):
    return Document(
        title="Programme Board pack",
        council=snapshot.council,
        programme=snapshot.programme.name,
        as_at=snapshot.day.isoformat(),
        variant=snapshot.variant,
        number="Pack 1",
        version=1,
        notices=contents.notices(snapshot),
        sections=sections,
    )


def test_the_board_is_named_by_post_and_nobody_by_name(sections):
    membership = tables(sections["14"])["Programme Board: membership"]
    assert ("Deputy Chief Executive", "Chair") in membership.rows
    assert len(membership.rows) == 6
    [held] = tables(sections["14"])["Roles held"].rows
    assert re.fullmatch(r"P\d{5}", held[1])
    assert held[2:] == ("Senior Responsible Officer", "Programme Board")


def test_a_pack_of_made_up_work_says_so_and_one_of_real_work_does_not(reader):
    sro = reader("sro")
    real = contents.take(sro, "board", BEGINNING)
    assert [one.kind for one in contents.notices(real)] == ["exempt"]
    Clock(pk=1, fixed_on=TODAY).save()
    made_up = contents.take(sro, "board", TODAY)
    assert [one.kind for one in contents.notices(made_up)] == ["illustrative", "exempt"]


def test_a_day_in_the_future_or_before_the_programme_is_refused(reader, illustrative):
    sro = reader("sro")
    with pytest.raises(NothingToIssue, match="future"):
        contents.take(sro, "board", TODAY + datetime.timedelta(days=1))
    with pytest.raises(NothingToIssue, match="not there yet on 3 July 2022"):
        contents.take(sro, "board", BEGINNING - datetime.timedelta(days=1))


def test_a_past_day_shows_records_as_they_stood(reader, installation):
    sro = reader("sro")
    amount = BenefitAmount.objects.get(line__ref="B-001-L1", kind="original", year="2022/23")
    amount.amount = Decimal(99_000)
    later = datetime.datetime(2022, 9, 1, 12, tzinfo=datetime.UTC)
    amount.record(by=installation, reason="Agreed by the board", effective=later)

    def first_year(day):
        snapshot = contents.take(sro, "board", day)
        section = {one.number: one for one in contents.sections(snapshot)}["5"]
        return tables(section)["Savings by line and year"].totals[1]

    assert first_year(datetime.date(2022, 8, 31)) == "15000000"
    assert first_year(datetime.date(2022, 9, 1)) == "9900000"


@pytest.mark.parametrize("day", [TODAY, TODAY - datetime.timedelta(days=1)])
def test_no_query_is_made_once_it_is_read(reader, illustrative, day):
    snapshot = contents.take(reader("sro"), "board", day)
    with CaptureQueriesContext(connection) as drawing:
        list(contents.sections(snapshot))
        contents.notices(snapshot)
    assert len(drawing) == 0


def test_what_it_says_to_leave_out_it_does_leave_out(sections):
    """Risks came into the pack after the sentence that missed them."""
    *_, left_out = sections["16"].blocks
    told = " ".join(one.title for one in sections.values()).casefold()
    said = " ".join(left_out.items).casefold()
    assert "minutes" in said
    for word in ("risks", "issues", "savings", "decisions", "plan"):
        assert word in told
        assert word not in said

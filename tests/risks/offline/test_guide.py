"""The sheet and the page that say how the workbook is edited: every column, and what it then takes."""

import io

import pytest
from openpyxl import load_workbook

from risks.offline.columns import GUIDE, ONLY_READ, OURS, plain

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager(sign_in, programme_manager):
    return sign_in(programme_manager)


def told(book):
    """What the sheet says, by the names of the columns."""
    rows = list(book[GUIDE].iter_rows(values_only=True))
    head = rows.index(("Column", "What it says", "What may stand there"))
    return {name: (says, takes) for name, says, takes in rows[head + 1 :]}


def test_every_column_of_the_workbook_is_explained_and_no_other(register, manager, export):
    book = export(manager)
    assert set(told(book.book)) == set(book.columns)
    taken = {plain(one.title) for one in OURS}
    assert {plain(title) for title in book.columns} == taken | ONLY_READ


def test_what_is_only_read_is_said_to_be(register, manager, export):
    found = told(export(manager).book)
    read = {plain(name) for name, (_, takes) in found.items() if takes.startswith("Only to be read")}
    assert read == ONLY_READ


def test_it_names_the_words_of_the_scales_and_the_categories_of_today(register, manager, export, category):
    category("Weather", 9)
    found = told(export(manager).book)
    assert found["Likelihood now"][1].startswith("The number or the word: 1 Rare, 2 Unlikely, 3 Possible")
    assert found["Category"][1] == "One of: Delivery, Weather. Or empty."
    assert "One of: Tolerate, Treat, Transfer, Terminate" in found["Response"][1]


def test_the_page_that_takes_the_workbook_says_the_same(register, manager, said):
    page = said(manager.get("/risks/workbook/"))
    assert "Leave the columns Reference and Version as they are." in page
    assert "What may stand in each column" in page
    assert "1 Rare, 2 Unlikely, 3 Possible" in page


def test_it_does_no_harm_when_the_workbook_comes_back(register, manager, export, send, said):
    page = said(send(manager, export(manager)))
    assert "4 stay as they are." in page
    assert "others are not" not in page


def test_other_lists_have_no_such_sheet(register, manager):
    data = b"".join(manager.get("/issues/?format=xlsx").streaming_content)
    assert load_workbook(io.BytesIO(data)).sheetnames == ["Issues"]

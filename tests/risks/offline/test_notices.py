"""What a preview says beside errors: what was written where nothing is taken, and which sheet is read."""

import datetime

import pytest

from risks.models import Risk

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager(sign_in, programme_manager):
    return sign_in(programme_manager)


def test_what_is_written_into_columns_that_the_portal_works_out_is_named(
    register, manager, export, send, said
):
    book = export(manager)
    book["R-001", "Current"] = "Rare × Minor, 2: low"
    book["R-002", "Status"] = "Closed"
    book["R-003", "Next review"] = "31/12/2026"
    row = book.add(Risk="A flood", Place="DIG-01", Status="Open")
    page = said(send(manager, book))
    named = [book.cell("R-001", "Current"), book.cell("R-002", "Status"), book.cell("R-003", "Next review")]
    for cell in named:
        assert cell in page
    assert f"J{row} Status. Scores are changed in the columns of likelihood and impact" in page
    assert "0 risks change, 1 is new" in page


def test_nothing_is_named_where_nothing_was_written(register, manager, export, send, said):
    assert "only to be read" not in said(send(manager, export(manager)))
    file = b"".join(manager.get("/risks/?format=csv").streaming_content)
    assert "only to be read" not in said(send(manager, file, "register.csv"))


def test_two_sheets_with_the_register_are_refused_since_either_may_have_been_edited(
    register, manager, export, send, said
):
    book = export(manager)
    book.book.copy_worksheet(book.page).title = "Mine"
    assert "The sheets “Risks” and “Mine” are both the register. Keep one of them." in said(
        send(manager, book)
    )


def test_which_sheet_is_read_is_said_where_there_are_several(register, manager, export, send, said):
    book = export(manager)
    book.book.create_sheet("Notes", 0)["A1"] = "A thought"
    assert "The sheet “Risks” is read; others are not: Notes." in said(send(manager, book))


def test_a_register_on_a_hidden_sheet_is_said_to_be_hidden(register, manager, export, send, said):
    book = export(manager)
    book.page.sheet_state = "hidden"
    book.book.create_sheet("Front")["A1"] = "Welcome"
    assert "Hidden sheets are not read: “Risks”. Show the one with the register." in said(send(manager, book))


def test_a_version_that_was_emptied_is_said_to_be_empty(register, manager, export, send, said):
    book = export(manager)
    book["R-001", "Version"], book["R-001", "Cause"] = None, "Three systems"
    page = said(send(manager, book))
    assert f"Cell {book.cell('R-001', 'Version')}, Version: It is empty. The version says which state" in page


def test_names_with_hard_spaces_and_other_quotation_marks_are_the_same_names(
    register, manager, export, send, said
):
    book = export(manager)
    book["R-001", "Owner"] = "Lead for\u00a0Be  Digital\u00a0"
    book["R-002", "Owner"] = "lead for\u00a0be digital"
    book["R-002", "Category"] = "\u00a0delivery "
    page = said(send(manager, book))
    assert "1 risk changes, 0 are new, 3 stay as they are." in page
    assert "error" not in page


def test_truth_and_days_are_kept_as_the_spreadsheet_shows_them(register, manager, export, send, apply):
    book = export(manager)
    book["R-001", "Cause"], book["R-002", "Cause"] = True, datetime.date(2026, 12, 31)
    apply(manager, send(manager, book))
    causes = Risk.objects.filter(ref__in=["R-001", "R-002"]).order_by("ref").values_list("cause", flat=True)
    assert list(causes) == ["TRUE", "31 December 2026"]


def test_the_file_of_a_list_says_what_the_list_begins_with(register, manager, export):
    note = export(manager).page["A2"].value
    assert "No filter is set." in note
    assert "These are open or escalated." in note
    assert "All rows" not in note

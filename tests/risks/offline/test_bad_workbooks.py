"""What is wrong in an edited workbook is said at its cell, and nothing of it can be saved."""

import datetime
import io

import pytest
from openpyxl import Workbook

from programme.people.choices import Classification
from risks.actions import moves, risks
from risks.models import RegisterUpload, Risk

pytestmark = pytest.mark.django_db
DAY = datetime.date


@pytest.fixture
def manager(sign_in, programme_manager):
    return sign_in(programme_manager)


@pytest.mark.parametrize(
    ("heading", "value", "words"),
    [
        (
            "Likelihood now",
            "Likley",
            "“Likley” is not a likelihood; write 1 to 5, or Rare, Unlikely, Possible",
        ),
        ("Likelihood now", 6, "“6” is not a likelihood"),
        ("Likelihood now", 0, "“0” is not a likelihood"),
        ("Likelihood now", 3.5, "“3.5” is not a likelihood"),
        ("Likelihood now", -1, "“-1” is not a likelihood"),
        ("Likelihood now", "4 Possible", "“4 Possible” is not a likelihood"),
        ("Impact now", "Likely", "“Likely” is not an impact"),
        ("Impact now", "#REF!", "This is #REF!, the error of a formula. Write the value itself."),
        ("Impact now", "=2+2", "No spreadsheet has worked out this formula."),
        ("Risk", "\u200b", "This holds nothing that can be read"),
        ("Impact now", None, "Write the impact too, or take the likelihood away."),
        ("Owner", "Head of Nothing", "“Head of Nothing” is nobody who can own a risk here."),
        ("Owner", "P99999", "P99999 is the number of nobody who can own a risk."),
        ("Category", "Weather", "“Weather” is not a category of risks. Write one of: Delivery."),
        ("Place", "Be Nowhere", "“Be Nowhere” is not a place of the programme."),
        ("Place", None, "Write where it belongs"),
        ("Risk", None, "Give the risk a name"),
        ("Risk", "x" * 201, "This has 201 characters; at most 200 are taken."),
        ("Risk", "one\ntwo", "Write this on one line"),
        ("Cause", "x" * 2001, "This has 2,001 characters; at most 2,000 are taken."),
        ("Cause", "turned \u202e round", "This holds a character that cannot be shown (U+202E)"),
        ("How soon", "Soonish", "“Soonish” is not known here; write one of: Now, Within three months"),
        ("Response", "Ignore", "“Ignore” is not known here; write one of: Tolerate, Treat"),
        ("Version", 7, "“7” is not a version of R-001 that there was."),
        ("Version", None, "It is empty. The version says which state of the risk was edited"),
    ],
)
def test_every_error_is_said_at_its_cell(register, manager, export, send, said, heading, value, words):
    book = export(manager)
    book["R-001", "Effect"] = "Something that would change"
    book["R-001", heading] = value
    answer = send(manager, book)
    page = " ".join(said(answer).split())
    assert f"Cell {book.cell('R-001', heading)}, {heading}: {words}" in page
    assert "Save all of it" not in page
    address = answer.request["PATH_INFO"]
    assert manager.post(address, {"reason": "All the same", "shown": answer.context["outcome"]["digest"]})
    assert not Risk.objects.filter(version__gt=1)


def test_in_a_csv_the_row_and_the_column_are_named(register, manager, send, said):
    text = b"".join(manager.get("/risks/?format=csv").streaming_content).decode()
    wrong = text.replace("Be Digital", "Be Nowhere", 1).encode()
    assert "Row 2, Place: “Be Nowhere” is not a place" in said(send(manager, wrong, "register.csv"))


def test_a_reference_twice_names_both_cells(register, manager, export, send, said):
    book = export(manager)
    book["R-002", "Reference"] = "r-001"
    page = said(send(manager, book))
    first = book.cell("R-001", "Reference")
    second = book.cell("r-001", "Reference")
    assert f"Cell {second}, Reference: “R-001” stands in cell {first} already." in page


def test_a_reference_that_is_not_there_is_refused(register, manager, export, send, said):
    book = export(manager)
    book["R-002", "Reference"] = "R-777"
    assert "There is no risk “R-777” in the register that you may see." in said(send(manager, book))


def test_merged_cells_in_the_table_are_named_and_above_it_are_fine(register, manager, export, send, said):
    book = export(manager)
    book.page.merge_cells("A1:F1")
    assert "4 stay as they are" in said(send(manager, book))
    row = book.row("R-002")
    book.page.merge_cells(f"E{row}:E{row + 1}")
    assert f"Cell E{row}:E{row + 1}: Merged cells." in said(send(manager, book))


def test_what_is_closed_is_not_scored(register, manager, export, send, said, lead_digital):
    moves.close(Risk.objects.get(ref="R-001"), by=lead_digital, reason="Over")
    book = export(manager, "&status=all")
    book["R-001", "Likelihood now"] = 5
    assert "This risk is closed: open it again first." in said(send(manager, book))


def test_two_who_hold_one_post_are_told_apart_by_number(
    register, manager, export, send, apply, said, person, digital, risk_owner
):
    other = person("it-two", "Head of IT", ("risk_owner", digital.scope))
    book = export(manager)
    assert book["R-003", "Owner"] == f"Head of IT ({risk_owner.number})"
    book["R-001", "Owner"] = "Head of IT"
    page = said(send(manager, book))
    assert "Several people are “Head of IT”. Write the number of one:" in page
    book["R-001", "Owner"] = f"Head of IT ({other.number})"
    apply(manager, send(manager, book))
    assert Risk.objects.get(ref="R-001").owner == other


def test_a_lead_changes_only_what_lies_in_the_own_workstream(
    register, sign_in, lead_digital, export, send, apply, said, make_risk, commercial
):
    make_risk("R-005", scope=commercial.scope)
    lead = sign_in(lead_digital)
    book = export(lead)
    book["R-003", "Cause"] = "Old servers"
    apply(lead, send(lead, book))
    assert Risk.objects.get(ref="R-003").cause == "Old servers"
    book = export(lead)
    book["R-005", "Cause"] = "Prices"
    assert f"Cell {book.cell('R-005', 'Cause')}, Cause: You may not change R-005" in said(send(lead, book))
    book = export(lead)
    book["R-001", "Place"] = "Be Commercial"
    book.add(Risk="New there", Place="Transforming East Herts")
    assert said(send(lead, book)).count("You may not put risks there.") == 2


def test_an_exempt_risk_is_not_told_from_one_that_is_not_there(
    register, sign_in, programme_manager, lead_digital, export, send, said, make_risk, commercial
):
    facts = {"exempt_paragraphs": [3], "exempt_reason": "A negotiation", "exempt_review": DAY(2023, 1, 1)}
    make_risk("R-006", scope=commercial.scope, classification=Classification.EXEMPT, **facts)
    book = export(sign_in(programme_manager))
    assert book["R-006", "Risk"] == "Risk R-006"
    book["R-006", "Cause"] = "Prices"
    page = said(send(sign_in(lead_digital), book))
    assert "There is no risk “R-006” in the register that you may see." in page
    book["R-006", "Reference"] = "R-777"
    assert "There is no risk “R-777” in the register that you may see." in said(
        send(sign_in(lead_digital), book)
    )


@pytest.mark.parametrize("who", ["auditor", "sro", "risk_owner"])
def test_nobody_else_loads_registers(register, sign_in, request, who):
    client = sign_in(request.getfixturevalue(who))
    assert client.get("/risks/workbook/").status_code == 403
    assert "/risks/workbook/" not in client.get("/risks/").content.decode()


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"", "register.xlsx", "The file is empty."),
        (b"%PDF-1.7 \x00", "register.xlsx", "This is not a CSV."),
        (b"PK\x03\x04 nonsense", "register.xlsx", "The file is damaged."),
        (b"\xd0\xcf\x11\xe0 old", "register.xls", "This workbook is of the old kind (.xls)"),
        (b"# Risks\n\n| Risk | Score |\n| ---- | ----- |\n| Fire | 3 |\n", "r.md", "Markdown"),
        (b"nothing here\n", "r.csv", "No row of headings was found"),
        (b"Reference,Version,Risk\n", "r.csv", "There is nothing below the row of headings."),
    ],
)
def test_what_is_no_register_is_refused_at_once(register, manager, send, said, data, name, words):
    answer = send(manager, data, name)
    assert answer.status_code == 422
    assert words in said(answer)
    assert not RegisterUpload.objects.exists()


def test_our_workbook_without_its_versions_is_refused(register, manager, export, send, said):
    book = export(manager)
    book.page.delete_cols(book.columns["Version"])
    assert "This is the register’s own workbook without its column Version" in said(send(manager, book))


def test_titles_above_and_a_used_range_of_empty_rows_do_no_harm(register, manager, export, send, said):
    book = export(manager)
    book.page.insert_rows(1, 3)
    book.page.cell(1, 1).value = "Risk register"
    book.page.cell(5_000, 1).number_format = "0.00"
    assert "4 stay as they are" in said(send(manager, book))


def test_too_many_errors_are_counted(register, manager, send, said):
    book = Workbook()
    book.active.append(["Reference", "Version", "Risk", "Place"])
    for number in range(80):
        book.active.append([f"X-{number}", 1, "Fire", ""])
    stream = io.BytesIO()
    book.save(stream)
    page = said(send(manager, stream.getvalue()))
    assert "80 errors: nothing can be saved" in page
    assert "And 30 more like these." in page
    assert not risks.Risk.objects.filter(title="Fire")

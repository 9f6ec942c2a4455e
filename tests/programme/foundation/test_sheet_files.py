"""Files from outside: read as they stand, or refused in a sentence that names the place."""

import datetime
import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from programme.foundation import sheet_files
from programme.foundation.csv_files import Line, Unreadable
from programme.foundation.sheet_files import SheetFile, cell_name
from programme.foundation.sheet_rows import NOT_WORKED_OUT


def workbook(*rows, merge=(), title="Risks", hidden=False):
    book = Workbook()
    page = book.active
    page.title = title
    for row in rows:
        page.append(row)
    for cells in merge:
        page.merge_cells(cells)
    if hidden:
        book.create_sheet("Notes")
        page.sheet_state = "hidden"
    file = io.BytesIO()
    book.save(file)
    return file


def refusal(file):
    with pytest.raises(Unreadable) as found:
        for _ in SheetFile(file).rows("Risks"):
            pass
    return " ".join(found.value.sentences)


def test_rows_of_a_workbook_keep_their_numbers_and_their_kinds():
    day = datetime.datetime(2022, 11, 30)  # noqa: DTZ001 (spreadsheets know no time zones)
    file = SheetFile(workbook(["Ref", "Score", " Due "], [], ["R-001", 12, day, None, ""]))
    assert list(file.rows("Risks")) == [Line(1, ("Ref", "Score", "Due")), Line(3, ("R-001", 12, day))]


def test_what_a_formula_came_to_is_read_and_nothing_is_computed():
    assert list(SheetFile(workbook(["=1+1", "after"])).rows("Risks")) == [Line(1, (NOT_WORKED_OUT, "after"))]


def test_a_hundred_thousand_empty_rows_between_two_are_passed_over():
    book = Workbook(write_only=True)
    page = book.create_sheet("Risks")
    page.append(["first"])
    for _ in range(100_000):
        page.append([None])
    page.append(["last"])
    file = io.BytesIO()
    book.save(file)
    assert [line.number for line in SheetFile(file).rows("Risks")] == [1, 100_002]


def test_too_many_rows_are_refused_whether_they_hold_anything_or_not(monkeypatch):
    monkeypatch.setattr(sheet_files, "MOST_ROWS", 2)
    monkeypatch.setattr(sheet_files, "MOST_EMPTY", 2)
    assert "Row 3: There are more than 2 rows" in refusal(workbook(["a"], ["b"], ["c"]))
    assert "more than 2 empty rows" in refusal(workbook(["a"], [], [], [], ["b"]))


def test_merged_cells_are_named_once_the_rows_were_read():
    file = SheetFile(workbook(["a"], ["b"], ["c"], merge=["B2:B3", "A1:C1"]))
    assert len(list(file.rows("Risks"))) == 3
    assert file.merged("Risks") == [(1, 1, "A1:C1"), (2, 3, "B2:B3")]


def test_hidden_sheets_are_not_offered():
    assert SheetFile(workbook(["a"], hidden=True)).sheets == ["Notes"]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "The file is empty"),
        (b"%PDF-1.7 and so on", "not a CSV"),
        (
            b"\xd0\xcf\x11\xe0 an old one",
            "This workbook is of the old kind (.xls). In the spreadsheet choose",
        ),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "is locked with a password. Open it,"),
        (b"a,b\n1," + b"x" * 200_000, "Row 2: A cell has more than 131,072 characters. Shorten it."),
        (b"PK\x03\x04 cut off", "damaged"),
        ("Überlauf".encode("latin-1"), "not in the encoding UTF-8: see row 1"),
        ("Ref,Title\n1,x".encode("utf-16"), "UTF-16"),
        (b'Ref,Title\n1,"open', "Row 2: A quotation mark in this row is not closed"),
    ],
)
def test_what_is_no_workbook_and_no_csv_is_refused(data, words):
    assert words in refusal(io.BytesIO(data))


def test_an_archive_that_is_no_workbook_is_refused():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("readme.txt", "hello")
    assert "This is not a workbook" in refusal(file)


def test_a_spreadsheet_of_another_office_is_told_how_it_can_be_sent():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", "<office/>")
    words = refusal(file)
    assert "This is an OpenDocument file (.ods), not an Excel workbook." in words
    assert "choose “Save as”, then “Excel workbook (.xlsx)”" in words


def test_a_zip_bomb_is_not_opened():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook/>")
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            for _ in range(201):
                part.write(bytes(1_000_000))
    assert "Unpacked, this workbook would have 201 MB in 3 parts, so it is not opened" in refusal(file)


def test_a_file_of_fifty_megabytes_is_refused_before_it_is_read():
    assert "The file has 50 MB; 20 MB are taken at most" in refusal(io.BytesIO(bytes(50_000_000)))


def test_damage_inside_is_refused_and_says_what_to_do():
    whole, broken = workbook(["a"]), io.BytesIO()
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(broken, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, data[: len(data) // 2] if "sheet1" in name else data)
    assert "cannot be read" in refusal(broken)


@pytest.mark.parametrize("encoding", ["of-nobody", "rot13", "base64"])
def test_an_encoding_that_is_none_is_refused(encoding):
    part = f'<?xml version="1.0" encoding="{encoding}"?><worksheet/>'
    whole, broken = workbook(["a"]), io.BytesIO()
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(broken, "w") as new:
        for name in old.namelist():
            new.writestr(name, part if "sheet1" in name else old.read(name))
    assert "The file is damaged" in refusal(broken)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_that_multiply_are_not_followed(encoding):
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><sst><si><t>&b;</t></si></sst>'
    whole, broken = workbook(["a"]), io.BytesIO()
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(broken, "w") as new:
        for name in old.namelist():
            new.writestr(name, bomb.encode(encoding) if "sheet1" in name else old.read(name))
    assert "declares entities of its own" in refusal(broken)


def test_a_csv_is_read_whatever_parts_its_cells():
    for mark in ",;\t":
        file = SheetFile(io.BytesIO(f'Ref{mark}Title\n"R-001"{mark}"=1+1"\n'.encode()))
        assert list(file.rows("")) == [Line(1, ("Ref", "Title")), Line(2, ("R-001", "=1+1"))]
        assert file.merged("") == []


def test_a_csv_is_numbered_as_a_spreadsheet_numbers_it():
    file = SheetFile(io.BytesIO(b'Ref,Title\n"R-001","two\nlines"\n\nR-002,one\n"R-003,not closed'))
    rows = file.rows("")
    assert [next(rows).number for _ in range(3)] == [1, 2, 4]
    with pytest.raises(Unreadable, match="Row 5: A quotation mark in this row is not closed"):
        next(rows)


@given(st.lists(st.lists(st.sampled_from(["", "a", "b c", None, 3]), max_size=6), max_size=12))
@settings(max_examples=30)
def test_no_row_that_holds_anything_is_lost(rows):
    held = [number for number, row in enumerate(rows, 1) if any(cell not in ("", None) for cell in row)]
    assert [line.number for line in SheetFile(workbook(*rows)).rows("Risks")] == held


def test_cells_are_called_as_a_spreadsheet_calls_them():
    assert [cell_name(0, 1), cell_name(6, 7), cell_name(26, 3)] == ["A1", "G7", "AA3"]


def test_the_beginning_of_a_sheet_can_be_read_alone():
    file = SheetFile(workbook(["a"], [], ["b"], ["c"]))
    assert [line.number for line in file.rows("Risks", within=3)] == [1, 3]
    assert [line.number for line in file.rows("Risks", within=9)] == [1, 3, 4]
    csv = SheetFile(io.BytesIO(b"a\n\nb\nc\n"))
    assert [line.number for line in csv.rows("", within=3)] == [1, 3]
    assert csv.size("") == 7
    assert file.size("Risks") > 100


def test_a_workbook_with_too_much_of_anything_is_refused_at_its_cell():
    whole, file = workbook(["a"], [None, "long"]), io.BytesIO()
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"<t>long</t>", b"<t>" + b"x" * 200_000 + b"</t>"))
    assert "Cell B2: The workbook holds more text in one cell than any register does" in refusal(file)


@pytest.mark.parametrize("before", [b"<!--" + b"x" * 300_000 + b"-->", b" " * 300_000])
def test_a_part_that_begins_with_a_comment_without_end_is_not_read_to_its_end(before):
    whole, file = workbook(["a"]), io.BytesIO()
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if "sheet1" in name:
                at = data.index(b"<worksheet")
                data = b'<?xml version="1.0"?>' + before + data[at:]
            new.writestr(name, data)
    assert "more text in one tag or comment than any register does" in refusal(file)

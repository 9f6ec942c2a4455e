"""Spreadsheets and CSV: numbers stay numbers, text stays text, whatever people type."""

import io
import re
import tracemalloc
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell

from programme.foundation.cells import safe_title
from programme.foundation.workbook import Column, Properties, Sheet, write_csv, write_workbook

FIXED = Properties(title="Savings", created=datetime(2022, 11, 30, 12, tzinfo=UTC))
FORMULAS = ["=1+1", "+44 1279", "-2+3", "@SUM(A1)", "\t=cmd|' /C calc'!A0", "\r=1", " =1", "=HYPERLINK(1)"]


def written(*sheets, deterministic=False):
    stream = io.BytesIO()
    write_workbook(sheets, stream, properties=FIXED, deterministic=deterministic)
    return stream


def read(*sheets):
    return load_workbook(written(*sheets))


def test_each_kind_of_column_arrives_as_a_real_value():
    columns = [Column(kind, kind) for kind in ("text", "money", "thousands", "number", "percent", "date")]
    row = ["CRM", Decimal("-174000"), Decimal(150_000), 3, Decimal(90), date(2022, 7, 6)]
    cells = read(Sheet("One", columns, [row])).worksheets[0][2]
    assert [cell.value for cell in cells] == ["CRM", -174000, 150000, 3, 0.9, cells[5].value]
    assert cells[5].value.date() == date(2022, 7, 6)
    assert cells[1].number_format == '"£"#,##0;"−£"#,##0'
    assert cells[2].number_format == '#,##0,;"−"#,##0,'


def rows_of(stream):
    """The rows of the first sheet as they stand in the file, without the numbers of their styles."""
    with zipfile.ZipFile(stream) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    return re.sub(' s="[0-9]+"', "", sheet[sheet.index("<sheetData>") : sheet.index("</sheetData>")])


def as_openpyxl_writes(values):
    book, stream = Workbook(write_only=True), io.BytesIO()
    page = book.create_sheet()
    page.append([None if value is None else WriteOnlyCell(page, value=value) for value in values])
    book.save(stream)
    return rows_of(stream).removeprefix('<sheetData><row r="1">').removesuffix("</row>")


LETTERS = st.characters(codec="utf-8", exclude_categories=["Cc", "Cn"])
PLAIN = st.text(LETTERS, min_size=1, max_size=40).filter(lambda text: "_x" not in text and text[0] != "=")
AMOUNTS = st.decimals(-(10**12), 10**12, allow_nan=False, places=2)
DAYS = st.dates(date(1900, 3, 1), date(2200, 1, 1))
MOMENTS = DAYS.flatmap(lambda day: st.times().map(lambda time: datetime.combine(day, time)))
WORDS = ['<b> & "it\'s" ]]>', "  spaces at both ends ", "\n", "two\nlines", " ", "Ærø 👍🏽"]


@given(st.lists(st.one_of(st.none(), PLAIN, AMOUNTS, MOMENTS, DAYS), min_size=1))
def test_a_row_is_written_to_the_letter_as_openpyxl_writes_it(values):
    columns = [Column("x", "number" if isinstance(value, Decimal) else "text") for value in values]
    stream = written(Sheet("One", columns, [values]))
    row = rows_of(stream).partition('<row r="2">')[2].removesuffix("</row>")
    assert re.sub(r'(<c r="[A-Z]+)2"', r'\g<1>1"', row) == as_openpyxl_writes(values)


@pytest.mark.parametrize("text", WORDS)
def test_words_are_read_back_as_they_were_written(text):
    assert read(Sheet("One", [Column("x")], [[text]])).worksheets[0]["A2"].value == text


def test_unknown_is_an_empty_cell_not_nought():
    sheet = Sheet("One", [Column("Ref"), Column("£", "money")], [["A", None], ["B", Decimal(0)]])
    assert [row[1].value for row in read(sheet).worksheets[0].iter_rows(min_row=2)] == [None, 0]


@pytest.mark.parametrize("text", FORMULAS)
def test_text_that_looks_like_a_formula_stays_text(text):
    cell = read(Sheet("One", [Column("Ref")], [[text]])).worksheets[0]["A2"]
    assert cell.data_type == "s"
    assert cell.quotePrefix
    assert cell.value == text.replace("\r", "\n")


def test_no_sheet_holds_a_formula_even_in_its_caption_note_or_headings():
    sheet = Sheet("=1", [Column("=2")], [["=3"]], caption="=4", note="=5", totals=["=6"], after=["=7"])
    with zipfile.ZipFile(written(sheet)) as book:
        assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")


def test_a_word_in_a_column_of_numbers_stays_a_word():
    cells = read(Sheet("One", [Column("£", "money")], [["not known"], [True]])).worksheets[0]
    assert [cells["A2"].value, cells["A3"].value] == ["not known", "True"]


@given(st.text(st.characters(), max_size=60))
def test_any_text_at_all_can_be_written_and_read_back(text):
    value = read(Sheet(text, [Column(text or "x")], [[text]], caption=text)).worksheets[0]
    assert value.max_row >= 1


def test_text_longer_than_a_cell_says_that_it_was_shortened():
    value = read(Sheet("One", [Column("x")], [["y" * 40_000]])).worksheets[0]["A2"].value
    assert len(value) == 32_767
    assert value.endswith("(shortened: longer than a cell can hold)")


def test_text_that_excel_would_decode_is_written_so_that_it_reads_as_typed():
    assert read(Sheet("One", [Column("x")], [["_x0041_"]])).worksheets[0]["A2"].value == "_x005F_x0041_"


def test_the_header_is_frozen_and_repeated_and_nothing_is_merged():
    page = read(Sheet("One", [Column("Ref")], [["A"]], caption="Savings", note="£000")).worksheets[0]
    assert page.freeze_panes == "A4"
    assert page.print_title_rows == "$3:$3"
    assert not page.merged_cells.ranges
    assert [page["A1"].value, page["A2"].value, page["A3"].value] == ["Savings", "£000", "Ref"]


@pytest.mark.parametrize(
    ("asked", "given_"),
    [
        ("Savings / 2022:23 [x]*?\\", "Savings 2022 23 x"),
        ("", "Sheet"),
        ("'quoted'", "quoted"),
        ("a" * 40, "a" * 31),
    ],
)
def test_sheets_get_titles_that_excel_accepts(asked, given_):
    assert safe_title(asked, set()) == given_


def test_sheets_of_the_same_title_are_told_apart():
    books = read(*(Sheet("Plan" * 20, [Column("x")], []) for _ in range(3)))
    assert len({title.casefold() for title in books.sheetnames}) == 3
    assert all(len(title) <= 31 for title in books.sheetnames)


def test_the_same_sheets_give_the_same_bytes_uncompressed_and_with_fixed_dates():
    def once():
        return written(Sheet("One", [Column("x")], [["A"]]), deterministic=True).getvalue()

    first = once()
    assert first == once()
    with zipfile.ZipFile(io.BytesIO(first)) as book:
        assert {entry.compress_type for entry in book.infolist()} == {zipfile.ZIP_STORED}
        assert {entry.date_time for entry in book.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert book.read("docProps/core.xml").count(b"2022-11-30T12:00:00Z") == 2


def test_a_workbook_that_must_not_vary_needs_a_date():
    with pytest.raises(ValueError, match="fixed date"):
        write_workbook([], io.BytesIO(), properties=Properties(), deterministic=True)


def test_a_workbook_without_sheets_is_refused():
    with pytest.raises(ValueError, match="at least one sheet"):
        write_workbook([], io.BytesIO(), properties=FIXED)


def test_an_unknown_kind_of_column_is_refused():
    with pytest.raises(ValueError, match="pounds"):
        Column("x", "pounds")


def test_a_row_that_does_not_fit_its_columns_is_refused():
    with pytest.raises(ValueError, match="zip"):
        written(Sheet("One", [Column("x")], [["A", "B"]]))


def test_rows_are_streamed_in_little_memory():
    rows = ([f"Milestone {n}", Decimal(n)] for n in range(4_000))
    tracemalloc.start()
    written(Sheet("Plan", [Column("Name"), Column("£", "money")], rows))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 1_000_000, peak


def test_csv_opens_in_excel_as_typed_and_never_as_a_formula():
    columns = [Column("Ref"), Column("£000", "thousands"), Column("£", "money"), Column("On", "date")]
    stream = io.BytesIO()
    rows = [[text, Decimal(-174_000), Decimal("1.50"), date(2022, 7, 6)] for text in FORMULAS]
    write_csv(columns, [*rows, ["Ærø", None, None, None]], stream)
    lines = stream.getvalue().decode("utf-8")
    assert lines.startswith("\ufeffRef,£000,£,On\r\n'=1+1,-174,1.50,2022-07-06\r\n")
    assert lines.endswith("Ærø,,,\r\n")
    assert lines.count("'") >= len(FORMULAS)

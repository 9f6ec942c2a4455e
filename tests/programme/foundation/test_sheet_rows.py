"""Rows of a sheet: what openpyxl's own reader makes of them, also where programs write them oddly."""

import datetime
import io
import re
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from programme.foundation import sheet_rows
from programme.foundation.sheet_parts import EntitiesDeclared, TooMuch
from programme.foundation.sheet_rows import NOT_WORKED_OUT, Book

SHEET = "xl/worksheets/sheet1.xml"
NAMESPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
MOMENTS = st.datetimes(datetime.datetime(1901, 1, 1), datetime.datetime(2199, 1, 1))  # noqa: DTZ001
VALUES = st.one_of(
    st.none(),
    st.text(st.characters(min_codepoint=32, max_codepoint=0xD7FF), max_size=12),
    st.integers(-(10**12), 10**12),
    st.floats(allow_nan=False, allow_infinity=False, width=32),
    st.booleans(),
    st.dates(datetime.date(1901, 1, 1), datetime.date(2199, 1, 1)),
    MOMENTS,
    st.times(),
    st.timedeltas(datetime.timedelta(0), datetime.timedelta(days=40)),
    st.sampled_from(["=1+1", "#REF!", "#N/A"]),
)


def written(rows, *, streamed):
    book = Workbook(write_only=streamed)
    page = book.create_sheet("Risks") if streamed else book.active
    for row in rows:
        page.append(row)
    page.title = "Risks"
    file = io.BytesIO()
    book.save(file)
    return file


def with_rows(xml, sheet=SHEET):
    """A workbook whose only sheet holds these rows, as some program may have written them."""
    whole, file = written([["a"]], streamed=False), io.BytesIO()
    text = f'<worksheet xmlns="{NAMESPACE}"><sheetData>{xml}</sheetData></worksheet>'
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            new.writestr(sheet if name == SHEET else name, text if name == SHEET else old.read(name))
    return file


def ours(file):
    return {number: trimmed(values) for number, values in Book(file).rows("Risks") if trimmed(values)}


def openpyxls(file):
    page = load_workbook(file, read_only=True, data_only=True)["Risks"]
    page.reset_dimensions()
    rows = enumerate(page.iter_rows(values_only=True), 1)
    return {number: trimmed(values) for number, values in rows if trimmed(values)}


def trimmed(values):
    """As far as the last that is not empty; a text of nothing, or a formula that came to none, is nothing."""
    found = [None if value in ("", NOT_WORKED_OUT) else value for value in values]
    while found and found[-1] is None:
        found.pop()
    return [(type(value), value) for value in found]


@pytest.mark.parametrize("streamed", [True, False])
@given(rows=st.lists(st.lists(VALUES, max_size=6), max_size=8))
@settings(max_examples=60, deadline=None)
def test_what_openpyxl_reads_is_what_is_read(streamed, rows):
    file = written(rows, streamed=streamed)
    assert ours(file) == openpyxls(file)


@pytest.mark.parametrize(
    "xml",
    [
        '<row><c t="inlineStr"><is><t>unnamed</t></is></c><c><v>2</v></c></row><row><c><v>3</v></c></row>',
        '<row r="3"><c r="B3"><v>1</v></c><c><v>2</v></c></row><row r="7"><c r="AA7"><v>1e3</v></c></row>',
        '<row r="1"><c r="A1" t="inlineStr"><is><r><t>in </t></r><r><t>parts</t></r></is></c></row>',
        '<row r="1"><c r="A1" t="inlineStr"><is><t>a</t><rPh sb="0" eb="1"><t>b</t></rPh></is></c></row>',
        '<row r="1"><c r="A1" t="str"><f>1+1</f><v>two</v></c><c r="B1" t="e"><v>#REF!</v></c></row>',
        '<row r="1"><c r="A1" t="b"><v>1</v></c><c r="B1" t="d"><v>2022-11-30</v></c></row>',
        '<row r="1"><c r="A1" t="inlineStr"/><c r="B1"/><c r="C1"><v></v></c><c r="D1"><f>A1</f></c></row>',
        '<row r="2"><c r="C2"><v>3</v></c><c r="A2"><v>1</v></c><c r="C2"><v>4</v></c></row>',
        '<row r="1.0"><c r="A1" t="inlineStr"><is><t xml:space="preserve"> two\n &amp;</t></is></c></row>',
        "",
    ],
)
def test_sheets_of_other_programs_are_read_alike(xml):
    file = with_rows(xml)
    expected = openpyxls(file)
    if 'r="C2"' in xml:
        expected = {2: [(int, 1), (type(None), None), (int, 4)]}  # openpyxl cuts a row at its last cell
    assert ours(file) == expected


@pytest.mark.parametrize(
    "xml",
    [
        '<row r="x"><c r="A1"><v>1</v></c></row>',
        '<row r="1.5"><c r="A1"><v>1</v></c></row>',
        '<row r="1"><c r="1"><v>1</v></c></row>',
        '<row r="1"><c r="AAAA1"><v>1</v></c></row>',
        '<row r="1"><c r="A1" t="s"><v>99</v></c></row>',
        '<row r="1"><c r="A1"><v>many</v></c></row>',
    ],
)
def test_what_is_no_cell_is_refused(xml):
    with pytest.raises((ValueError, IndexError)):
        ours(with_rows(xml))


def test_entities_are_refused_whatever_the_part_is_called():
    bomb = f'<!DOCTYPE x [<!ENTITY a "aaa">]><worksheet xmlns="{NAMESPACE}"><sheetData/></worksheet>'
    whole, file = written([["a"]], streamed=False), io.BytesIO()
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            data = bomb if name == SHEET else old.read(name).replace(b"sheet1.xml", b"sheet1.bin")
            new.writestr(name.replace("sheet1.xml", "sheet1.bin"), data)
    with pytest.raises(EntitiesDeclared):
        list(Book(file).rows("Risks"))


def test_a_value_in_the_farthest_column_is_one_row_long():
    found = Book(with_rows('<row r="1"><c r="XFD1"><v>1</v></c></row>')).rows("Risks")
    assert [(number, len(values)) for number, values in found] == [(1, 16_384)]


def test_formulas_that_nobody_worked_out_are_told_from_empty_cells():
    file = with_rows(
        '<row r="1"><c r="A1"><f>1+1</f></c><c r="B1"/><c r="C1"><f>A1</f><v/></c>'
        '<c r="D1"><f>1</f><v>2</v></c>'
        '<c r="E1" t="str"><f>""</f><v></v></c><c r="F1"><v>3</v></c></row>'
    )
    assert list(Book(file).rows("Risks")) == [(1, [NOT_WORKED_OUT, None, NOT_WORKED_OUT, 2, None, 3])]


def with_texts(xml):
    """A workbook whose cells share these texts; its only cell shows the first of them."""
    file, whole = with_rows('<row r="1"><c r="A1" t="s"><v>0</v></c></row>'), io.BytesIO()
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    said = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/></Types>'.encode()
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            if "sharedStrings" not in name:
                is_list = "Content_Types" in name and b"sharedStrings" not in data
                new.writestr(name, data.replace(b"</Types>", said) if is_list else data)
        new.writestr("xl/sharedStrings.xml", f'<sst xmlns="{NAMESPACE}">{xml}</sst>')
    return whole


@pytest.mark.parametrize(
    ("xml", "text"),
    [
        ("<si><t>plain</t></si>", "plain"),
        ("<si><r><t>in </t></r><r><rPr/><t>parts</t></r></si>", "in parts"),
        ("<si><t>Tokyo</t><rPh sb='0' eb='1'><t>spoken</t></rPh></si>", "Tokyo"),
        ("<si/>", ""),
    ],
)
def test_texts_that_cells_share_are_what_openpyxl_reads(xml, text):
    file = with_texts(xml)
    assert Book(file).texts == [text]
    assert ours(file) == openpyxls(file)


def test_signs_that_a_spreadsheet_escapes_are_read_where_a_text_can_hold_them():
    """Excel writes a line end that was pasted from elsewhere as _x000D_."""
    texts = Book(with_texts("<si><t>one_x000D_\ntwo _x005F_x0041_ _x0000_ _xD83D_</t></si>")).texts
    assert texts == ["one\r\ntwo _x0041_ _x0000_ _xD83D_"]


@pytest.mark.parametrize(
    ("file", "of_what"),
    [
        (lambda: with_texts(f"<si><t>{'x' * 100_001}</t></si>"), "text in one cell"),
        (lambda: with_texts("<si/>" * 1_000_001), "text"),
        (lambda: with_texts(f"<!--{'x' * 300_000}--><si/>"), "text in one tag or comment"),
        (lambda: with_texts("<r>" * 60 + "</r>" * 60), "elements within each other"),
        (lambda: with_rows(f'<row r="1">{"<c/>" * 17_000}</row>'), "cells in one row"),
        (lambda: with_rows(f'<row r="1"><c t="str"><v>{"x" * 100_001}</v></c></row>'), "text in one cell"),
        (lambda: with_rows("</sheetData>" + '<mergeCell ref="A1:A2"/>' * 10_001 + "<sheetData>"), "merged"),
        (lambda: with_rows(f'<row r="1" x="{"x" * 300_000}"/>'), "text in one tag or comment"),
    ],
)
def test_what_is_built_to_be_slow_or_large_is_not_read_on(file, of_what):
    with pytest.raises(TooMuch, match=of_what):
        list(Book(file()).rows("Risks"))


def test_cells_without_end_are_not_read_on_and_the_beginning_alone_is_quick(monkeypatch):
    rows = "".join(f'<row r="{row}"><c r="A{row}"><v>1</v></c>{"<c/>" * 900}</row>' for row in range(1, 100))
    assert len(list(Book(with_rows(rows)).rows("Risks", most=100_000))) < 50
    monkeypatch.setattr(sheet_rows, "MOST_CELLS_OF_ALL", 50_000)
    with pytest.raises(TooMuch, match="cells"):
        list(Book(with_rows(rows)).rows("Risks"))


@pytest.mark.parametrize("more", [b"<xf/>" * 400_001, b" " * 30_000_001])
def test_styles_by_the_million_are_not_made_into_objects(more):
    whole, file = written([["a"]], streamed=False), io.BytesIO()
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"</cellXfs>", more + b"</cellXfs>"))
    with pytest.raises(TooMuch, match="styles"):
        Book(file)


def test_one_part_that_a_thousand_sheets_name_is_one_sheet():
    whole, file = written([["a"]], streamed=False), io.BytesIO()
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            one = re.search(rb"<sheet [^>]*/>", data) if name == "xl/workbook.xml" else None
            more = b"".join(one[0].replace(b'"Risks"', b'"S%d"' % n) for n in range(1000)) if one else b""
            new.writestr(name, data.replace(b"</sheets>", more + b"</sheets>"))
    assert list(Book(file).sheets) == ["Risks"]

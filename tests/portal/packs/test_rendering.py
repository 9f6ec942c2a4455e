"""Renderings: three forms of one sealed pack, the same bytes whenever and wherever they are drawn."""

import base64
import hashlib
import io
import re
import subprocess
import sys
import zipfile
from datetime import date
from decimal import Decimal

import pytest
from defusedxml import ElementTree
from openpyxl import load_workbook
from pypdf import PdfReader

from portal.packs import rendering
from portal.packs.blocks import (
    Chart,
    Document,
    Fact,
    Facts,
    Heading,
    InvalidPack,
    KeyFigure,
    KeyFigures,
    Listing,
    Notice,
    Paragraph,
    Section,
    Table,
    stored,
)
from portal.packs.rendering.display import words_for
from portal.packs.sealing import seal
from programme.foundation.charts import Series, stacked_bars_by_year

DIGEST = re.compile(r"[0-9a-f]{64}")
HOSTILE = [
    "x" * 10_000,
    "مشروع التحول الرقمي",
    "פרויקט",
    "😀 ready 👩‍👩‍👧 ❤️",
    "bell\x07 tab\tescape\x1b[31m",
    "=cmd|' /C calc'!A0",
    "-2+3",
    '#import "@preview/x" $x$ *b* _i_ <lab> @ref \\',
    "{{ 7|add:7 }} {% load static %}",
    "</style><script>alert(1)</script>&amp;",
    "lone \ud800 half",
    "项目 हिन्दी ไทย ខ្មែរ",
    "e\u0301\u0308\u0327 Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞",
    "\u202eevil\u2066",
    "one\ntwo\r\nthree",
]


def savings():
    return stacked_bars_by_year(
        title="Savings by year",
        summary="New savings of £150,000, then £850,000 and £950,000.",
        series=[Series("Approved", {"2022/23": Decimal(150_000), "2023/24": Decimal(850_000)})],
        years=["2022/23", "2023/24", "2024/25"],
    )


def payback():
    years = [(year, "thousands") for year in ("2022/23", "2023/24", "2024/25", "Total")]
    rows = [
        ["Benefit", *map(Decimal, (153_000, 827_000, 957_000, 1_937_000))],
        ["Cost", *map(Decimal, (327_000, 800_000, 496_000, 1_623_000))],
    ]
    net = ["Net", *map(Decimal, (-174_000, 27_000, 461_000, 314_000))]
    note, sources = "£000, as stated.", ("Business case, section 6",)
    return Table.of("Payback as stated", ["Row", *years], rows, totals=net, note=note, sources=sources)


def document(*sections, **more):
    first = Section(
        "1",
        "Programme on a page",
        (
            Paragraph("The programme saves £1.706m a year.\n\nTwo milestones are late."),
            KeyFigures(
                (KeyFigure("Deliverable", stored("millions", Decimal(1_706_000)), source="Section 1"),)
            ),
            Facts((Fact("Chair", "Deputy Chief Executive", "Section 7"),)),
            Heading("Objectives"),
            Listing(("Save at least £1m",)),
            Notice("exempt", "Left out: exempt", "Paragraphs 1 and 2."),
        ),
    )
    plan = Table.of(
        "Milestones", ["Name", ("Forecast", "date")], [["CRM live", date(2023, 1, 31)], ["Fees", None]]
    )
    parts = {
        "title": "Board pack",
        "council": "East Herts Council",
        "programme": "Transforming East Herts",
        "as_at": "2022-11-30",
        "variant": "board",
        "number": "TB-2022-11",
        "version": 2,
        "correction": "The chair's post was wrong.",
        "notices": (Notice("illustrative", "Illustrative", "Dates are made up."),),
        "sections": (
            first,
            Section("2", "Savings", (Chart.of(savings()), payback())),
            Section("3", "Plan", (plan,)),
        ),
    }
    parts["sections"] += sections
    return Document(**parts | more)


@pytest.fixture(scope="module")
def sealed():
    return seal(document())


@pytest.fixture(scope="module")
def drawn(sealed):
    return {name: form.draw(sealed.data) for name, form in rendering.FORMS.items()}


@pytest.fixture(scope="module")
def hostile():
    rows = [[text, Decimal(1)] for text in HOSTILE]
    table = Table.of("Names =1+1", ["<b>Name</b>", ("£", "money")], rows)
    blocks = [Paragraph(text) for text in HOSTILE if text.strip()]
    return seal(
        document(Section("4", "{{ x }} #let <i>", (table, *blocks, Facts((Fact(HOSTILE[0], HOSTILE[1]),)))))
    )


def reader(data):
    return PdfReader(io.BytesIO(data))


def text_of(data):
    return "\n".join(page.extract_text() for page in reader(data).pages)


def test_two_processes_draw_the_same_bytes_in_every_form(sealed, drawn, tmp_path):
    pack = tmp_path / "pack.json"
    pack.write_bytes(sealed.data)
    code = """
import hashlib, sys
from pathlib import Path
from portal.packs import rendering
data = Path(sys.argv[1]).read_bytes()
print(*(hashlib.sha256(form.draw(data)).hexdigest() for form in rendering.FORMS.values()))
"""
    # Another time zone, another language, no settings and no database: only the bytes have a say.
    surroundings = {"TZ": "Asia/Tokyo", "LANG": "de_DE.UTF-8", "DJANGO_SETTINGS_MODULE": "nowhere"}
    command = [sys.executable, "-c", code, str(pack)]
    said = subprocess.run(command, env=surroundings, capture_output=True, text=True, check=True).stdout
    assert said.split() == [hashlib.sha256(data).hexdigest() for data in drawn.values()]


def test_every_form_prints_the_digest_and_numbers_sections_alike(sealed, drawn):
    page, paper = drawn["html"].decode(), text_of(drawn["pdf"])
    contents = load_workbook(io.BytesIO(drawn["xlsx"]))["Contents"]
    sheet = {row[0].value: row[1].value for row in contents.iter_rows() if row[0].value}
    assert sealed.digest in page
    assert paper.count(sealed.digest) == 1 + len(reader(drawn["pdf"]).pages)
    assert any(cell.value == sealed.digest for row in contents.iter_rows() for cell in row)
    for number, title in (("1", "Programme on a page"), ("2", "Savings"), ("3", "Plan")):
        assert sheet[number] == title
        assert re.search(rf"{number}\s+{title}", paper)
        assert re.search(rf"{number}</span> {title}", page)
    for number, title in (("2.1", "Savings by year"), ("2.2", "Payback as stated"), ("3.1", "Milestones")):
        assert sheet[number].startswith(title[:20])
        assert re.search(rf"{re.escape(number)}\s+{title}", paper)
        assert f"{number}</span> {title}" in page


def test_every_form_warns_of_what_is_illustrative_and_says_what_was_corrected(drawn):
    words = load_workbook(io.BytesIO(drawn["xlsx"]))["Contents"]
    sheet = " ".join(str(cell.value) for row in words.iter_rows() for cell in row)
    for said in (drawn["html"].decode().replace("&#x27;", "'"), text_of(drawn["pdf"]), sheet):
        assert "Dates are made up." in said
        assert re.search(r"The chair.s post was wrong", said)


def test_the_pdf_is_tagged_titled_dated_and_says_that_it_is_pdf_ua(drawn):
    pdf = reader(drawn["pdf"])
    catalogue = pdf.trailer["/Root"]
    assert catalogue["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in catalogue
    assert catalogue["/Lang"].startswith("en")
    assert catalogue["/ViewerPreferences"]["/DisplayDocTitle"]
    assert pdf.metadata.title == "Board pack, East Herts Council"
    assert pdf.metadata.creation_date.date() == date(2022, 11, 30)
    assert re.search(r"<pdfuaid:part>1</pdfuaid:part>", catalogue["/Metadata"].get_data().decode())


def test_the_chart_in_the_pdf_has_its_summary_as_alternative_text(drawn):
    found = []

    def walk(node):
        node = node.get_object()
        if not isinstance(node, dict):
            return
        found.append((node.get("/S"), node.get("/Alt")))
        children = node.get("/K", [])
        for child in children if isinstance(children, list) else [children]:
            if not isinstance(child, int):
                walk(child)

    walk(reader(drawn["pdf"]).trailer["/Root"]["/StructTreeRoot"])
    assert ("/Figure", savings().summary) in found
    assert {"/H1", "/Table", "/TH", "/L"} <= {kind for kind, _ in found}


def test_only_the_pack_s_own_fonts_are_in_the_pdf(drawn):
    fonts = set(re.findall(rb"/BaseFont\s*/[A-Z]{6}\+([A-Za-z]+)", drawn["pdf"]))
    assert fonts <= {b"AtkinsonHyperlegibleNext", b"DejaVuSansMono"}
    assert b"AtkinsonHyperlegibleNext" in fonts


def test_a_long_table_is_printed_to_its_limit_and_stands_whole_in_the_workbook():
    rows = [[f"Milestone {n}", n] for n in range(1, 41)]
    data = seal(
        document(Section("4", "Long", (Table.of("All", ["Name", ("No", "number")], rows, print_rows=25),)))
    ).data
    paper = text_of(rendering.pdf(data))
    assert "Milestone 25" in paper
    assert "Milestone 26" not in paper
    assert "The first 25 of 40 rows are printed. All of them stand in the workbook, sheet 4.1." in paper
    assert load_workbook(io.BytesIO(rendering.workbook(data)))["4.1 All"].max_row == 42
    assert b"Milestone 40" in rendering.html(data)


def test_a_table_that_crosses_pages_repeats_its_header():
    rows = [[f"Milestone {n}", n] for n in range(100)]
    data = seal(
        document(Section("4", "Long", (Table.of("All", ["Name of it", ("No", "number")], rows),)))
    ).data
    pages = [page.extract_text() for page in reader(rendering.pdf(data)).pages]
    assert sum("Name of it" in page for page in pages) >= 2


@pytest.mark.parametrize(("template", "broken"), [("v1", True), ("v2", False)])
def test_no_row_is_broken_over_two_pages_since_v2(template, broken):
    rows = [[f"First of {n}", "\n".join([*["and so on"] * 16, f"last of {n}"])] for n in range(30)]
    section = Section("4", "Tall", (Table.of("All", ["Name", "Words"], rows),))
    paper = reader(rendering.pdf(seal(document(section, template=template)).data))
    pages = [" ".join(page.extract_text().split()) for page in paper.pages]
    whole = [
        any(re.search(rf"First of {n}\b.*last of {n}\b", page) for page in pages) for n in range(len(rows))
    ]
    assert any(whole)
    assert all(whole) is not broken


@pytest.mark.parametrize("template", ["v1", "v2"])
def test_a_row_taller_than_a_page_goes_on_upon_the_next(template):
    """Words below the foot of a page are in the file and nobody sees them."""
    table = Table.of("All", ["Name", "Words"], [["Tall", "W\n" * 150], ["Last", "x"]])
    paper = reader(rendering.pdf(seal(document(Section("4", "Tall", (table,)), template=template)).data))
    for page in paper.pages:
        found = []
        page.extract_text(
            visitor_text=lambda text, to, at, *_, found=found: found.append((text, to[5] + at[5]))
        )
        assert all(height > 0 for text, height in found if text.strip())
    assert "Last" in "".join(page.extract_text() for page in paper.pages)


def test_the_workbook_holds_numbers_to_the_pound_and_no_formulas(drawn):
    book = load_workbook(io.BytesIO(drawn["xlsx"]))
    rows = [[cell.value for cell in row] for row in book["2.2 Payback as stated"].iter_rows()]
    assert ["Net", -174_000, 27_000, 461_000, 314_000] in rows
    assert ["Source: Business case, section 6", None, None, None, None] in rows
    with zipfile.ZipFile(io.BytesIO(drawn["xlsx"])) as files:
        sheets = [files.read(name) for name in files.namelist() if name.startswith("xl/worksheets/")]
        assert not any(b"<f>" in sheet or b"mergeCell" in sheet for sheet in sheets)
        assert {entry.compress_type for entry in files.infolist()} == {zipfile.ZIP_STORED}
    assert all(sheet.freeze_panes for sheet in book)


def test_the_workbook_s_chart_is_a_picture_with_alternative_text(drawn):
    with zipfile.ZipFile(io.BytesIO(drawn["xlsx"])) as files:
        drawing = files.read("xl/drawings/drawing1.xml").decode()
        assert files.read("xl/media/image1.png").startswith(b"\x89PNG")
    assert f'descr="Savings by year. {savings().summary}"' in drawing


def test_the_html_stands_alone_without_script_or_requests(drawn):
    page = drawn["html"].decode()
    assert "<script" not in page
    assert not re.search(r'(?:src|href)\s*=\s*"(?!#)', page)
    assert not re.search(r"url\((?!\"data:font)", page)
    assert '<html lang="en-GB">' in page
    policy = rendering.html_policy("v2")
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    style = re.search(r"<style>(.*?)</style>", page, re.S)[1]
    assert base64.b64encode(hashlib.sha256(style.encode()).digest()).decode() in policy


def test_every_address_inside_the_html_leads_somewhere_and_ids_are_unique(drawn):
    page = drawn["html"].decode()
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(ids)


def test_what_people_type_is_never_markup_in_the_html(hostile):
    page = rendering.html(hostile.data).decode()
    assert "<script" not in page
    assert "&lt;/style&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;amp;" in page
    assert "{{ 7|add:7 }} {% load static %}" in page


def test_what_people_type_is_never_markup_in_the_pdf_and_missing_letters_are_named(hostile):
    paper = text_of(rendering.pdf(hostile.data))
    assert '#import "@preview/x" $x$ *b* _i_ <lab> @ref' in paper
    assert "[grinning face] ready" in paper
    assert "[hebrew text]" in paper
    assert "(in full in the workbook)" in paper


def test_what_people_type_stays_text_in_the_workbook(hostile):
    book = load_workbook(io.BytesIO(rendering.workbook(hostile.data)))
    values = [row[0].value for row in book["4.1 Names =1+1"].iter_rows()]
    assert "=cmd|' /C calc'!A0" in values
    assert "x" * 10_000 in values
    assert not [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


def test_an_empty_table_says_so_in_every_form():
    data = seal(
        document(Section("4", "Risks", (Table.of("Risks", ["Risk"], [], empty="No risks yet."),)))
    ).data
    assert b"No risks yet." in rendering.html(data)
    assert "No risks yet." in text_of(rendering.pdf(data))
    cells = load_workbook(io.BytesIO(rendering.workbook(data)))["4.1 Risks"].iter_rows()
    assert "No risks yet." in [row[0].value for row in cells]


@pytest.mark.parametrize("draw", [form.draw for form in rendering.FORMS.values()])
def test_bytes_that_are_not_a_sealed_pack_are_refused(draw):
    with pytest.raises(InvalidPack):
        draw(b'{"title":"A"}')


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        "<style>text{}</style>",
        '<a href="https://elsewhere.example"><text>x</text></a>',
        '<image href="https://elsewhere.example/x.png"/>',
        '<g onclick="alert(1)"/>',
        '<g style="fill:red"/>',
        '<rect fill="url(https://elsewhere.example/#x)"/>',
        "<foreignObject/>",
        '<html xmlns="http://www.w3.org/1999/xhtml"/>',
        "<text>",
    ],
)
def test_a_drawing_that_runs_styles_or_reaches_out_is_refused(inside):
    good = Chart.of(savings())
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1">{inside}</svg>'
    with pytest.raises(InvalidPack):
        Chart(good.title, good.summary, svg, good.png, good.table)


def test_a_picture_that_is_not_png_is_refused():
    good = Chart.of(savings())
    for png in ("R0lGODlh", "not base64"):
        with pytest.raises(InvalidPack):
            Chart(good.title, good.summary, good.svg, png, good.table)


def test_a_drawing_is_readable_svg_without_links():
    root = ElementTree.fromstring(Chart.of(savings()).svg)
    assert root.get("role") == "img"


@pytest.mark.parametrize(
    ("kind", "value", "said"),
    [
        ("money", "195000000", "£1,950,000"),
        ("money", "-17400050", "−£174,000.50"),
        ("thousands", "-17400000", "−174"),
        ("thousands", "49999", "0"),
        ("thousands", "-49999", "0"),
        ("thousands", "50000", "1"),
        ("millions", "170600000", "£1.706m"),
        ("percent", "12.5", "12.5%"),
        ("number", "-1234", "−1,234"),
        ("date", "2022-07-06", "6 July 2022"),
        ("money", None, "–"),
    ],
)
def test_values_are_said_as_the_council_writes_them(kind, value, said):
    assert words_for(kind, value) == said

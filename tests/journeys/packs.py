"""What a board member would check in the three forms of a pack: the business case's figures, to the pound."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import openpyxl
import pypdf
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

LONG = 60_000  # milliseconds that a pack may take on a busy machine

# Savings by year and together; net as the payback table states it.
SAVINGS = ("Total", 150_000, 850_000, 950_000, 1_950_000)
NET = (-174_000, 27_000, 461_000, 314_000)


def wait_until_made(page: Page) -> Locator:
    """The link to the pack, once the task whose page is open is done."""
    expect(page.get_by_role("progressbar")).to_have_count(0, timeout=LONG)
    expect(page.get_by_role("main")).to_contain_text("Done.")
    return page.get_by_role("link", name="version 1")


def download(page: Page, name: str) -> bytes:
    """The bytes behind this link, fetched with the person's own session."""
    address = page.get_by_role("link", name=name).first.get_attribute("href")
    answer = page.request.get(address)
    assert answer.status == 200, f"{name}: {answer.status}"
    return answer.body()


def check_workbook(data: bytes) -> None:
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True)
    rows = {tuple(value for value in row if value is not None) for sheet in book for row in sheet.values}
    assert SAVINGS in rows
    assert any(row[1:] == NET for row in rows), "The payback table's net is not in the workbook."


def check_pdf(data: bytes) -> None:
    pdf = pypdf.PdfReader(io.BytesIO(data))
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"], "The PDF is not tagged."
    assert pdf.trailer["/Root"]["/Lang"].lower().startswith("en")
    words = " ".join(page.extract_text() for page in pdf.pages)
    assert "Transforming East Herts" in words
    for figure in "150", "850", "950", "1,950", "−174", "461", "314":
        assert figure in words, f"{figure} is not in the PDF."


def check_web_page(page: Page) -> None:
    """The pack's own web page, open in the browser."""
    words = page.locator("body").inner_text()
    for figure in "1,950", "−174", "461", "314":
        assert figure in words, f"{figure} is not on the web page."

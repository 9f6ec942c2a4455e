"""A register as it leaves the portal and comes back, edited in a spreadsheet program or written elsewhere."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from openpyxl import load_workbook

if TYPE_CHECKING:
    from playwright.sync_api import Page

# A register of the kind that other councils publish: scores in words, owners who are nobody here.
ELSEWHERE = (
    "Danger,Chance,Severity,Mitigations,Ownership,Tags\r\n"
    '"A supplier fails. Its work would have to be let again,\r\nand a year would be lost.",Probable,High,'
    "Look at its accounts each quarter.,Institutions,Market\r\n"
    "A building floods.,Slim,Very High,,Managers,Estate\r\n"
)
MEANT = [
    ("Likelihood", "probable", "4"),
    ("Likelihood", "slim", "2"),
    ("Impact", "high", "4"),
    ("Impact", "very high", "5"),
]
HEADER = 30  # the row of the headings is one of the first so many


class Workbook:
    """The register's own workbook as it was taken; ``write("R-004", "Cause", "…")``, then ``save()``."""

    def __init__(self, page: Page, folder: Path):
        page.goto("/risks/")
        with page.expect_download() as taken:
            page.get_by_role("link", name="Workbook (xlsx)").click()
        self.path = folder / taken.value.suggested_filename
        taken.value.save_as(self.path)
        self.book = load_workbook(self.path)
        self.sheet = self.book.active
        rows = self.sheet.iter_rows(max_row=HEADER)
        head = next(row for row in rows if row[0].value == "Reference")
        self.columns = {cell.value: cell.column for cell in head}

    def write(self, ref: str, heading: str, value: object) -> str:
        """Gives the cell that was written, such as ``K7``."""
        row = next(cell.row for cell in self.sheet["A"] if cell.value == ref)
        cell = self.sheet.cell(row, self.columns[heading], value)
        return str(cell.coordinate)

    def save(self) -> Path:
        self.book.save(self.path)
        return self.path


def send(page: Page, file: Path) -> None:
    page.goto("/risks/workbook/")
    page.get_by_label("Workbook or CSV").set_input_files(file)
    page.get_by_role("button", name="Look at the file").click()


def send_from_elsewhere(page: Page, folder: Path, name: str, first: str = "Danger") -> None:
    """Leads to the page that asks what its columns are, ``first`` being the heading of the first.

    Choices that were kept for the same headings would answer what is asked here.
    """
    file = folder / name
    file.write_text(ELSEWHERE.replace("Danger", first, 1), encoding="utf-8", newline="")
    send(page, file)


def say_what_columns_are(page: Page, keep_as: str, first: str = "Danger") -> None:
    """Leads to what the file would add."""
    page.get_by_label(first).select_option(label="What may happen")
    page.get_by_label("Chance").select_option(label="Likelihood now")
    page.get_by_label("Where new risks belong").select_option(label="Be Commercial")
    page.get_by_label("Keep these choices under a name").fill(keep_as)
    page.get_by_role("button", name="Show what it would add").click()  # asks what words mean
    for scale, word, step in MEANT:
        page.get_by_label(f"{scale} “{word}” means").select_option(step)
    page.get_by_role("button", name="Show what it would add").click()

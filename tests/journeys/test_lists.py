"""Lists: filtered with script and without, sorted in the address, taken away as a workbook."""

import io
import re

import openpyxl
import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.journey


def test_with_script_a_filter_answers_at_once(visit):
    page = visit("programme-manager")
    page.goto("/projects/")
    everything = page.get_by_role("status").inner_text()
    page.evaluate("window.samePage = true")
    page.get_by_text("Filters", exact=True).click()
    page.get_by_label("Workstream").select_option(label="Be Digital")

    expect(page.get_by_role("status")).not_to_have_text(everything)
    expect(page).to_have_url(re.compile("workstream=digital"))
    assert page.evaluate("window.samePage"), "only the rows were fetched"
    expect(page.get_by_role("row", name="DIG-01")).to_be_visible()
    expect(page.get_by_role("row", name="COM-01")).to_have_count(0)

    page.get_by_role("link", name=re.compile("^Reference")).click()
    expect(page).to_have_url(re.compile("workstream=digital.*sort=|sort=.*workstream=digital"))
    page.get_by_role("link", name="Clear all").click()
    expect(page.get_by_role("status")).to_have_text(everything)


def test_without_script_a_button_does_the_same(visit):
    page = visit("programme-manager", script=False)
    page.goto("/projects/")
    page.get_by_text("Filters", exact=True).click()
    page.get_by_label("Workstream").select_option(label="Be Digital")
    page.get_by_role("button", name="Show").click()
    expect(page).to_have_url(re.compile("workstream=digital"))
    expect(page.get_by_role("row", name="DIG-01")).to_be_visible()
    expect(page.get_by_role("row", name="COM-01")).to_have_count(0)


def test_the_workbook_holds_the_filtered_rows_in_the_columns_shown(visit):
    page = visit("programme-manager")
    page.goto("/projects/?workstream=commercial")
    heads = [words.strip(" ↑↓↕\n") for words in page.get_by_role("columnheader").all_inner_texts()]
    shown = page.locator("tbody tr").count()
    with page.expect_download() as taken:
        page.get_by_role("link", name="Workbook (xlsx)").click()
    book = openpyxl.load_workbook(io.BytesIO(taken.value.path().read_bytes()))
    rows = [row for row in book.active.values if any(row)]
    head = next(row for row in rows if "Reference" in row)
    assert list(filter(None, head)) == heads
    assert sum(str(row[0]).startswith("COM-") for row in rows) == shown


@pytest.mark.parametrize("address", ["/plan/list/", "/plan/critical-path/", "/risks/", "/projects/"])
def test_a_register_is_whole_on_a_desk(visit, address):
    page = visit("programme-manager")
    page.goto(address)
    region = page.locator(".pp-table-scroll")
    assert region.evaluate("region => region.scrollWidth - region.clientWidth") == 0

"""Registers of risks on a phone: cards below each other, in which nothing is cut or has to be scrolled to."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.journey
SMALL = {"width": 320, "height": 640}
PAGES = (
    "/",
    "/risks/",
    "/risks/movement/",
    "/risks/top/",
    "/risks/R-001/?tab=reviews",
    "/risks/matrix/risks/?as_at=2022-10-31&cell=4-4",
    "/issues/",
    "/workstreams/digital/?tab=risks",
    "/projects/DIG-02/?tab=risks",
)
# What lies outside the window, of the tables that stand as cards.
CUT = """() => [...document.querySelectorAll('.pp-table--stacked td, .pp-table--stacked th[scope=row]')]
  .filter(cell => cell.getBoundingClientRect().right > innerWidth || cell.scrollWidth > cell.clientWidth + 1)
  .map(cell => cell.outerHTML.slice(0, 120))"""


@pytest.mark.parametrize("address", PAGES)
def test_every_cell_is_in_view(visit, address):
    page = visit("programme-manager", screen=SMALL)
    page.goto(address)
    expect(page.locator(".pp-table--stacked tbody tr").first).to_be_visible()
    assert page.evaluate(CUT) == []


def test_a_card_says_what_each_of_its_facts_is(visit):
    page = visit("programme-manager", screen=SMALL)
    page.goto("/risks/movement/")
    now = page.locator("tr", has_text="R-003").locator("[data-label=Now]")
    expect(now).to_contain_text("Severe")
    assert now.evaluate("cell => getComputedStyle(cell, '::before').content") == '"Now"'


def test_cards_are_still_sorted_by_their_headings(visit):
    page = visit("programme-manager", screen=SMALL)
    page.goto("/risks/")
    page.get_by_role("link", name=re.compile("^Next review")).click()
    expect(page).to_have_url(re.compile("sort=review_due"))
    expect(page.locator("tbody tr").first).to_contain_text("R-010")

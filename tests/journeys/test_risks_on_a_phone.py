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


def test_the_cell_lights_up_in_sight_while_words_are_chosen(visit):
    page = visit("lead-digital", screen={"width": 390, "height": 664})
    page.goto("/risks/raise/")
    for group, word in ("Likelihood now", "4 Likely"), ("Impact now", "3 Moderate"):
        page.get_by_role("group", name=group, exact=True).get_by_text(word, exact=True).click()
    expect(page.locator(".pp-scoring__lit")).to_be_in_viewport(ratio=1)
    assert page.locator(".pp-scoring__lit").get_attribute("data-small") == "4-3"
    expect(page.get_by_text("Current: 4 × 3 = 12, high.")).to_be_in_viewport(ratio=1)
    expect(page.locator("[data-cell='4-3'] [data-mark=current]")).to_be_attached()


def test_what_is_chosen_does_not_cover_the_matrix_itself(visit):
    page = visit("lead-digital", screen={"width": 390, "height": 664})
    page.goto("/risks/R-005/review/")
    foot = page.locator(".pp-scoring__foot")
    expect(foot).to_be_attached()
    page.locator("[data-matrix]").scroll_into_view_if_needed()
    expect(foot).to_have_css("position", "static")
    page.get_by_role("group", name="Likelihood now", exact=True).scroll_into_view_if_needed()
    expect(foot).to_have_css("position", "sticky")


def test_what_is_chosen_hides_nothing_that_has_the_focus(visit):
    page = visit("lead-digital", screen={"width": 390, "height": 664})
    page.goto("/risks/R-005/review/")
    page.locator("#main-content, main").first.focus()
    covered = """() => {
      const foot = document.querySelector('.pp-scoring__foot').getBoundingClientRect();
      const focused = document.activeElement.getBoundingClientRect();
      return focused.top >= foot.top && focused.bottom <= foot.bottom && document.activeElement.outerHTML;
    }"""
    for _ in range(30):
        page.keyboard.press("Tab")
        assert not page.evaluate(covered)


def test_where_the_window_is_low_what_is_chosen_covers_nothing(visit):
    page = visit("lead-digital", screen={"width": 320, "height": 256})
    page.goto("/risks/R-005/review/")
    assert page.locator(".pp-scoring__foot").evaluate("foot => getComputedStyle(foot).position") == "static"


def test_the_band_of_every_cell_can_be_chosen_in_sight(visit):
    page = visit("programme-manager", screen=SMALL)
    page.goto("/risks/settings/matrix/")
    boxes = page.locator("main select")
    assert boxes.count() == 25
    outside = "boxes => boxes.filter(box => box.getBoundingClientRect().right > innerWidth).length"
    assert boxes.evaluate_all(outside) == 0
    expect(page.get_by_text("Likelihood 5, impact 1")).to_be_visible()

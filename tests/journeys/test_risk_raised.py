"""A lead raises, plans for and reviews a risk on a phone; it happens, and the office opens its issue."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.journey
TELEPHONE = {"width": 390, "height": 844}


def choose(page, group, word):
    """One of the five words of a scale, as a thumb does it: on the word itself."""
    page.get_by_role("group", name=group, exact=True).get_by_text(word, exact=True).click()


def lit(page, kind):
    """The cell of the matrix in which a score of this kind lies, such as ``3-4``."""
    return page.locator(f'[data-cell]:has([data-mark="{kind}"])').get_attribute("data-cell")


def raise_and_score(page):
    """The lead forgets half of the score first, and loses nothing by it."""
    page.goto("/risks/")
    page.get_by_role("button", name="Raise a risk").click()
    page.get_by_label("Name", exact=True).fill("Two suppliers merge")
    page.get_by_label("Cause").fill("The market for such systems is thin.")
    page.get_by_label("What may happen").fill("The go-live slips past the old contract.")
    page.get_by_label("Effect").fill("A year of savings is lost.")
    choose(page, "Likelihood now", "4 Likely")
    page.get_by_role("button", name="Raise the risk").click()

    expect(page.get_by_role("alert")).to_contain_text("Choose the impact too, or take the likelihood away.")
    expect(page.get_by_label("Cause")).to_have_value("The market for such systems is thin.")
    choose(page, "Impact now", "4 Major")
    assert lit(page, "current") == "4-4"
    expect(page.get_by_text("Current: 4 × 4 = 16, severe.")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.get_by_role("button", name="Raise the risk").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Two suppliers merge")
    expect(page.get_by_role("main")).to_contain_text("Severe: likely × major, 16.")


def plan_an_action(page):
    page.get_by_role("button", name="Plan an action").click()
    page.get_by_label("What is done").fill("Ask both for a staged go-live.")
    page.get_by_label("By whom").select_option(label="Lead for Be Digital")
    until = page.get_by_role("group", name="Until")
    for box, words in ("Day", "20"), ("Month", "12"), ("Year", "2022"):
        until.get_by_label(box).fill(words)
    page.get_by_role("button", name="Plan the action").click()
    expect(page.get_by_role("main")).to_contain_text("due on 20 December 2022")


def review(page):
    page.get_by_role("button", name="Review").click()
    assert lit(page, "current") == "4-4"
    choose(page, "Likelihood now", "2 Unlikely")
    assert lit(page, "current") == "2-4"
    page.get_by_label("Why").fill("Both have named dates.")
    page.get_by_role("button", name="Save the review").click()
    expect(page.get_by_role("main")).to_contain_text("Medium: unlikely × major, 8.")


def test_from_a_phone_to_an_issue(visit):
    page = visit("lead-digital", screen=TELEPHONE)
    raise_and_score(page)
    risk = page.url
    plan_an_action(page)
    review(page)

    office = visit("programme-manager")
    office.goto(f"{risk}?tab=reviews")
    expect(office.get_by_role("main")).to_contain_text("Both have named dates.")
    office.get_by_role("button", name="It has happened").click()
    office.get_by_label("Major", exact=True).check()
    office.get_by_label("How it is known that it happened").fill("Their letter of today.")
    office.get_by_role("button", name="Turn it into an issue").click()
    expect(office).to_have_url(re.compile(r"/issues/I-\d+/$"))
    office.get_by_role("link", name="Two suppliers merge").click()
    expect(office).to_have_url(risk)
    expect(office.get_by_role("main")).to_contain_text("It happened on 30 November 2022.")


def test_without_script_the_chosen_cell_is_shown_before_anything_is_saved(visit):
    page = visit("lead-digital", script=False)
    page.goto("/risks/raise/")
    page.get_by_label("Name", exact=True).fill("Half thought through")
    choose(page, "Likelihood now", "3 Possible")
    choose(page, "Impact now", "4 Major")
    page.get_by_role("button", name="Show the scores in the matrix").click()
    assert lit(page, "current") == "3-4"
    said = page.locator("noscript li").first  # found by its place, since texts are not looked for in there
    expect(said).to_have_text("Score now: Possible × Major, 12: high")
    expect(page.get_by_label("Name", exact=True)).to_have_value("Half thought through")
    page.goto("/risks/?q=thought")
    expect(page.get_by_role("main")).to_contain_text("Nothing matches these filters.")

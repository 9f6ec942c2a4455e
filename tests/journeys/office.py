"""What the programme office does by its forms, for journeys that need it done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Page

FIRST_PASSWORD = "a first password, handed over"


def make_person(page: Page, username: str, post: str) -> str:
    """Gives the address of the new person's page, which is open."""
    page.goto("/people/")
    page.get_by_role("button", name="Add a person").click()
    page.get_by_label("Post").fill(post)
    page.get_by_label("User name").fill(username)
    page.get_by_label("First password", exact=True).fill(FIRST_PASSWORD)
    page.get_by_label("Reason").fill("Joins the council this month.")
    page.get_by_role("button", name="Add the person").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(post)
    return page.url


def appoint(page: Page, role: str, place: str) -> None:
    """The person whose page is open."""
    page.get_by_role("button", name="Appoint").click()
    page.get_by_label("Role", exact=True).select_option(label=role)
    page.get_by_label("Place").select_option(label=place)
    page.get_by_label("Reason").fill("Agreed with the Leadership Team.")
    page.get_by_role("button", name="Appoint").click()


def has_left(page: Page) -> None:
    """The person whose page is open."""
    page.get_by_role("button", name="Has left").click()
    page.get_by_label("Reason").fill("Left today.")
    page.get_by_role("button", name="Has left").click()
    expect(page.get_by_role("button", name="Bring back")).to_be_visible()


def enter_decision(page: Page, question: str) -> str:
    """Gives the new decision's reference."""
    page.goto("/board/decisions/")
    page.get_by_role("button", name="Enter a decision").click()
    page.get_by_label("Taken by").select_option(label="Programme Board")
    date = page.get_by_role("group", name="Date of the decision")
    for box, words in ("Day", "28"), ("Month", "11"), ("Year", "2022"):
        date.get_by_label(box).fill(words)
    page.get_by_label("Question").fill(question)
    page.get_by_label("Approved", exact=True).check()
    page.get_by_label("Reasons for the decision").fill("The paper shows how it pays for itself.")
    page.get_by_label("Reason", exact=True).fill("From the minutes.")
    page.get_by_role("button", name="Enter").click()
    expect(page.get_by_role("main")).to_contain_text(question)
    return page.url.rstrip("/").rsplit("/", 1)[1]


def choose_decision(page: Page, label: str, reference: str) -> None:
    choice = page.get_by_label(label)
    choice.select_option(value=choice.locator("option", has_text=reference).get_attribute("value"))


def add_need(page: Page, project: str, other: str) -> None:
    """That the first cannot succeed without the other."""
    page.goto(f"/projects/{project}/needs/add/")
    page.get_by_label("Reference of the project").fill(other)
    page.get_by_label("Reason").fill("It builds on the other.")
    page.get_by_role("button", name="Add").click()
    page.wait_for_url(f"**/projects/{project}/")

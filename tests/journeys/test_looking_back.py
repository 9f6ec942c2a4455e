"""A record as it stood on a past day, and who changed it, when and why."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.journey


def test_a_project_as_it_stood(visit):
    page = visit("auditor")
    page.goto("/projects/DIG-01/?as_at=2022-08-31&tab=plan")
    expect(page.get_by_role("note", name="As it stood")).to_contain_text("As it stood on 31 August 2022")
    expect(page.get_by_role("row", name="Bulky waste live")).to_contain_text("2 December 2022")
    expect(page.get_by_role("row", name="Bulky waste live")).not_to_contain_text("20 January 2023")
    page.get_by_role("link", name="Return to today").click()
    expect(page.get_by_role("row", name="Bulky waste live")).to_contain_text("20 January 2023")


@pytest.mark.parametrize("day", ["tomorrow", "2031-01-01", "2022-02-30"])
def test_a_day_that_cannot_be_shown_says_so(visit, day):
    page = visit("auditor")
    assert page.goto(f"/projects/DIG-01/?as_at={day}").status == 400
    expect(page.get_by_role("heading", level=1)).to_have_text("This day cannot be shown")


def test_history_says_who_when_and_why(visit):
    page = visit("auditor")
    page.goto("/plan/DIG-01-M01/")
    page.get_by_role("link", name="History").click()
    history = page.get_by_role("main")
    expect(history).to_contain_text("2 December 2022")
    expect(history).to_contain_text("20 January 2023")
    expect(history).to_contain_text("Project Manager, single view of the customer")

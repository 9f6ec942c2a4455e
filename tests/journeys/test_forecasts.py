"""A workstream lead changes a milestone's forecast: with the mouse, by keyboard alone, without script."""

import pytest
from playwright.sync_api import expect

from .keyboard import press, write
from .running import PASSWORD

pytestmark = pytest.mark.journey


def test_from_home_with_the_mouse(visit):
    page = visit("lead-digital")
    page.goto("/")
    page.locator("summary", has_text="Next milestones").click()
    page.get_by_role("main").get_by_role("link", name="Second six processes redesigned").last.click()
    page.get_by_role("button", name="Change the forecast").click()

    page.get_by_label("Day").fill("24")
    page.get_by_label("Reason").fill("Two reviews need another fortnight.")
    page.get_by_role("button", name="Save the forecast").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Second six processes redesigned")
    expect(page.get_by_role("main")).to_contain_text("24 February 2023")
    page.get_by_role("link", name="History").click()
    expect(page.get_by_role("main")).to_contain_text("Two reviews need another fortnight.")
    expect(page.get_by_role("main")).to_contain_text("Lead for Be Digital")


def test_from_the_plan_by_keyboard_alone(visit):
    page = visit()
    page.goto("/plan/list/?project=COM-02")
    page.keyboard.type("lead-commercial")
    write(page, "Password", PASSWORD)
    page.keyboard.press("Enter")

    page.wait_for_url("**/plan/list/?project=COM-02")
    press(page, "First tenant in place")
    page.wait_for_url("**/plan/COM-02-M02/")
    press(page, "Change the forecast")
    page.wait_for_url("**/forecast/")
    for box, words in (
        ("Day", "16"),
        ("Month", "10"),
        ("Year", "2023"),
        ("Reason", "The agent asked for two weeks."),
    ):
        write(page, box, words)
    press(page, "Save the forecast")
    page.wait_for_url("**/plan/COM-02-M02/")
    expect(page.get_by_role("main")).to_contain_text("16 October 2023")


def test_without_script_with_bad_input_kept(visit):
    page = visit(script=False)
    page.goto("/plan/AGS-02-M01/forecast/")
    page.get_by_label("User name").fill("lead-agile")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()

    page.get_by_label("Day").fill("31")
    page.get_by_label("Month").fill("2")
    page.get_by_label("Reason").fill("Both councils meet later than thought.")
    page.get_by_role("button", name="Save the forecast").click()

    expect(page.get_by_role("alert")).to_contain_text("Forecast date must be a real date")
    assert page.title().startswith("Error:")
    expect(page.get_by_label("Day")).to_have_value("31")
    expect(page.get_by_label("Reason")).to_have_value("Both councils meet later than thought.")

    page.get_by_label("Day").fill("28")
    page.get_by_role("button", name="Save the forecast").click()
    expect(page).to_have_url(page.url.split("/plan/")[0] + "/plan/AGS-02-M01/")
    expect(page.get_by_role("main")).to_contain_text("28 February 2023")


def test_a_forecast_that_somebody_else_moved_is_refused_and_what_was_typed_is_kept(visit):
    first, second = visit("lead-digital"), visit("programme-manager")
    for page, day in (first, "20"), (second, "27"):
        page.goto("/plan/DIG-05-M01/forecast/")
        page.get_by_label("Day").fill(day)
        page.get_by_label("Reason").fill(f"The {day}th suits the board.")
    first.get_by_role("button", name="Save the forecast").click()
    expect(first.get_by_role("main")).to_contain_text("20 March 2023")

    second.get_by_role("button", name="Save the forecast").click()
    expect(second.get_by_role("alert")).to_contain_text("Somebody else changed this")
    expect(second.get_by_role("main")).to_contain_text("Lead for Be Digital")
    expect(second.get_by_label("Day")).to_have_value("27")
    expect(second.get_by_label("Reason")).to_have_value("The 27th suits the board.")


def test_a_lead_changes_nothing_of_another_workstream(visit):
    page = visit("lead-digital")
    page.goto("/plan/COM-03-M01/")
    expect(page.get_by_role("button", name="Change the forecast")).to_have_count(0)
    assert page.goto("/plan/COM-03-M01/forecast/").status == 403
    expect(page.get_by_role("heading", level=1)).to_be_visible()

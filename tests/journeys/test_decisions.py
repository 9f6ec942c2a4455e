"""A decision taken on paper is entered, and what it allows is done on it: a stage move, a new baseline."""

import pytest
from playwright.sync_api import expect

from .office import choose_decision, enter_decision

pytestmark = pytest.mark.journey


def test_a_project_goes_on_to_its_business_case_by_a_decision(visit):
    page = visit("programme-manager")
    reference = enter_decision(page, "Does office space go on to its business case?")
    page.goto("/projects/AGS-06/")
    page.get_by_role("button", name="Move the stage").click()

    page.get_by_label("Business case").first.check()
    page.get_by_label("Reason").fill("The outline was agreed.")
    page.get_by_role("button", name="Move").click()
    expect(page.get_by_role("alert")).to_contain_text("decision")
    expect(page.get_by_label("Reason")).to_have_value("The outline was agreed.")

    choose_decision(page, "Decision that allows it", reference)
    page.get_by_role("button", name="Move").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Office space")
    expect(page.get_by_role("main")).to_contain_text("Business case")
    page.get_by_role("link", name="Decisions", exact=True).click()
    expect(page.get_by_role("main")).to_contain_text(reference)


def test_a_late_milestone_gets_a_new_baseline_and_keeps_its_first_date(visit):
    page = visit("programme-manager")
    reference = enter_decision(page, "Is the procurement pipeline agreed two weeks later?")
    page.goto("/plan/COM-03-M01/")
    page.get_by_role("button", name="Re-baseline").click()
    page.get_by_label("COM-03-M01").check()
    choose_decision(page, "Decision that approves it", reference)
    page.get_by_label("Reason").fill("As the board decided.")
    page.get_by_role("button", name="Re-baseline").click()

    page.goto("/plan/COM-03-M01/")
    dates = page.get_by_role("region", name="Dates")
    expect(dates.get_by_role("row", name="Original")).to_contain_text("30 November 2022")
    expect(dates.get_by_role("row", name="Approved")).to_contain_text("14 December 2022")
    expect(page.get_by_role("main")).to_contain_text(reference)

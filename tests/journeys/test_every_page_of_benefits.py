"""Every kind of page of benefits and measures, looked at by those who keep, claim and verify."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from .survey import Survey, of_benefits

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from .visiting import Visitors

pytestmark = pytest.mark.journey

# Benefits, lines and claims whose pages lead to moves that others do not have.
OFFICE = (
    "B-003",
    "B-007",
    "B-010",
    "B-001/lines/B-001-L1",
    "B-008/lines/B-008-L1",
    "claims/CL-0004",
    "payback",
    "settings",
)
FINANCE = (
    "B-007",
    "B-010",
    "B-012",
    "claims/CL-0003",
    "budgets",
    "years",
    "gap",
    "reserve",
    "double-counting",
)
OWNER = ("claims/CL-0001", "claims/CL-0003")


@pytest.fixture(scope="module")
def survey(everybody: Visitors) -> Survey:
    survey = Survey(of_benefits)
    start = f"{everybody.address}/benefits/"
    survey.follow(everybody.sit_down("programme-manager"), start, f"{everybody.address}/measures/")
    for username, pages in (("programme-manager", OFFICE), ("finance", FINANCE), ("pm-crm", OWNER)):
        survey.follow(everybody.sit_down(username), *(f"{start}{page}/" for page in pages))
    office = everybody.sit_down("programme-manager")
    withdraw(office, f"{start}B-010/")
    survey.follow(office, f"{start}B-010/", f"{start}B-010/lines/B-010-L1/")
    survey.faults += everybody.leave()
    return survey


def withdraw(page: Page, address: str) -> None:
    """Who may see a benefit and its lines is asked by pages of their own once they are withdrawn."""
    page.goto(f"{address}withdraw/")
    page.get_by_label("Reason").fill("Counted with the rents")
    page.locator("main form").get_by_role("button").click()
    page.wait_for_url(address)


def test_every_page_is_accessible_and_whole_on_a_phone(survey: Survey) -> None:
    assert not survey.faults, "\n".join(survey.faults)


def test_no_page_was_left_out(survey: Survey) -> None:
    assert not survey.left_out()

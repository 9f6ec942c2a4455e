"""The programme manager makes a person and appoints them; a second person confirms; it ends."""

import pytest
from playwright.sync_api import expect

from .office import FIRST_PASSWORD, appoint, has_left, make_person
from .visiting import sign_in

pytestmark = pytest.mark.journey


def test_an_auditor_reads_once_confirmed_and_until_they_leave(visit):
    office, newcomer, sro = visit("programme-manager"), visit(), visit("sro")
    person = make_person(office, "second-auditor", "Audit Manager")
    appoint(office, "Auditor", "Transforming East Herts")
    expect(office.locator("body")).to_contain_text("waits for a second person")

    sign_in(newcomer, "second-auditor", FIRST_PASSWORD)
    newcomer.wait_for_url("/")
    assert newcomer.goto("/projects/COM-05/").status in {403, 404}, "no effect before it is confirmed"

    sro.goto("/")
    sro.get_by_role("link", name="Confirm Audit Manager").click()
    sro.get_by_label("Yes, it takes effect").check()
    sro.get_by_label("Reason").fill("Independent of the programme.")
    sro.get_by_role("main").get_by_role("button").click()
    expect(sro.locator("body")).to_contain_text("is confirmed")

    assert newcomer.goto("/projects/COM-05/").status == 200
    assert newcomer.goto("/projects/COM-05/change/").status == 403

    office.goto(person)
    office.get_by_role("link", name="End").first.click()
    office.get_by_label("Reason").fill("Moves to another council.")
    office.get_by_role("button", name="End the appointment").click()
    expect(office.get_by_role("main")).to_contain_text("30 November 2022")
    assert newcomer.goto("/projects/COM-05/").status == 200, "held until the end of the day"

    has_left(office)
    newcomer.goto("/projects/COM-05/")
    expect(newcomer.get_by_role("heading", level=1)).to_have_text("Sign in")


def test_nobody_appoints_themselves(visit):
    page = visit("programme-manager")
    page.goto("/people/")
    page.get_by_role("link", name="Programme Manager", exact=True).click()
    expect(page.get_by_role("button", name="Appoint")).to_have_count(0)
    page.goto(f"{page.url}appoint/")
    page.get_by_label("Role", exact=True).select_option(label="Board member")
    page.get_by_label("Place").select_option(label="Programme Board")
    page.get_by_label("Reason").fill("I would like to vote.")
    page.get_by_role("button", name="Appoint").click()
    expect(page.locator("body")).to_contain_text("themselves")

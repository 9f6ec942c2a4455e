"""The SRO, before the meeting: one button, a progress bar, and the pack in three forms."""

import re

import pytest
from playwright.sync_api import expect

from .keyboard import press, write
from .packs import LONG, check_pdf, check_web_page, check_workbook, download, wait_until_made
from .running import PASSWORD

pytestmark = pytest.mark.journey


def test_the_sro_exports_the_pack_leaves_and_finds_it_again(visit):
    page = visit("sro")
    page.goto("/")
    page.get_by_role("button", name="Export the board pack").click()

    expect(page.get_by_role("progressbar")).to_be_visible()
    task = page.url
    page.get_by_role("link", name="Home", exact=True).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Transforming East Herts")
    page.get_by_role("link", name="Your tasks").click()
    page.get_by_role("main").get_by_role("link", name=re.compile("Programme Board pack")).first.click()
    assert page.url == task
    wait_until_made(page).click()

    check_workbook(download(page, "Workbook"))
    check_pdf(download(page, "PDF"))
    page.get_by_role("link", name="Web page").click()
    check_web_page(page)


def test_the_pack_can_be_exported_by_keyboard_alone(visit):
    page = visit()
    page.goto("/")
    expect(page.get_by_label("User name")).to_be_focused()
    page.keyboard.type("sro")
    write(page, "Password", PASSWORD)
    page.keyboard.press("Enter")

    page.wait_for_url("/")
    press(page, "Export the board pack")
    page.wait_for_url("**/jobs/*/")
    press(page, wait_until_made(page).inner_text())
    page.wait_for_url("**/board/packs/*/1/")
    press(page, "Web page")
    page.wait_for_url("**/pack.html")
    check_web_page(page)


def test_the_pack_can_be_exported_without_script(visit):
    page = visit(script=False)
    page.goto("/")
    page.get_by_label("User name").fill("sro")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()

    page.get_by_role("button", name="Export the board pack").click()
    again = page.get_by_role("link", name="Look again now")
    for _ in range(LONG // 500):
        if not again.count():
            break
        again.click()
        page.wait_for_timeout(500)
    wait_until_made(page).click()
    check_workbook(download(page, "Workbook"))
    check_pdf(download(page, "PDF"))
    page.get_by_role("link", name="Web page").click()
    check_web_page(page)


def test_drawn_again_the_pack_has_the_same_bytes(visit, pack):
    """Whoever may check packs has every form drawn anew from the sealed data and compared."""
    page = visit("auditor")
    page.goto(pack)
    page.get_by_role("button", name="Draw again and compare").click()
    expect(page.get_by_role("progressbar")).to_have_count(0, timeout=LONG)
    expect(page.get_by_role("main")).to_contain_text("all 3 forms are the same, byte for byte")


def test_staff_do_not_find_the_boards_pack(visit, pack):
    page = visit("staff")
    assert page.goto(pack).status == 404
    assert page.request.get(f"{pack}pack.pdf").status == 404

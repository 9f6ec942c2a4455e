"""One real portal and one real browser for all journeys; each journey gets windows of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect, sync_playwright

from .packs import wait_until_made
from .running import RunningPortal
from .visiting import Visitors

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


@pytest.fixture(scope="package")
def portal(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningPortal]:
    portal = RunningPortal(tmp_path_factory.mktemp("portal"))
    try:
        portal.start()
        yield portal
    finally:
        portal.stop()


@pytest.fixture(scope="package")
def browser(chromium: str) -> Iterator[Browser]:
    """For the journeys only: while Playwright runs, Django would refuse database work in this process."""
    with sync_playwright() as playwright:
        expect.set_options(timeout=30_000)
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def everybody(portal: RunningPortal, browser: Browser) -> Visitors:
    return Visitors(browser, portal.address)


@pytest.fixture
def visit(everybody: Visitors) -> Iterator[Callable[..., Page]]:
    """``visit("sro") -> Page``: this person's browser window; see ``Visitors.sit_down``.

    A journey fails when one of its pages complained to the browser's console.
    """
    yield everybody.sit_down
    complaints = everybody.leave()
    assert not complaints, "Pages complained:\n" + "\n".join(complaints)


@pytest.fixture(autouse=True)
def said(portal: RunningPortal, request: pytest.FixtureRequest) -> Iterator[None]:
    """Shows with a journey that failed what the portal's processes wrote meanwhile, such as a trace."""
    portal.what_was_said()
    yield
    if words := portal.what_was_said():
        request.node.add_report_section("call", "portal", words)


@pytest.fixture(scope="package")
def pack(everybody: Visitors) -> str:
    """The address of a pack that the SRO has issued from home; made once."""
    page = everybody.sit_down("sro")
    page.goto("/")
    page.get_by_role("button", name="Export the board pack").click()
    address = wait_until_made(page).get_attribute("href")
    everybody.leave()
    return address

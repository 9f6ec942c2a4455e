"""People at their browsers: signing in once, and being told when a page complains to its console."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from .running import PASSWORD

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

DESK = {"width": 1280, "height": 900}
PHONE = {"width": 320, "height": 640}


@dataclass
class Visitors:
    """Everybody who visits one running portal. Whoever signed in once stays signed in for later visits."""

    browser: Browser
    address: str
    signed_in: dict[str, Any] = field(default_factory=dict)
    windows: list[BrowserContext] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def sit_down(self, username: str = "", *, script: bool = True, screen: dict[str, int] = DESK) -> Page:
        """A fresh browser window, in which this person is signed in; without a name, nobody is."""
        if username and username not in self.signed_in:
            page = self.sit_down()
            sign_in(page, username)
            page.wait_for_url("/")
            self.signed_in[username] = page.context.storage_state()
        window = self.browser.new_context(
            base_url=self.address,
            java_script_enabled=script,
            storage_state=self.signed_in.get(username),
            viewport=screen,
            locale="en-GB",
            reduced_motion="reduce",
        )
        window.set_default_timeout(30_000)
        window.on("console", self._listen)
        window.on("weberror", lambda error: self.complaints.append(f"{error.page.url}: {error.error}"))
        self.windows.append(window)
        return window.new_page()

    def _listen(self, message: ConsoleMessage) -> None:
        """Keeps errors and warnings, breaches of the content security policy among them.

        Chromium also reports an answer such as 404 or 422 to the page itself; that is no fault of the page.
        """
        place = message.location["url"]
        of_a_page = message.page is not None and place == message.page.url
        if message.type not in {"error", "warning"}:
            return
        if not (of_a_page and message.text.startswith("Failed to load resource")):
            self.complaints.append(f"{place}: {message.text}")

    def leave(self) -> list[str]:
        """Close every window; gives what the pages complained of."""
        for window in self.windows:
            window.close()
        complaints = list(self.complaints)
        self.windows.clear()
        self.complaints.clear()
        return complaints


def sign_in(page: Page, username: str, password: str = PASSWORD) -> None:
    """By the form, as everybody does."""
    page.goto("/sign-in/")
    page.get_by_label("User name").fill(username)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in").click()

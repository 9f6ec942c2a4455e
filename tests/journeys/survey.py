"""Every kind of page, found by following links as a reader would: accessible, whole at 320 pixels, silent.

A kind of page is an address of the portal with one of its tabs. Following links finds new pages by itself,
and what nobody reached is named, so that nothing goes unlooked at in silence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urljoin, urlsplit

from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve

from .looking import faults

if TYPE_CHECKING:
    from playwright.sync_api import Page

# Files, POSTs and doors to Wagtail, which has pages of its own: nothing to look at here.
FILES = {"brand", "claim-evidence", "health", "job-file", "pack-pdf", "pack-xlsx", "picture"}
POSTS = {"sign-out", "job-stop", "pack-compare"}
DOORS = {"cms-sign-in", "cms-account"}
START = "the start"
NOT_PAGES = FILES | POSTS | DOORS


def of_benefits(module: str) -> bool:
    """Whether the views of a module are about savings, investment or measures: half of all pages."""
    return module.startswith(("benefits.", "programme.performance.", "portal.pages.measure"))


def of_risks(module: str) -> bool:
    """Whether the views of a module are about risks and issues."""
    return module.startswith(("risks.", "portal.pages.risk"))


class Survey:
    """The kinds of page that were looked at, of views in wanted modules, and what was wrong with them."""

    def __init__(self, wanted: Callable[[str], bool]) -> None:
        self.wanted = wanted
        self.kinds: set[str] = set()
        self.faults: list[str] = []

    def follow(self, page: Page, *start: str) -> None:
        """Look at these pages, and once at every kind of page that can be reached from them."""
        waiting = [(urljoin(page.url, address), START) for address in start]
        while waiting:
            address, source = waiting.pop(0)
            kind = kind_of(address, self.wanted)
            if kind is None or (kind in self.kinds and source != START):
                continue
            self.kinds.add(kind)
            answer = page.goto(address)
            where = f"{kind} ({urlsplit(address).path})"
            if answer is None or answer.status != 200:
                self.faults.append(f"{where}: answers {answer and answer.status}, linked from {source}")
                continue
            self.look(page, where)
            waiting += [(link, where) for link in links(page)]

    def left_out(self) -> str:
        """The names of wanted pages that nobody looked at."""
        seen = {kind.split("?")[0] for kind in self.kinds}
        missed = {name for name, module in names(get_resolver().url_patterns) if self.wanted(module)}
        return ", ".join(sorted(missed - seen - NOT_PAGES))

    def look(self, page: Page, where: str) -> None:
        self.faults += [f"{where}: {fault}" for fault in faults(page)]


def kind_of(address: str, wanted: Callable[[str], bool]) -> str | None:
    """``people:person?tab=history`` of an address of the portal; None for what is not wanted or no page."""
    parts = urlsplit(address)
    try:
        found = resolve(parts.path)
    except Resolver404:
        return None
    name = found.view_name
    query = parse_qs(parts.query)
    if not name or name in NOT_PAGES or not wanted(found.func.__module__):
        return None
    if "format" in query or parts.path.startswith("/cms/"):
        return None
    shown = [f"{key}={query[key][0]}" for key in ("tab", "as_at") if key in query]
    if name == "wagtail_serve":
        shown.append("list" if parts.path == "/news/" else "page")
    return "?".join([name, *shown])


# Links in pictures have no ``href`` of their own that is words.
ADDRESSES = "links => links.map(link => new URL(link.getAttribute('href'), link.baseURI).href)"


def links(page: Page) -> Iterator[str]:
    """Addresses in this portal that the page leads to, without fragments."""
    for link in page.eval_on_selector_all("a[href]", ADDRESSES):
        if link.startswith(("http:", "https:")) and urlsplit(link).netloc == urlsplit(page.url).netloc:
            yield link.split("#")[0]


def names(patterns: list[URLPattern | URLResolver], space: str = "") -> Iterator[tuple[str, str]]:
    """The names of all addresses but Wagtail's own, each with the module of its view."""
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            if pattern.name and not pattern.name.startswith("wagtaildocs"):
                yield f"{space}{pattern.name}", pattern.callback.__module__
        elif not str(pattern.pattern).startswith("cms/"):
            yield from names(
                pattern.url_patterns, f"{space}{pattern.namespace}:" if pattern.namespace else space
            )

"""Every kind of page, found by following links as a reader would: accessible, whole at 320 pixels, silent.

A kind of page is an address of the portal with one of its tabs. Following links finds new pages by itself,
and the last test names the addresses that nobody reached, so that none goes unlooked at in silence.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urljoin, urlsplit

import pytest
from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve

from .looking import faults
from .office import add_need, appoint, has_left, make_person

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from .visiting import Visitors

pytestmark = pytest.mark.journey

# Files, POSTs and doors to Wagtail, which has pages of its own: nothing to look at here.
FILES = {"brand", "claim-evidence", "health", "job-file", "pack-pdf", "pack-xlsx", "picture"}
POSTS = {"sign-out", "job-stop", "pack-compare"}
DOORS = {"cms-sign-in", "cms-account"}
START = "the start"
# Benefits, lines and claims whose pages lead to moves that others do not have.
OFFICE = ("B-007", "B-010", "B-001/lines/B-001-L1", "B-008/lines/B-008-L1", "claims/CL-0004", "payback")
FINANCE = (
    *("B-007", "B-010", "B-012", "claims/CL-0003"),
    *("budgets", "years", "gap", "reserve", "double-counting"),
)
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
NOT_PAGES = FILES | POSTS | DOORS


class Survey:
    """The kinds of page that have been looked at, and what was wrong with them."""

    def __init__(self) -> None:
        self.kinds: set[str] = set()
        self.faults: list[str] = []

    def follow(self, page: Page, *start: str) -> None:
        """Look at these pages, and once at every kind of page that can be reached from them."""
        waiting = [(urljoin(page.url, address), START) for address in start]
        while waiting:
            address, source = waiting.pop(0)
            kind = kind_of(address)
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

    def look(self, page: Page, where: str) -> None:
        self.faults += [f"{where}: {fault}" for fault in faults(page)]


def kind_of(address: str) -> str | None:
    """``people:person?tab=history`` of an address of the portal; None for what is no page of its own."""
    parts = urlsplit(address)
    try:
        name = resolve(parts.path).view_name
    except Resolver404:
        return None
    query = parse_qs(parts.query)
    if not name or name in NOT_PAGES or "format" in query or parts.path.startswith("/cms/"):
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


@pytest.fixture(scope="module")
def survey(everybody: Visitors, pack: str) -> Survey:
    """Somebody waits to be confirmed, somebody has left, a project needs another; then all is looked at."""
    survey = Survey()
    office = everybody.sit_down("programme-manager")
    make_person(office, "to-be-confirmed", "Head of Audit")
    appoint(office, "Auditor", "Transforming East Herts")
    left = make_person(office, "has-left", "Change Manager")
    has_left(office)
    add_need(office, "DIG-03", "DIG-01")
    past = "/projects/DIG-01/?as_at=2022-10-31"
    survey.follow(
        office, "/", "/plan/COM-03-M01/", "/projects/DIG-03/", past, pack, "/gallery/", f"{left}return/"
    )
    survey.follow(office, *(f"/benefits/{one}/" for one in OFFICE))
    survey.follow(everybody.sit_down("sro"), f"{everybody.address}/jobs/", f"{everybody.address}/people/")
    finance = everybody.sit_down("finance")
    survey.follow(finance, *(f"{everybody.address}/benefits/{one}/" for one in FINANCE))
    survey.follow(everybody.sit_down("pm-crm"), f"{everybody.address}/benefits/claims/CL-0001/")
    staff, nobody = everybody.sit_down("staff"), everybody.sit_down()
    survey.follow(nobody, f"{everybody.address}/sign-in/")
    for page, address, status in (
        (staff, "/projects/NONE-99/", 404),
        (staff, "/there/is/no/such/page/", 404),
        (staff, "/people/add/", 403),
        (staff, "/projects/DIG-01/?as_at=tomorrow", 400),
    ):
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == status, address
        survey.look(page, address)
    survey.faults += everybody.leave()
    return survey


def test_every_page_is_accessible_and_whole_on_a_phone(survey: Survey) -> None:
    assert not survey.faults, "\n".join(survey.faults)


def test_no_page_was_left_out(survey: Survey) -> None:
    seen = {kind.split("?")[0] for kind in survey.kinds}
    missed = set(names(get_resolver().url_patterns)) - seen - NOT_PAGES
    assert not missed, f"Nobody looked at {', '.join(sorted(missed))}"


def names(patterns: list[URLPattern | URLResolver], space: str = "") -> Iterator[str]:
    """The names of all addresses but Wagtail's own."""
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            if pattern.name and not pattern.name.startswith("wagtaildocs"):
                yield f"{space}{pattern.name}"
        elif not str(pattern.pattern).startswith("cms/"):
            yield from names(
                pattern.url_patterns, f"{space}{pattern.namespace}:" if pattern.namespace else space
            )

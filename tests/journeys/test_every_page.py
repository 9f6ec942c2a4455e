"""Every kind of page, found by following links as a reader would: accessible, whole at 320 pixels, silent.

A kind of page is an address of the portal with one of its tabs. Following links finds new pages by itself;
the last test says which addresses nobody reached, so that none goes unlooked at in silence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urljoin, urlsplit

import pytest
from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve

from .looking import faults

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.journey

# Files, POSTs and Wagtail's own pages: nothing that this journey could look at.
NOT_PAGES = {
    "brand", "health", "job-file", "sign-out", "job-stop", "pack-pdf", "pack-xlsx",
}  # fmt: skip
looked_at: set[str] = set()


def kind_of(address: str) -> str | None:
    """``people:person?tab=history`` of an address of the portal; None for anything else."""
    parts = urlsplit(address)
    try:
        name = resolve(parts.path).view_name
    except Resolver404:
        return None
    query = parse_qs(parts.query)
    if not name or name in NOT_PAGES or name.startswith("wagtail") or "format" in query:
        return None
    shown = [f"{key}={query[key][0]}" for key in ("tab", "as_at") if key in query]
    return "?".join([name, "&".join(shown)]) if shown else name


def links(page: Page) -> list[str]:
    """Addresses that the page leads to, without fragments."""
    found = page.eval_on_selector_all("a[href]", "links => links.map(link => link.getAttribute('href'))")
    return [
        urljoin(page.url, link).split("#")[0] for link in found if not link.startswith(("mailto:", "tel:"))
    ]


def follow(page: Page, start: list[str]) -> Iterator[str]:
    """Look once at every kind of page that can be reached from these; gives what is wrong."""
    home = urlsplit(page.url).netloc
    waiting = [urljoin(page.url, address) for address in start]
    while waiting:
        address = waiting.pop(0)
        kind = kind_of(address)
        if kind is None or kind in looked_at or urlsplit(address).netloc != home:
            continue
        looked_at.add(kind)
        answer = page.goto(address)
        where = f"{kind} ({urlsplit(address).path})"
        if answer is None or answer.status != 200:
            yield f"{where}: answers {answer and answer.status}, though {page.url} was linked"
            continue
        yield from (f"{where}: {fault}" for fault in faults(page))
        waiting += links(page)


@pytest.mark.parametrize("person", ["programme-manager", "sro", "pm-crm", "staff"])
def test_every_page_that_can_be_reached_is_accessible(visit: Callable[..., Page], person: str) -> None:
    page = visit(person)
    page.goto("/")
    found = list(follow(page, ["/", "/gallery/", "/jobs/", "/projects/DIG-01/?as_at=2022-10-31"]))
    assert not found, "\n".join(found)


def test_pages_for_nobody_and_for_nothing_are_accessible(visit: Callable[..., Page]) -> None:
    nobody, staff = visit(), visit("staff")
    found = []
    for page, address, status in (
        (nobody, "/sign-in/", 200),
        (staff, "/projects/NONE-99/", 404),
        (staff, "/there/is/no/such/page/", 404),
        (staff, "/people/add/", 403),
        (staff, "/projects/DIG-01/?as_at=tomorrow", 400),
    ):
        answer = page.goto(address)
        assert answer.status == status, address
        found += [f"{address}: {fault}" for fault in faults(page)]
    looked_at.add("sign-in")
    assert not found, "\n".join(found)


def names(patterns: list[URLPattern | URLResolver], space: str = "") -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from names(
                pattern.url_patterns, f"{space}{pattern.namespace}:" if pattern.namespace else space
            )
        elif pattern.name:
            yield f"{space}{pattern.name}"


def test_no_page_was_left_out() -> None:
    seen = {kind.split("?")[0] for kind in looked_at}
    missed = {name for name in names(get_resolver().url_patterns) if not name.startswith("wagtail")}
    missed -= seen | NOT_PAGES
    assert not missed, f"Nobody looked at {', '.join(sorted(missed))}"

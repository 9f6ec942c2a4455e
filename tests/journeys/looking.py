"""What is wrong with a page, in sentences: accessibility faults, things cut off, headings missing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from axe_playwright_python.base import AXE_SCRIPT

from .visiting import DESK, PHONE

if TYPE_CHECKING:
    from playwright.sync_api import Page

GRAVE = {"serious", "critical"}
# Only one rule, on locking the orientation, needs the style sheets fetched once more, which is slow.
AXE = "axe.run(document, {resultTypes: ['violations'], preload: false}).then(found => found.violations)"


def faults(page: Page) -> Iterator[str]:
    """Sentences about the page that is open, looked at on a desk and on a phone of 320 pixels."""
    yield from missing_headings(page)
    page.evaluate(AXE_SCRIPT)
    for name, screen in ("on a desk", DESK), ("on a phone", PHONE):
        page.set_viewport_size(screen)
        yield from (f"{name}: {fault}" for fault in barriers(page))
    if sideways := page.evaluate("document.documentElement.scrollWidth - window.innerWidth"):
        yield f"on a phone: scrolls sideways by {sideways} px, because of {page.evaluate(WIDEST)}"
    page.set_viewport_size(DESK)


# The deepest element that sticks out to the right without a box of its own to scroll in.
WIDEST = """() => {
  const scrolls = element => ['auto', 'scroll', 'hidden'].includes(getComputedStyle(element).overflowX);
  const boxed = element => element && element !== document.body
    && (scrolls(element) || boxed(element.parentElement));
  const out = [...document.body.querySelectorAll('*')].filter(element =>
    element.getBoundingClientRect().right > window.innerWidth + 1 && !boxed(element.parentElement));
  const last = out.at(-1);
  return last ? last.outerHTML.slice(0, 150) : 'nothing that could be found';
}"""


def barriers(page: Page) -> Iterator[str]:
    """What axe finds serious or critical; run ``AXE_SCRIPT`` in the page before."""
    for rule in page.evaluate(AXE):
        if rule["impact"] in GRAVE:
            places = "; ".join(node["html"][:150] for node in rule["nodes"][:3])
            yield f"{rule['id']} ({rule['impact']}), {len(rule['nodes'])} times: {places}"


def missing_headings(page: Page) -> Iterator[str]:
    """Every page has a title of its own and one main heading."""
    if page.title().startswith("–"):
        yield "has no title of its own"
    headings = page.locator("h1").count()
    if headings != 1:
        yield f"has {headings} main headings"

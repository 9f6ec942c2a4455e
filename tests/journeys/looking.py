"""What is wrong with a page, in sentences: accessibility faults, things cut off, headings missing.

On a desk axe tries all its rules on the whole page. The page on a phone is the same document, so there axe
tries again what the width can change: on the whole page the rules about order and room, and all rules on
whatever appears only there or looks otherwise there.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from axe_playwright_python.base import AXE_SCRIPT

from .visiting import DESK, PHONE

if TYPE_CHECKING:
    from playwright.sync_api import Page

GRAVE = {"serious", "critical"}
# Rules that axe itself calls moderate, and the house keeps: all is in a landmark, headings skip no level.
KEPT = {"region", "heading-order", "landmark-one-main"}
# What the width can change without changing how a part looks: what is in order, and what must scroll.
PLACED = [*sorted(KEPT), "bypass", "link-in-text-block", "scrollable-region-focusable", "skip-link"]

# Only one rule, on locking the orientation, needs the style sheets fetched once more, which is slow.
AXE = "{resultTypes: ['violations'], preload: false}"
ON_A_DESK = f"axe.run(document, {AXE}).then(found => found.violations)"

# How each part looks, remembered in the page on a desk. Letters of 24 pixels, or bold ones of 18.66, need
# less contrast. What has a place of its own may lie over something else when the width changes.
LOOKS = """
  const ownPlace = ['absolute', 'fixed', 'sticky'];
  const look = element => {
    const style = getComputedStyle(element), size = parseFloat(style.fontSize);
    if (!element.checkVisibility({visibilityProperty: true})) return '';
    return [
      style.color, style.backgroundColor, style.backgroundImage, style.opacity, style.textShadow,
      style.display === 'inline', size >= (style.fontWeight >= 700 ? 18.66 : 24),
    ].join();
  };
"""
REMEMBER = f"""() => {{
  {LOOKS}
  window.onADesk = new Map([...document.body.querySelectorAll('*')].map(part => [part, look(part)]));
}}"""
ON_A_PHONE = f"""async placed => {{
  {LOOKS}
  const other = new Set([...document.body.querySelectorAll('*')].filter(part => {{
    const now = look(part);
    return now && (now !== window.onADesk.get(part) || ownPlace.includes(getComputedStyle(part).position));
  }}));
  const within = part => part && (other.has(part) || within(part.parentElement));
  const whole = await axe.run(document, {{...{AXE}, runOnly: placed}});
  const include = [...other].filter(part => !within(part.parentElement));
  if (!include.length) return whole.violations;
  return whole.violations.concat((await axe.run({{include}}, {AXE})).violations);
}}"""

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


def faults(page: Page) -> Iterator[str]:
    """Sentences about the page that is open on a desk, looked at there and on a phone of 320 pixels."""
    yield from missing_headings(page)
    page.evaluate(AXE_SCRIPT)
    yield from (f"on a desk: {fault}" for fault in barriers(page.evaluate(ON_A_DESK)))
    page.evaluate(REMEMBER)
    page.set_viewport_size(PHONE)
    yield from (f"on a phone: {fault}" for fault in barriers(page.evaluate(ON_A_PHONE, PLACED)))
    if sideways := page.evaluate("document.documentElement.scrollWidth - window.innerWidth"):
        yield f"on a phone: scrolls sideways by {sideways} px, because of {page.evaluate(WIDEST)}"
    page.set_viewport_size(DESK)


def barriers(found: list[dict[str, Any]]) -> Iterator[str]:
    """Of what axe found, what is serious or critical or against a rule that the house keeps."""
    for rule in found:
        if rule["impact"] in GRAVE or rule["id"] in KEPT:
            places = "; ".join(node["html"][:150] for node in rule["nodes"][:3])
            yield f"{rule['id']} ({rule['impact']}), {len(rule['nodes'])} times: {places}"


def missing_headings(page: Page) -> Iterator[str]:
    """Every page has a title of its own and one main heading."""
    title, headings = page.evaluate("[document.title, document.querySelectorAll('h1').length]")
    if title.startswith("–"):
        yield "has no title of its own"
    if headings != 1:
        yield f"has {headings} main headings"

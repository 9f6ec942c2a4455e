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

# Axe reads the same few colours thousands of times on a page, slowly: each is read once.
EYES = f"""{AXE_SCRIPT};
{{
  const colour = axe.commons.color.Color.prototype, read = colour.parseString, known = new Map();
  colour.parseString = function (words) {{
    if (!known.has(words)) {{
      const {{r, g, b, alpha}} = read.call(this, words);
      known.set(words, {{r, g, b, alpha}});
    }}
    return Object.assign(this, known.get(words));
  }};
}}
0"""
# Only one rule, on locking the orientation, needs the style sheets fetched once more, which is slow.
AXE = "{resultTypes: ['violations'], preload: false}"

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
# Nothing where axe has not been brought along.
ON_A_DESK = f"""async () => {{
  if (!window.axe) return null;
  const found = await axe.run(document, {AXE});
  {LOOKS}
  window.onADesk = new Map([...document.body.querySelectorAll('*')].map(part => [part, look(part)]));
  return [document.title, document.querySelectorAll('h1').length, found.violations];
}}"""
# The deepest element that sticks out to the right without a box of its own to scroll in.
WIDEST = """
  const scrolls = element => ['auto', 'scroll', 'hidden'].includes(getComputedStyle(element).overflowX);
  const boxed = element => element && element !== document.body
    && (scrolls(element) || boxed(element.parentElement));
  const widest = () => [...document.body.querySelectorAll('*')].findLast(element =>
    element.getBoundingClientRect().right > window.innerWidth + 1 && !boxed(element.parentElement));
"""
ON_A_PHONE = f"""async placed => {{
  {WIDEST}
  const sideways = document.documentElement.scrollWidth - window.innerWidth;
  const because = sideways && (widest()?.outerHTML.slice(0, 150) || 'nothing that could be found');
  {LOOKS}
  const other = new Set([...document.body.querySelectorAll('*')].filter(part => {{
    const now = look(part);
    return now && (now !== window.onADesk.get(part) || ownPlace.includes(getComputedStyle(part).position));
  }}));
  const within = part => part && (other.has(part) || within(part.parentElement));
  const {{violations}} = await axe.run(document, {{...{AXE}, runOnly: placed}});
  const include = [...other].filter(part => !within(part.parentElement));
  if (include.length) violations.push(...(await axe.run({{include}}, {AXE})).violations);
  return [sideways, because, violations];
}}"""


def faults(page: Page) -> Iterator[str]:
    """Sentences about the page that is open on a desk, looked at there and on a phone of 320 pixels."""
    title, headings, found = page.evaluate(ON_A_DESK) or _with_eyes(page)
    if title.startswith("–"):
        yield "has no title of its own"
    if headings != 1:
        yield f"has {headings} main headings"
    yield from (f"on a desk: {fault}" for fault in barriers(found))
    page.set_viewport_size(PHONE)
    sideways, because, found = page.evaluate(ON_A_PHONE, PLACED)
    yield from (f"on a phone: {fault}" for fault in barriers(found))
    if sideways:
        yield f"on a phone: scrolls sideways by {sideways} px, because of {because}"
    page.set_viewport_size(DESK)


def _with_eyes(page: Page) -> Any:
    """Brings axe to the page, and to those that this window will open: sending it each time is slow."""
    page.add_init_script(EYES)
    page.evaluate(EYES)
    return page.evaluate(ON_A_DESK)


def barriers(found: list[dict[str, Any]]) -> Iterator[str]:
    """Of what axe found, what is serious or critical or against a rule that the house keeps."""
    for rule in found:
        if rule["impact"] in GRAVE or rule["id"] in KEPT:
            places = "; ".join(node["html"][:150] for node in rule["nodes"][:3])
            yield f"{rule['id']} ({rule['impact']}), {len(rule['nodes'])} times: {places}"

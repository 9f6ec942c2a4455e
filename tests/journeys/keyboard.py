"""Hands on the keyboard only: Tab to a thing by its name, seeing on the way where the focus is."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

MOST_STOPS = 120

# The name of what has the focus, and whether it can be seen that it has.
FOCUSED = """() => {
  const element = document.activeElement;
  const label = element.labels && element.labels[0];
  const style = getComputedStyle(element);
  const outlined = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0;
  const name = element.getAttribute('aria-label') || (label || element).innerText || '';
  return {
    name: name.replace(/\\s+/g, ' ').trim(),
    seen: outlined || style.boxShadow !== 'none',
    where: element.outerHTML.slice(0, 120),
  };
}"""


def tab_to(page: Page, name: str) -> None:
    """Press Tab until something has the focus whose name begins so; every stop on the way must be visible."""
    passed = []
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        if focused["where"].startswith("<body"):
            break
        assert focused["seen"], f"The focus cannot be seen on {focused['where']}"
        if focused["name"].startswith(name):
            return
        passed.append(focused["name"])
    raise AssertionError(f"No way to “{name}” by keyboard; passed {passed}")


def press(page: Page, name: str, key: str = "Enter") -> None:
    tab_to(page, name)
    page.keyboard.press(key)


def write(page: Page, name: str, words: str) -> None:
    """Into the box of that label, over what stands there: coming by Tab selects it."""
    tab_to(page, name)
    page.keyboard.type(words)

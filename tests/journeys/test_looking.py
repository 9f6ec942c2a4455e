"""The eye that looks at every page: what it must see, at the width where it shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from .looking import faults
from .visiting import DESK

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.journey

PAGE = """<!doctype html><html lang="en-GB"><head><title>A page</title><style>
  .wide {{ width: 40rem }} .phone {{ display: none }} p {{ color: #222; background: #fff }}
  @media (max-width: 40em) {{
    .desk {{ display: none }} .phone {{ display: block }} .wide {{ width: auto }}
    .pale-on-a-phone {{ color: #bbb }} .pale-behind {{ background: #333 }}
    .box-on-a-phone {{ overflow-x: auto; width: 200px }} .pulled {{ position: absolute; top: 0; left: 0 }}
  }}
</style></head><body>{before}<main><h1>One heading</h1>{words}</main></body></html>"""


@pytest.fixture(autouse=True)
def said() -> None:
    """No portal is started for this."""


def seen(browser: Browser, words: str, *, before: str = "") -> list[str]:
    page = browser.new_page(viewport=DESK)
    page.set_content(PAGE.format(words=words, before=before))
    try:
        return list(faults(page))
    finally:
        page.close()


def test_a_good_page_has_no_faults(browser: Browser) -> None:
    words = (
        "<h2>Another</h2><p class='wide'>Words.</p><label>Name <input></label><div class='phone'>Fold</div>"
    )
    assert seen(browser, words) == []


@pytest.mark.parametrize(
    ("words", "rule", "widths"),
    [
        ("<p style='color: #bbb'>Pale</p>", "color-contrast", "desk"),
        ("<p class='pale-on-a-phone'>Pale</p>", "color-contrast", "phone"),
        ("<div class='pale-behind'><span>Dark</span></div>", "color-contrast", "phone"),
        ("<p class='phone' style='color: #bbb'>Pale</p>", "color-contrast", "phone"),
        ("<input>", "label", "desk"),
        ("<div class='desk'><input></div>", "label", "desk"),
        ("<div class='phone'><input></div>", "label", "phone"),
        ("<h3>A level too deep</h3>", "heading-order", "both"),
        ("<h2 class='desk'>Between</h2><h3>Too deep on a phone</h3>", "heading-order", "phone"),
        (
            "<div class='box-on-a-phone'><p style='width: 600px; text-align: right'>Far</p></div>",
            "scrollable-region-focusable",
            "phone",
        ),
    ],
)
def test_it_sees_what_is_wrong_and_where(browser: Browser, words: str, rule: str, widths: str) -> None:
    found = [fault.split(" (")[0] for fault in seen(browser, words)]
    wanted = [f"on a {width}: {rule}" for width in ("desk", "phone") if widths in {width, "both"}]
    assert sorted(set(found)) == wanted


def test_words_outside_every_landmark_are_seen(browser: Browser) -> None:
    found = seen(browser, "<p>Words.</p>", before="<p>Lost words</p>")
    assert [fault.split(" (")[0] for fault in found] == ["on a desk: region", "on a phone: region"]


def test_what_is_too_wide_for_a_phone_is_named(browser: Browser) -> None:
    (fault,) = seen(browser, "<p style='width: 500px'>Wide words</p>")
    assert fault.startswith("on a phone: scrolls sideways by ")
    assert "Wide words" in fault


def test_a_second_main_heading_and_a_missing_title_are_seen(browser: Browser) -> None:
    words = "<h1>Another</h1><script>document.title = '– Programme portal'</script>"
    assert seen(browser, words) == ["has no title of its own", "has 2 main headings"]

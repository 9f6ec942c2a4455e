"""Communications writes news in Wagtail; staff read it in the portal."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.journey


def test_news_is_written_published_and_read(visit):
    editor, staff = visit("communications"), visit("staff")
    editor.goto("/news/")
    editor.get_by_role("button", name="Write news").click()
    editor.locator("[name=title]").fill("Card payments move in April")
    editor.locator("[name=introduction]").fill("Everybody who takes payments is trained in March.")
    editor.get_by_role("button", name="More actions").click()
    editor.get_by_role("button", name="Publish").click()
    expect(editor.locator("body")).to_contain_text("published")

    staff.goto("/")
    staff.get_by_role("navigation", name="Main").get_by_role("link", name="News").click()
    staff.get_by_role("link", name="Card payments move in April").click()
    expect(staff.get_by_role("heading", level=1)).to_have_text("Card payments move in April")
    expect(staff.get_by_role("main")).to_contain_text("trained in March")
    expect(staff.get_by_role("link", name="Write news")).to_have_count(0)

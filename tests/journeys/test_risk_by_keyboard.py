"""A lead raises a risk and reviews it with the keyboard alone; every stop of the focus can be seen."""

import re

import pytest
from playwright.sync_api import expect

from .keyboard import press, tab_to, write

pytestmark = pytest.mark.journey


def choose(page, unscored, step):
    """One of the five steps of a scale: from the one that is chosen, the arrows go on and round."""
    tab_to(page, unscored)
    for _ in range(step):
        page.keyboard.press("ArrowDown")


def test_a_risk_is_raised_and_reviewed_by_keyboard_alone(visit):
    page = visit("lead-commercial")
    page.goto("/risks/")
    press(page, "Raise a risk")
    page.wait_for_url("**/risks/raise/")
    write(page, "Name", "The market hall closes")
    write(page, "What may happen", "Its roof is not repaired in time.")
    choose(page, "Not scored yet", 4)
    expect(page.get_by_role("group", name="Likelihood now").get_by_label("4 Likely")).to_be_checked()
    choose(page, "Not scored yet", 3)
    press(page, "Raise the risk")
    page.wait_for_url(re.compile(r"/risks/R-\d+/$"))
    main = page.get_by_role("main")
    expect(main).to_contain_text("High: likely × moderate, 12.")

    press(page, "Review")
    page.wait_for_url("**/review/")
    choose(page, "4 Likely", 4)  # over 5, none, 1, to 2
    write(page, "Why", "The roof is mended.")
    press(page, "Save the review")
    page.wait_for_url(re.compile(r"/risks/R-\d+/$"))
    expect(main).to_contain_text("Medium: unlikely × moderate, 6.")

"""Signing in, and what a wrong password says."""

import pytest
from playwright.sync_api import expect

from .visiting import sign_in

pytestmark = pytest.mark.journey


def test_a_wrong_password_is_refused_with_a_sentence(visit):
    page = visit()
    sign_in(page, "sro", "not the password")
    expect(page.get_by_role("alert")).to_contain_text("user name")
    assert page.title().startswith("Error: Sign in")

"""A portal without a business case says so."""

from collections.abc import Callable

import pytest
from django.test import Client

from programme.people.models import User

pytestmark = pytest.mark.django_db


def test_an_empty_portal_says_so(sign_in: Callable[[User], Client], auditor: User) -> None:
    page = sign_in(auditor).get("/benefits/business-case/").content.decode()
    assert "There are no savings you can see here." in page
    assert "No payback table is recorded." in page


def test_payback_without_savings_says_what_is_missing(
    sign_in: Callable[[User], Client], auditor: User
) -> None:
    for address in ("", "compare/"):
        assert sign_in(auditor).get(f"/benefits/payback/{address}").status_code == 200
    page = sign_in(auditor).get("/benefits/payback/").content.decode()
    assert "No line that is asked for has an amount." in page

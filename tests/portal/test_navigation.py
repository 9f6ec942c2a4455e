"""The main links: eight at most, each of which opens, and every page still to be found from one of them."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.http import HttpRequest

from cms.tree import establish
from portal.navigation import LINKS, links

pytestmark = pytest.mark.django_db


def page(answer: Any) -> str:
    assert answer.status_code == 200
    return answer.content.decode()


def test_there_are_eight_at_most_and_each_opens(programme_manager, sign_in):
    establish()
    assert len(LINKS) <= 8
    client = sign_in(programme_manager)
    for label, url, _, permission in LINKS:
        assert programme_manager.has_perm(permission), label
        assert client.get(url).status_code == 200, label


def test_staff_see_only_what_they_may_open(staff):
    request = HttpRequest()
    request.user, request.path = staff, "/"
    assert [one["label"] for one in links(request)] == ["Home", "Programme", "Projects", "Board", "News"]


@pytest.mark.parametrize(
    ("address", "current"),
    [
        ("/", "Home"),
        ("/people/7/", "Programme"),
        ("/measures/M-001/", "Benefits"),
        ("/benefits/", "Benefits"),
        ("/issues/I-004/", "Risks"),
        ("/help/", None),
    ],
)
def test_a_page_stands_under_one_link_or_none(programme_manager, address, current):
    request = HttpRequest()
    request.user, request.path = programme_manager, address
    assert [one["label"] for one in links(request) if one["current"]] == ([current] if current else [])


def test_people_and_measures_are_reached_from_the_programme_and_from_benefits(
    programme_manager, staff, sign_in
):
    client = sign_in(programme_manager)
    main = r"<main.*</main>"
    programme = re.search(main, page(client.get("/programme/")), re.DOTALL)[0]
    assert 'href="/people/"' in programme
    assert 'href="/measures/"' in programme
    assert 'href="/measures/"' in page(client.get("/benefits/list/"))
    assert "/people/" not in page(sign_in(staff).get("/programme/"))

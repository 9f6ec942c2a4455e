"""What is counted once of the plan is counted again when it changes, and for each by what they may see."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

pytestmark = [pytest.mark.django_db]


def count(client, address: str) -> int:
    text = client.get(address).content.decode()
    return int(re.search(r'id="results-count"[^>]*>(\d+)', text)[1])


@pytest.fixture
def plan(activity, milestone, link, crm, secret):
    first, last = activity(crm, "A01", "2022-12-05", "2022-12-16"), milestone(crm, "M01", "2022-12-23")
    hidden = activity(secret, "A01", "2022-12-05", "2023-06-30")
    return [link(first, last), link(hidden, last)]


@pytest.mark.parametrize(("address", "seen"), [("/plan/list/", 2), ("/plan/dependencies/", 1)])
def test_each_is_told_the_number_of_what_they_may_see(lead, programme_manager, sign_in, plan, address, seen):
    everything = sign_in(programme_manager)
    for _ in range(2):
        assert count(lead, address) == seen
        assert count(everything, address) == seen + 1


def test_a_number_is_counted_again_when_the_plan_changes(lead, plan, activity, link, crm):
    assert count(lead, "/plan/list/") == 2
    later = activity(crm, "A02", "2023-01-09", "2023-01-13")
    assert count(lead, "/plan/list/") == 3
    assert count(lead, "/plan/dependencies/") == 1
    link(plan[0].successor, later)
    assert count(lead, "/plan/dependencies/") == 2


def test_every_filter_has_its_own_number(lead, plan):
    shown = {"": 2, "?kind=milestone": 1, "?kind=activity": 1, "?q=nowhere": 0, "?page=7&sort=-name": 2}
    for _ in range(2):
        assert {query: count(lead, f"/plan/list/{query}") for query in shown} == shown


def test_the_number_is_not_asked_for_twice(lead, plan):
    lead.get("/plan/dependencies/")
    with CaptureQueriesContext(connection) as asked:
        lead.get("/plan/dependencies/?page=1")
    assert not [one["sql"] for one in asked if "COUNT(*) AS" in one["sql"]]

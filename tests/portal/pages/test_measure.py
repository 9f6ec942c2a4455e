"""A measure's page: its figures with their source, and the benefits that it is evidence for."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from benefits.models import Benefit
from programme.performance.actions import measures
from programme.performance.models import Measure
from tests.cast import written

pytestmark = pytest.mark.django_db


def words(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def test_it_says_how_far_there_is_to_go_and_where_that_comes_from(reader, sign_in):
    client = sign_in(reader("programme-manager"))
    assert "From 15 to 1; lower is better." in words(client.get("/measures/M-005/"))
    assert "It stood at approximately 75; no target is set yet." in words(client.get("/measures/M-002/"))
    page = words(client.get("/measures/M-001/"))
    assert "It is to be at least 90 %; where it stood before is not known." in page
    assert "section 5, To Be model" in page
    assert "4 July 2022" in page


def test_it_stands_as_it_stood(reader, sign_in):
    manager = reader("programme-manager")
    one = Measure.objects.get(ref="M-005")
    measures.change(one, name="Systems in daily use", by=manager, reason="Clearer")
    client = sign_in(manager)
    assert "Systems in daily use" in words(client.get("/measures/M-005/"))
    assert "Systems used by customer services staff" in words(client.get("/measures/M-005/?as_at=2022-07-31"))
    assert client.get("/measures/M-005/?as_at=2022-07-01").status_code == 404


def test_benefits_that_name_it_are_listed_to_those_who_may_see_them(loaded, reader, sign_in):
    one = Measure.objects.get(ref="M-001")
    benefit = Benefit.objects.get(ref="B-001")  # exempt, of another workstream
    assert benefit.classification == "exempt"
    benefit.measure = one
    benefit.record(by=reader("sro"), reason="The evidence is settled")
    assert "B-001 Staffing redesign" in words(sign_in(reader("finance")).get("/measures/M-001/"))
    page = words(sign_in(reader("lead-digital")).get("/measures/M-001/"))
    assert "Staffing redesign" not in page
    assert "No benefit names this measure" in page
    withdrawn = Benefit.objects.get(ref="B-001")
    withdrawn.withdraw(by=reader("auditor"), reason="No longer promised")
    assert "No benefit names" in words(sign_in(reader("chief-executive")).get("/measures/M-001/"))


def test_a_target_that_is_a_step_back_is_pointed_out(reader, sign_in):
    manager = reader("programme-manager")
    measures.change(Measure.objects.get(ref="M-004"), target=80, by=manager, reason="A limit")
    assert "worse than the baseline" in words(sign_in(manager).get("/measures/M-004/"))


def test_its_queries_do_not_grow_with_the_benefits(reader, sign_in):
    one, client = Measure.objects.get(ref="M-001"), sign_in(reader("programme-manager"))
    counts = []
    for number in (1, 9):
        for _ in range(number):
            ref = f"B-{100 + Benefit.objects.count()}"
            written(Benefit(ref=ref, name=ref, measure=one, scope=one.scope))
        with CaptureQueriesContext(connection) as queries:
            assert f"{ref} {ref}" in words(client.get("/measures/M-001/"))
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 25

"""The benefits map as people of different roles meet it."""

from __future__ import annotations

import csv
import datetime
import io
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from benefits.models import Benefit, EnablingMilestone
from benefits.pictures.benefits_map import MOST, map_picture
from programme.people.models import User
from programme.performance.models import Measure
from programme.plan.models import Activity
from programme.portfolio.models import Project
from tests.cast import written

pytestmark = pytest.mark.django_db


def kept(record: Any) -> Any:
    """``record``, written by the installation now."""
    return record.record(by=User.objects.installer(), reason="The world of a test")


def words(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def lines(answer: Any) -> list[tuple[str, ...]]:
    return [tuple(str(node or "") for node in line.nodes) for line in answer.context["table"].data]


@pytest.fixture
def enabled(loaded: Any) -> Benefit:
    """B-004 with its measure and the first milestone of its project."""
    benefit = Benefit.objects.get(ref="B-004")
    benefit.measure = Measure.objects.get(ref="M-004")
    written(EnablingMilestone(benefit=benefit, activity=Activity.objects.get(ref="COM-01-M01")))
    return kept(benefit)


def test_the_business_cases_benefits_lack_what_the_document_does_not_say(reader, sign_in):
    answer = sign_in(reader("sro")).get("/benefits/map/")
    page = words(answer)
    assert "6 benefits: 6 without a measure, 6 without an enabling milestone, 2 without a project." in page
    assert "Measures that are evidence for no benefit: 7" in page
    assert "Workstreams without a benefit: 1" in page
    assert len(lines(answer)) == 6


def test_a_line_leads_from_priority_to_measure(enabled, reader, sign_in):
    answer = sign_in(reader("lead-commercial")).get("/benefits/map/?workstream=commercial")
    assert (
        "Encouraging economic growth",
        "Be Commercial",
        "COM-01 Fees and charges review",
        "COM-01-M01 New Fees and Charges Policy starts",
        "B-004 Fees and charges under the new policy",
        "M-004 Garden waste sign-up online",
    ) in lines(answer)
    assert {line[1] for line in lines(answer)} == {"Be Commercial"}


def test_what_starts_before_its_milestone_can_be_asked_for(enabled, reader, sign_in):
    enabled.starts = datetime.date(2022, 7, 4)
    kept(enabled)
    client = sign_in(reader("finance"))
    answer = client.get("/benefits/map/?missing=too-early")
    assert [line[4] for line in lines(answer)] == ["B-004 Fees and charges under the new policy"]
    assert "Starts before its milestone" in words(answer)
    assert not lines(client.get("/benefits/map/?missing=project&workstream=commercial"))
    assert client.get("/benefits/map/?missing=everything").context["figure"] is None


def test_exempt_benefits_projects_and_measures_leave_no_trace(enabled, reader, sign_in):
    exempt = {
        "classification": "exempt",
        "exempt_paragraphs": [4],
        "exempt_reason": "Consultation",
        "exempt_review": datetime.date(2023, 7, 4),
    }
    for model, ref in ((Project, "COM-01"), (Measure, "M-004")):
        record = model.objects.get(ref=ref)
        for name, value in exempt.items():
            setattr(record, name, value)
        kept(record)
    seen = words(sign_in(reader("auditor")).get("/benefits/map/"))
    page = words(sign_in(reader("lead-digital")).get("/benefits/map/"))
    for hidden in ("B-001", "Staffing redesign", "COM-01", "M-004", "Garden waste", "New Fees and Charges"):
        assert hidden in seen
        assert hidden not in page
    assert "5 benefits: 5 without a measure, 5 without an enabling milestone, 3 without a project." in page
    assert "Only what you may see counts here." in page
    assert "Only what you may see counts here." not in seen
    sheet = sign_in(reader("champion")).get("/benefits/map/?format=csv")
    assert "COM-01" not in b"".join(sheet).decode()


def test_the_list_is_a_sheet_as_well(enabled, reader, sign_in):
    answer = sign_in(reader("programme-manager")).get("/benefits/map/?format=csv")
    text = b"".join(answer).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert next(r for r in rows if "Benefit" in r)[:3] == ["Corporate priority", "Workstream", "Project"]
    assert any("M-004 Garden waste sign-up online" in row for row in rows)


def test_staff_are_kept_out(reader, sign_in):
    assert sign_in(reader("staff")).get("/benefits/map/").status_code == 403


def test_the_page_costs_the_same_however_many_benefits_there_are(enabled, reader, sign_in):
    client = sign_in(reader("programme-manager"))
    counts = []
    for number in (1, 60):
        for _ in range(number):
            ref = f"B-{100 + Benefit.objects.count()}"
            new = written(Benefit(ref=ref, name=ref, measure=enabled.measure, scope=enabled.scope))
            written(EnablingMilestone(benefit=new, activity=Activity.objects.get(ref="COM-01-M02")))
        with CaptureQueriesContext(connection) as queries:
            answer = client.get("/benefits/map/")
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 25
    assert f"first {MOST} lines of sight" in words(answer)
    assert len(answer.context["figure"].rows) == MOST


@pytest.mark.parametrize("width", [1120, 350])
def test_the_picture_names_everything_and_leads_to_it(width, enabled, reader, sign_in):
    figure = sign_in(reader("sro")).get("/benefits/map/").context["figure"]
    drawn = figure.svg(width)
    assert drawn.count("<a ") >= 10
    assert 'href="/benefits/B-004/"' in drawn
    assert 'href="/measures/M-004/"' in drawn
    assert "Be Commercial" in drawn


def test_without_a_line_there_is_no_picture(reader, sign_in):
    assert map_picture([], summary="Nothing") is None
    page = words(sign_in(reader("sro")).get("/benefits/map/?missing=too-early"))
    assert "Nothing matches these filters." in page

"""What is in a pack of a small world: plan, forecasts and queries; nothing where there is no programme."""

from __future__ import annotations

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.packs import contents
from portal.packs.blocks import Chart, Paragraph
from portal.packs.contents.snapshot import NothingToIssue
from programme.plan.choices import Kind
from programme.plan.models import Activity
from programme.portfolio.models import Programme
from tests.cast import written
from tests.portal.packs.sections import TODAY, tables

pytestmark = pytest.mark.django_db


def test_without_a_programme_there_is_nothing_to_issue(person, illustrative):
    assert not Programme.objects.exists()
    with pytest.raises(NothingToIssue, match="no programme yet"):
        contents.take(person("nobody"), "board", TODAY)


def milestone(project, number, **fields):
    fields = {"kind": Kind.MILESTONE, "forecast_finish": datetime.date(2022, 12, 1)} | fields
    return written(
        Activity(ref=f"{project.ref}-M{number:02}", project=project, name=f"Step {number}", **fields)
    )


def test_the_plan_says_what_is_late_overdue_and_done(crm, sro, illustrative):
    milestone(crm, 1, approved_finish=datetime.date(2022, 11, 1), forecast_finish=datetime.date(2022, 11, 29))
    milestone(crm, 2, approved_finish=datetime.date(2022, 12, 1), forecast_finish=datetime.date(2022, 12, 8))
    milestone(crm, 3, approved_finish=datetime.date(2022, 12, 9), forecast_finish=datetime.date(2022, 12, 9))
    milestone(crm, 4, actual_finish=datetime.date(2022, 10, 3))
    snapshot = contents.take(sro, "board", TODAY)
    found = {one.number: one for one in contents.sections(snapshot)}
    rows = tables(found["4"])["Milestones"].rows
    assert [(row[0], row[5], row[6]) for row in rows] == [
        ("DIG-01-M01", "20", "Overdue"),
        ("DIG-01-M02", "5", "Late"),
        ("DIG-01-M03", "0", "To come"),
        ("DIG-01-M04", None, "Done"),
    ]
    lede = next(
        one.text for one in found["1"].blocks if isinstance(one, Paragraph) and "milestones" in one.text
    )
    assert lede.startswith("2 of 3 milestones ahead are forecast later than approved, and 1 has passed")


def test_the_picture_of_a_long_plan_keeps_to_a_page_and_its_table_has_every_row(
    make_project, digital, sro, illustrative
):
    for number in range(1, 16):
        project = make_project(digital, f"DIG-{number:02}")
        for place in range(1, 6):
            milestone(project, place)
    snapshot = contents.take(sro, "board", TODAY)
    section = {one.number: one for one in contents.sections(snapshot)}["4"]
    [chart] = [one for one in section.blocks if isinstance(one, Chart)]
    assert len(chart.table.rows) == 75
    assert "The picture shows the" in chart.summary
    assert chart.svg.count("Step ") <= 60 * 2


@pytest.mark.parametrize("day", [TODAY, TODAY - datetime.timedelta(days=1)])
def test_a_forecast_stands_with_a_source_of_its_own(benefit, line, digital, finance, sro, illustrative, day):
    own = {
        "forecast_document": "Quarter 2 monitoring",
        "forecast_place": "Cabinet, item 7",
        "forecast_as_at": datetime.date(2022, 10, 31),
        "forecast_basis": "budget",
        "forecast_confirmed_by": finance,
    }
    home, years = benefit(home=digital), {"approved": {"2023/24": 9_000}, "forecast": {"2023/24": 8_000}}
    line(home, **years, **own)
    line(home, **years)
    line(home, approved={"2023/24": 9_000}, **own)
    found = {one.number: one for one in contents.sections(contents.take(sro, "board", day))}
    keepers = tables(found["9"])["Who keeps each line, and where its figures come from"].rows
    assert [row[5:] for row in keepers] == [
        ("Savings plan", "Quarter 2 monitoring, Cabinet, item 7"),
        ("Savings plan", None),
        ("Savings plan", None),
    ], "a forecast that is not there has no source either"
    sources = {row[0]: row[1:] for row in tables(found["16"])["Sources of the figures"].rows}
    assert sources["Quarter 2 monitoring"] == (
        *("Cabinet, item 7", "Forecasts of benefits", "2022-10-31", "Budget", "Nominal", str(finance)),
    )


def test_the_number_of_queries_does_not_grow_with_the_records(make_project, digital, sro, illustrative):
    assert sro.standing.reads_all_exempt
    for variant in ("board", "open"):
        contents.take(sro, variant, TODAY)  # what is kept after the first time is not counted
    counts = []
    for batch in (range(1, 3), range(3, 13)):
        for number in batch:
            project = make_project(digital, f"DIG-{number:02}")
            milestone(project, 1, approved_finish=datetime.date(2022, 11, 1))
        for variant in ("board", "open"):
            for day in (TODAY, TODAY - datetime.timedelta(days=1)):
                with CaptureQueriesContext(connection) as reading:
                    contents.take(sro, variant, day)
                counts.append(len(reading))
    assert counts[:4] == counts[4:]
    assert max(counts) <= 60

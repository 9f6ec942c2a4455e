"""A workstream's page: purpose, people, workstrands, projects, proposals, milestones, delivery group."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from programme.plan.models import Activity
from programme.portfolio.actions import programme as actions
from programme.portfolio.models import Seat, WorkstreamPriority
from tests.cast import written

pytestmark = pytest.mark.django_db


def words(response) -> str:
    assert response.status_code == 200, response.status_code
    return " ".join(response.content.decode().split())


@pytest.fixture
def full(digital, digital_group, make_project, priority, principle):
    """The Digital workstream with something of everything."""
    written(WorkstreamPriority(workstream=digital, priority=priority, is_own=True))
    written(Seat(body=digital_group, post="Service Manager", role="member", position=1))
    project = make_project(digital, "DIG-01", "Customer record", stage="delivery")
    step = {"kind": "milestone", "name": "First service live", "forecast_finish": datetime.date(2040, 8, 1)}
    written(Activity(project=project, ref="DIG-01-M01", **step))
    make_project(digital, "DIG-02", "Online forms", stage="proposal", estimated_cost=20_000)
    make_project(digital, "DIG-03", "Old system", stage="stopped")
    return digital


def test_a_lead_sees_the_whole_of_it(full, lead_digital, sign_in):
    client = sign_in(lead_digital)
    page = words(client.get("/workstreams/digital/"))
    for shown in (
        "What Be Digital is for.",
        "Its corporate priority is <strong>Enabling our communities</strong>.",
        "Lead for Be Digital",
        "Customer record",
        "First service live",
        "1 August 2040",
        "Online forms",
        "£20,000",
        "not by workstream",
        "/workstreams/digital/change/",
        "/projects/add/?workstream=digital",
    ):
        assert shown in page
    assert "Old system" not in page
    people = words(client.get("/workstreams/digital/?tab=principles"))
    for shown in (
        "A single view of the customer",
        "our proposal, to be confirmed",
        "Be Digital delivery group",
        "Service Manager",
    ):
        assert shown in people


def test_staff_see_its_public_face(full, staff, sign_in):
    client = sign_in(staff)
    page = words(client.get("/workstreams/digital/")) + words(
        client.get("/workstreams/digital/?tab=principles")
    )
    for shown in ("Customer record", "First service live", "Delivery", "A single view of the customer"):
        assert shown in page
    for hidden in (
        "£",
        "Service Manager",
        "/change/",
        "Lead for Be Digital",
        "not by workstream",
        "?tab=history",
    ):
        assert hidden not in page


def test_exempt_projects_are_there_for_those_who_may(
    full, make_project, digital, exempt, lead_commercial, lead_digital, sign_in
):
    make_project(digital, "DIG-09", "Redesign", **exempt)
    assert "Redesign" in words(sign_in(lead_digital).get("/workstreams/digital/"))
    assert "Redesign" not in words(sign_in(lead_commercial).get("/workstreams/digital/"))


def test_it_is_shown_as_it_stood(full, programme_manager, sign_in):
    actions.change_purpose(full, purpose="Digital first", by=programme_manager, reason="Clearer")
    client = sign_in(programme_manager)
    then = words(client.get("/workstreams/digital/?as_at=2022-07-31"))
    assert "What Be Digital is for." in then
    assert "Digital first" not in then
    assert "Digital first" in words(client.get("/workstreams/digital/?tab=history"))
    assert client.get("/workstreams/digital/?as_at=2022-07-01").status_code == 404


def test_another_workstream_is_read_but_not_kept(full, lead_commercial, sign_in):
    client = sign_in(lead_commercial)
    page = words(client.get("/workstreams/digital/"))
    assert "/workstreams/digital/change/" not in page
    assert "?tab=history" not in page
    assert client.get("/workstreams/nowhere/").status_code == 404


@pytest.mark.parametrize("tab", ["", "?tab=principles", "?as_at=2023-01-01"])
def test_the_number_of_queries_does_not_grow_with_the_rows(
    tab, full, make_project, programme_manager, person, sign_in
):
    client = sign_in(programme_manager)

    def queries() -> int:
        with CaptureQueriesContext(connection) as counted:
            words(client.get(f"/workstreams/digital/{tab}"))
        return len(counted)

    few = queries()
    for number in range(10, 22):
        project = make_project(full, f"DIG-{number}", stage="proposal" if number % 2 else "delivery")
        step = {"kind": "milestone", "name": "Step", "forecast_finish": datetime.date(2040, 9, 1)}
        written(Activity(project=project, ref=f"DIG-{number}-M01", **step))
        person(f"owner-{number}", f"Owner {number}", ("risk_owner", full.scope))
    assert queries() == few <= 25

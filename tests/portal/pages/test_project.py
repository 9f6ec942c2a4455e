"""A project's page: its public face for everybody, the rest for working roles, now and as it stood."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from benefits.models import StatedFigure
from programme.plan.actions import activities
from programme.plan.models import Activity
from programme.portfolio.actions import decisions, project_needs, projects
from tests.cast import written

pytestmark = pytest.mark.django_db
WHY = {"reason": "Agreed"}


def words(response) -> str:
    assert response.status_code == 200, response.status_code
    return " ".join(response.content.decode().split())


@pytest.fixture
def milestone():
    """``milestone(project, "M01", date, …)``"""

    def make(project, number="M01", day=datetime.date(2040, 8, 1), **fields):
        facts = {"ref": f"{project.ref}-{number}", "kind": "milestone", "name": f"Milestone {number}"}
        return written(Activity(project=project, forecast_finish=day, **facts | fields))

    return make


@pytest.fixture
def figure(crm):
    facts = {"measure": "crm_cost", "amount": 487_000, "qualifier": "up to", "classification": "internal"}
    source = {"source_document": "Business case", "source_place": "section 2", "source_as_at": "2022-07-04"}
    return written(StatedFigure(ref="F-11", scope=crm.scope, basis="budget", **facts, **source))


@pytest.fixture
def manager(programme_manager, sign_in):
    return sign_in(programme_manager)


def test_staff_see_the_public_face_and_no_more(
    crm, figure, milestone, decide, programme_manager, staff, sign_in
):
    milestone(crm, name="First service live", precision="month")
    projects.move(crm, to="delivery", decision=decide(), by=programme_manager, **WHY)
    projects.change(crm, estimated_cost=20_000, purpose="One record", by=programme_manager, **WHY)
    client = sign_in(staff)

    page = words(client.get("/projects/DIG-01/"))
    for shown in (
        "Single view of the customer",
        "One record",
        "Be Digital",
        "Delivery",
        "First service live",
        "August 2040",
    ):
        assert shown in page
    for hidden in (
        "487,000",
        "20,000",
        "TB-2022-001",
        "?tab=plan",
        "?tab=decisions",
        "?tab=history",
        "/change/",
        "People",
    ):
        assert hidden not in page
    for tab in ("plan", "benefits", "decisions", "history"):
        assert client.get(f"/projects/DIG-01/?tab={tab}").status_code == 403


def test_working_roles_see_money_with_its_source_and_the_decision_behind_the_stage(
    crm, figure, decide, programme_manager, lead_commercial, lead_digital, sign_in
):
    projects.move(crm, to="delivery", decision=decide(), by=programme_manager, **WHY)
    page = words(sign_in(lead_commercial).get("/projects/DIG-01/"))

    assert "up to £487,000" in page
    assert "Business case, section 2" in page
    assert "TB-2022-001, 20 September 2022: Shall it go ahead?" in page
    assert "Lead for Be Digital" in page
    assert "?tab=plan" in page
    assert "?tab=history" not in page


def test_an_exempt_decision_is_named_nowhere_to_those_who_may_not_read_it(
    crm, decide, exempt, programme_manager, lead_digital, sign_in, manager
):
    projects.move(crm, to="delivery", decision=decide(**exempt), by=programme_manager, **WHY)
    lead = sign_in(lead_digital)

    for tab in ("", "?tab=decisions", "?tab=history"):
        assert "TB-2022-001" not in words(lead.get(f"/projects/DIG-01/{tab}"))
        assert "TB-2022-001" in words(manager.get(f"/projects/DIG-01/{tab}"))
    assert "a decision that you may not read" in words(lead.get("/projects/DIG-01/?tab=history"))


def test_the_decisions_tab_keeps_decisions_that_later_ones_replaced(
    crm, milestone, decide, programme_manager, manager
):
    first, second = decide(), decide("TB-2022-002", question="Shall it close?")
    projects.move(crm, to="transition", decision=first, by=programme_manager, **WHY)
    projects.move(crm, to="closed", decision=second, by=programme_manager, **WHY)
    activities.rebaseline([milestone(crm)], decision=first, by=programme_manager, **WHY)

    page = words(manager.get("/projects/DIG-01/?tab=decisions"))
    assert "Moved to transition; Baseline of DIG-01-M01" in page
    assert "Moved to closed" in page


def test_what_it_serves_and_needs_is_shown_and_stands_in_its_history(
    crm,
    make_project,
    digital,
    agile,
    exempt,
    priority,
    principle,
    programme_manager,
    lead_digital,
    sign_in,
    manager,
):
    hub, hidden = (
        make_project(digital, "DIG-05", "Support hub"),
        make_project(agile, "AGI-01", "Redesign", **exempt),
    )
    serves = {"principles": [principle], "priorities": [priority]}
    projects.say_what_it_serves(crm, by=programme_manager, reason="Said", **serves)
    project_needs.add(hub, needs=crm, note="Its records", by=programme_manager, **WHY)
    project_needs.add(crm, needs=hidden, by=programme_manager, **WHY)

    page = words(manager.get("/projects/DIG-01/"))
    for shown in (
        "Enabling our communities",
        "A single view of the customer",
        "Needed by",
        "Support hub",
        "Redesign",
    ):
        assert shown in page
    history = words(manager.get("/projects/DIG-01/?tab=history"))
    assert "<ins>A single view of the customer</ins>" in history
    assert "AGI-01 Redesign" in history
    lead = sign_in(lead_digital)
    assert "Redesign" not in words(lead.get("/projects/DIG-01/")) + words(
        lead.get("/projects/DIG-01/?tab=history")
    )


def test_the_page_as_it_stood(crm, milestone, priority, programme_manager, manager):
    milestone(crm, name="First service live")
    projects.change(crm, name="New name", purpose="New purpose", by=programme_manager, **WHY)
    projects.say_what_it_serves(crm, principles=[], priorities=[priority], by=programme_manager, **WHY)

    then = words(manager.get("/projects/DIG-01/?as_at=2022-07-31"))
    assert "Single view of the customer" in then
    assert "First service live" in then
    for later in ("New name", "New purpose", "Enabling our communities", "/change/"):
        assert later not in then
    assert "New name" in words(manager.get("/projects/DIG-01/"))
    assert manager.get("/projects/DIG-01/?as_at=2022-07-03").status_code == 404
    assert manager.get("/projects/DIG-01/?as_at=yesterday").status_code == 400
    for tab in ("plan", "decisions", "history"):
        assert "New name" not in words(manager.get(f"/projects/DIG-01/?tab={tab}&as_at=2022-07-31"))


def test_what_was_exempt_then_stays_so_for_those_who_could_not_see_it(
    make_project, agile, exempt, programme_manager, lead_digital, lead_agile, sign_in
):
    project = make_project(agile, "AGI-01", "Redesign of posts", **exempt)
    opened = {"classification": "open", "exempt_paragraphs": [], "exempt_reason": "", "exempt_review": None}
    projects.change(project, name="Redesign", by=programme_manager, reason="Consulted", **opened)

    lead = sign_in(lead_digital)
    assert "Redesign" in words(lead.get("/projects/AGI-01/"))
    then = lead.get("/projects/AGI-01/?as_at=2022-07-31")
    assert then.status_code == 404
    assert "posts" not in then.content.decode()
    assert sign_in(lead_agile).get("/projects/AGI-01/?as_at=2022-07-31").status_code == 200


@pytest.mark.parametrize("tab", ["", "?tab=plan", "?tab=decisions", "?tab=history", "?as_at=2023-01-01"])
def test_the_number_of_queries_does_not_grow_with_the_rows(
    tab, crm, make_project, digital, milestone, decide, principle, priority, programme_manager, manager
):
    projects.say_what_it_serves(
        crm, principles=[principle], priorities=[priority], by=programme_manager, **WHY
    )

    def add(numbers):
        for number in numbers:
            other = make_project(digital, f"DIG-{number:02}")
            project_needs.add(other, needs=crm, by=programme_manager, **WHY)
            decision = decide(f"TB-2022-{number:03}")
            activities.rebaseline(
                [milestone(crm, f"M{number:02}")], decision=decision, by=programme_manager, **WHY
            )
            projects.change(crm, purpose=f"Purpose {number}", by=programme_manager, **WHY)
            decisions.correct(decision, reasons="As minuted", by=programme_manager, **WHY)

    def queries() -> int:
        with CaptureQueriesContext(connection) as counted:
            words(manager.get(f"/projects/DIG-01/{tab}"))
        return len(counted)

    add([10])
    few = queries()
    add(range(11, 18))
    assert queries() == few <= 25


def test_buttons_are_there_for_those_who_may(crm, make_project, digital, pm_crm, auditor, sign_in):
    assert "/projects/DIG-01/stage/" in words(sign_in(pm_crm).get("/projects/DIG-01/"))
    assert "/projects/DIG-01/stage/" not in words(sign_in(auditor).get("/projects/DIG-01/"))
    make_project(digital, "DIG-02", stage="closed")
    assert "Move the stage" not in words(sign_in(pm_crm).get("/projects/DIG-02/"))

"""The board's landing page, and a decision's page with what it authorised."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from programme.plan.actions import activities
from programme.plan.models import Activity
from programme.portfolio.actions import projects
from programme.portfolio.models import Seat
from tests.cast import written

pytestmark = pytest.mark.django_db
WHY = {"reason": "As decided"}


def words(response) -> str:
    assert response.status_code == 200, response.status_code
    return " ".join(response.content.decode().split())


@pytest.fixture
def milestone(crm):
    facts = {"kind": "milestone", "name": "First service live", "forecast_finish": datetime.date(2023, 2, 1)}
    return written(Activity(project=crm, ref="DIG-01-M01", **facts))


def test_the_landing_page_shows_decisions_packs_and_the_board(board, decide, sro, chief_executive, sign_in):
    written(Seat(body=board, post="Head of Legal", role="member", position=1))
    decide()
    page = words(sign_in(sro).get("/board/"))
    for shown in (
        "TB-2022-001",
        "Head of Legal",
        "/board/packs/",
        "/board/decisions/enter/",
        "/bodies/programme-board/",
    ):
        assert shown in page
    assert "/board/decisions/enter/" not in words(sign_in(chief_executive).get("/board/"))


def test_staff_find_packs_there_and_neither_decisions_nor_bodies(board, decide, staff, sign_in):
    decide(classification="open")
    page = words(sign_in(staff).get("/board/"))
    assert "/board/packs/" in page
    for hidden in ("TB-2022-001", "/board/decisions/", "Programme Board"):
        assert hidden not in page


def test_a_decision_says_what_it_authorised(crm, milestone, decide, programme_manager, auditor, sign_in):
    decision = decide()
    projects.move(crm, to="delivery", decision=decision, by=programme_manager, **WHY)
    projects.change(crm, purpose="Unrelated", by=programme_manager, **WHY)
    activities.rebaseline([milestone], decision=decision, by=programme_manager, **WHY)
    client = sign_in(auditor)

    page = words(client.get("/board/decisions/TB-2022-001/"))
    assert page.count("Moved to delivery") == 1
    assert "Baseline of DIG-01-M01" in page
    assert "The case is made." in page
    assert "/correct/" not in page
    then = words(client.get("/board/decisions/TB-2022-001/?as_at=2022-07-31"))
    assert "Moved to delivery" not in then


def test_what_it_authorised_on_exempt_projects_is_for_those_who_may(
    make_project, agile, exempt, decide, programme_manager, lead_digital, sign_in
):
    hidden = make_project(agile, "AGI-01", "Redesign", **exempt)
    projects.move(hidden, to="delivery", decision=decide(), by=programme_manager, **WHY)
    assert "Redesign" not in words(sign_in(lead_digital).get("/board/decisions/TB-2022-001/"))
    assert "Redesign" in words(sign_in(programme_manager).get("/board/decisions/TB-2022-001/"))


def test_an_exempt_decision_says_so_and_is_not_found_by_others(decide, exempt, sro, lead_digital, sign_in):
    decide(**exempt)
    page = words(sign_in(sro).get("/board/decisions/TB-2022-001/"))
    assert "paragraph 4" in page
    assert "Consultation has not begun." in page
    assert sign_in(lead_digital).get("/board/decisions/TB-2022-001/").status_code == 404


def test_the_number_of_queries_does_not_grow_with_the_rows(
    make_project, digital, decide, programme_manager, sign_in
):
    decision, client = decide(), sign_in(programme_manager)

    def add(numbers):
        for number in numbers:
            project = make_project(digital, f"DIG-{number:02}")
            projects.move(project, to="delivery", decision=decision, by=programme_manager, **WHY)

    def queries(address) -> int:
        with CaptureQueriesContext(connection) as counted:
            words(client.get(address))
        return len(counted)

    pages = ["/board/", "/board/decisions/TB-2022-001/", "/board/decisions/TB-2022-001/?as_at=2023-01-01"]
    add([1])
    few = [queries(page) for page in pages]
    add(range(2, 14))
    assert [queries(page) for page in pages] == few
    assert max(few) <= 25

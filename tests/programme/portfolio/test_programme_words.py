"""Keeping the programme's own words: vision, statements, purposes, workstrands, reports."""

import pytest

from programme.portfolio.actions import programme as actions
from programme.portfolio.actions import projects
from programme.portfolio.models import DesignPrinciple, ExecutiveReport, Statement

pytestmark = pytest.mark.django_db
WHY = {"reason": "Agreed by the board"}


def wrong(response) -> list[str]:
    assert response.status_code == 422, response.status_code
    return list(response.context["form"].errors)


@pytest.fixture
def manager(programme_manager, sign_in):
    return sign_in(programme_manager)


def statements(kind) -> list[str]:
    return [one.text for one in Statement.objects.live().filter(kind=kind).order_by("position")]


def test_sentences_of_a_kind_are_kept_as_a_whole_and_unchanged_ones_are_left_alone(
    programme, programme_manager
):
    def state(*texts):
        actions.state(programme, kind="objective", texts=texts, by=programme_manager, **WHY)

    state("Save money", "Serve people")
    state("Save money", "Serve residents", "Use less space")
    assert statements("objective") == ["Save money", "Serve residents", "Use less space"]
    state("Save money")
    assert statements("objective") == ["Save money"]
    state("Save money", "Serve everybody")
    assert statements("objective") == ["Save money", "Serve everybody"]
    assert Statement.objects.get(position=1).version == 1


def test_statements_are_kept_on_their_page(programme, manager):
    address = "/programme/statements/implementation-order/"
    typed = {"texts": "Internal first\r\n\r\nThen residents", "reason": "As agreed", "version": "1"}
    assert manager.post(address, typed).headers["Location"] == "/programme/?tab=principles"
    assert statements("implementation_order") == ["Internal first", "Then residents"]
    assert "Internal first\nThen residents" in manager.get(address).content.decode()
    assert manager.get("/programme/statements/motto/").status_code == 404


def test_the_programme_is_changed(programme, manager):
    typed = {
        "name": "Transforming",
        "organisation": "East Herts Council",
        "vision": "Better",
        "business_case": "July 2022",
    }
    assert manager.post("/programme/change/", typed | {"reason": "New", "version": "1"}).status_code == 302
    programme.refresh_from_db()
    assert (programme.vision, programme.scope.name) == ("Better", "Transforming")
    assert wrong(
        manager.post("/programme/change/", typed | {"vision": "x" * 10_000, "reason": "New", "version": "2"})
    ) == ["vision"]


def test_a_lead_keeps_the_purpose_of_their_own_workstream(digital, agile, lead_digital, sign_in):
    lead = sign_in(lead_digital)
    typed = {"purpose": "Digital first", "reason": "Clearer", "version": "1"}
    assert lead.post("/workstreams/digital/change/", typed).status_code == 302
    assert lead.get("/workstreams/agile-sustainable/change/").status_code == 403
    digital.refresh_from_db()
    assert digital.purpose == "Digital first"


def test_a_workstrand_is_settled_with_its_principles(principle, agile, manager):
    strand = principle.workstrand
    address = f"/programme/workstrands/{strand.pk}/change/"
    typed = {
        "workstream": agile.pk,
        "home_confirmed": "on",
        "principles": "One view of the customer\nDigital by default",
    }
    assert manager.post(address, typed | {"reason": "TB-2022-001", "version": "1"}).status_code == 302

    strand.refresh_from_db()
    assert (strand.workstream, strand.home_confirmed) == (agile, True)
    assert [one.text for one in strand.principles.live()] == [
        "One view of the customer",
        "Digital by default",
    ]
    principle.refresh_from_db()
    assert principle.text == "One view of the customer"


def test_a_principle_that_projects_serve_cannot_be_left_out(principle, crm, programme_manager, manager):
    projects.say_what_it_serves(crm, principles=[principle], priorities=[], by=programme_manager, **WHY)
    address = f"/programme/workstrands/{principle.workstrand.pk}/change/"
    typed = {
        "workstream": principle.workstrand.workstream.pk,
        "principles": "",
        "reason": "Tidied",
        "version": "1",
    }
    assert wrong(manager.post(address, typed)) == ["principles"]
    assert DesignPrinciple.objects.live().count() == 1
    principle.workstrand.refresh_from_db()
    assert principle.workstrand.version == 1


def test_reports_to_the_executive_are_added_and_corrected(programme, manager):
    typed = {"date": "2022-07-05", "subject": "Business case", "reason": "Reported", "version": "1"}
    assert manager.post("/programme/reports/add/", typed).status_code == 302
    report = ExecutiveReport.objects.get()
    address = f"/programme/reports/{report.pk}/change/"
    assert manager.post(address, typed | {"date": "2022-07-06"}).status_code == 302
    assert wrong(manager.post(address, typed | {"date": "2090-07-06", "version": "2"})) == ["date"]
    report.refresh_from_db()
    assert (report.date.day, report.version) == (6, 2)


@pytest.mark.parametrize("who", ["sro", "lead_digital", "auditor", "communications", "staff"])
def test_only_the_programme_office_keeps_the_programmes_words(who, principle, request, sign_in):
    client = sign_in(request.getfixturevalue(who))
    pages = [
        "change/",
        "statements/objective/",
        "reports/add/",
        f"workstrands/{principle.workstrand.pk}/change/",
    ]
    assert [client.get(f"/programme/{page}").status_code for page in pages] == [403] * 4


def test_before_there_is_a_programme_its_pages_are_not_found(person, sign_in, digital):
    somebody = person("nobody")
    assert sign_in(somebody).get("/programme/change/").status_code == 404

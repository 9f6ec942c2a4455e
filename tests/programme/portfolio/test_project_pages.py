"""The list of projects, the pipeline, and the pages on which projects are added, changed and moved."""

import csv
import io
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from programme.portfolio.actions import projects
from programme.portfolio.models import Project, ProjectDependency

pytestmark = pytest.mark.django_db
ADD = "/projects/add/"
NEW = {
    "workstream": "",
    "name": "Online forms",
    "stage": "proposal",
    "classification": "internal",
    "reason": "Asked for",
}


def words(response) -> str:
    return response.content.decode()


def refs(response) -> list[str]:
    return [one.ref for one in response.context["table"].page.object_list.data]


def wrong(response) -> dict[str, list[str]]:
    assert response.status_code == 422, response.status_code
    return dict(response.context["form"].errors)


def rows_of(response) -> list[list[str]]:
    return list(csv.reader(io.StringIO(response.getvalue().decode("utf-8-sig"))))


def queries(client, address: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as counted:
        assert client.get(address).status_code == 200
    return len(counted)


@pytest.fixture
def manager(programme_manager, sign_in):
    return sign_in(programme_manager)


@pytest.fixture
def lead(lead_digital, sign_in):
    return sign_in(lead_digital)


# The list


def test_staff_see_open_projects_without_money_or_class(crm, make_project, digital, staff, sign_in):
    make_project(digital, "DIG-02", classification="internal")
    response = sign_in(staff).get("/projects/")

    assert refs(response) == ["DIG-01"]
    headings = [column.header for column in response.context["table"].columns]
    assert headings == ["Reference", "Project", "Workstream", "Workstrand", "Stage"]
    export = rows_of(sign_in(staff).get("/projects/?format=csv&sort=estimated_cost"))
    assert export[0] == headings
    assert len(export) == 2


def test_exempt_projects_are_listed_and_exported_only_for_those_who_may(
    make_project, agile, exempt, lead, manager, lead_agile, sign_in
):
    make_project(agile, "AGI-01", "Redesign", **exempt)
    for client, seen in ((manager, True), (sign_in(lead_agile), True), (lead, False)):
        assert ("Redesign" in words(client.get("/projects/"))) == seen
        assert ("AGI-01" in str(rows_of(client.get("/projects/?format=csv")))) == seen
        assert ("AGI-01" in words(client.get("/projects/pipeline/"))) == seen
        assert client.get("/projects/?q=redesign").context["count"] == int(seen)
    assert "Exempt" in words(manager.get("/projects/"))


def test_filters_and_order_are_in_the_address(make_project, digital, agile, principle, manager):
    make_project(digital, "DIG-01", "Customer record", stage="delivery", workstrand=principle.workstrand)
    make_project(digital, "DIG-02", "Customer portal")
    make_project(agile, "AGI-01", "Customer charter", stage="delivery")

    assert refs(manager.get("/projects/?stage=delivery&sort=-name")) == ["DIG-01", "AGI-01"]
    assert refs(manager.get("/projects/?stage=not-stated")) == ["DIG-02"]
    assert refs(manager.get("/projects/?workstream=digital&q=portal")) == ["DIG-02"]
    assert refs(manager.get(f"/projects/?strand={principle.workstrand.pk}")) == ["DIG-01"]
    assert "A filter could not be understood" in words(manager.get("/projects/?strand=x"))


def test_text_that_looks_like_a_formula_stays_text_in_exports(make_project, digital, manager):
    make_project(digital, "DIG-01", '=HYPERLINK("http://example.org","Click")')

    assert rows_of(manager.get("/projects/?format=csv"))[1][1].startswith("'=HYPERLINK")
    sheet = load_workbook(io.BytesIO(manager.get("/projects/?format=xlsx").getvalue())).active
    cells = [cell for row in sheet.iter_rows() for cell in row if "HYPERLINK" in str(cell.value)]
    assert [cell.data_type for cell in cells] == ["s"]


@pytest.mark.parametrize(("address", "most"), [("/projects/", 12), ("/projects/pipeline/", 12)])
def test_the_number_of_queries_does_not_grow_with_the_rows(
    address, most, make_project, digital, priority, principle, programme_manager, manager
):
    def add(numbers):
        for number in numbers:
            project = make_project(digital, f"DIG-{number:02}", stage="proposal", estimated_cost=1000)
            serves = {"principles": [principle], "priorities": [priority]}
            projects.say_what_it_serves(project, by=programme_manager, reason="Said", **serves)

    def asked():
        manager.get(address)  # what is kept of all projects is counted anew after a change
        return queries(manager, address)

    add([1])
    few = asked()
    add(range(2, 21))
    assert asked() == few <= most


# The pipeline


def test_the_balance_follows_every_change(make_project, digital, priority, programme_manager, manager):
    def page():
        return " ".join(re.sub(r"<[^>]+>", " ", words(manager.get("/projects/pipeline/"))).split())

    project = make_project(digital, "DIG-01", stage="proposal", estimated_cost=1000)
    assert "0 live projects and 1 proposal" in page()
    serves = {"principles": [], "priorities": [priority]}
    projects.say_what_it_serves(project, by=programme_manager, reason="Said", **serves)
    assert f"{priority.name} 0 1" in page()
    project.stage = "delivery"
    project.record(by=programme_manager, reason="Begun")
    assert "1 live project and 0 proposals" in page()
    assert f"{priority.name} 1 0" in page()


def test_the_pipeline_sets_proposals_beside_live_projects(
    make_project, digital, agile, priority, programme_manager, manager
):
    make_project(digital, "DIG-01", "Record", stage="delivery")
    make_project(digital, "DIG-02", "Finished", stage="closed")
    proposal = make_project(
        digital, "DIG-03", "Forms", stage="proposal", estimated_cost=20_000, estimated_saving=7_500
    )
    make_project(agile, "AGI-01", "Desks", stage="proposal")
    serves = {"principles": [], "priorities": [priority]}
    projects.say_what_it_serves(proposal, by=programme_manager, reason="Said", **serves)

    response = manager.get("/projects/pipeline/")

    assert refs(response) == ["AGI-01", "DIG-03", "DIG-01"]
    assert "1 live project and 2 proposals." in words(response)
    assert "£20,000" in words(response)
    found = response.context["balance"]
    assert [(row.name, row.live, row.proposals) for row in found.by_workstream] == [
        ("Agile and Sustainable", 0, 1),
        ("Digital", 1, 1),
    ]
    assert found.by_workstream[0].proposed_cost is None
    assert [(row.name, row.proposals) for row in found.by_priority] == [("Enabling our communities", 1)]
    assert refs(manager.get(f"/projects/pipeline/?priority={priority.pk}")) == ["DIG-03"]
    export = rows_of(manager.get("/projects/pipeline/?format=csv"))
    assert [
        "Digital",
        "DIG-03",
        "Forms",
        "Proposal",
        "Enabling our communities",
        "",
        "20000",
        "7500",
        "Open",
    ] in export


def test_a_priority_no_longer_served_does_not_count(
    make_project, digital, priority, programme_manager, manager
):
    project = make_project(digital, "DIG-03", stage="proposal")
    for priorities in ([priority], []):
        serves = {"principles": [], "priorities": priorities}
        projects.say_what_it_serves(project, by=programme_manager, reason="Said", **serves)

    assert refs(manager.get(f"/projects/pipeline/?priority={priority.pk}")) == []
    assert manager.get("/projects/pipeline/").context["balance"].by_priority == ()


def test_the_pipeline_is_a_working_page(staff, sign_in):
    assert sign_in(staff).get("/projects/pipeline/").status_code == 403


# Adding and changing


def test_a_lead_adds_a_proposal_in_their_own_workstream_only(digital, agile, lead):
    assert words(lead.get(ADD)).count("<option") < 20
    response = lead.post(ADD, NEW | {"workstream": digital.pk})
    assert response.headers["Location"] == "/projects/DIG-01/"

    assert list(wrong(lead.post(ADD, NEW | {"workstream": agile.pk}))) == ["workstream"]
    assert Project.objects.count() == 1


def test_the_link_from_a_workstream_chooses_it(digital, agile, manager):
    assert f'<option value="{digital.pk}" selected>' in words(manager.get(f"{ADD}?workstream=digital"))


@pytest.mark.parametrize("who", ["staff", "pm_crm", "auditor", "sro", "group_member"])
def test_who_may_not_add_a_project_is_refused(who, request, sign_in):
    client = sign_in(request.getfixturevalue(who))
    assert client.get(ADD).status_code == 403
    assert client.post(ADD, NEW).status_code == 403


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "x" * 10_000}, "name"),
        ({"name": "a\x00b"}, "name"),
        ({"name": "a\u202eb"}, "name"),
        ({"purpose": "x" * 10_000}, "purpose"),
        ({"ref": "dig-1"}, "ref"),
        ({"ref": "DIG-01"}, "ref"),
        ({"stage": "closed"}, "stage"),
        ({"stage": "delivery"}, "stage_decision"),
        ({"estimated_cost": "-1"}, "estimated_cost"),
        ({"estimated_cost": "a lot"}, "estimated_cost"),
        ({"estimated_cost": "9" * 40}, "estimated_cost"),
        ({"classification": "exempt"}, "exempt_paragraphs"),
        ({"classification": "exempt", "exempt_paragraphs": ["8"]}, "exempt_paragraphs"),
        ({"reason": " \t\n"}, "reason"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_beside_its_field_and_what_was_typed_is_kept(
    typed, field, crm, digital, manager
):
    response = manager.post(ADD, NEW | {"workstream": digital.pk, "purpose": "Kept as typed"} | typed)

    assert field in wrong(response)
    assert Project.objects.count() == 1
    if "purpose" not in typed:
        assert "Kept as typed" in words(response)


def test_what_an_exemption_says_is_dropped_when_it_ends(make_project, digital, exempt, lead):
    project = make_project(digital, "DIG-02", **exempt)
    page = lead.get("/projects/DIG-02/change/")
    assert 'value="4" checked' in " ".join(words(page).split()) or "checked" in words(page)
    typed = {
        "name": "Open now",
        "classification": "open",
        "exempt_paragraphs": ["4"],
        "exempt_reason": "Was",
        "reason": "Over",
        "version": "1",
    }

    assert lead.post("/projects/DIG-02/change/", typed).status_code == 302
    project.refresh_from_db()
    assert (project.classification, project.exempt_paragraphs, project.exempt_reason) == ("open", [], "")


@pytest.mark.parametrize("page", ["change", "stage", "serves", "needs/add"])
def test_who_may_change_a_project_and_who_may_not(
    page, crm, pm_crm, lead_digital, lead_commercial, auditor, staff, sign_in
):
    def status(user):
        return sign_in(user).get(f"/projects/DIG-01/{page}/").status_code

    assert [status(user) for user in (pm_crm, lead_digital, lead_commercial, auditor, staff)] == [
        200,
        200,
        403,
        403,
        403,
    ]


def test_a_page_about_what_may_not_be_seen_is_not_found(make_project, agile, exempt, lead):
    make_project(agile, "AGI-01", **exempt)
    assert [lead.get(f"/projects/AGI-01/{page}").status_code for page in ("", "change/", "stage/")] == [
        404
    ] * 3
    assert lead.get("/projects/AGI-99/").status_code == 404


# Moving, serving, needing


def test_only_allowed_moves_are_offered_and_the_move_names_its_decision(make_project, digital, decide, lead):
    make_project(digital, "DIG-02", stage="outline_business_case")
    decision, refused = decide(), decide("TB-2022-002", outcome="rejected")
    form = lead.get("/projects/DIG-02/stage/").context["form"]
    assert [value for value, _ in form.fields["stage"].choices] == ["business_case", "stopped"]
    assert list(form.fields["decision"].queryset) == [decision]

    move = {"stage": "business_case", "reason": "Approved", "version": "1"}
    assert list(wrong(lead.post("/projects/DIG-02/stage/", move))) == ["decision"]
    assert list(wrong(lead.post("/projects/DIG-02/stage/", move | {"decision": refused.pk}))) == ["decision"]
    assert list(
        wrong(lead.post("/projects/DIG-02/stage/", move | {"stage": "closed", "decision": decision.pk}))
    ) == ["stage"]
    assert lead.post("/projects/DIG-02/stage/", move | {"decision": decision.pk}).status_code == 302
    assert Project.objects.get(ref="DIG-02").stage == "business_case"


def test_a_long_question_is_offered_without_being_cut_within_an_amount(make_project, digital, decide, lead):
    make_project(digital, "DIG-02", stage="outline_business_case")
    asked = "Does the single view of the customer go into delivery, at a cost of up to, and no more than, "
    decide(question=f"{asked}£487,000?")
    offered = lead.get("/projects/DIG-02/stage/").context["form"]["decision"]
    [_, (_, label)] = offered.field.choices
    assert label.endswith("at a cost of up to, and no more …")


def test_approved_dates_name_a_decision_that_approves(crm, decide, lead):
    decision, refused = decide(), decide("TB-2022-002", outcome="rejected")
    address = "/projects/DIG-01/dates/"
    typed = {
        "approved_start": "2022-07-18",
        "approved_finish": "2023-09-29",
        "reason": "Approved",
        "version": "1",
    }
    assert list(wrong(lead.post(address, typed))) == ["decision"]
    assert list(wrong(lead.post(address, typed | {"decision": refused.pk}))) == ["decision"]
    early = typed | {"decision": decision.pk, "approved_finish": "2022-07-01"}
    assert list(wrong(lead.post(address, early))) == ["approved_finish"]

    assert lead.post(address, typed | {"decision": decision.pk}).status_code == 302
    project = Project.objects.get(ref="DIG-01")
    assert (project.approved_finish.isoformat(), project.dates_decision) == ("2023-09-29", decision)
    assert "Dates of the project as a whole" in words(lead.get("/projects/DIG-01/?tab=decisions"))
    assert "Dates of the project as a whole" in words(lead.get(decision.get_absolute_url()))


def test_a_move_made_meanwhile_by_somebody_else_is_shown_and_nothing_is_lost(
    make_project, digital, lead, programme_manager
):
    project = make_project(digital, "DIG-02", stage="proposal")
    projects.move(project, to="discovery", decision=None, by=programme_manager, reason="Funded")

    response = lead.post(
        "/projects/DIG-02/stage/", {"stage": "discovery", "reason": "My reason", "version": "1"}
    )
    assert response.status_code == 409
    assert "My reason" in words(response)
    assert "Funded" in words(response)


def test_what_a_project_serves_is_said_on_a_page(crm, priority, principle, lead):
    typed = {"priorities": [priority.pk], "principles": [principle.pk], "reason": "Agreed", "version": "1"}
    assert lead.post("/projects/DIG-01/serves/", typed).status_code == 302
    form = lead.get("/projects/DIG-01/serves/").context["form"]
    assert form.initial == {"priorities": [priority.pk], "principles": [principle.pk]}


@pytest.mark.parametrize("name", ["priorities", "principles"])
@pytest.mark.parametrize("number", ["9" * 40, "-1", "one", "\0"])
def test_what_is_not_among_those_offered_is_refused(name, number, crm, lead):
    typed = {name: number, "reason": "As agreed", "version": "1"}
    assert lead.post("/projects/DIG-01/serves/", typed).status_code == 422


def test_a_dependency_is_added_and_withdrawn(crm, make_project, digital, agile, exempt, lead):
    make_project(digital, "DIG-05")
    make_project(agile, "AGI-01", **exempt)
    typed = {"needs": "dig-01", "note": "Its records", "reason": "Agreed", "version": "1"}
    assert lead.post("/projects/DIG-05/needs/add/", typed).headers["Location"] == "/projects/DIG-05/"

    for unseen in ("AGI-01", "AGI-99", "DIG-05", "DIG-01"):
        response = lead.post("/projects/DIG-05/needs/add/", typed | {"needs": unseen})
        assert list(wrong(response)) == ["needs"]
        assert ("that you may see" in words(response)) == unseen.startswith("AGI")

    link = ProjectDependency.objects.get()
    address = f"/projects/DIG-05/needs/{link.pk}/end/"
    assert "DIG-05 no longer depends on DIG-01" in words(lead.get(address))
    assert lead.get(f"/projects/DIG-01/needs/{link.pk}/end/").status_code == 404
    assert lead.post(address, {"reason": "No more", "version": "1"}).status_code == 302
    assert not ProjectDependency.objects.live().exists()

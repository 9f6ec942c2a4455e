"""The programme's page: the line of sight, workstrands, governance and money, for those who may see each."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.pages import milestones
from portal.pages.line_of_sight import SHOWN, lines_of_sight
from programme.foundation import calendar
from programme.plan.dates import stated
from programme.plan.models import Activity
from programme.portfolio.actions import programme as actions
from programme.portfolio.actions import projects
from programme.portfolio.models import CorporatePriority, Seat, Statement, WorkstreamPriority
from tests.cast import written

pytestmark = pytest.mark.django_db
WHY = {"reason": "Agreed"}


def words(response) -> str:
    assert response.status_code == 200, response.status_code
    return " ".join(response.content.decode().split())


@pytest.fixture
def priorities(agile, commercial, digital, priority):
    """Each workstream's own priority, and the one that all three support."""
    own = {
        agile: written(CorporatePriority(name="Sustainability at the heart", position=1)),
        commercial: written(CorporatePriority(name="Encouraging economic growth", position=3)),
        digital: written(CorporatePriority(name="Digital by design", position=4)),
    }
    for workstream, one in own.items():
        written(WorkstreamPriority(workstream=workstream, priority=one, is_own=True))
        written(WorkstreamPriority(workstream=workstream, priority=priority))
    return own


@pytest.fixture
def milestone():
    def make(project, number=1, day=datetime.date(2040, 8, 1), **fields):
        facts = {
            "ref": f"{project.ref}-M{number:02}",
            "kind": "milestone",
            "name": f"{project.ref} step {number}",
        }
        return written(Activity(project=project, forecast_finish=day, **facts | fields))

    return make


@pytest.fixture
def manager(programme_manager, sign_in):
    return sign_in(programme_manager)


def test_the_line_of_sight_leads_from_priority_to_milestone(
    priorities, digital, crm, milestone, programme_manager
):
    milestone(crm, 2, datetime.date(2041, 1, 1))
    milestone(crm, 1, datetime.date(2040, 8, 1), precision="month")
    line = lines_of_sight(programme_manager, [digital])[3]

    assert line.priority == "Digital by design"
    [project] = line.workstreams[0].projects
    assert (project.ref, project.next.name, project.next.when) == ("DIG-01", "DIG-01 step 1", "August 2040")


def test_enabling_our_communities_is_supported_by_all_three_and_no_orphan(
    priorities, priority, crm, agile, commercial, digital, programme_manager, manager
):
    projects.say_what_it_serves(crm, principles=[], priorities=[priority], by=programme_manager, **WHY)
    line = lines_of_sight(programme_manager, [agile, commercial, digital])[1]

    assert line.words == "Supported by all three workstreams."
    assert [one.name for one in line.workstreams] == [
        "Be Agile and Sustainable",
        "Be Commercial",
        "Be Digital",
    ]
    assert [one.ref for one in line.also] == ["DIG-01"]
    assert "Supported by all three workstreams." in words(manager.get("/programme/"))


def test_a_project_stands_once_under_its_own_workstreams_priority_and_not_once_it_is_over(
    priorities, crm, digital, make_project, programme_manager
):
    projects.say_what_it_serves(
        crm, principles=[], priorities=[priorities[digital]], by=programme_manager, **WHY
    )
    make_project(digital, "DIG-02", stage="stopped")
    line = lines_of_sight(programme_manager, [digital])[3]

    assert [one.ref for one in line.workstreams[0].projects] == ["DIG-01"]
    assert line.also == ()


def test_a_workstream_with_many_projects_shows_the_first_and_leads_to_all(
    priorities, digital, make_project, programme_manager, manager
):
    for number in range(SHOWN + 2):
        make_project(digital, f"DIG-{number:02}")
    line = lines_of_sight(programme_manager, [digital])[3]
    assert len(line.workstreams[0].projects) == SHOWN
    assert "/projects/?workstream=digital" in words(manager.get("/programme/"))


@pytest.mark.parametrize(
    ("day", "precision", "expected", "past"),
    [
        (datetime.date(2022, 8, 1), "day", "1 August 2022", True),
        (datetime.date(2022, 11, 30), "day", "30 November 2022", False),
        (datetime.date(2022, 11, 1), "month", "November 2022", False),
        (datetime.date(2022, 10, 1), "month", "October 2022", True),
        (datetime.date(2022, 4, 1), "financial_year", "2022/23", False),
        (datetime.date(2021, 4, 1), "financial_year", "2021/22", True),
    ],
)
def test_a_date_is_as_exact_and_as_late_as_it_is_known(day, precision, expected, past):
    assert stated(day, precision) == expected
    assert milestones.is_past(day, precision, datetime.date(2022, 11, 30)) == past


def test_cards_count_what_the_viewer_may_see(
    digital, agile, make_project, exempt, milestone, lead_digital, manager, sign_in
):
    soon = calendar.today() + datetime.timedelta(days=10)
    milestone(make_project(digital, "DIG-01", stage="delivery"), day=soon)
    make_project(digital, "DIG-02", stage="proposal")
    make_project(digital, "DIG-03", stage="closed")
    hidden = make_project(agile, "AGI-01", **exempt)
    milestone(hidden, day=soon)

    def facts(client, place):
        return client.get("/programme/").context["cards"][place]["facts"]

    assert facts(manager, 1) == [("Projects", 1), ("Proposals", 1), ("Milestones due in 30 days", 1)]
    assert facts(manager, 0)[0] == ("Projects", 1)
    assert facts(sign_in(lead_digital), 0) == [
        ("Projects", 0),
        ("Proposals", 0),
        ("Milestones due in 30 days", 0),
    ]
    assert "AGI-01" not in words(sign_in(lead_digital).get("/programme/"))


def test_workstrands_stand_under_their_home_which_is_a_proposal_until_confirmed(
    principle, digital, programme_manager, manager
):
    page = words(manager.get("/programme/?tab=principles"))
    assert "A single view of the customer" in page
    assert "Home: our proposal, to be confirmed by the board." in page
    strand = principle.workstrand
    settled = {"workstream": digital, "home_confirmed": True, "note": "", "principles": [principle.text]}
    actions.settle_workstrand(strand, by=programme_manager, reason="TB-2022-001", **settled)
    assert "our proposal" not in words(manager.get("/programme/?tab=principles"))


def test_statements_are_shown_with_a_way_to_change_them_for_those_who_may(programme, manager, staff, sign_in):
    for kind in ("objective", "agile_principle", "implementation_order", "transition"):
        written(Statement(programme=programme, kind=kind, position=1, text=f"Words about {kind}"))
    for client, keeps in ((manager, True), (sign_in(staff), False)):
        summary, principles = (
            words(client.get("/programme/")),
            words(client.get("/programme/?tab=principles")),
        )
        assert "Words about objective" in summary
        assert all(
            f"Words about {kind}" in principles
            for kind in ("agile_principle", "implementation_order", "transition")
        )
        assert ("/programme/statements/objective/" in summary) == keeps
        assert ("/programme/change/" in summary) == keeps


def test_governance_names_posts_bodies_and_reports(
    programme, board, digital_group, sro, programme_manager, manager, staff, sign_in
):
    written(Seat(body=board, post="Head of Legal and Democratic Services", role="member", position=1))
    facts = {"date": datetime.date(2021, 11, 23), "subject": "Progress"}
    actions.report(programme, by=programme_manager, **facts, **WHY)

    page = words(manager.get("/programme/?tab=governance"))
    for shown in (
        "Senior Responsible Officer, Programme Board",
        "Head of Legal",
        "Be Digital delivery group",
        "23 November 2021",
    ):
        assert shown in page
    public = words(sign_in(staff).get("/programme/?tab=governance"))
    assert "Progress" in public
    for hidden in ("Head of Legal", "Senior Responsible Officer", "delivery group"):
        assert hidden not in public


def test_the_page_as_it_stood(programme, priorities, digital, make_project, programme_manager, manager):
    written(Statement(programme=programme, kind="objective", position=1, text="Save at least £1 million"))
    crm = make_project(digital, "DIG-01", "Customer record")
    actions.state(programme, kind="objective", texts=["Save more"], by=programme_manager, **WHY)
    actions.change(programme, vision="A new vision", by=programme_manager, **WHY)
    projects.change(crm, name="Customer platform", by=programme_manager, **WHY)

    then = words(manager.get("/programme/?as_at=2022-07-31"))
    for shown in ("Save at least £1 million", "residents", "Customer record", "Digital by design"):
        assert shown in then
    for later in ("Save more", "A new vision", "Customer platform", "/change/"):
        assert later not in then
    for tab in ("principles", "governance", "money"):
        words(manager.get(f"/programme/?tab={tab}&as_at=2022-07-31"))


def test_what_was_exempt_then_is_not_shown_of_the_past_to_those_who_could_not_see_it(
    priorities, agile, make_project, exempt, programme_manager, lead_digital, lead_agile, sign_in
):
    project = make_project(agile, "AGI-01", "Redesign of posts", **exempt)
    opened = {"classification": "open", "exempt_paragraphs": [], "exempt_reason": "", "exempt_review": None}
    projects.change(project, name="Redesign", by=programme_manager, **opened, **WHY)

    assert "Redesign" in words(sign_in(lead_digital).get("/programme/"))
    assert "Redesign" not in words(sign_in(lead_digital).get("/programme/?as_at=2022-07-31"))
    assert "Redesign of posts" in words(sign_in(lead_agile).get("/programme/?as_at=2022-07-31"))


@pytest.mark.parametrize("tab", ["", "?tab=principles", "?tab=governance", "?tab=money", "?as_at=2023-01-01"])
def test_the_number_of_queries_does_not_grow_with_the_rows(
    tab,
    priorities,
    priority,
    digital,
    agile,
    board,
    make_project,
    milestone,
    exempt,
    programme_manager,
    lead_agile,
    sign_in,
    person,
):
    def add(numbers):
        for number in numbers:
            project = make_project(digital, f"DIG-{number:02}")
            milestone(project)
            make_project(agile, f"AGI-{number:02}", **exempt)
            projects.say_what_it_serves(
                project, principles=[], priorities=[priority], by=programme_manager, **WHY
            )
            written(Seat(body=board, post=f"Post {number}", role="member", position=number))
            person(f"member-{number}", f"Member {number}", ("board_member", board.scope))

    def queries(user) -> int:
        client = sign_in(user)
        with CaptureQueriesContext(connection) as counted:
            words(client.get(f"/programme/{tab}"))
        return len(counted)

    add([1])
    few = [queries(user) for user in (programme_manager, lead_agile)]
    add(range(2, 14))
    assert [queries(user) for user in (programme_manager, lead_agile)] == few
    assert max(few) <= 25


def test_before_the_business_case_is_loaded_there_is_no_page(person, sign_in, programme_scope, programme):
    somebody = person("somebody", "Somebody", ("staff", programme_scope))
    written_by = somebody._meta.model.objects.installer()
    programme.withdraw(by=written_by, reason="Ended")
    assert sign_in(somebody).get("/programme/").status_code == 404

"""Moving a project to another workstream, and the corporate priorities that a workstream serves."""

import pytest
from django.core.exceptions import ValidationError

from programme.foundation import calendar
from programme.foundation.history import MissingReason
from programme.people.models import User
from programme.portfolio.actions import programme as actions
from programme.portfolio.actions import projects
from programme.portfolio.models import CorporatePriority, Project, WorkstreamPriority
from tests.cast import BEGINNING, written

pytestmark = pytest.mark.django_db
WHY = {"reason": "The board moved it, TB-2022-004"}
MOVE = "/projects/DIG-01/workstream/"
SERVES = "/workstreams/digital/priorities/"


def words(response) -> str:
    assert response.status_code == 200, response.status_code
    return " ".join(response.content.decode().split())


def wrong(response) -> list[str]:
    assert response.status_code == 422, response.status_code
    return list(response.context["form"].errors)


def again(record):
    """The record or person as a new request reads them."""
    return type(record).objects.get(pk=record.pk)


@pytest.fixture
def manager(programme_manager, sign_in):
    return sign_in(programme_manager)


# Moving a project


def test_a_moved_project_keeps_its_reference_and_history(crm, agile, programme_manager):
    projects.change_workstream(crm, to=agile, by=programme_manager, **WHY)

    moved = Project.objects.get(ref="DIG-01")
    assert (moved.workstream, moved.scope.parent) == (agile, agile.scope)
    change, beginning = moved.changes()
    assert (change.who, change.reason) == (programme_manager, WHY["reason"])
    assert [(one.label, one.old, one.new) for one in change.fields] == [
        ("Workstream", "Be Digital", "Be Agile and Sustainable")
    ]
    assert beginning.reason == "The world of a test"


def test_who_may_change_a_project_follows_it(crm, agile, pm_crm, lead_digital, lead_agile, programme_manager):
    def may_change() -> list[bool]:
        project = Project.objects.get(ref="DIG-01")
        people = [again(one) for one in (lead_digital, lead_agile, pm_crm)]
        return [one.has_perm("portfolio.change_project", project) for one in people]

    assert may_change() == [True, False, True]
    projects.change_workstream(crm, to=agile, by=programme_manager, **WHY)
    assert may_change() == [False, True, True]


def test_who_reads_an_exempt_project_follows_it(
    make_project, digital, agile, exempt, lead_digital, lead_agile, programme_manager
):
    hidden = make_project(digital, "DIG-02", **exempt)

    def see() -> list[bool]:
        people: list[User] = [again(one) for one in (lead_digital, lead_agile)]
        return [Project.objects.visible_to(one).filter(ref="DIG-02").exists() for one in people]

    assert see() == [True, False]
    projects.change_workstream(hidden, to=agile, by=programme_manager, **WHY)
    assert see() == [False, True]


def test_a_project_is_moved_to_another_workstream_that_stands(
    crm, digital, agile, programme_manager, installation
):
    agile.withdraw(by=installation, reason="Merged")
    for workstream, sentence in ((digital, "in Be Digital already"), (agile, "is withdrawn")):
        with pytest.raises(ValidationError, match=sentence) as refused:
            projects.change_workstream(crm, to=workstream, by=programme_manager, **WHY)
        assert list(refused.value.message_dict) == ["workstream"]
    assert again(crm).version == 1


def test_a_withdrawn_project_stays_and_a_move_says_why(crm, agile, programme_manager, installation):
    with pytest.raises(MissingReason):
        projects.change_workstream(crm, to=agile, by=programme_manager, reason=" ")
    assert (again(crm).version, again(crm).scope.version) == (1, 1)

    gone = again(crm).withdraw(by=installation, reason="Entered twice")
    with pytest.raises(ValidationError, match="stays where it was"):
        projects.change_workstream(gone, to=agile, by=programme_manager, **WHY)


def test_new_projects_take_the_letters_of_their_workstream_not_of_what_was_moved_there(
    crm, digital, agile, programme_manager
):
    projects.change_workstream(crm, to=agile, by=programme_manager, **WHY)

    def added(workstream) -> str:
        return projects.add(workstream=workstream, name="New", by=programme_manager, **WHY).ref

    assert [added(agile), added(digital)] == ["AGI-01", "DIG-02"]


def test_the_page_says_who_may_change_the_project_afterwards(
    crm, agile, commercial, lead_digital, lead_agile, group_member, manager
):
    page = words(manager.get(MOVE))
    for said in ("Be Digital (now)", "Lead for Be Digital", "Lead for Be Agile and Sustainable"):
        assert said in page
    assert manager.get(MOVE).context["keepers"] == [
        ["Be Agile and Sustainable", "Lead for Be Agile and Sustainable", "Nobody is appointed"],
        ["Be Commercial", "Nobody is appointed", "Nobody is appointed"],
        ["Be Digital (now)", "Lead for Be Digital", "Champion of Be Digital"],
    ]
    assert "who reads it" not in page


def test_the_page_says_that_readers_change_where_the_project_is_exempt(
    make_project, digital, agile, exempt, manager
):
    make_project(digital, "DIG-01", **exempt)
    assert "who reads it, for it is exempt" in words(manager.get(MOVE))


def test_a_project_is_moved_on_its_page(crm, digital, agile, manager):
    offered = manager.get(MOVE).context["form"].fields["workstream"].queryset
    assert list(offered) == [agile]
    assert MOVE in words(manager.get("/projects/DIG-01/"))

    typed = {"workstream": agile.pk, "version": "1"} | WHY
    assert wrong(manager.post(MOVE, typed | {"workstream": digital.pk})) == ["workstream"]
    assert wrong(manager.post(MOVE, {"version": "1"} | WHY)) == ["workstream"]
    assert wrong(manager.post(MOVE, typed | {"reason": " "})) == ["reason"]
    assert manager.post(MOVE, typed).headers["Location"] == "/projects/DIG-01/"
    assert again(crm).workstream == agile
    assert manager.post(MOVE, typed).status_code == 409


def test_on_a_past_day_a_project_stands_where_it_stood(crm, digital, agile, programme_manager, manager):
    projects.change_workstream(crm, to=agile, by=programme_manager, **WHY)
    then = f"?as_at={calendar.today().replace(year=BEGINNING.year + 1):%Y-%m-%d}"

    assert "/projects/DIG-01/" in words(manager.get(f"/workstreams/digital/{then}"))
    assert "/projects/DIG-01/" not in words(manager.get(f"/workstreams/agile-sustainable/{then}"))
    assert "/projects/DIG-01/" in words(manager.get("/workstreams/agile-sustainable/"))
    assert "/projects/DIG-01/" not in words(manager.get("/workstreams/digital/"))
    past = manager.get(f"/projects/DIG-01/{then}").context["facts"]
    assert [row["value"] for row in past if row["key"] == "Workstream"] == [digital]


# The priorities of a workstream


@pytest.fixture
def shared(db):
    return written(CorporatePriority(name="Supporting the economy", position=3))


def served(workstream) -> dict[str, bool]:
    rows = WorkstreamPriority.objects.live().filter(workstream=workstream).select_related("priority")
    return {row.priority.name: row.is_own for row in rows}


def test_the_priorities_of_a_workstream_are_set_as_a_whole(digital, priority, shared, programme_manager):
    def say(own, *supports):
        actions.say_which_priorities(digital, own=own, supports=supports, by=programme_manager, **WHY)

    say(priority, shared)
    assert served(digital) == {"Enabling our communities": True, "Supporting the economy": False}
    say(shared)
    assert served(digital) == {"Supporting the economy": True}
    say(None, priority)
    assert served(digital) == {"Enabling our communities": False}
    first = WorkstreamPriority.objects.get(priority=priority)
    assert [change.reason for change in first.changes()] == [WHY["reason"]] * 3
    say(None, priority)
    assert again(first).version == first.version


def test_a_priority_is_served_once_and_with_a_reason(digital, priority, programme_manager):
    for supports, reason, refusal in (([priority], "Agreed", ValidationError), ([], " ", MissingReason)):
        with pytest.raises(refusal):
            actions.say_which_priorities(
                digital, own=priority, supports=supports, by=programme_manager, reason=reason
            )
    assert served(digital) == {}


def test_the_priorities_are_kept_on_their_page(digital, priority, shared, manager):
    assert SERVES in words(manager.get("/workstreams/digital/"))
    typed = {"own": priority.pk, "supports": [shared.pk], "version": "1"} | WHY
    assert wrong(manager.post(SERVES, typed | {"supports": [priority.pk]})) == ["supports"]
    assert wrong(manager.post(SERVES, typed | {"reason": ""})) == ["reason"]
    assert served(digital) == {}
    assert manager.post(SERVES, typed).headers["Location"] == "/workstreams/digital/"
    assert served(digital) == {"Enabling our communities": True, "Supporting the economy": False}

    form = manager.get(SERVES).context["form"]
    assert form.initial == {"own": priority.pk, "supports": [shared.pk]}
    page = words(manager.get("/workstreams/digital/"))
    assert "Its corporate priority is <strong>Enabling our communities</strong>" in page


@pytest.mark.parametrize("who", ["sro", "lead_digital", "pm_crm", "auditor", "staff"])
def test_only_the_programme_office_moves_projects_and_names_priorities(who, crm, agile, request, sign_in):
    client = sign_in(request.getfixturevalue(who))
    for address in (MOVE, SERVES):
        assert client.get(address).status_code == 403
        assert client.post(address, {"workstream": agile.pk, "version": "1"} | WHY).status_code == 403
    for page in ("/projects/DIG-01/", "/workstreams/digital/"):
        assert MOVE not in words(client.get(page))
        assert SERVES not in words(client.get(page))
    assert again(crm).version == 1

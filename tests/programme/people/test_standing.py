"""What appointments come to: on which places a role counts."""

import pytest

from programme.people.models import Scope

pytestmark = pytest.mark.django_db


@pytest.fixture
def task_group(programme_scope, installation):
    """The scope of a task group across workstreams, directly under the programme."""
    group = Scope(kind="body", key="task-post", name="Task group on incoming post", parent=programme_scope)
    return group.record(by=installation, reason="Set up")


def test_a_board_member_reads_the_whole_programme(chief_executive, crm):
    assert chief_executive.has_perm("portfolio.view_portfolio", crm)
    assert chief_executive.standing.reads_all_exempt


def test_a_delivery_groups_member_moves_forecasts_in_its_workstream_only(
    group_member, crm, make_project, agile
):
    assert group_member.has_perm("plan.change_forecast", crm)
    assert not group_member.has_perm("plan.change_forecast", make_project(agile, "AGS-01"))


def test_a_task_group_across_workstreams_moves_no_forecast(person, task_group, crm):
    member = person("helper", "Support Officer", ("group_member", task_group))
    assert member.has_perm("plan.view_plan")
    assert not member.has_perm("plan.change_forecast", crm)


def test_without_an_appointment_nothing_is_allowed(person, crm):
    newcomer = person("newcomer", "Clerk")
    assert not newcomer.has_perm("portal.view_home")
    assert not newcomer.standing.above_staff

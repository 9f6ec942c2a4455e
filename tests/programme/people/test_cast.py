"""The cast itself: every person of it holds what their name says, and no more."""

import pytest

from programme.people.choices import Role
from programme.people.models import User


@pytest.mark.parametrize(
    ("name", "roles"),
    [
        ("sro", {Role.SRO}),
        ("chief_executive", {Role.BOARD_MEMBER}),
        ("finance", {Role.SPECIALIST_ADVISER, Role.FINANCE_REVIEWER}),
        ("hr", {Role.SPECIALIST_ADVISER}),
        ("communications", {Role.SPECIALIST_ADVISER, Role.COMMUNICATIONS}),
        ("communications_only", {Role.COMMUNICATIONS}),
        ("programme_manager", {Role.PROGRAMME_MANAGER}),
        ("lead_agile", {Role.WORKSTREAM_LEAD, Role.BENEFIT_OWNER}),
        ("lead_commercial", {Role.WORKSTREAM_LEAD}),
        ("lead_digital", {Role.WORKSTREAM_LEAD}),
        ("pm_crm", {Role.PROJECT_MANAGER}),
        ("group_member", {Role.GROUP_MEMBER}),
        ("auditor", {Role.AUDITOR}),
        ("staff", {Role.STAFF}),
    ],
)
def test_everyone_holds_the_roles_of_their_name(
    name: str, roles: set, request: pytest.FixtureRequest
) -> None:
    assert request.getfixturevalue(name).standing.all_roles == roles


def test_the_installation_cannot_sign_in_and_has_a_post(installation: User) -> None:
    assert not installation.is_active
    assert not installation.has_usable_password()
    assert installation.post == "Installation"
    assert User.objects.installer() == installation
    assert installation.profile.changes()[0].who == installation


def test_the_installation_is_in_nobodys_way(installation: User, staff: User) -> None:
    assert not installation.has_perm("portal.view_home")
    assert staff.has_perm("portal.view_home")

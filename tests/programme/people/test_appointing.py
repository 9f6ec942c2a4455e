"""The rules of appointing, on facts alone."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programme.people import appointing
from programme.people.appointing import Tenure
from programme.people.choices import Role, ScopeKind, Speciality
from programme.people.grants import GRANTS, READING_ROLES, SECOND_PERSON

TODAY = datetime.date(2022, 11, 30)
JULY = datetime.date(2022, 7, 4)
days = st.dates(datetime.date(2020, 1, 1), datetime.date(2030, 12, 31))


def refusals(role, *, kind=None, speciality="", held=(), starts=JULY, ends=None, scope=1):
    kind = kind or sorted(appointing.places_for(role))[0]
    wanted = Tenure(role, scope, starts, ends)
    return appointing.refusals(wanted, kind=kind, speciality=speciality, held=held, today=TODAY)


@pytest.mark.parametrize("role", Role.values)
def test_every_role_can_be_held_somewhere(role):
    speciality = "finance" if role == Role.SPECIALIST_ADVISER else ""
    for kind in appointing.places_for(role):
        assert not refusals(role, kind=kind, speciality=speciality)


@pytest.mark.parametrize(
    ("role", "kind", "words"),
    [
        (Role.WORKSTREAM_LEAD, ScopeKind.PROJECT, "Workstream lead is a role on a workstream."),
        (Role.PROJECT_MANAGER, ScopeKind.PROGRAMME, "Project manager is a role on a project."),
        (Role.AUDITOR, ScopeKind.WORKSTREAM, "Auditor is a role on the programme."),
        (Role.STAFF, ScopeKind.BODY, "Staff is a role on the programme."),
        (Role.BOARD_MEMBER, ScopeKind.WORKSTREAM, "Board member is a role on a programme or a body."),
    ],
)
def test_a_role_on_the_wrong_kind_of_place_is_refused(role, kind, words):
    assert refusals(role, kind=kind) == {"scope": words}


def test_dates_out_of_order_are_refused_and_one_day_is_enough():
    assert "ends" in refusals(Role.STAFF, starts=JULY, ends=JULY - datetime.timedelta(1))
    assert not refusals(Role.STAFF, starts=JULY, ends=JULY)


def test_a_first_day_in_another_age_is_a_slip_of_the_pen():
    assert "1974" in refusals(Role.STAFF, starts=datetime.date(1922, 7, 4))["starts"]
    assert "ten years" in refusals(Role.STAFF, starts=datetime.date(2202, 7, 4))["starts"]


def test_an_adviser_advises_on_something_and_nobody_else_does():
    assert "speciality" in refusals(Role.SPECIALIST_ADVISER)
    assert "speciality" in refusals(Role.STAFF, speciality=Speciality.HR)
    assert not refusals(Role.SPECIALIST_ADVISER, speciality=Speciality.HR)


def test_a_role_held_already_is_refused_only_here_and_now():
    held = [Tenure(Role.WORKSTREAM_LEAD, 1, JULY, datetime.date(2022, 12, 31))]
    assert "already" in refusals(Role.WORKSTREAM_LEAD, held=held)["role"]
    assert not refusals(Role.WORKSTREAM_LEAD, held=held, scope=2)
    assert not refusals(Role.WORKSTREAM_LEAD, held=held, starts=datetime.date(2023, 1, 1))


@pytest.mark.parametrize("role", sorted(set(Role.values) - READING_ROLES))
def test_an_auditor_and_a_writing_role_exclude_each_other_in_either_order(role):
    speciality = "finance" if role == Role.SPECIALIST_ADVISER else ""
    assert "auditor" in refusals(role, speciality=speciality, held=[Tenure(Role.AUDITOR, 9, JULY)])["role"]
    assert "changes nothing" in refusals(Role.AUDITOR, held=[Tenure(role, 9, JULY)])["role"]


def test_an_auditor_may_be_staff_and_may_write_once_no_longer_auditor():
    assert not refusals(Role.AUDITOR, held=[Tenure(Role.STAFF, 1, JULY)])
    assert not refusals(Role.STAFF, held=[Tenure(Role.AUDITOR, 1, JULY)])
    over = [Tenure(Role.AUDITOR, 1, JULY, datetime.date(2022, 8, 31))]
    assert not refusals(Role.PROJECT_MANAGER, held=over, starts=datetime.date(2022, 9, 1))
    assert refusals(Role.PROJECT_MANAGER, held=over, starts=datetime.date(2022, 8, 31))


@given(days, st.none() | days, days, st.none() | days)
def test_two_tenures_overlap_when_they_share_a_day(first, last, other_first, other_last):
    one = Tenure(Role.STAFF, 1, first, last and max(first, last))
    two = Tenure(Role.STAFF, 1, other_first, other_last and max(other_first, other_last))
    latest_start = max(one.starts, two.starts)
    shared = all(tenure.ends is None or latest_start <= tenure.ends for tenure in (one, two))
    assert one.overlaps(two) == two.overlaps(one) == shared


def test_the_reading_roles_grant_nothing_that_writes():
    for role in READING_ROLES:
        verbs = {permission.split(".")[1].split("_")[0] for permission in GRANTS[role]}
        assert verbs <= {"view", "check"}, role


def test_an_end_is_not_before_the_start_nor_a_prolongation_nor_a_second_end():
    def why(ends, **facts):
        return appointing.why_not_end(ends, **({"starts": JULY, "until": None, "is_over": False} | facts))

    assert not why(JULY)
    assert "before the first" in why(JULY - datetime.timedelta(1))
    assert "prolong" in why(TODAY, until=JULY)
    assert "ended already" in why(TODAY, is_over=True)


def test_who_confirms_what():
    sro = GRANTS[Role.SRO]
    adviser = GRANTS[Role.SPECIALIST_ADVISER]
    assert appointing.confirmable_roles(sro, ()) == set(SECOND_PERSON)
    assert appointing.confirmable_roles(adviser, {Speciality.FINANCE}) == {Role.FINANCE_REVIEWER}
    assert appointing.confirmable_roles(adviser, {Speciality.HR}) == set()
    for role in set(Role.values) - {Role.SRO, Role.SPECIALIST_ADVISER}:
        assert appointing.confirmable_roles(GRANTS[role], set(Speciality.values)) == set()


def test_why_somebody_cannot_confirm():
    def why(role=Role.AUDITOR, *, is_oneself=False, appointed_it=False, confirmable=frozenset(SECOND_PERSON)):
        return appointing.why_not_confirm(
            role, is_oneself=is_oneself, appointed_it=appointed_it, confirmable=confirmable
        )

    assert not why()
    assert "own appointment" in why(is_oneself=True)
    assert "second person" in why(appointed_it=True)
    assert why(confirmable=()) == "This waits for the Senior Responsible Officer."
    assert "finance adviser" in why(Role.FINANCE_REVIEWER, confirmable=())

"""Making people, appointing, confirming and ending: what happens, what is refused, what history keeps."""

import datetime
import threading
import time

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, OperationalError, connection, transaction
from django.db.models import QuerySet

from programme.foundation.history import MissingReason, Stale
from programme.people import actions, news_writers
from programme.people.choices import Role
from programme.people.models import Appointment, Profile, User

START = datetime.date(2022, 9, 1)
WHY = "Agreed with the Leadership Team"


def fresh(record):
    return type(record).objects.get(pk=record.pk)


@pytest.fixture
def newcomer(person):
    return person("newcomer", "Service Manager")


@pytest.fixture
def appoint(programme_manager, newcomer, programme_scope):
    def act(role=Role.STAFF, scope=None, **options):
        options = {"by": programme_manager, "starts": START, "reason": WHY} | options
        person = options.pop("person", newcomer)
        return actions.appoint(person, role=role, scope=scope or programme_scope, **options)

    return act


def test_a_person_is_made_with_a_post_and_can_sign_in(programme_manager, client):
    made = actions.make_person(
        username="new-adviser", post="Adviser", password="seven wet herons", by=programme_manager, reason=WHY
    )
    assert client.login(username="new-adviser", password="seven wet herons")
    assert made.post == "Adviser"
    assert not made.standing.all_roles
    change = made.profile.changes()[0]
    assert (change.who, change.reason, change.kind) == (programme_manager, WHY, "created")


@pytest.mark.parametrize(
    ("broken", "field"),
    [
        ({"username": "Staff"}, "username"),
        ({"username": "two words"}, "username"),
        ({"username": "x" * 151}, "username"),
        ({"password": "short"}, "password"),
        ({"password": "password1234"}, "password"),
        ({"post": ""}, "post"),
        ({"post": "x" * 121}, "post"),
        ({"email": "nowhere"}, "email"),
    ],
)
def test_a_person_badly_described_is_not_made(broken, field, programme_manager, staff):
    good = {"username": "new", "post": "Adviser", "password": "seven wet herons"}
    with pytest.raises(ValidationError) as refused:
        actions.make_person(**(good | broken), by=programme_manager, reason=WHY)
    assert field in refused.value.message_dict
    assert not User.objects.filter(username=(good | broken)["username"]).exists()


def test_a_person_is_not_made_without_a_reason(programme_manager):
    with pytest.raises(MissingReason):
        actions.make_person(
            username="new", post="Adviser", password="seven wet herons", by=programme_manager, reason=" "
        )
    assert not User.objects.filter(username="new").exists()


def test_a_post_changes_and_history_keeps_both(programme_manager, newcomer):
    changed = actions.change_post(newcomer, post="Head of Service", by=programme_manager, reason=WHY)
    assert changed.post == "Head of Service"
    field = changed.profile.changes()[0].fields[0]
    assert (field.label, field.old, field.new) == ("Post", "Service Manager", "Head of Service")


def test_an_appointment_takes_effect_and_names_who_and_why(appoint, newcomer, programme_manager):
    appointment = appoint()
    assert fresh(newcomer).standing.all_roles == {Role.STAFF}
    change = appointment.changes()[0]
    assert (change.who, change.reason) == (programme_manager, WHY)


def test_nobody_appoints_themselves(appoint, programme_manager, digital):
    with pytest.raises(ValidationError, match="Nobody appoints themselves"):
        appoint(Role.WORKSTREAM_LEAD, digital.scope, person=programme_manager)
    with pytest.raises(IntegrityError), transaction.atomic():
        QuerySet(Appointment).filter(person=programme_manager).update(appointed_by=programme_manager)


def test_an_appointment_of_the_future_has_no_effect_before(appoint, newcomer, programme_scope):
    appoint(starts=datetime.date(2028, 4, 1))
    assert not fresh(newcomer).standing.all_roles
    later = Appointment.objects.in_force(datetime.date(2028, 4, 1))
    assert later.filter(person=newcomer).exists()


def test_broken_rules_come_back_by_field(appoint, digital):
    with pytest.raises(ValidationError) as refused:
        appoint(Role.AUDITOR, digital.scope, ends=START - datetime.timedelta(1), speciality="hr")
    assert set(refused.value.message_dict) == {"scope", "ends", "speciality"}


def test_an_appointment_needs_a_reason(appoint):
    with pytest.raises(MissingReason):
        appoint(reason="")


def test_the_same_role_twice_is_refused(appoint, newcomer):
    appoint()
    with pytest.raises(ValidationError, match="already"):
        appoint()
    assert newcomer.appointments.count() == 1


@pytest.mark.parametrize("role", [Role.SRO, Role.BOARD_MEMBER, Role.FINANCE_REVIEWER, Role.AUDITOR])
def test_some_roles_have_no_effect_before_a_second_person_confirms(role, appoint, newcomer, sro):
    appointment = appoint(role)
    assert appointment.is_waiting
    assert not fresh(newcomer).standing.all_roles
    actions.confirm(appointment, by=sro, reason="Agreed")
    assert fresh(newcomer).standing.all_roles == {role}
    assert not Appointment.objects.in_force(START).filter(pk=appointment.pk).exists(), "not before that day"


def test_whoever_appoints_or_is_appointed_does_not_confirm(appoint, sro, newcomer, programme_manager):
    by_sro = appoint(Role.AUDITOR, by=sro)
    of_sro = appoint(Role.FINANCE_REVIEWER, person=sro)
    for appointment, by in ((by_sro, sro), (of_sro, sro), (by_sro, programme_manager), (by_sro, newcomer)):
        with pytest.raises(PermissionDenied):
            actions.confirm(appointment, by=by, reason="Agreed")
        assert fresh(appointment).is_waiting


def test_the_finance_adviser_confirms_a_finance_reviewer_and_nothing_else(appoint, finance, hr, sro):
    reviewer = appoint(Role.FINANCE_REVIEWER)
    with pytest.raises(PermissionDenied, match="finance adviser"):
        actions.confirm(reviewer, by=hr, reason="Agreed")
    actions.confirm(reviewer, by=finance, reason="Agreed")
    member = appoint(Role.BOARD_MEMBER, person=hr)
    with pytest.raises(PermissionDenied):
        actions.confirm(member, by=finance, reason="Agreed")


def test_what_waits_for_whom(appoint, sro, finance, hr, programme_manager, auditor, newcomer):
    reviewer, member = appoint(Role.FINANCE_REVIEWER), appoint(Role.BOARD_MEMBER)
    own = appoint(Role.FINANCE_REVIEWER, person=sro)
    ended = appoint(Role.BOARD_MEMBER, person=hr, ends=datetime.date(2022, 9, 30))
    term = appoint(Role.BOARD_MEMBER, person=finance, ends=datetime.date(2036, 9, 30))
    waiting = Appointment.objects.waiting_for
    assert list(waiting(sro)) == [reviewer, member, term]
    assert list(waiting(finance)) == [reviewer, own]
    assert ended not in waiting(sro)
    for user in (hr, programme_manager, auditor, newcomer):
        assert not waiting(user)


def test_a_confirmation_happens_once(appoint, sro):
    appointment = appoint(Role.AUDITOR)
    actions.confirm(appointment, by=sro, reason="Agreed")
    with pytest.raises(ValidationError, match="no longer waits"):
        actions.confirm(appointment, by=sro, reason="Agreed")


def test_a_declined_appointment_never_had_effect_and_stays_in_history(appoint, sro, newcomer):
    appointment = appoint(Role.AUDITOR)
    actions.decline(appointment, by=sro, reason="Not independent")
    assert not fresh(newcomer).standing.all_roles
    assert [change.kind for change in appointment.changes()] == ["withdrawn", "created"]
    with pytest.raises(ValidationError):
        actions.confirm(fresh(appointment), by=sro, reason="Agreed after all")
    appoint(Role.AUDITOR)


def test_an_auditor_gets_no_writing_role_and_a_writer_is_not_made_auditor(
    appoint, auditor, digital, newcomer
):
    with pytest.raises(ValidationError, match="writing role"):
        appoint(Role.WORKSTREAM_LEAD, digital.scope, person=auditor)
    appoint(Role.WORKSTREAM_LEAD, digital.scope)
    with pytest.raises(ValidationError, match="changes nothing"):
        appoint(Role.AUDITOR)


def test_an_auditor_who_waits_for_confirmation_gets_no_writing_role_either(appoint, digital):
    appoint(Role.AUDITOR)
    with pytest.raises(ValidationError, match="writing role"):
        appoint(Role.WORKSTREAM_LEAD, digital.scope)


def test_an_ended_appointment_stays_and_holds_to_the_end_of_its_last_day(
    appoint, newcomer, programme_manager
):
    appointment = appoint()
    actions.end_appointment(appointment, ends=START, by=programme_manager, reason="Moved on")
    assert not fresh(newcomer).standing.all_roles
    assert Appointment.objects.in_force(START).filter(pk=appointment.pk).exists()
    assert appointment.changes()[0].reason == "Moved on"
    with pytest.raises(ValidationError, match="ended already"):
        actions.end_appointment(appointment, ends=START, by=programme_manager, reason="Again")


def test_an_appointment_somebody_else_moved_is_not_ended_unseen(appoint, programme_manager):
    appointment = appoint(ends=datetime.date(2036, 1, 1))
    actions.end_appointment(
        fresh(appointment), ends=datetime.date(2035, 1, 1), by=programme_manager, reason="Shorter"
    )
    with pytest.raises(Stale):
        actions.end_appointment(appointment, ends=START, by=programme_manager, reason="Shorter still")


def test_ending_an_appointment_that_waits_withdraws_it(appoint, programme_manager):
    appointment = appoint(Role.AUDITOR)
    actions.end_appointment(appointment, ends=START, by=programme_manager, reason="A slip")
    assert fresh(appointment).withdrawn


def test_the_last_programme_manager_stays(appoint, programme_manager, programme_scope, newcomer, sro):
    mine = programme_manager.appointments.get()
    end = {"ends": datetime.date(2026, 1, 1), "by": programme_manager, "reason": "Retires"}
    with pytest.raises(ValidationError, match="last programme manager"):
        actions.end_appointment(mine, **end)
    with pytest.raises(ValidationError, match="last programme manager"):
        actions.deactivate(programme_manager, by=sro, reason="Retires")
    appoint(Role.PROGRAMME_MANAGER)
    actions.end_appointment(fresh(mine), **end)
    assert fresh(programme_manager).standing.all_roles == set()


def test_a_leaver_cannot_sign_in_and_holds_nothing(appoint, newcomer, programme_manager, client, digital):
    held = appoint()
    ahead = appoint(Role.WORKSTREAM_LEAD, digital.scope, starts=datetime.date(2035, 1, 1))
    gone = actions.deactivate(newcomer, by=programme_manager, reason="Left the council")
    assert not client.login(username="newcomer", password="a long password")
    assert not gone.has_perm("portal.view_home")
    assert fresh(held).ends is not None
    assert fresh(ahead).withdrawn
    assert gone.profile.changes()[0].kind == "withdrawn"
    with pytest.raises(ValidationError, match="has left"):
        appoint()
    back = actions.reactivate(gone, by=programme_manager, reason="Came back")
    assert back.is_active
    assert not back.profile.withdrawn
    assert Profile.objects.get(user=back).changes()[0].kind == "restored"


def test_nobody_deactivates_themselves_or_the_installation(programme_manager, installation):
    for person in (programme_manager, installation):
        with pytest.raises(ValidationError):
            actions.deactivate(person, by=programme_manager, reason=WHY)
        with pytest.raises(ValidationError):
            actions.reactivate(person, by=programme_manager, reason=WHY)


def test_the_communications_group_follows_the_appointments(appoint, newcomer, programme_manager):
    appointment = appoint(Role.COMMUNICATIONS)
    group = Group.objects.get(name="Communications")
    assert list(group.user_set.all()) == [newcomer]
    assert fresh(newcomer).has_perm("wagtailadmin.access_admin")
    actions.end_appointment(appointment, ends=START, by=programme_manager, reason="Moved on")
    assert not group.user_set.exists()
    assert not fresh(newcomer).has_perm("wagtailadmin.access_admin")


def test_the_communications_group_is_put_right_when_dates_pass(communications, staff):
    group = news_writers.keep_in_step()
    group.user_set.add(staff)
    news_writers.keep_in_step()
    assert list(group.user_set.all()) == [communications]


def test_membership_of_the_group_gives_no_permission_by_itself(staff):
    group = news_writers.keep_in_step()
    staff.groups.add(group)
    assert not fresh(staff).has_perm("wagtailadmin.access_admin")


def test_the_first_sro_is_confirmed_by_the_programme_manager_and_no_later_one(
    appoint, installation, programme_manager, newcomer, staff, board
):
    first = appoint(Role.SRO, board.scope, by=installation)
    with pytest.raises(PermissionDenied):
        actions.confirm_first_sro(first, by=staff, reason="Begins")
    actions.confirm_first_sro(first, by=programme_manager, reason="Begins")
    second = appoint(Role.SRO, board.scope, by=installation, person=staff)
    with pytest.raises(PermissionDenied, match="confirms the next"):
        actions.confirm_first_sro(second, by=programme_manager, reason="Another")


def test_nobody_has_rights_of_their_own(db):
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create_superuser("root", password="x")


def test_two_people_at_once_do_not_make_an_auditor_who_writes(
    real_transactions, programme_manager, sro, newcomer, programme_scope, digital
):
    start, outcomes = threading.Barrier(2), []

    def appoint(role, scope, by):
        while True:
            try:
                actions.appoint(newcomer, role=role, scope=scope, starts=START, by=by, reason=WHY)
            except ValidationError:
                return "refused"
            except OperationalError:  # a database in memory does not wait its turn
                time.sleep(0.01)
            else:
                return "appointed"

    def attempt(*what):
        start.wait(timeout=10)
        outcomes.append(appoint(*what))
        connection.close()

    both = [
        threading.Thread(target=attempt, args=(Role.AUDITOR, programme_scope, sro)),
        threading.Thread(target=attempt, args=(Role.WORKSTREAM_LEAD, digital.scope, programme_manager)),
    ]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join(timeout=30)
    assert sorted(outcomes) == ["appointed", "refused"]
    assert newcomer.appointments.count() == 1

"""The people of the demonstration, the list of sign-ins, and a council's first people."""

import io
import stat
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from programme.foundation.models import Clock
from programme.people import demonstration
from programme.people.choices import Role
from programme.people.grants import READING_ROLES
from programme.people.models import Appointment, User


@pytest.fixture
def places(board, agile, commercial, digital, digital_group, crm):
    """The places that the business case brings."""
    return board


@pytest.fixture
def data_dir(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    return tmp_path


@pytest.fixture
def people(places, data_dir):
    call_command("load_demo_people", stdout=io.StringIO())
    return {person.username: person for person in User.objects.filter(is_demo=True)}


def said(command, *arguments):
    out = io.StringIO()
    call_command(command, *arguments, stdout=out)
    return out.getvalue()


def test_the_thirteen_people_are_made_and_every_role_is_held(people):
    assert set(people) == {
        *("sro", "chief-executive", "legal", "finance", "hr", "communications", "programme-manager"),
        *("lead-agile", "lead-commercial", "lead-digital", "pm-crm", "auditor", "staff"),
    }
    held = {username: person.standing.all_roles for username, person in people.items()}
    assert set().union(*held.values()) == set(Role.values)
    assert held["finance"] >= {Role.SPECIALIST_ADVISER, Role.FINANCE_REVIEWER}
    assert Role.RISK_OWNER in held["finance"] & held["hr"] & held["lead-digital"], "they own risks"
    assert Role.BENEFIT_OWNER in held["lead-agile"]
    assert held["auditor"] == {Role.AUDITOR} <= READING_ROLES
    assert held["staff"] == {Role.STAFF}


def test_everything_stands_since_july_by_the_installation_and_a_second_person(people):
    for appointment in Appointment.objects.filter(person__is_demo=True):
        assert appointment.starts == demonstration.BEGINNING.date()
        assert appointment.appointed_by.username == "installation"
        assert not appointment.is_waiting
        assert appointment.history.latest().history_date == demonstration.BEGINNING
    confirmed = Appointment.objects.exclude(confirmed_by=None).exclude(role=Role.SRO)
    assert {one.confirmed_by.username for one in confirmed} == {"sro"}
    assert people["sro"].appointments.get().confirmed_by.username == "programme-manager"


def test_loading_again_changes_nothing_and_gives_nothing_back(people):
    before = Appointment.history.count(), Appointment.objects.count()
    gone = people["pm-crm"].appointments.get(role=Role.AUTHOR)
    gone.ends = gone.starts
    gone.record(by=people["programme-manager"], reason="No longer")
    call_command("load_demo_people", stdout=io.StringIO())
    assert (Appointment.history.count(), Appointment.objects.count()) == (before[0] + 1, before[1])
    assert Role.AUTHOR not in User.objects.get(username="pm-crm").standing.all_roles


def test_without_the_business_case_it_says_so_and_makes_nobody(db, data_dir):
    with pytest.raises(CommandError, match="load_business_case first"):
        call_command("load_demo_people")
    assert not User.objects.filter(is_demo=True).exists()


def test_production_has_no_demonstration(places, data_dir, settings):
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="Production has no demonstration"):
        call_command("load_demo_people")
    assert "no people of the demonstration" in said("show_sign_ins")


def test_a_user_name_of_somebody_real_is_not_taken_over(places, data_dir, staff):
    with pytest.raises(CommandError, match="somebody's own"):
        call_command("load_demo_people")
    assert not User.objects.filter(is_demo=True).exists()


def test_the_random_password_is_kept_for_its_owner_alone_and_used_again(people, data_dir):
    file = Path(data_dir) / "demo-password"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    password = file.read_text().strip()
    assert len(password) >= 16
    assert Client().login(username="sro", password=password)
    assert f"Password:  {password}\n" in said("show_sign_ins")
    assert file.read_text().strip() == password


def test_the_environments_password_is_everybodys_from_the_next_start_on(people, settings):
    settings.DEMO_PASSWORD = "given by hand"
    words = said("show_sign_ins")
    assert "given by hand" in words
    for username in people:
        assert Client().login(username=username, password="given by hand"), username


def test_the_sign_ins_name_address_post_and_roles(people, settings):
    settings.PORT = 8123
    words = said("show_sign_ins")
    assert "http://localhost:8123/" in words
    assert "  sro                Deputy Chief Executive (Senior Responsible Officer)\n" in words
    assert words.count("\n  ") == 13


def test_the_clock_of_the_illustration_does_not_stand_in_the_way(places, data_dir):
    Clock.objects.create(pk=1, fixed_on="2022-11-30")
    call_command("load_demo_people", stdout=io.StringIO())
    assert User.objects.get(username="sro").standing.holds(Role.SRO)


# A council's first people


def first_people(monkeypatch, typed, *options):
    monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
    names = ("--programme-manager", "pat", "--sro", "sam")
    out = io.StringIO()
    call_command("make_first_people", *names, *options, stdout=out)
    return out.getvalue()


def test_a_council_begins_with_a_programme_manager_and_an_sro(board, monkeypatch, settings):
    settings.PRODUCTION = True
    board.scope.refresh_from_db()
    words = first_people(monkeypatch, "seven wet herons\nnine dry otters\n", "--sro-post", "Director")
    assert "sam is Senior Responsible Officer" in words
    pat, sam = (User.objects.get(username=name) for name in ("pat", "sam"))
    assert pat.has_perm("people.change_people")
    assert sam.standing.all_roles == {Role.SRO}
    assert sam.post == "Director"
    assert Client().login(username="sam", password="nine dry otters")


def test_a_weak_password_makes_neither(board, monkeypatch):
    with pytest.raises(CommandError, match="at least 12 characters"):
        first_people(monkeypatch, "seven wet herons\nshort\n")
    assert not User.objects.filter(username__in=["pat", "sam"]).exists()


def test_first_people_are_refused_once_there_are_some(board, monkeypatch, sro, programme_manager):
    with pytest.raises(CommandError, match="on the portal's pages"):
        first_people(monkeypatch, "seven wet herons\nnine dry otters\n")


def test_first_people_need_a_programme_and_are_two(db, monkeypatch, programme_scope):
    with pytest.raises(CommandError, match="two people"):
        call_command("make_first_people", "--programme-manager", "pat", "--sro", "pat")


def test_first_people_need_the_business_case(db, monkeypatch):
    with pytest.raises(CommandError, match="load_business_case"):
        first_people(monkeypatch, "")


def test_a_vacancy_of_the_sro_is_filled_beside_the_programme_manager(board, monkeypatch, programme_manager):
    monkeypatch.setattr(sys, "stdin", io.StringIO("nine dry otters\n"))
    names = ("--programme-manager", "programme-manager", "--sro", "sam")
    call_command("make_first_people", *names, stdout=io.StringIO())
    assert User.objects.get(username="sam").standing.holds(Role.SRO)

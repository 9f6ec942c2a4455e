"""Whatever changes, nobody is given an answer of before, nor one that is somebody else's."""

from __future__ import annotations

import datetime
import threading

import pytest
from django.contrib.auth import get_user_model
from django.db import connection, models, transaction
from django.db.models import F
from django.db.models.functions import Now

from programme.foundation import calendar, history_tables, kept_answers
from programme.foundation.kept_answers import Question, Register, composed_once
from programme.people.models import Appointment, Profile, User
from programme.portfolio.actions import projects
from programme.portfolio.models import Project, Workstream

pytestmark = pytest.mark.django_db

EXEMPT = {
    "classification": "exempt",
    "exempt_paragraphs": [3],
    "exempt_reason": "Prices",
    "exempt_review": datetime.date(2035, 1, 1),
}


@composed_once
def seen(user: User) -> models.QuerySet[Project]:
    return Project.objects.visible_to(user).order_by("ref")


def listed(user: User) -> list[str]:
    """What a page shows to somebody who comes anew."""
    register = Register(seen(get_user_model().objects.get(pk=user.pk)))
    found = [project.ref for project in register.page(0, 25)]
    assert register.count == len(found)
    return found


def test_a_project_that_moves_takes_what_is_exempt_of_it_along(
    make_project, digital, agile, lead_digital, lead_agile, programme_manager
):
    project = make_project(digital, "DIG-01", **EXEMPT)
    assert [listed(lead_digital), listed(lead_agile)] == [["DIG-01"], []]
    projects.change_workstream(project, to=agile, by=programme_manager, reason="Moved")
    assert [listed(lead_digital), listed(lead_agile)] == [[], ["DIG-01"]]


def test_what_becomes_exempt_or_is_withdrawn_is_listed_no_more(
    make_project, digital, staff, programme_manager
):
    project = make_project(digital, "DIG-01", classification="open")
    assert listed(staff) == ["DIG-01"]
    for field, value in EXEMPT.items():
        setattr(project, field, value)
    project.record(by=programme_manager, reason="Prices")
    assert listed(staff) == []

    live = Project.objects.live()
    assert Register(live).count == 1
    project.withdraw(by=programme_manager, reason="Ended")
    assert Register(live).count == 0


def test_many_that_change_at_once_are_noticed(make_project, digital, programme_manager):
    made = [make_project(digital, f"DIG-{number:02}") for number in range(3)]
    named = Project.objects.filter(name="Renamed")
    assert Register(named).count == 0
    for project in made:
        project.name = "Renamed"
    Project.objects.bulk_record(made, by=programme_manager, reason="Renamed")
    assert Register(named).count == 3


def test_an_appointment_that_ends_at_midnight_ends_what_was_composed_for_it(
    make_project, digital, lead_digital, monkeypatch
):
    make_project(digital, "DIG-01", **EXEMPT)
    held = Appointment.objects.get(person=lead_digital)
    held.ends = calendar.today()
    held.record(by=lead_digital, reason="Leaves today")
    assert listed(lead_digital) == ["DIG-01"]
    tomorrow = calendar.today() + datetime.timedelta(days=1)
    monkeypatch.setattr(calendar, "today", lambda: tomorrow)
    assert listed(lead_digital) == []


def test_a_post_that_is_called_otherwise_is_offered_by_its_new_name(staff, programme_manager):
    posts = Question(Profile.objects.filter(user=staff.pk).values_list("post"))
    profile = Profile.objects.get(user=staff)
    for post in ("Clerk", "Officer"):
        profile.post = post
        profile.record(by=programme_manager, reason="Called otherwise")
        assert kept_answers.read([posts]) == [[(post,)]]


def test_what_was_rolled_back_leaves_no_answer_behind(make_project, digital):
    rows = Project.objects.filter(ref__startswith="DIG")
    make_project(digital, "DIG-01")
    with transaction.atomic():
        make_project(digital, "DIG-02")
        assert Register(rows).count == 2
        transaction.set_rollback(True)
    assert Register(rows).count == 1
    make_project(digital, "AGI-01")
    assert Register(rows).count == 1


def test_an_answer_cannot_be_changed_by_whoever_is_given_it(make_project, digital):
    make_project(digital, "DIG-01")
    question = Question(Project.objects.values_list("ref"))
    kept_answers.read([question])[0].clear()
    assert kept_answers.read([question]) == [[("DIG-01",)]]


def test_what_the_database_answers_otherwise_each_time_is_asked_each_time(make_project, digital):
    make_project(digital, "DIG-01")
    assert Question(Project.objects.order_by("?").values("pk")).tables == ()
    assert Question(Project.objects.annotate(at=Now()).filter(at__year=2000).values("pk")).tables == ()
    called_alike = Project.objects.annotate(current_date=F("name")).filter(name="now() random()")
    assert Question(called_alike.values("current_date")).tables == (Project,)


def test_long_values_that_begin_alike_are_not_taken_for_each_other(make_project, digital):
    """PostgreSQL's adapter shows only the beginning of a value in JSON."""
    questions = [
        Question(Project.objects.filter(exempt_paragraphs=[*[3] * 30, last]).values("pk")) for last in (1, 2)
    ]
    assert questions[0].words != questions[1].words or not questions[0].tables


def test_rows_that_a_join_finds_twice_stand_once_where_they_are_distinct(make_project, digital, agile):
    for number in range(3):
        make_project(digital, f"DIG-{number:02}")
    make_project(agile, "AGI-01")
    rows = Workstream.objects.filter(projects__ref__contains="-").distinct().order_by("-name")
    for _ in range(2):
        register = Register(rows)
        assert register.count == 2
        assert register.page(0, 1) == list(rows[:1])
        assert register.page(0, 25) == list(rows)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
@pytest.mark.parametrize("recent", [1_000, 1])
def test_a_change_that_began_first_and_was_saved_last_is_noticed(
    recent, real_transactions, make_project, digital, lead_digital, monkeypatch
):
    """Its row of history has the lower number, and a load of many may have written more than are counted."""
    monkeypatch.setattr(history_tables, "RECENT", recent)
    history_tables._asking_states.cache_clear()
    first, second = make_project(digital, "DIG-01"), make_project(digital, "DIG-02")
    named = Project.objects.filter(name="Renamed")
    written, go_on = threading.Event(), threading.Event()

    def slowly() -> None:
        try:
            with transaction.atomic():
                first.name = "Renamed"
                first.record(by=lead_digital, reason="Renamed")
                written.set()
                go_on.wait(20)
        finally:
            connection.close()

    other = threading.Thread(target=slowly)
    other.start()
    assert written.wait(20)
    second.name = "Renamed"
    second.record(by=lead_digital, reason="Renamed")
    assert Register(named).count == 1
    go_on.set()
    other.join()
    assert Register(named).count == 2
    history_tables._asking_states.cache_clear()

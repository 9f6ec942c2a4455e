"""A list leaves the portal as a workbook or CSV: all filtered rows, the columns shown, nothing unseen."""

import datetime
import io
import os
import time
import zipfile

import openpyxl
import pytest
from django.test import override_settings

from programme.foundation import exports, jobs
from programme.foundation.job_records import Job
from programme.foundation.models import Clock
from programme.people.models import Appointment
from tests.cast import BEGINNING, written

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.programme.foundation.pages")]


@pytest.fixture
def manager(programme_manager, sign_in):
    return sign_in(programme_manager)


@pytest.fixture
def long_lists(monkeypatch):
    """Lists are already long at three rows."""
    monkeypatch.setattr(exports, "AT_ONCE", 2)


def body(response) -> bytes:
    return b"".join(response.streaming_content)


def sheet(content: bytes):
    return openpyxl.load_workbook(io.BytesIO(content)).active


def values(content: bytes) -> list[list]:
    rows = [list(row) for row in sheet(content).iter_rows(values_only=True)]
    start = next(place for place, row in enumerate(rows) if row[0] == "Reference")
    return rows[start:]


def test_a_workbook_holds_all_filtered_rows_typed_and_says_where_it_comes_from(
    make_project, digital, manager
):
    Clock.objects.create(pk=1, fixed_on=datetime.date(2022, 11, 30))
    for number in range(30):
        make_project(digital, f"DIG-{number:02}", stage="delivery", estimated_cost=1_950_000)
    make_project(digital, "OUT-01", stage="discovery")

    response = manager.get("/projects/?format=xlsx&stage=delivery&sort=-ref&page=2")
    content = body(response)
    rows = values(content)

    assert response.headers["Content-Disposition"] == (
        'attachment; filename="projects-2022-11-30-illustrative.xlsx"'
    )
    assert rows[0] == ["Reference", "Project", "Workstream", "Stage", "Finish", "Cost", "In words"]
    assert [row[0] for row in rows[1:]] == [f"DIG-{number:02}" for number in reversed(range(30))]
    assert rows[1][3:6] == ["Delivery", None, 1_950_000]
    above = " ".join(str(row[0]) for row in sheet(content).iter_rows(max_row=3, values_only=True))
    assert "Prepared 30 November 2022 at 12:00 for Programme manager" in above.replace("Manager", "manager")
    assert "Filters: Stage: Delivery." in above
    assert "Illustrative" in above


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Projects", "Projects"),
        ("Milestones forecast later than approved", "Milestones forecast later than…"),
        ("Savings by category and financial year", "Savings by category and…"),
        ("x" * 40, "x" * 40),
    ],
)
def test_the_name_of_a_sheet_ends_with_a_whole_word(title, name):
    assert exports.sheet_name(title) == name


def test_a_csv_holds_the_same_rows(make_project, digital, manager):
    make_project(digital, "DIG-01", "=HYPERLINK(1)", approved_finish="2022-07-06")

    response = manager.get("/projects/?format=csv")
    lines = body(response).decode("utf-8-sig").splitlines()

    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert lines[0] == "Reference,Project,Workstream,Stage,Finish,Cost,In words"
    assert "2022-07-06" in lines[1]
    assert ",=HYPERLINK" not in lines[1]


def test_what_the_viewer_may_not_see_is_nowhere_in_the_file(make_project, digital, staff, sign_in):
    make_project(digital, "DIG-01")
    make_project(digital, "DIG-02", "Secret plan", classification="internal")

    content = body(sign_in(staff).get("/projects/?format=xlsx"))

    assert [row[0] for row in values(content)] == ["Reference", "DIG-01"]
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert not any(b"Secret" in archive.read(name) for name in archive.namelist())


def test_a_filter_that_is_not_understood_gives_no_file(crm, manager):
    response = manager.get("/projects/?format=xlsx&stage=nonsense")

    assert response.status_code == 400
    assert "A filter could not be understood" in response.content.decode()


def test_a_long_list_is_offered_as_a_job_and_a_get_starts_nothing(make_project, digital, manager, long_lists):
    for number in range(3):
        make_project(digital, f"DIG-{number:02}")

    response = manager.get("/projects/?format=csv&q=project")

    assert response.status_code == 200
    assert 'method="post" action="/projects/?format=csv&amp;q=project"' in response.content.decode()
    assert not Job.objects.exists()


@pytest.fixture
def exported(make_project, digital, programme_manager, manager, long_lists) -> Job:
    """The finished export of three projects out of four, asked for by the programme manager."""
    for number in range(3):
        make_project(digital, f"DIG-{number:02}", stage="delivery")
    make_project(digital, "OUT-01")
    manager.post("/projects/?format=csv&stage=delivery")
    job = Job.objects.get()
    jobs.run(job.pk, exports.build)
    job.refresh_from_db()
    return job


def test_the_job_writes_the_same_list_as_its_owner_and_only_the_owner_gets_it(
    exported, manager, sro, auditor, sign_in
):
    assert exported.state == "done", exported.error
    content = body(manager.get(exported.result["url"])).decode("utf-8-sig")
    assert [line.split(",")[0] for line in content.splitlines()] == [
        "Reference",
        "DIG-00",
        "DIG-01",
        "DIG-02",
    ]
    assert sign_in(sro).get(exported.result["url"]).status_code == 404
    assert sign_in(auditor).get(exported.result["url"]).status_code == 404
    assert [file.name for file in exports.folder().iterdir() if file.name.endswith(".part")] == []


def test_asking_twice_gives_the_same_job(make_project, digital, manager, long_lists):
    for number in range(3):
        make_project(digital, f"DIG-{number:02}")

    first = manager.post("/projects/?format=csv")
    assert manager.post("/projects/?format=csv").headers["Location"] == first.headers["Location"]
    assert manager.post("/projects/?format=xlsx").headers["Location"] != first.headers["Location"]
    assert Job.objects.count() == 2


def test_who_lost_the_right_meanwhile_gets_a_sentence_and_no_file(exported, programme_manager, installation):
    for appointment in programme_manager.appointments.all():
        appointment.withdraw(by=installation, reason="Left the council")
    again = Job.objects.create(
        task=exported.task, owner=exported.owner, title="Again", arguments=exported.arguments
    )

    jobs.run(again.pk, exports.build)
    again.refresh_from_db()

    assert (again.state, again.error) == ("failed", exports.NO_LONGER)
    assert not list(exports.folder().glob(f"{again.pk}.*"))


@pytest.fixture
def ask_again(sign_in):
    """Asks for the file of a job as its owner, who signs in anew; gives the answer's status."""

    def ask(job: Job) -> int:
        owner = type(job.owner).objects.get(pk=job.owner_id)
        response = sign_in(owner).get(f"/jobs/{job.pk}/file/")
        if response.streaming:
            b"".join(response.streaming_content)  # closing it unread would close the database's connection
        return response.status_code

    return ask


@pytest.fixture
def now_holds(installation):
    """Takes every role from the owner of a job and gives another instead."""

    def give(job: Job, role: str, scope, **second) -> None:
        for appointment in job.owner.appointments.all():
            appointment.withdraw(by=installation, reason="Another post")
        new = {"role": role, "scope": scope, "starts": BEGINNING, "appointed_by": installation}
        written(Appointment(person=job.owner, **new, **second))

    return give


def test_the_file_is_withheld_when_its_owner_may_see_less(exported, ask_again, now_holds, digital):
    assert ask_again(exported) == 200
    now_holds(exported, "workstream_lead", digital.scope)
    assert ask_again(exported) == 403


def test_whoever_may_see_as_much_in_another_role_keeps_the_file(
    exported, ask_again, now_holds, programme_scope, auditor
):
    now_holds(exported, "sro", programme_scope, confirmed_by=auditor, confirmed_on=BEGINNING)
    assert ask_again(exported) == 200


def test_a_file_of_which_nothing_is_known_is_withheld(exported, ask_again):
    Job.objects.filter(pk=exported.pk).update(result={"url": "", "label": "list.csv"})
    assert ask_again(exported) == 403


def test_a_post_without_a_format_is_not_found(manager, long_lists):
    assert manager.post("/projects/").status_code == 404


def test_files_are_forgotten_after_a_week(exported, manager):
    (file,) = exports.folder().glob(f"{exported.pk}.csv")
    assert exports.forget_old() == 0
    os.utime(file, times=(0, time.time() - 8 * 24 * 60 * 60))

    assert exports.forget_old() == 1
    assert manager.get(exported.result["url"]).status_code == 404


def test_forgetting_is_no_error_where_nothing_was_ever_exported(tmp_path):
    with override_settings(DATA_DIR=tmp_path):
        assert exports.forget_old() == 0

"""Files and previews hold what somebody might read when they were written. Who may read less since then gets
them no more: whether a role went, or only the ownership of one exempt record."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from programme.foundation import exports, jobs
from programme.foundation.job_records import Job
from programme.people.models import User
from programme.portfolio.actions import projects
from risks import tasks
from risks.actions import risks
from risks.models import RegisterUpload
from risks.reading import uploads
from tests.savings import EXEMPT

pytestmark = pytest.mark.django_db
SECRET = "Seven posts go"


@pytest.fixture
def written_for(monkeypatch, sign_in):
    """``written_for(person) -> Job``: the register as a long CSV, written for this person."""
    monkeypatch.setattr(exports, "AT_ONCE", 0)

    def write(person):
        sign_in(person).post("/risks/?format=csv")
        job = Job.objects.get()
        jobs.run(job.pk, exports.build)
        return Job.objects.get()

    return write


@pytest.fixture
def answer(sign_in):
    """``answer(job) -> (status, words)``: its file, as its owner gets it in a new session."""

    def ask(job):
        response = sign_in(User.objects.get(pk=job.owner_id)).get(f"/jobs/{job.pk}/file/")
        if not response.streaming:
            return response.status_code, response.text
        return response.status_code, b"".join(response.streaming_content).decode()

    return ask


@pytest.fixture
def theirs(make_risk, commercial, group_member, today):
    """An exempt risk of a workstream where its owner holds no role that reads it."""
    return make_risk("R-001", (3, 4), owner=group_member, scope=commercial.scope, title=SECRET, **EXEMPT)


def test_the_owner_gets_the_file_and_a_former_owner_does_not(
    theirs, written_for, answer, group_member, lead_commercial, sign_in
):
    job = written_for(group_member)
    status, words = answer(job)
    assert (status, SECRET in words) == (200, True)
    risks.change(theirs, owner=lead_commercial, by=lead_commercial, reason="Taken over")
    status, words = answer(job)
    assert (status, SECRET in words) == (403, False)
    page = sign_in(User.objects.get(pk=group_member.pk)).get(f"/jobs/{job.pk}/").text
    assert "no longer handed out" in page


def test_what_was_kept_from_them_already_or_came_later_withholds_nothing(
    theirs, make_risk, written_for, answer, group_member, commercial
):
    make_risk("R-002", scope=commercial.scope, **EXEMPT)
    job = written_for(group_member)
    make_risk("R-003", scope=commercial.scope, **EXEMPT)
    assert answer(job)[0] == 200


def test_a_file_with_a_risk_that_is_exempt_by_now_is_withheld(
    make_risk, written_for, answer, group_member, lead_digital, programme_manager, fresh, today
):
    risk = make_risk("R-001", title=SECRET)
    mine = written_for(group_member)
    risks.change(fresh(risk), by=lead_digital, reason="It names people", **EXEMPT)
    assert answer(mine)[0] == 403


def test_so_is_that_of_who_led_the_workstream_which_its_project_has_left(
    make_risk, crm, commercial, written_for, answer, lead_digital, programme_manager, today
):
    make_risk("R-001", scope=crm.scope, title=SECRET, **EXEMPT)
    job = written_for(lead_digital)
    assert answer(job)[0] == 200
    projects.change_workstream(crm, to=commercial, by=programme_manager, reason="It sells")
    assert answer(job)[0] == 403


def test_a_file_of_a_past_day_tells_a_former_owner_no_more_what_was_exempt_then(
    theirs, sign_in, monkeypatch, answer, group_member, lead_commercial, fresh, on
):
    on(datetime.date(2022, 9, 8))
    no_longer = {"classification": "internal", "exempt_paragraphs": [], "exempt_reason": ""}
    by = {"by": lead_commercial, "reason": "People were spoken to"}
    risks.change(fresh(theirs), title="Much changes", exempt_review=None, **no_longer, **by)
    monkeypatch.setattr(exports, "AT_ONCE", 0)
    sign_in(group_member).post("/risks/matrix/risks/?as_at=2022-09-01&format=csv")
    jobs.run(Job.objects.get().pk, exports.build)
    status, words = answer(Job.objects.get())
    assert (status, SECRET in words) == (200, True)
    risks.change(fresh(theirs), owner=lead_commercial, **by)
    status, words = answer(Job.objects.get())
    assert (status, SECRET in words) == (403, False)


def test_whoever_reads_all_that_is_exempt_keeps_the_file(
    theirs, written_for, answer, programme_manager, lead_commercial
):
    job = written_for(programme_manager)
    risks.change(theirs, owner=lead_commercial, by=lead_commercial, reason="Taken over")
    assert answer(job)[0] == 200


def test_a_kept_preview_is_not_shown_to_who_led_the_workstream_it_has_left(
    make_risk, crm, commercial, lead_digital, programme_manager, sign_in, monkeypatch, today
):
    make_risk("R-001", scope=crm.scope, title=SECRET, **EXEMPT)
    kept = f"Reference,Version,Risk,Cause\nR-001,1,{SECRET},Money\n".encode()
    monkeypatch.setattr(uploads, "AT_ONCE", 0)
    upload = RegisterUpload.objects.keep(SimpleUploadedFile("register.csv", kept), by=lead_digital)
    upload.settle(layout=uploads.Sheet(upload).own_layout())
    client = sign_in(lead_digital)
    client.post(f"{upload.get_absolute_url()}compare/")
    tasks.compare_register(Job.objects.get().pk)
    assert SECRET in client.get(upload.get_absolute_url()).text
    projects.change_workstream(crm, to=commercial, by=programme_manager, reason="It sells")
    page = client.get(upload.get_absolute_url())
    assert page.status_code == 200
    assert SECRET not in page.text
    assert "Compare it again" in page.text

"""A long register is compared and applied by tasks; a short one is not made to wait."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from programme.foundation.job_records import Job, JobState
from risks import tasks
from risks.actions import mitigations, offline, risks
from risks.models import RegisterUpload, Risk
from risks.models.upload import folder
from risks.reading import uploads

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager(sign_in, programme_manager):
    return sign_in(programme_manager)


@pytest.fixture
def long(monkeypatch):
    """Three rows are long already."""
    monkeypatch.setattr(uploads, "AT_ONCE", 3)


@pytest.fixture
def compared(register, long, manager, export, send):
    """``compared(edit) -> Job, upload``: an edited register that a task has compared."""

    def run(edit):
        book = export(manager)
        edit(book)
        send(manager, book)
        job = Job.objects.get()
        tasks.compare_register(job.pk)
        return Job.objects.get(), RegisterUpload.objects.get()

    return run


def edited(book):
    book["R-001", "Cause"] = "Three systems"
    book["R-002", "Likelihood now"], book["R-002", "Impact now"] = 2, 2


def test_it_is_compared_by_a_task_that_leads_to_the_preview(compared, manager, said):
    job, upload = compared(edited)
    assert (job.state, job.title) == (JobState.DONE, "What register.xlsx changes")
    assert job.result["url"] == f"/risks/workbook/{upload.pk}/"
    page = said(manager.get(job.result["url"]))
    assert "2 risks change, 0 are new, 2 stay as they are." in page
    assert "Save all of it" in page


def test_it_is_applied_by_a_task_all_at_once_and_the_file_is_gone(compared, manager, apply, said):
    job, upload = compared(edited)
    answer = apply(manager, manager.get(upload.get_absolute_url()))
    saving = Job.objects.exclude(pk=job.pk).get()
    assert answer.request["PATH_INFO"] == f"/jobs/{saving.pk}/"
    assert not Risk.objects.filter(version__gt=1)
    tasks.apply_register(saving.pk)
    tasks.apply_register(saving.pk)  # a message that comes twice
    saving.refresh_from_db()
    assert saving.state == JobState.DONE
    assert saving.result["label"] == "2 risks are saved. See the register"
    assert set(Risk.objects.filter(version=2).values_list("ref", flat=True)) == {"R-001", "R-002"}
    assert not RegisterUpload.objects.exists()
    assert not upload.path.exists()


def test_what_changed_in_between_is_refused_by_the_task(compared, manager, apply, said, lead_digital):
    job, upload = compared(edited)
    apply(manager, manager.get(upload.get_absolute_url()))
    risks.change(Risk.objects.get(ref="R-002"), cause="Known now", by=lead_digital, reason="Late")
    saving = Job.objects.exclude(pk=job.pk).get()
    tasks.apply_register(saving.pk)
    saving.refresh_from_db()
    assert saving.state == JobState.FAILED
    assert "Nothing was saved: the register or your rights changed" in saving.error
    assert Risk.objects.get(ref="R-001").cause == "Two systems"
    assert "Compare it again" in said(manager.get(upload.get_absolute_url()))
    manager.post(f"{upload.get_absolute_url()}compare/")
    tasks.compare_register(Job.objects.order_by("pk").last().pk)
    page = said(manager.get(upload.get_absolute_url()))
    assert "R-002 was changed after this workbook was written." in page


def test_a_response_that_no_longer_holds_when_it_is_saved_stops_all_of_it(
    register, manager, export, send, lead_digital, monkeypatch
):
    """Somebody withdraws the only action between the comparison and the saving."""
    by = {"by": lead_digital, "reason": "As agreed"}
    due = datetime.date(2022, 12, 1)
    action = mitigations.plan(Risk.objects.get(ref="R-002"), what="Ask", owner=lead_digital, due=due, **by)
    book = export(manager)
    book["R-001", "Cause"], book["R-002", "Response"] = "Three systems", "Treat"
    send(manager, book)
    upload, compare = RegisterUpload.objects.get(), uploads.compare

    def compared_just_before(*arguments):
        found = compare(*arguments)
        mitigations.withdraw(action, **by)
        return found

    shown = compare(upload, upload.owner).digest
    monkeypatch.setattr(uploads, "compare", compared_just_before)
    with pytest.raises(ValidationError, match="Nothing was saved"):
        offline.apply(upload, shown=shown, by=upload.owner, reason="Reviewed")
    assert not Risk.objects.filter(version__gt=1)


def test_nothing_is_shown_or_saved_once_the_role_is_gone(compared, manager, apply, programme_manager, said):
    from programme.people.models import Appointment
    from tests.cast import REASON

    job, upload = compared(edited)
    apply(manager, manager.get(upload.get_absolute_url()))
    for one in Appointment.objects.filter(person=programme_manager):
        one.ends = datetime.date(2022, 8, 31)
        one.record(by=programme_manager, reason=REASON)
    tasks.apply_register(Job.objects.exclude(pk=job.pk).get().pk)
    assert "You may no longer load registers" in Job.objects.exclude(pk=job.pk).get().error
    assert manager.get(upload.get_absolute_url()).status_code == 403
    assert not Risk.objects.filter(version__gt=1)


def test_the_file_is_readable_by_nobody_else_and_removed_after_a_day(register, manager, export, send):
    send(manager, export(manager))
    upload = RegisterUpload.objects.get()
    assert oct(upload.path.stat().st_mode)[-3:] == "600"
    assert oct(folder().stat().st_mode)[-3:] == "700"
    stray = folder() / "stray"
    stray.touch()
    tasks.forget_registers()
    assert upload.path.exists()
    assert not stray.exists()
    RegisterUpload.objects.update(created=upload.created - datetime.timedelta(days=1, minutes=1))
    tasks.forget_registers()
    assert not upload.path.exists()
    assert manager.get(upload.get_absolute_url()).status_code == 404


def test_queries_do_not_grow_with_the_rows(make_risk, manager, export, send, apply, today):
    make_risk("R-001")
    make_risk("R-002")

    def asked():
        book = export(manager)
        for risk in Risk.objects.all():
            book[risk.ref, "Cause"] = f"Cause of {risk.version}"
            book[risk.ref, "Likelihood now"], book[risk.ref, "Impact now"] = 1 + risk.version % 5, 2
        with CaptureQueriesContext(connection) as looked:
            preview = send(manager, book)
        with CaptureQueriesContext(connection) as saved:
            apply(manager, preview)
        assert not RegisterUpload.objects.exists()
        return len(looked), len(saved)

    asked()
    few = asked()
    for number in range(3, 30):
        make_risk(f"R-{number:03}", version=3)
    many = asked()
    assert many[0] == few[0] <= 45
    assert many[1] - few[1] <= 3


def test_a_sheet_with_much_to_read_is_long_however_few_its_risks(
    register, monkeypatch, manager, export, send
):
    monkeypatch.setattr(uploads, "SIZE_AT_ONCE", 1_000)
    send(manager, export(manager))
    assert RegisterUpload.objects.get().layout["long"]
    assert Job.objects.exists()


def test_words_for_scores_further_down_are_asked_for_once_they_are_found(
    monkeypatch, long, manager, digital, send, said
):
    monkeypatch.setattr(uploads, "SAMPLE", 4)
    monkeypatch.setattr(uploads, "LOOKED_THROUGH", 5)
    rows = "".join(f"Danger {number},Likely,3\r\n" for number in range(6))
    columns = send(manager, f"Danger,Likelihood,Impact\r\n{rows}Fire,Dire,3\r\nFlood,dire,#REF!\r\n".encode())
    address = columns.request["PATH_INFO"]
    chosen = {"column_0": "event", "column_1": "current_likelihood", "column_2": "current_impact"}
    chosen |= {"place": str(digital.scope.pk), "steps_impact": "1 to 5", "steps_likelihood": "1 to 5"}
    manager.post(address, chosen)
    tasks.compare_register(Job.objects.get().pk)
    upload = RegisterUpload.objects.get()
    page = said(manager.get(upload.get_absolute_url()))
    assert "“Dire” is not a likelihood" in page
    assert "nobody has said the meaning of yet: likelihood “dire”. Say what they mean" in page
    again = manager.get(address)
    assert {field.value() for field in again.context["form"].column_fields} >= {"event", "current_impact"}
    likely, asked = again.context["form"].word_fields
    assert ("“likely” means" in likely.label, "“dire” means" in asked.label) == (True, True)
    refused = manager.post(address, chosen)
    assert refused.status_code == 422
    assert "Say what likelihood “dire” means, from 1 to 5" in said(refused)
    manager.post(address, chosen | {asked.html_name: "5", likely.html_name: "4"})
    tasks.compare_register(Job.objects.exclude(state=JobState.DONE).get().pk)
    page = said(manager.get(upload.get_absolute_url()))
    assert "1 error: nothing can be saved" in page
    assert "This is #REF!" in page


def test_words_for_scores_are_asked_for_before_it_is_compared_far_below_the_rows_that_are_guessed_from(
    monkeypatch, long, manager, digital, send, said
):
    monkeypatch.setattr(uploads, "SAMPLE", 4)
    rows = "".join(f"Danger {number},Likely,3\r\n" for number in range(700))
    columns = send(manager, f"Danger,Likelihood,Impact\r\n{rows}Fire,Dire,3\r\n".encode())
    address = columns.request["PATH_INFO"]
    chosen = {"column_0": "event", "column_1": "current_likelihood", "column_2": "current_impact"}
    chosen |= {"place": str(digital.scope.pk), "steps_impact": "1 to 5", "steps_likelihood": "1 to 5"}
    refused = manager.post(address, chosen)
    assert refused.status_code == 422
    assert "Say what likelihood “dire” means, from 1 to 5" in said(refused)
    assert not Job.objects.exists()
    likely, dire = refused.context["form"].word_fields
    manager.post(address, chosen | {likely.html_name: "4", dire.html_name: "5"})
    tasks.compare_register(Job.objects.get().pk)
    page = said(manager.get(RegisterUpload.objects.get().get_absolute_url()))
    assert "701 are new" in page
    assert "error" not in page


def test_a_file_that_breaks_off_far_below_is_refused_by_the_comparison_and_not_by_the_question(
    monkeypatch, long, manager, digital, send
):
    monkeypatch.setattr(uploads, "SAMPLE", 4)
    rows = "".join(f"Danger {number},Likely,3\r\n" for number in range(700))
    columns = send(manager, f"Danger,Likelihood,Impact\r\n{rows}{'x,' * 300}\r\n".encode())
    chosen = {"column_0": "event", "column_1": "current_likelihood", "column_2": "current_impact"}
    chosen |= {"place": str(digital.scope.pk), "steps_impact": "1 to 5", "steps_likelihood": "1 to 5"}
    manager.post(columns.request["PATH_INFO"], chosen)
    tasks.compare_register(Job.objects.get().pk)
    assert "more than 200 cells" in Job.objects.get().error

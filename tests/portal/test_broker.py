"""Jobs over the real broker and a real worker: whatever is killed, each job ends once and says how."""

import resource
import socket
import time
from datetime import timedelta
from pathlib import Path

import pytest
from celery import current_app
from django.contrib.auth import get_user_model
from django.utils import timezone

from programme.foundation import jobs
from programme.foundation.job_records import Job, JobState, WorkerSighting
from tests.portal import worker_tasks, workers

pytestmark = pytest.mark.broker


@pytest.fixture(scope="module")
def db(django_db_setup, django_db_blocker, tmp_path_factory):
    """In this file, the test database is a copy that the worker opens too; gives its address."""
    with django_db_blocker.unblock(), workers.shared_database(tmp_path_factory.mktemp("shared")) as address:
        yield address


@pytest.fixture(scope="module")
def owner(db):
    return get_user_model().objects.create_user(username="owner-of-jobs")


@pytest.fixture(scope="module")
def standing_worker(db, tmp_path_factory):
    workers.empty_queue()
    with workers.Worker(db, tmp_path_factory.mktemp("worker") / "log") as worker:
        workers.wait_until(WorkerSighting.objects.exists, worker, seconds=30)
        yield worker


def ended(*asked: Job):
    return lambda: not Job.objects.open().filter(pk__in=[job.pk for job in asked]).exists()


def ask(task, owner, file: Path, **arguments) -> Job:
    return jobs.enqueue(task, owner=owner, title="A pack", arguments={"file": str(file), **arguments})


def test_a_job_is_done_and_says_where_its_result_is(owner, standing_worker, tmp_path):
    job = ask(worker_tasks.make, owner, tmp_path / "lines")
    workers.wait_until(ended(job), standing_worker)
    job.refresh_from_db()
    assert (job.state, job.attempts, job.error) == (JobState.DONE, 1, "")
    assert job.result == {"url": f"/board/packs/{job.pk}/", "label": "The pack"}
    assert (job.now_doing, job.done_steps, job.total_steps) == ("Making the pack", 1, 2)


def test_two_people_who_export_at_once_get_two_packs(owner, standing_worker, tmp_path):
    first = ask(worker_tasks.make, owner, tmp_path / "first", first_attempt_sleeps=0.5)
    second = ask(worker_tasks.make, owner, tmp_path / "second", first_attempt_sleeps=0.5)
    workers.wait_until(ended(first, second), standing_worker)
    assert (tmp_path / "first").read_text() == (tmp_path / "second").read_text() == "begun\nkept\n"


def test_a_message_that_comes_twice_does_the_work_once(owner, standing_worker, tmp_path):
    job = ask(worker_tasks.make, owner, tmp_path / "lines", first_attempt_sleeps=1)
    jobs.ring(job)
    jobs.ring(job)
    later = ask(worker_tasks.make, owner, tmp_path / "later")
    workers.wait_until(ended(job, later), standing_worker)
    assert (tmp_path / "lines").read_text() == "begun\nkept\n"


def test_work_that_breaks_three_times_fails_with_a_sentence_and_no_trace(owner, standing_worker, tmp_path):
    job = ask(worker_tasks.break_down, owner, tmp_path / "lines")
    workers.wait_until(ended(job), standing_worker)
    job.refresh_from_db()
    assert (job.state, job.attempts) == (JobState.FAILED, 3)
    assert job.error == jobs.GIVEN_UP.format(pk=job.pk)
    assert (tmp_path / "lines").read_text() == "begun\n" * 3
    assert "the secret cause" in standing_worker.log.read_text()


def test_a_full_disk_fails_at_once_with_a_sentence(owner, standing_worker, tmp_path):
    job = ask(worker_tasks.fill_the_disk, owner, tmp_path / "lines")
    workers.wait_until(ended(job), standing_worker)
    job.refresh_from_db()
    assert (job.state, job.attempts, job.error) == (JobState.FAILED, 1, jobs.DISK_FULL)


def test_a_long_job_keeps_its_lease_by_its_heartbeat(owner, standing_worker, tmp_path):
    job = ask(worker_tasks.make, owner, tmp_path / "lines", first_attempt_sleeps=4)
    time.sleep(3.5)
    jobs.sweep()
    job.refresh_from_db()
    assert job.state == JobState.RUNNING
    workers.wait_until(ended(job), standing_worker)
    assert (tmp_path / "lines").read_text() == "begun\nkept\n"


def test_a_worker_killed_in_the_middle_leaves_its_job_to_the_next(owner, standing_worker, tmp_path):
    job = ask(worker_tasks.make, owner, tmp_path / "lines", first_attempt_sleeps=600)
    workers.wait_until((tmp_path / "lines").exists, standing_worker)
    standing_worker.kill()
    job.refresh_from_db()
    assert job.state == JobState.RUNNING
    time.sleep(max(0, (job.lease_until - timezone.now()).total_seconds()))
    standing_worker.start()
    workers.wait_until(ended(job), standing_worker, seconds=30)
    job.refresh_from_db()
    assert (job.state, job.attempts) == (JobState.DONE, 2)
    assert (tmp_path / "lines").read_text() == "begun\nbegun\nkept\n"


@pytest.fixture
def silent_host():
    """A machine that takes connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"127.0.0.1:{server.getsockname()[1]}"


@pytest.mark.parametrize("address", ["redis://{}/0", "amqp://guest:guest@{}//"])
@pytest.mark.parametrize("kind", ["refusing", "silent"])
def test_an_unreachable_broker_costs_two_seconds_at_most_and_the_job_waits(
    owner, silent_host, monkeypatch, address, kind
):
    host = silent_host if kind == "silent" else "127.0.0.1:1"
    monkeypatch.setattr(current_app.conf, "broker_write_url", address.format(host))
    begun = time.monotonic()
    job = jobs.enqueue(worker_tasks.make, owner=owner, title="Left in the queue")
    assert time.monotonic() - begun < 2
    job.refresh_from_db()
    assert (job.state, job.rung) == (JobState.QUEUED, None)
    Job.objects.filter(pk=job.pk).delete()


def test_a_queue_folder_that_cannot_be_written_leaves_the_job_waiting(db, monkeypatch, tmp_path):
    (tmp_path / "queue").write_text("a file where the folder should be")
    monkeypatch.setattr(current_app.conf, "broker_write_url", "filesystem://")
    monkeypatch.setitem(current_app.conf.broker_transport_options, "data_folder_out", str(tmp_path / "queue"))
    assert jobs.ring(Job(pk=0, task=worker_tasks.make.name)) is False


def test_a_disk_that_fills_up_while_a_message_is_written_leaves_no_half_message(db, monkeypatch, tmp_path):
    """A reader of half a message would stop. The limit on a file's size stands for the end of the disk."""
    monkeypatch.setattr(current_app.conf, "broker_write_url", "filesystem://")
    for folder in ("data_folder_in", "data_folder_out", "control_folder"):
        monkeypatch.setitem(current_app.conf.broker_transport_options, folder, str(tmp_path / "queue"))
    job = Job(pk=0, task=worker_tasks.make.name)
    assert jobs.ring(job) is True
    [whole] = tmp_path.glob("queue/*.msg")
    usual = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (whole.stat().st_size // 2, usual[1]))
    try:
        assert jobs.ring(job) is False
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, usual)
    assert [*tmp_path.glob("queue/*.msg"), *tmp_path.glob("queue/*.part")] == [whole]


def test_sightings_say_how_long_ago_a_worker_was_seen(db):
    WorkerSighting.objects.note("worker@here")
    WorkerSighting.objects.note("worker@here")
    assert WorkerSighting.objects.filter(name="worker@here").count() == 1
    assert WorkerSighting.objects.since_last() < timedelta(seconds=5)

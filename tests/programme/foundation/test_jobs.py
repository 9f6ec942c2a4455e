"""What may happen to a job, without a worker: taking, fencing, failing, sweeping. The real worker and broker
are in ``tests/portal/test_broker.py``."""

import errno
from datetime import timedelta

import pytest
from celery import shared_task
from celery.exceptions import SoftTimeLimitExceeded
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, OperationalError, connection, transaction
from django.utils import timezone

from programme.foundation import jobs
from programme.foundation.models import Job, WorkerSighting

pytestmark = pytest.mark.django_db


@shared_task
def some_task(job_pk: int) -> None:
    """Only its name is used here."""


@pytest.fixture
def owner():
    return get_user_model().objects.create_user(username="owner-of-jobs")


@pytest.fixture
def job(owner):
    return jobs.enqueue(some_task, owner=owner, title="Board pack", arguments={"day": "2022-11-30"})


def fresh(job: Job) -> Job:
    return Job.objects.get(pk=job.pk)


def running(job: Job, *, attempts: int = 1, lease_left: float = 60) -> Job:
    until = timezone.now() + timedelta(seconds=lease_left)
    Job.objects.filter(pk=job.pk).update(state="running", attempts=attempts, lease_until=until)
    return fresh(job)


def test_asking_writes_the_row_and_rings_only_when_the_transaction_commits(
    owner, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        job = jobs.enqueue(some_task, owner=owner, title="Board pack", arguments={"day": "2022-11-30"})
        assert (job.state, job.rung, job.arguments) == ("queued", None, {"day": "2022-11-30"})
    assert fresh(job).rung is not None


def test_a_double_click_is_one_job_until_that_one_has_ended(owner):
    first = jobs.enqueue(some_task, owner=owner, title="Board pack", key="pack 2022-11-30")
    assert jobs.enqueue(some_task, owner=owner, title="Board pack", key="pack 2022-11-30") == first
    jobs.run(first.pk, lambda job, progress: {})
    assert jobs.enqueue(some_task, owner=owner, title="Board pack", key="pack 2022-11-30") != first


def test_two_people_with_one_key_get_a_job_each(owner):
    other = get_user_model().objects.create_user(username="another")
    first = jobs.enqueue(some_task, owner=owner, title="Board pack", key="pack")
    assert jobs.enqueue(some_task, owner=other, title="Board pack", key="pack") != first


def test_an_over_long_title_is_cut_and_says_so(owner):
    job = jobs.enqueue(some_task, owner=owner, title="x" * 10_000)
    assert (len(job.title), job.title[-1]) == (200, "…")


def test_a_job_that_a_full_disk_has_no_room_for_is_refused_in_a_sentence(owner):
    def full(execute, sql, params, many, context):
        if sql.startswith("INSERT"):
            raise OperationalError("database or disk is full")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(full), pytest.raises(jobs.CannotQueue, match="The disk is full"):
        jobs.enqueue(some_task, owner=owner, title="Board pack")


def test_work_gets_its_arguments_and_its_answer_is_the_result(job):
    jobs.run(job.pk, lambda job, progress: {"url": f"/packs/{job.arguments['day']}/"})
    assert fresh(job).state == "done"
    assert fresh(job).result == {"url": "/packs/2022-11-30/"}
    assert fresh(job).percent == 100


def test_no_transaction_is_open_while_the_work_runs(job):
    before = len(connection.atomic_blocks)
    depths = []
    jobs.run(job.pk, lambda job, progress: depths.append(len(connection.atomic_blocks)))
    assert depths == [before]


def test_a_job_that_runs_has_ended_or_is_gone_is_not_begun_again(job):
    begun = []
    jobs.run(job.pk, lambda job, progress: begun.append(jobs.run(job.pk, lambda *_: begun.append("twice"))))
    jobs.run(job.pk, lambda *_: begun.append("after its end"))
    jobs.run(job.pk + 1000, lambda *_: begun.append("nothing"))
    assert begun == [None]


def test_progress_is_seen_in_words_and_steps(job):
    def work(job, progress):
        progress.say("Sealing", done=1, total=4)
        now = fresh(job)
        assert (now.now_doing, now.done_steps, now.total_steps, now.percent) == ("Sealing", 1, 4, 25)

    jobs.run(job.pk, work)
    assert fresh(job).state == "done"


def test_saying_the_same_a_thousand_times_writes_a_few_times(job, django_assert_max_num_queries):
    progress = jobs.Progress(running(job))
    with django_assert_max_num_queries(20):
        for number in range(1000):
            progress.say("Writing rows", done=number, total=1000)
        progress.say("Writing rows", done=1000, total=1000)
    assert fresh(job).done_steps == 1000


def test_a_worker_that_was_overtaken_stops_at_its_next_word_and_writes_nothing(job):
    def work(slow, progress):
        Job.objects.filter(pk=slow.pk).update(attempts=2)
        progress.say("Still here")

    jobs.run(job.pk, work)
    assert (fresh(job).state, fresh(job).now_doing, fresh(job).result) == ("running", "", {})


def test_a_worker_that_was_overtaken_cannot_keep_its_outcome(job):
    late = running(job)
    Job.objects.filter(pk=job.pk).update(attempts=2)

    def keep() -> None:
        with transaction.atomic():
            Job.objects.filter(pk=job.pk).update(title="The outcome")
            jobs.Progress(late).finish({"url": "/late/"})

    with pytest.raises(jobs.LeaseLost):
        keep()
    assert (fresh(job).title, fresh(job).result) == ("Board pack", {})


def test_an_outcome_and_the_end_of_its_job_are_kept_together_or_not_at_all(job):
    def work(job, progress):
        with transaction.atomic():
            progress.finish({"url": "/packs/1/"})
            raise ValueError("the outcome was refused")

    jobs.run(job.pk, work)
    assert (fresh(job).state, fresh(job).attempts, fresh(job).result) == ("queued", 1, {})


def test_work_that_breaks_is_tried_three_times_and_then_fails_in_a_sentence(job):
    def work(job, progress):
        raise ValueError("the secret cause")

    for state in ("queued", "queued", "failed"):
        jobs.run(job.pk, work)
        assert fresh(job).state == state
    assert fresh(job).attempts == 3
    assert "secret" not in fresh(job).error
    assert f"under job {job.pk}" in fresh(job).error


def fails_with(job: Job, error: BaseException) -> Job:
    def work(job, progress):
        raise error

    jobs.run(job.pk, work)
    return fresh(job)


def test_a_reason_for_the_owner_ends_the_job_at_once(job):
    failed = fails_with(job, jobs.JobFailed("There are no milestones to print."))
    assert (failed.state, failed.error) == ("failed", "There are no milestones to print.")


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
def test_a_full_disk_ends_the_job_with_what_to_do(job, number):
    assert fails_with(job, OSError(number, "No space left on device")).error == jobs.DISK_FULL


def test_a_full_disk_is_recognised_behind_another_error(job):
    error = RuntimeError("the workbook could not be written")
    error.__cause__ = OSError(errno.ENOSPC, "No space left on device")
    assert fails_with(job, error).error == jobs.DISK_FULL


def test_other_troubles_with_files_are_tried_again(job):
    assert fails_with(job, PermissionError("no")).state == "queued"


def test_the_time_limit_ends_the_job_with_a_sentence(job):
    assert fails_with(job, SoftTimeLimitExceeded()).error == jobs.TOO_LONG


def test_a_result_that_json_cannot_hold_is_a_failure_and_not_a_stuck_job(job):
    for _ in range(3):
        jobs.run(job.pk, lambda job, progress: {"stream": object()})
    assert fresh(job).state == "failed"


def test_the_owner_stops_a_job_and_the_worker_notices(job, owner):
    def work(job, progress):
        assert jobs.cancel(job, by=owner) is True
        progress.say("Going on")

    jobs.run(job.pk, work)
    assert fresh(job).state == "cancelled"
    assert jobs.cancel(job, by=owner) is False


def test_nobody_else_stops_a_job(job):
    with pytest.raises(PermissionDenied):
        jobs.cancel(job, by=get_user_model().objects.create_user(username="another"))
    assert fresh(job).state == "queued"


def test_people_see_their_own_jobs(job, owner):
    other = get_user_model().objects.create_user(username="another")
    assert list(Job.objects.visible_to(owner)) == [job]
    assert not Job.objects.visible_to(other).exists()
    assert not Job.objects.visible_to(AnonymousUser()).exists()


def test_the_sweep_takes_up_what_a_dead_worker_left(job):
    running(job, lease_left=-1)
    jobs.sweep()
    assert (fresh(job).state, fresh(job).lease_until) == ("queued", None)
    assert fresh(job).rung is not None


def test_the_sweep_leaves_a_job_whose_lease_holds(job):
    running(job, lease_left=30)
    jobs.sweep(everything=True)
    assert fresh(job).state == "running"


def test_the_sweep_gives_up_a_job_abandoned_at_its_third_attempt(job):
    running(job, attempts=3, lease_left=-1)
    jobs.sweep()
    assert (fresh(job).state, fresh(job).error) == ("failed", jobs.GIVEN_UP.format(pk=job.pk))


@pytest.mark.parametrize(
    ("rung_ago", "everything", "rings"),
    [(None, False, True), (10, False, False), (70, False, True), (10, True, True)],
)
def test_the_sweep_rings_for_jobs_that_were_not_heard(job, rung_ago, everything, rings):
    rung = None if rung_ago is None else timezone.now() - timedelta(seconds=rung_ago)
    Job.objects.filter(pk=job.pk).update(rung=rung)
    jobs.sweep(everything=everything)
    assert (fresh(job).rung != rung) is rings


def test_the_sweep_leaves_jobs_that_have_ended(job, owner):
    jobs.cancel(job, by=owner)
    jobs.sweep(everything=True)
    assert (fresh(job).state, fresh(job).rung) == ("cancelled", None)


def test_a_worker_not_seen_for_a_day_is_forgotten():
    WorkerSighting.objects.create(name="old", seen=timezone.now() - timedelta(days=2))
    WorkerSighting.objects.note("new")
    assert [sighting.name for sighting in WorkerSighting.objects.all()] == ["new"]
    assert WorkerSighting.objects.since_last() < timedelta(seconds=5)


@pytest.mark.parametrize(
    "values",
    [
        {"state": "lost"},
        {"state": "running"},
        {"state": "done"},
        {"state": "failed", "finished": timezone.now()},
        {"lease_until": timezone.now()},
        {"attempts": 4},
    ],
)
def test_the_database_refuses_a_job_that_contradicts_itself(job, values):
    with pytest.raises(IntegrityError), transaction.atomic():
        Job.objects.filter(pk=job.pk).update(**values)

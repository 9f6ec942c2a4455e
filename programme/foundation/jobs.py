"""Long tasks that can be left and found again: a board pack, a large export.

The row is the truth and the broker only a bell. A task is written::

    @shared_task
    def build_pack(job_pk: int) -> None:
        jobs.run(job_pk, packs.build)          # packs.build(job, progress) -> result dictionary

and asked for with ``jobs.enqueue(build_pack, owner=user, title="Board pack, 30 November 2022")``. Running it
twice is safe: a job is taken by one atomic UPDATE, holds a lease that a heartbeat prolongs, and whatever a
worker writes about it is fenced by the number of its attempt. A worker that dies lets the lease run out; the
sweep, at every worker's start and every minute, then rings again, three attempts in all. Times here are the
machine's, not those of ``calendar.now()``: a lease must run out while the portal's clock stands still.
"""

import errno
import logging
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from typing import Any

from celery import Task, current_app, current_task
from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, connections, transaction
from django.db.models import Q
from django.utils import timezone
from kombu import Connection

from .job_records import MOST_ATTEMPTS, Job, JobState, WorkerSighting

log = logging.getLogger(__name__)

DISK_FULL = (
    "The disk is full, so this could not be finished. Nothing half-made was kept. "
    "Ask whoever runs the portal to free some space, then start it again."
)
TOO_LONG = "This took longer than the portal allows and was stopped. Try it with fewer records."
GIVEN_UP = (
    f"This was tried {MOST_ATTEMPTS} times and did not finish. The cause is in the portal's log, "
    "under job {pk}. Tell whoever runs the portal, then start it again."
)
NO_ROOM = ("disk is full", "No space left")  # as SQLite and PostgreSQL say it
RENEWALS_A_LEASE = 4
SECONDS_BETWEEN_WORDS = 0.3

Result = dict[str, Any]


class CannotQueue(Exception):
    """The job could not even be written down; the message is a sentence for the user."""


class JobFailed(Exception):
    """Raised by work with a sentence for the owner. Final: trying again would not help."""


class LeaseLost(Exception):
    """Another worker has this job now, or its owner cancelled it: stop, and write nothing."""


def enqueue(
    task: Task, *, owner: AbstractUser, title: str, arguments: Result | None = None, key: str = ""
) -> Job:
    """Write a job down and ring for a worker once the transaction commits.

    ``arguments`` are primary keys and plain JSON values, for the work to read from ``job.arguments``. With a
    ``key``, an open job of the same owner and key is returned instead of a second one (a double click).
    An unreachable broker is no error: the job stays queued and the sweep rings again.
    Raises CannotQueue when the disk has no room for the row.
    """
    if key and (existing := _open_job(owner, key)):
        return existing
    title = title if len(title) <= 200 else f"{title[:199]}…"
    job = Job(task=task.name, owner_id=owner.pk, title=title, arguments=arguments or {}, key=key)
    try:
        with transaction.atomic():
            job.save(force_insert=True)
    except IntegrityError:
        if key and (existing := _open_job(owner, key)):
            return existing
        raise
    except DatabaseError as error:
        if not _is_disk_full(error):
            raise
        raise CannotQueue(DISK_FULL) from error
    transaction.on_commit(partial(ring, job))
    return job


def _open_job(owner: AbstractUser, key: str) -> Job | None:
    return Job.objects.open().filter(owner_id=owner.pk, key=key).first()


def cancel(job: Job, *, by: AbstractUser) -> bool:
    """Stop an open job at its next step, for its owner only; False if it had ended already."""
    if by.pk != job.owner_id:
        raise PermissionDenied("Only the person who started a job can stop it.")
    ended = Job.objects.open().filter(pk=job.pk)
    return bool(ended.update(state=JobState.CANCELLED, lease_until=None, finished=timezone.now()))


@contextmanager
def bell(seconds: float = 1) -> Iterator[Connection]:
    """A connection to the broker that gives up after ``seconds`` instead of holding a web request."""
    options = {
        "max_retries": 0,
        "socket_connect_timeout": seconds,
        "socket_timeout": seconds,
        "read_timeout": seconds,
        "write_timeout": seconds,
    }
    with current_app.connection_for_write(connect_timeout=seconds, transport_options=options) as connection:
        connection.ensure_connection(max_retries=1, interval_start=0, timeout=seconds)
        yield connection


def ring(job: Job) -> bool:
    """Tell the workers to look at this job. False if the broker did not take it; the sweep rings again."""
    try:
        with bell() as connection:
            current_app.send_task(job.task, args=[job.pk], connection=connection, retry=False)
    except Exception as error:  # every broker fails in its own way, and the job is safe in its row
        log.warning("Broker not reached; job %s waits for the sweep: %r", job.pk, error)
        return False
    Job.objects.filter(pk=job.pk, state=JobState.QUEUED).update(rung=timezone.now())
    return True


def lease() -> timedelta:
    """How long a job is left alone without a heartbeat."""
    return timedelta(seconds=settings.JOB_LEASE_SECONDS)


class Progress:
    """What the work says while it runs, and how it learns that it should stop."""

    def __init__(self, job: Job):
        self.job = job
        self.lost = threading.Event()
        self.finished = False
        self._last = ("", 0.0)

    def say(self, words: str, *, done: int = 0, total: int = 0) -> None:
        """Show the owner what is being done, and step ``done`` of ``total`` (0: length not known).

        Call it outside transactions, as often as you like: the same words are written at most three times
        a second. Raises LeaseLost when the job is no longer this worker's.
        """
        if self.lost.is_set():
            raise LeaseLost(self.job.pk)
        last_words, last_time = self._last
        if words == last_words and done != total and time.monotonic() - last_time < SECONDS_BETWEEN_WORDS:
            return
        self._write(now_doing=words[:200], done_steps=done, total_steps=total)
        self._last = (words, time.monotonic())

    def finish(self, result: Result) -> None:
        """Mark the job done. Called inside the transaction that keeps the work's outcome, it makes both
        happen or neither: two workers can never both keep one. ``run`` calls it for work that does not.
        Raises LeaseLost."""
        with transaction.atomic():
            self._write(state=JobState.DONE, result=result, lease_until=None, finished=timezone.now())
        self.finished = True

    def _write(self, **values: Any) -> None:
        if not _held(self.job).update(**values):
            raise LeaseLost(self.job.pk)


def _held(job: Job) -> Any:
    return Job.objects.held_by(job.pk, job.attempts)


def run(job_pk: int, work: Callable[[Job, Progress], Result | None]) -> None:
    """Take the job and do ``work(job, progress)``; what it returns is the job's result.

    Does nothing if the job is taken, ended or gone, so a message that comes twice is harmless.
    No transaction is open while the work runs. An error of the work is logged with its trace and tried
    again, at most three times in all; JobFailed, a full disk and the time limit end the job at once.
    """
    job = _take(job_pk)
    if job is None:
        return
    progress = Progress(job)
    with _heartbeat(progress):
        try:
            result = work(job, progress)
            if not progress.finished:
                progress.finish(result or {})
        except LeaseLost:
            log.warning("Job %s was stopped: it is no longer this worker's.", job.pk)
        except JobFailed as failure:
            _fail(job, str(failure))
        except SoftTimeLimitExceeded:
            log.exception("Job %s exceeded the time limit.", job.pk)
            _fail(job, TOO_LONG)
        except Exception as error:
            log.exception("Job %s failed at attempt %s.", job.pk, job.attempts)
            _recover(job, error)


def _take(job_pk: int) -> Job | None:
    waiting = Job.objects.filter(pk=job_pk, state=JobState.QUEUED)
    job = waiting.first()
    if job is None:
        return None
    moment = timezone.now()
    taken = waiting.filter(attempts=job.attempts).update(
        state=JobState.RUNNING,
        attempts=job.attempts + 1,
        lease_until=moment + lease(),
        started=moment,
        now_doing="",
        done_steps=0,
        total_steps=0,
    )
    return Job.objects.get(pk=job_pk) if taken else None


@contextmanager
def _heartbeat(progress: Progress) -> Iterator[None]:
    stop = threading.Event()
    thread = threading.Thread(target=_keep_lease, args=(progress, stop, worker_name()), daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def _keep_lease(progress: Progress, stop: threading.Event, name: str) -> None:
    """Runs in a thread of its own, on a database connection of its own."""
    while not stop.wait(settings.JOB_LEASE_SECONDS / RENEWALS_A_LEASE):
        try:
            if not _held(progress.job).update(lease_until=timezone.now() + lease()):
                progress.lost.set()
                return
            WorkerSighting.objects.note(name)
        except DatabaseError as error:  # the next beat tries again; the lease itself sets the limit
            log.warning("Heartbeat of job %s failed: %r", progress.job.pk, error)
        finally:
            connections.close_all()


def _recover(job: Job, error: Exception) -> None:
    if _is_disk_full(error):
        _fail(job, DISK_FULL)
    elif job.attempts >= MOST_ATTEMPTS:
        _fail(job, GIVEN_UP.format(pk=job.pk))
    elif _held(job).update(state=JobState.QUEUED, lease_until=None, rung=None, now_doing=""):
        ring(job)


def _fail(job: Job, sentence: str) -> None:
    _held(job).update(state=JobState.FAILED, error=sentence, lease_until=None, finished=timezone.now())


def _is_disk_full(error: BaseException | None) -> bool:
    while error is not None:
        if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
            return True
        if isinstance(error, DatabaseError) and any(words in str(error) for words in NO_ROOM):
            return True
        error = error.__cause__ or error.__context__
    return False


def sweep(*, everything: bool = False) -> None:
    """Put right what a dead worker or a silent broker left: requeue or fail jobs whose lease ran out, and
    ring for queued jobs whose bell was not heard (``everything``: for all of them, as a worker starts, since
    the embedded broker forgets a message once it is read)."""
    moment = timezone.now()
    expired = Job.objects.filter(state=JobState.RUNNING, lease_until__lt=moment)
    for job in expired.filter(attempts__gte=MOST_ATTEMPTS):
        log.error("Job %s was abandoned at its last attempt.", job.pk)
        sentence = GIVEN_UP.format(pk=job.pk)
        expired.filter(pk=job.pk).update(
            state=JobState.FAILED, error=sentence, lease_until=None, finished=moment
        )
    expired.filter(attempts__lt=MOST_ATTEMPTS).update(
        state=JobState.QUEUED, lease_until=None, rung=None, now_doing=""
    )
    unheard = Q() if everything else Q(rung=None) | Q(rung__lt=moment - lease())
    for job in Job.objects.filter(unheard, state=JobState.QUEUED).order_by("created"):
        if not ring(job):
            break


def worker_name() -> str:
    """The name of the Celery worker that runs this, or of the machine outside one."""
    return (current_task.request.hostname if current_task else None) or socket.gethostname()

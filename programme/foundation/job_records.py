"""A long task as a record: who asked for it, how far it is, what came of it.

The row is the truth; the broker's message is only a bell that says "look at job 12". What may be done to
a job is in ``jobs.py``, which is the only writer.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser, AnonymousUser

MOST_ATTEMPTS = 3


class JobState(models.TextChoices):
    QUEUED = "queued", "Waiting to start"
    RUNNING = "running", "Running"
    DONE = "done", "Done"
    FAILED = "failed", "Failed"
    CANCELLED = "cancelled", "Cancelled"


OPEN_STATES = (JobState.QUEUED, JobState.RUNNING)


class JobQuerySet(models.QuerySet["Job"]):
    def visible_to(self, user: AbstractUser | AnonymousUser) -> Self:
        """Everybody sees their own jobs and nobody else's: a title may name what others may not see."""
        return self.filter(owner_id=user.pk) if user.is_authenticated else self.none()

    def open(self) -> Self:
        return self.filter(state__in=OPEN_STATES)

    def held_by(self, pk: int, attempt: int) -> Self:
        """The one running job, if this attempt still holds it: the fence of every write by a worker."""
        return self.filter(pk=pk, attempts=attempt, state=JobState.RUNNING)


class Job(models.Model):
    """One long task. ``attempts`` counts the takings and names the holder: a worker that was overtaken
    still carries the old number, so nothing it writes can land."""

    task = models.CharField(max_length=200, help_text="Name of the Celery task that does the work.")
    arguments = models.JSONField(default=dict, blank=True, help_text="Primary keys and plain values.")
    key = models.CharField(
        max_length=200,
        blank=True,
        help_text="While the owner has an open job with this key, asking again gives that job.",
    )
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="jobs")
    title = models.CharField(max_length=200)
    state = models.CharField(max_length=10, choices=JobState.choices, default=JobState.QUEUED)

    now_doing = models.CharField(max_length=200, blank=True, help_text="What the work does at the moment.")
    done_steps = models.PositiveIntegerField(default=0)
    total_steps = models.PositiveIntegerField(default=0, help_text="0 while the length is not known.")
    result = models.JSONField(default=dict, blank=True, help_text='For example {"url": "/…/", "label": "…"}.')
    error = models.TextField(blank=True, help_text="A sentence for the owner, never a trace.")

    attempts = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    rung = models.DateTimeField(null=True, blank=True, help_text="When the broker last took the message.")
    created = models.DateTimeField(default=timezone.now, editable=False)
    started = models.DateTimeField(null=True, blank=True)
    finished = models.DateTimeField(null=True, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["-created", "-pk"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["owner", "-created"], name="job_of_owner"),
            models.Index(
                fields=["state", "lease_until"], condition=Q(state__in=OPEN_STATES), name="job_open"
            ),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(state__in=JobState.values),
                name="job_state_known",
                violation_error_message="A job is waiting, running, done, failed or cancelled.",
            ),
            models.CheckConstraint(
                condition=Q(state=JobState.RUNNING, lease_until__isnull=False)
                | (~Q(state=JobState.RUNNING) & Q(lease_until__isnull=True)),
                name="job_lease_while_running",
                violation_error_message="A job has a lease while it runs, and only then.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=OPEN_STATES, finished__isnull=True)
                | (~Q(state__in=OPEN_STATES) & Q(finished__isnull=False)),
                name="job_finished_when_ended",
                violation_error_message="A job that has ended says when, and an open one does not.",
            ),
            models.CheckConstraint(
                condition=~Q(state=JobState.FAILED) | ~Q(error=""),
                name="job_failure_has_reason",
                violation_error_message="A job that failed says why.",
            ),
            models.CheckConstraint(
                condition=Q(attempts__lte=MOST_ATTEMPTS),
                name="job_attempts_limited",
                violation_error_message=f"A job is tried at most {MOST_ATTEMPTS} times.",
            ),
            models.UniqueConstraint(
                fields=["owner", "key"],
                condition=Q(state__in=OPEN_STATES) & ~Q(key=""),
                name="job_key_open_once",
                violation_error_message="This is being done already.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return f"/jobs/{self.pk}/"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES

    @property
    def percent(self) -> int | None:
        """How far the work is, 0 to 100; None while its length is not known."""
        if self.state == JobState.DONE:
            return 100
        if not self.total_steps:
            return None
        return min(100, 100 * self.done_steps // self.total_steps)


class WorkerSightingQuerySet(models.QuerySet["WorkerSighting"]):
    def visible_to(self, user: AbstractUser | AnonymousUser) -> Self:
        """Nobody: names of machines are on no page. ``/healthz`` says only how long ago one was seen."""
        return self.none()

    def note(self, name: str) -> None:
        """Write down that the worker of this name is alive, and forget those not seen for a day."""
        moment = timezone.now()
        self.update_or_create(name=name, defaults={"seen": moment})
        self.filter(seen__lt=moment - timedelta(days=1)).delete()

    def since_last(self) -> timedelta | None:
        """How long ago any worker was last seen; None if none was."""
        newest = self.order_by("-seen").first()
        return None if newest is None else timezone.now() - newest.seen


class WorkerSighting(models.Model):
    """When a task worker was last known to be alive: one row a worker, for ``/healthz`` and operators."""

    name = models.CharField(max_length=200, unique=True)
    seen = models.DateTimeField(db_index=True)

    objects = WorkerSightingQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["-seen"]

    def __str__(self) -> str:
        return self.name

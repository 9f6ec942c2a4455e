"""The pages of long tasks: how far mine is, what came of it, and how to stop it."""

import zlib
from typing import ClassVar

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path

from programme.foundation import exports, jobs
from programme.foundation.job_records import MOST_ATTEMPTS, Job, JobState
from programme.foundation.permissions import PermissionRequired

HOME = {"label": "Home", "url": "/"}
TASKS = {"label": "Your tasks", "url": "/jobs/"}
NOT_HEARD = (
    "The task queue cannot be reached just now. Your task is kept and starts by itself when it can be; "
    "there is no need to ask again."
)


class JobList(PermissionRequired):
    permission: ClassVar[str] = "portal.view_job"

    def get(self, request: HttpRequest) -> HttpResponse:
        mine = Job.objects.visible_to(request.user)
        page = Paginator(mine, 25).get_page(request.GET.get("page"))
        numbers = page.paginator.get_elided_page_range(page.number)
        return render(request, "jobs/list.html", {"page": page, "numbers": numbers, "trail": [HOME]})


class JobPage(PermissionRequired):
    """The whole page; asked by htmx, only the part that moves, or 204 while nothing has moved."""

    permission: ClassVar[str] = "portal.view_job"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        job = get_object_or_404(Job.objects.visible_to(request.user), pk=pk)
        withheld = exports.withheld(job, request.user)
        shown = {"job": job, "mark": _mark(job), "words": withheld or in_words(job), "withheld": withheld}
        if not request.headers.get("HX-Request"):
            return render(request, "jobs/page.html", {**shown, "trail": [HOME, TASKS]})
        if request.GET.get("seen") == shown["mark"]:
            return HttpResponse(status=204)
        return render(request, "jobs/progress.html", shown)


class StopJob(PermissionRequired):
    permission: ClassVar[str] = "portal.view_job"
    http_method_names = ("post",)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        job = get_object_or_404(Job.objects.visible_to(request.user), pk=pk)
        jobs.cancel(job, by=request.user)
        return redirect("job", pk=pk)


def in_words(job: Job) -> str:
    """One sentence that says how the job stands, for its owner."""
    if job.state == JobState.QUEUED:
        return _queued_words(job)
    if job.state == JobState.RUNNING:
        return _running_words(job)
    if job.state == JobState.CANCELLED:
        return "You stopped this task. Nothing half-made was kept."
    return job.error or f"It took {_length(job)}."


def _length(job: Job) -> str:
    if not job.started or not job.finished:
        return "no time"
    seconds = max(1, round((job.finished - job.started).total_seconds()))
    if seconds < 120:
        return f"{seconds} second{'s' if seconds > 1 else ''}"
    return f"{seconds // 60} minutes"


def _queued_words(job: Job) -> str:
    if job.rung is None:
        return NOT_HEARD
    if job.attempts:
        return f"It stopped unexpectedly and waits for attempt {job.attempts + 1} of {MOST_ATTEMPTS}."
    return "Waiting for its turn."


def _running_words(job: Job) -> str:
    doing = job.now_doing.rstrip(".") or "Starting"
    if job.total_steps:
        return f"{doing}: step {min(job.done_steps, job.total_steps)} of {job.total_steps}."
    return f"{doing}."


def _mark(job: Job) -> str:
    """Short, and different whenever the page would read differently."""
    seen = (job.attempts, job.state, job.rung is None, job.now_doing, job.done_steps, job.total_steps)
    return f"{zlib.crc32(repr(seen).encode()):08x}"


urlpatterns = [
    path("jobs/", JobList.as_view(), name="jobs"),
    path("jobs/<int:pk>/", JobPage.as_view(), name="job"),
    path("jobs/<int:pk>/stop/", StopJob.as_view(), name="job-stop"),
]

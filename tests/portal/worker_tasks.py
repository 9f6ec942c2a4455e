"""Tasks that a real worker runs in the tests: they leave lines in a file, so that runs can be counted."""

import errno
import os
import time
from pathlib import Path
from typing import Any

from celery import shared_task
from django.db import transaction

from programme.foundation import jobs
from programme.foundation.job_records import Job


def _note(job: Job, line: str) -> None:
    with Path(job.arguments["file"]).open("a") as file:
        file.write(f"{line}\n")


def _make(job: Job, progress: jobs.Progress) -> dict[str, Any]:
    _note(job, "begun")
    progress.say("Making the pack", done=1, total=2)
    if job.attempts == 1:
        time.sleep(job.arguments.get("first_attempt_sleeps", 0))
    with transaction.atomic():
        progress.finish({"url": f"/board/packs/{job.pk}/", "label": "The pack"})
        _note(job, "kept")
    return {}


def _break(job: Job, progress: jobs.Progress) -> None:
    _note(job, "begun")
    raise ValueError("the secret cause")


def _fill_the_disk(job: Job, progress: jobs.Progress) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@shared_task
def make(job_pk: int) -> None:
    jobs.run(job_pk, _make)


@shared_task
def break_down(job_pk: int) -> None:
    jobs.run(job_pk, _break)


@shared_task
def fill_the_disk(job_pk: int) -> None:
    jobs.run(job_pk, _fill_the_disk)

"""The register edited offline, where it is too long to wait for: compared and applied with progress."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError

from programme.foundation.csv_files import Unreadable
from programme.foundation.history import MissingReason, Stale
from programme.foundation.job_records import Job
from programme.foundation.jobs import JobFailed, Progress

from ..actions import offline
from ..models import RegisterUpload
from ..reading import previews, uploads

GONE = "The file is not kept any more: it was applied, or a day has passed. Send it again."
NOT_ALLOWED = "You may no longer load registers, so it was not done."
REGISTER = {"url": "/risks/", "label": "The register of risks"}


def compare(job: Job, progress: Progress) -> dict[str, Any]:
    """The job's work: what the file changes, kept with the upload for its page."""
    upload, reach = _upload(job), job.owner.reach
    try:
        found = uploads.compare(upload, job.owner, lambda done: progress.say(f"{done:,} rows read"))
    except Unreadable as refused:
        raise JobFailed(" ".join(refused.sentences)) from refused
    progress.say("Writing down what it changes")
    upload.settle(outcome=previews.outcome(found, job.owner) | {"reach": reach})
    return {"url": upload.get_absolute_url(), "label": "Look at what it changes"}


def apply(job: Job, progress: Progress) -> dict[str, Any]:
    """The job's work: the upload as it was previewed. Both are done in one transaction, or neither is."""
    upload = _upload(job)
    asked = job.arguments

    def finish(count: int) -> None:
        progress.finish(REGISTER | {"label": f"{count:,} risks are saved. See the register"})

    try:
        offline.apply(
            upload,
            shown=asked["shown"],
            by=job.owner,
            reason=asked["reason"],
            say=lambda done: progress.say(f"{done:,} rows compared"),
            finish=finish,
        )
    except Unreadable as refused:
        raise JobFailed(" ".join(refused.sentences)) from refused
    except MissingReason as refused:
        raise JobFailed(str(refused)) from refused
    except (ValidationError, Stale) as refused:
        upload.settle(outcome={})
        raise JobFailed(f"{offline.OVERTAKEN} You find it under {upload.get_absolute_url()}.") from refused
    upload.forget()
    return {}


def _upload(job: Job) -> RegisterUpload:
    """The owner's upload, for whoever may still load registers. Raises ``JobFailed``."""
    if not job.owner.has_perm("risks.load_workbook"):
        raise JobFailed(NOT_ALLOWED)
    upload = RegisterUpload.objects.visible_to(job.owner).filter(pk=job.arguments["upload"]).first()
    if upload is None or not upload.path.exists():
        raise JobFailed(GONE)
    return upload

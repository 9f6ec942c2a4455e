"""Tasks of packs: load, call, nothing else."""

from celery import shared_task

from portal.models import Rendition
from programme.foundation import jobs
from programme.foundation.job_records import Job

from . import comparing, issuing, storage


@shared_task
def issue_pack(job_pk: int) -> None:
    """Makes a pack or a correction of one."""
    jobs.run(job_pk, issuing.issue)


@shared_task
def compare_pack(job_pk: int) -> None:
    """Draws a pack again and compares it with what is kept."""
    jobs.run(job_pk, comparing.compare)


@shared_task
def remove_stray_files() -> None:
    """Hourly: removes what killed attempts left below PACKS_ROOT; not while an attempt may still need it."""
    if not Job.objects.open().filter(task=issue_pack.name).exists():
        storage.remove_strays({one.file_name for one in Rendition.objects.only("digest", "form")})

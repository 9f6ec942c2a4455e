"""The portal's own tasks."""

from celery import shared_task

from programme.foundation import jobs
from programme.foundation.job_records import WorkerSighting

from .packs.tasks import compare_pack, issue_pack, remove_stray_files

__all__ = ["compare_pack", "issue_pack", "remove_stray_files", "sweep"]


@shared_task
def sweep(everything: bool = False) -> None:
    """Every minute and at every worker's start: say that a worker is alive, and take up dropped jobs."""
    WorkerSighting.objects.note(jobs.worker_name())
    jobs.sweep(everything=everything)

"""The foundation's own tasks: load, call, nothing else."""

from celery import shared_task

from . import exports, jobs, sent_forms, tallies


@shared_task(name=exports.TASK)
def export_list(job_pk: int) -> None:
    """Writes a list that is too long to wait for, as its owner."""
    jobs.run(job_pk, exports.build)


@shared_task
def tidy() -> None:
    """Daily: removes exported files older than a week, and what is remembered of forms and failures."""
    exports.forget_old()
    sent_forms.forget_old()
    tallies.forget_old()

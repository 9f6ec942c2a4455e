"""Tasks of the register: files that were sent, reminders. Load, call, nothing else."""

from celery import shared_task

from programme.foundation import jobs

from . import reminders
from .jobs.offline import apply, compare
from .models import RegisterUpload


@shared_task
def compare_register(job_pk: int) -> None:
    """Works out what a long register that was sent would change."""
    jobs.run(job_pk, compare)


@shared_task
def apply_register(job_pk: int) -> None:
    """Applies a long register as it was previewed."""
    jobs.run(job_pk, apply)


@shared_task
def forget_registers() -> None:
    """Hourly: removes registers that were sent more than a day ago."""
    RegisterUpload.objects.forget_old()


@shared_task
def remind() -> None:
    """Daily: tells people by e-mail which reviews and actions are due; twice a day sends nothing twice."""
    reminders.send()

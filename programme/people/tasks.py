"""Appointments begin and end by their dates, when nobody is looking."""

from celery import shared_task

from . import news_writers


@shared_task
def keep_groups_in_step() -> None:
    """Every hour: whoever began or ceased today to write news is put into the group or taken out of it."""
    news_writers.keep_in_step()

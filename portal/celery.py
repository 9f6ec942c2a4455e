"""The task worker: ``celery --app portal worker --beat``; its settings are ``CELERY_*`` in settings.py."""

import os
from typing import Any

import django
from celery import Celery
from celery.signals import worker_init, worker_ready
from kombu.transport import TRANSPORT_ALIASES

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
TRANSPORT_ALIASES["filesystem"] = "portal.file_broker:Transport"

app = Celery("portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_init.connect
def refuse_unfit(**_: Any) -> None:
    """A worker does not start in production beside people of the demonstration or a stopped clock."""
    django.setup()
    from . import startup  # its models need Django ready

    startup.refuse_unfit()


@worker_ready.connect
def sweep_at_start(sender: Any, **_: Any) -> None:
    """What an earlier worker dropped is taken up as soon as this one stands."""
    sender.app.send_task("portal.tasks.sweep", kwargs={"everything": True})

"""``/healthz``: is the portal able to work? For load balancers and operators; it needs no sign-in."""

import logging
from datetime import timedelta
from typing import ClassVar

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse

from programme.foundation import jobs
from programme.foundation.job_records import WorkerSighting
from programme.foundation.permissions import Public

log = logging.getLogger(__name__)

WORKER_SEEN_WITHIN = timedelta(minutes=3)
OK = "ok"


class Health(Public):
    """200 when all is well, 503 when not, and in both cases what was found, part by part. No secrets: what
    went wrong with a part is in the log."""

    public_because: ClassVar[str] = "Load balancers and operators ask it; it says three words about parts."

    def get(self, request: HttpRequest) -> JsonResponse:
        database = _database()
        worker, worker_well = _worker() if database == OK else ("not known without the database", False)
        found = {"database": database, "broker": _broker(), "worker": worker}
        well = worker_well and found["database"] == found["broker"] == OK
        answer = JsonResponse(found, status=200 if well else 503)
        answer["Cache-Control"] = "no-store"
        return answer


def _database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        log.exception("The database does not answer.")
        return "does not answer"
    return OK


def _broker() -> str:
    """Connects and opens a channel, which for the embedded broker makes sure of its folder."""
    try:
        with jobs.bell() as broker:
            broker.default_channel.close()
    except Exception:  # every broker fails in its own way, and this page must not
        log.exception("The broker does not answer.")
        return "does not answer"
    return OK


def _worker() -> tuple[str, bool]:
    try:
        ago = WorkerSighting.objects.since_last()
    except DatabaseError:
        log.exception("The sightings of workers cannot be read.")
        return "not known: the tables cannot be read", False
    if ago is None:
        return "never seen", False
    return f"seen {_words(ago)} ago", ago <= WORKER_SEEN_WITHIN


def _words(ago: timedelta) -> str:
    seconds = max(0, int(ago.total_seconds()))
    if seconds < 120:
        return f"{seconds} seconds"
    return f"{seconds // 60} minutes" if seconds < 7200 else f"{seconds // 3600} hours"

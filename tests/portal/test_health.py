"""/healthz says of each part whether it is well, to anybody, and nothing that helps an intruder."""

from datetime import timedelta

import pytest
from celery import current_app
from django.db import OperationalError, connection
from django.utils import timezone

from programme.foundation.models import WorkerSighting

pytestmark = pytest.mark.django_db


def seen(ago: timedelta) -> None:
    WorkerSighting.objects.create(name="celery@somewhere", seen=timezone.now() - ago)


def test_all_is_well_when_database_and_broker_answer_and_a_worker_was_seen(client):
    seen(timedelta(seconds=12))
    answer = client.get("/healthz")
    assert answer.status_code == 200
    assert answer.json() == {"database": "ok", "broker": "ok", "worker": "seen 12 seconds ago"}
    assert answer["Cache-Control"] == "no-store"


def test_it_needs_no_session_and_three_queries_at_most(client, django_assert_max_num_queries):
    seen(timedelta(seconds=12))
    with django_assert_max_num_queries(3):
        answer = client.get("/healthz")
    assert not answer.cookies


def test_a_worker_that_was_never_seen_is_named(client):
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert answer.json()["worker"] == "never seen"
    assert answer.json()["database"] == "ok"


@pytest.mark.parametrize(
    ("ago", "words"),
    [
        (timedelta(minutes=4), "seen 4 minutes ago"),
        (timedelta(hours=5), "seen 5 hours ago"),
    ],
)
def test_a_worker_not_seen_for_three_minutes_is_named(client, ago, words):
    seen(ago)
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()["worker"]) == (503, words)


@pytest.mark.parametrize("address", ["redis://:secret@127.0.0.1:1/0", "amqp://guest:secret@127.0.0.1:1//"])
def test_a_broker_that_does_not_answer_is_named_and_its_password_is_not(client, monkeypatch, address):
    seen(timedelta(seconds=1))
    monkeypatch.setattr(current_app.conf, "broker_write_url", address)
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert answer.json()["broker"] == "does not answer"
    assert "secret" not in answer.content.decode()


def test_a_database_that_does_not_answer_is_named(client):
    def refuse(execute, sql, params, many, context):
        raise OperationalError("connection refused")

    with connection.execute_wrapper(refuse):
        answer = client.get("/healthz")
    assert answer.status_code == 503
    assert answer.json() == {
        "database": "does not answer",
        "broker": "ok",
        "worker": "not known without the database",
    }


def test_an_unmigrated_database_is_said_and_not_a_trace(client):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE foundation_workersighting RENAME TO elsewhere")
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert answer.json()["worker"] == "not known: the tables cannot be read"

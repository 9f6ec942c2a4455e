"""A real Celery worker in a process of its own, over the broker in CELERY_BROKER_URL, on a copy of the test
database that two processes can share."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import psycopg
from celery import current_app
from django.db import connections

REPOSITORY = Path(__file__).resolve().parents[2]


@contextmanager
def shared_database(folder: Path) -> Iterator[str]:
    """Copy the test database, work on the copy, and give its address for DATABASE_URL."""
    original = connections["default"]
    copy = original.copy()
    if original.vendor == "sqlite":
        copy.settings_dict["NAME"] = str(folder / "shared.sqlite3")
        address = f"sqlite:///{copy.settings_dict['NAME']}"
        _copy_sqlite(original, copy.settings_dict["NAME"])
    else:
        copy.settings_dict["NAME"] = f"{original.settings_dict['NAME']}_shared"
        address = _address(copy.settings_dict)
        original.close()
        _administer(
            original.settings_dict,
            f'DROP DATABASE IF EXISTS "{copy.settings_dict["NAME"]}" WITH (FORCE)',
            f'CREATE DATABASE "{copy.settings_dict["NAME"]}" TEMPLATE "{original.settings_dict["NAME"]}"',
        )
    connections["default"] = copy
    try:
        yield address
    finally:
        copy.close()
        connections["default"] = original
        if original.vendor != "sqlite":
            _administer(original.settings_dict, f'DROP DATABASE "{copy.settings_dict["NAME"]}" WITH (FORCE)')


def _copy_sqlite(original, path: str) -> None:
    original.ensure_connection()
    target = sqlite3.connect(path)
    original.connection.backup(target)
    target.close()


def _address(settings: dict, name: str | None = None) -> str:
    user, password = quote(settings["USER"], safe=""), quote(settings["PASSWORD"], safe="")
    place = f"{settings['HOST'] or 'localhost'}:{settings['PORT'] or 5432}"
    return f"postgresql://{user}:{password}@{place}/{name or settings['NAME']}"


def _administer(settings: dict, *statements: str) -> None:
    with psycopg.connect(_address(settings, "postgres"), autocommit=True) as server:
        for statement in statements:
            server.execute(statement)


class Worker:
    """One worker process with its children; a context that ends them."""

    def __init__(self, database: str, log: Path):
        self.database = database
        self.log = log
        self.start()

    def start(self) -> None:
        command = [sys.executable, "-m", "celery", "--quiet", "--app", "portal", "worker"]
        command += ["--concurrency", "2", "--loglevel", "INFO", "--include", "tests.portal.worker_tasks"]
        environment = os.environ | {
            "DATABASE_URL": self.database,
            "DJANGO_SETTINGS_MODULE": "tests.portal.worker_settings",
            "CELERY_SKIP_CHECKS": "1",
            "PYTHONPATH": str(REPOSITORY),
        }
        with self.log.open("a") as output:
            self.process = subprocess.Popen(
                command,
                cwd=REPOSITORY,
                env=environment,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )

    def __enter__(self) -> "Worker":
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()

    def kill(self) -> None:
        """Without warning, children too, as when the machine's power fails."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def empty_queue() -> None:
    with current_app.connection_for_write() as connection:
        queue = current_app.amqp.queues[current_app.conf.task_default_queue](connection.default_channel)
        queue.declare()
        queue.purge()


def wait_until(true: Callable[[], object], worker: Worker, seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, f"Not in {seconds} s. The worker said:\n{worker.log.read_text()}"
        assert worker.process.poll() is None, f"The worker ended:\n{worker.log.read_text()}"
        time.sleep(0.05)

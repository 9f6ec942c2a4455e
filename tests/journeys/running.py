"""A portal as ``make run`` starts it, for the journeys: its own data, web server and task worker.

The database is made by the real migrations and filled as a newcomer's is: business case, demo people and
illustration. Everything lies in one temporary folder, and every process ends with them, killed or not.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from contextlib import suppress
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
STYLES = REPOSITORY / "portal" / "static" / "build" / "portal.css"
PASSWORD = "a password for journeys"
NOT_KEPT = {
    "PRODUCTION",
    "DEBUG",
    "SECRET_KEY",
    "ALLOWED_HOSTS",
    "DATABASE_URL",
    "CELERY_BROKER_URL",
    "WEB_BIND",
}

# One process for all steps: Django starts once.
FIRST_START = """
import django
from django.core.management import call_command
django.setup()
call_command("migrate", interactive=False, verbosity=0)
for command in ("load_business_case", "load_demo_people", "load_illustration"):
    call_command(command, verbosity=0)
"""
# Starts a process and waits; ends its whole group once whoever started the guard is gone.
GUARD = """
import os, signal, subprocess, sys, threading

def end_with_parent():
    while os.read(0, 1):
        pass
    os.killpg(0, signal.SIGKILL)

threading.Thread(target=end_with_parent, daemon=True).start()
sys.exit(subprocess.run(sys.argv[1:], stdin=subprocess.DEVNULL).returncode)
"""
PATIENCE = 180  # seconds, on a machine that is busy with other tests; a quiet one needs a tenth


class NotStarted(Exception):
    """The portal did not start; the words say what to do or what its processes said."""


class RunningPortal:
    """Start it with ``start()``, and whatever happens afterwards, end it with ``stop()``."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.read: dict[Path, int] = {}
        self.processes: list[subprocess.Popen[bytes]] = []
        kept = {name: value for name, value in os.environ.items() if name not in NOT_KEPT}
        self.environment = kept | {
            "DATA_DIR": str(folder),
            "PORT": str(self.port),
            "DEMO_PASSWORD": PASSWORD,
            "DJANGO_SETTINGS_MODULE": "tests.journeys.settings",
            "PYTHONPATH": str(REPOSITORY),
        }

    def start(self) -> None:
        if "PYTEST_XDIST_WORKER" in os.environ:
            end_with(os.getppid())
        if not STYLES.exists():
            raise NotStarted("The styles are not built. Run `make styles` first; `make test` does so itself.")
        first = self._begin("first-start", "-c", FIRST_START)
        static = self._begin("static", "manage.py", "collectstatic", "--noinput", "--verbosity", "0")
        for step in (static, first):
            if _ends_badly(step):
                raise NotStarted(self.what_was_said() or "It took too long: is the machine very busy?")
        self._begin("web", "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py", "portal.wsgi")
        worker = "-m celery --quiet --app portal worker --beat --concurrency 1 --loglevel WARNING"
        self._begin("worker", *worker.split())
        self._wait_until_well()

    def _begin(self, name: str, *arguments: str) -> subprocess.Popen[bytes]:
        """A process and its children in a group of their own, which ``stop`` ends as a whole.

        A guard holds the other end of a pipe to us: when that closes, however we ended, it ends the group.
        """
        with (self.folder / f"{name}.log").open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, "-c", GUARD, sys.executable, *arguments],
                cwd=REPOSITORY,
                env=self.environment,
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self.processes.append(process)
        return process

    def _wait_until_well(self) -> None:
        """Until ``/healthz`` says that database, broker and worker are well."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if any(process.poll() for process in self.processes):
                break
            with (
                suppress(OSError),
                urllib.request.urlopen(  # noqa: S310 (our own server)
                    f"{self.address}/healthz", timeout=5
                ) as answer,
            ):
                if answer.status == 200:
                    return
            time.sleep(0.1)
        raise NotStarted(self.what_was_said())

    def what_was_said(self) -> str:
        """What the processes wrote since this was last asked, which on a good day is nothing."""
        words = ""
        for log in sorted(self.folder.glob("*.log")):
            text = log.read_text()
            if new := text[self.read.get(log, 0) :]:
                words += f"{log.stem}: {new}\n"
            self.read[log] = len(text)
        return words

    def stop(self) -> None:
        for process in self.processes:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            if process.stdin:
                process.stdin.close()


def _ends_badly(step: subprocess.Popen[bytes]) -> bool:
    try:
        return step.wait(PATIENCE) != 0
    except subprocess.TimeoutExpired:
        return True


def end_with(parent: int) -> None:
    """Ends this process soon after ``parent`` is gone: a worker of the tests would go on by itself with
    what it does, and its guards with it, when the tests are killed."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(0.5)
        os.kill(os.getpid(), signal.SIGKILL)

    threading.Thread(target=watch, daemon=True).start()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]

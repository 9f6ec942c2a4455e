"""A portal of its own to measure: a data folder and database made for it, and processes on them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import psycopg

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]


class Portal:
    """Environment, and the processes that use it. ``database`` is an address of PostgreSQL, or nothing."""

    def __init__(self, folder: Path, database: str = "") -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        kept = {name: value for name, value in os.environ.items() if name not in NOT_KEPT}
        self.environment = kept | {
            "DATA_DIR": str(folder),
            "DATABASE_URL": database,
            "DJANGO_SETTINGS_MODULE": "tests.bench.settings",
        }

    def run(self, *command: str) -> tuple[float, float]:
        """Runs ``manage.py`` with this command to its end; seconds that passed, and of the processor."""
        began, busy = time.perf_counter(), _processor()
        subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, env=self.environment, check=True)
        return time.perf_counter() - began, _processor() - busy

    def start(self, *command: str, **options: Any) -> subprocess.Popen[str]:
        """Starts a module of Python, such as ``celery``, in this environment."""
        environment = self.environment | options.pop("environment", {})
        return subprocess.Popen(
            [sys.executable, "-m", *command], cwd=ROOT, env=environment, text=True, **options
        )


NOT_KEPT = set("PRODUCTION DEBUG SECRET_KEY ALLOWED_HOSTS DEMO_PASSWORD PORT CELERY_BROKER_URL".split())


def _processor() -> float:
    """Seconds of the processor that ended processes of this one have used."""
    used = os.times()
    return used.children_user + used.children_system


class Visitor:
    """The other end of ``visitor.py``: asks it and waits for the answer."""

    def __init__(self, portal: Portal) -> None:
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
        self.process = portal.start("tests.bench.visitor", **pipes)

    def ask(self, do: str, **how: Any) -> dict[str, Any]:
        pipe_in, pipe_out = self.process.stdin, self.process.stdout
        assert pipe_in is not None
        assert pipe_out is not None
        pipe_in.write(json.dumps({"do": do} | how) + "\n")
        pipe_in.flush()
        line = pipe_out.readline()
        if not line:
            sys.exit(f"The measured portal ended while it was asked to {do} {how}; see above.")
        return json.loads(line)

    def end(self) -> None:
        if self.process.stdin:
            self.process.stdin.close()
        self.process.wait(30)


@contextmanager
def database_for(name: str, server: str) -> Iterator[str]:
    """A PostgreSQL database made beside the one in ``server`` and dropped at the end; none for SQLite."""
    if not server:
        yield ""
        return
    place = urlsplit(server)
    made = f"{place.path.lstrip('/') or 'portal'}_bench_{name}"
    with psycopg.connect(place._replace(path="/postgres").geturl(), autocommit=True) as administrator:
        administrator.execute(f'DROP DATABASE IF EXISTS "{made}" WITH (FORCE)')
        administrator.execute(f'CREATE DATABASE "{made}"')
        try:
            yield place._replace(path=f"/{made}").geturl()
        finally:
            administrator.execute(f'DROP DATABASE "{made}" WITH (FORCE)')

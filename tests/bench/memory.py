"""Memory of a real web worker and of the worker that makes a pack, and whether the web answers meanwhile."""

from __future__ import annotations

import contextlib
import socket
import statistics
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from .portals import Portal, Visitor
from .timing import EMPTY

PROC = Path("/proc")
PATIENCE = 120  # seconds for one page, however busy the machine
LONGEST = 600  # seconds for a pack, from the button to the file


class NotMeasured(Exception):
    """What was to be measured did not happen; the sentence says what."""


def measurable() -> bool:
    """Whether this machine tells the memory of other processes the way Linux does."""
    return (PROC / "self" / "status").exists()


def megabytes(pid: int, what: str) -> float:
    """``VmRSS``, what a process holds now, or ``VmHWM``, the most it ever held; 0 when it is gone."""
    with contextlib.suppress(OSError):
        for line in (PROC / str(pid) / "status").read_text().splitlines():
            if line.startswith(f"{what}:"):
                return int(line.split()[1]) / 1024
    return 0.0


def children(pid: int) -> list[int]:
    with contextlib.suppress(OSError):
        return [int(one) for one in (PROC / str(pid) / "task" / str(pid) / "children").read_text().split()]
    return []


class Web:
    """Gunicorn as ``make run`` starts it, with one worker process."""

    def __init__(self, portal: Portal) -> None:
        with socket.create_server(("127.0.0.1", 0)) as probe:
            self.port = probe.getsockname()[1]
        surroundings = {"PORT": str(self.port), "WEB_WORKERS": "1"}
        command = ("gunicorn", "--config", "deploy/gunicorn.conf.py", "portal.wsgi")
        self.process = portal.start(*command, environment=surroundings)
        while not self._listens():
            if self.process.poll() is not None:
                raise NotMeasured("Gunicorn did not start; see above.")
            time.sleep(0.1)

    def _listens(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def open(self, address: str, cookie: str) -> float:
        """Opens a page; the seconds it took."""
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{address}", headers={"Cookie": cookie})
        began = time.perf_counter()
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE) as answer:  # noqa: S310 (our own server)
                answer.read()
        except OSError as error:
            raise NotMeasured(f"{address} was not answered: {error}") from error
        return time.perf_counter() - began

    @property
    def held(self) -> float:
        return max((megabytes(pid, "VmHWM") for pid in children(self.process.pid)), default=0.0)


@contextlib.contextmanager
def running(process: subprocess.Popen[str]) -> Iterator[None]:
    try:
        yield
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def of_web(portal: Portal, cookie: str, addresses: list[str], rounds: int = 3) -> float:
    """The most that a web worker held while it answered every page several times."""
    web = Web(portal)
    with running(web.process):
        for _ in range(rounds):
            for address in addresses:
                web.open(address, cookie)
        return web.held


def of_pack(portal: Portal, visitor: Visitor) -> dict[str, float]:
    """A pack made by a real task worker: seconds, its most memory, and how the web answered meanwhile."""
    web = Web(portal)
    worker = portal.start(
        "celery", "--quiet", "--app", "portal", "worker", "--concurrency", "1", "--loglevel", "ERROR"
    )
    cookie = visitor.ask("cookie", who="sro")["cookie"]
    with running(web.process), running(worker):
        web.open(EMPTY, cookie)  # the web process is up
        time.sleep(8)  # the worker is up, and its start is no part of the pack
        alone = statistics.median(web.open(EMPTY, cookie) for _ in range(20))
        job, began, held, answers = visitor.ask("pack_asked")["job"], time.perf_counter(), 0.0, [alone]
        while (state := visitor.ask("pack_state", job=job))["open"]:
            answers.append(web.open(EMPTY, cookie))
            held = max([held, *(megabytes(pid, "VmHWM") for pid in [worker.pid, *children(worker.pid)])])
            if time.perf_counter() - began > LONGEST:
                raise NotMeasured(f"The pack was not made in {LONGEST} s; it is {state['state']}.")
            time.sleep(0.05)
        if state["state"] != "done":
            raise NotMeasured(f"The pack failed: {state['error']}")
    return {
        "seconds": time.perf_counter() - began,
        "megabytes": held,
        "alone": alone * 1000,
        "meanwhile": statistics.median(answers) * 1000,
        "slowest": max(answers) * 1000,
    }

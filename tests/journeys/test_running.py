"""The journeys' portal itself: nothing of it outlives the tests, however those end."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from .running import REPOSITORY

TESTS = """
import sys, time
from pathlib import Path
from tests.journeys.running import RunningPortal
sleeper = "import subprocess; subprocess.run(['sleep', '300'])"
print(RunningPortal(Path(sys.argv[1]))._begin("sleeper", "-c", sleeper).pid, flush=True)
time.sleep(300)
"""


@pytest.fixture(autouse=True)
def said() -> None:
    """No portal is started for this."""


def test_processes_end_with_tests_that_were_killed(tmp_path: Path) -> None:
    command = [sys.executable, "-c", TESTS, str(tmp_path)]
    tests = subprocess.Popen(command, cwd=REPOSITORY, stdout=subprocess.PIPE, text=True)
    assert tests.stdout
    group = int(tests.stdout.readline())
    os.killpg(group, 0)
    tests.kill()
    tests.wait()
    tests.stdout.close()
    for _ in range(200):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return
        subprocess.run(["sleep", "0.05"], check=True)
    pytest.fail("Something of the portal is still there.")


WORKER = """
import os, subprocess, sys, time
from tests.journeys.running import end_with
if len(sys.argv) == 1:
    subprocess.Popen([sys.executable, "-c", os.environ["WORKER"], "worker"])
else:
    end_with(os.getppid())
    print("watching", flush=True)
time.sleep(300)
"""


def test_a_worker_of_the_tests_ends_with_them() -> None:
    environment = os.environ | {"WORKER": WORKER}
    command = [sys.executable, "-c", WORKER]
    tests = subprocess.Popen(command, cwd=REPOSITORY, env=environment, stdout=subprocess.PIPE, text=True)
    assert tests.stdout
    assert tests.stdout.readline() == "watching\n"
    tests.kill()
    tests.wait()
    assert tests.stdout.read() == ""  # the end of it comes when the worker has let go of it as well
    tests.stdout.close()

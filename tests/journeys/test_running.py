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

"""What the person at the terminal is told, and what the container files promise."""

import os
import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]


def laptop(verb: str, port: str) -> subprocess.CompletedProcess:
    command = [sys.executable, "deploy/laptop.py", verb]
    environment = {**os.environ, "PORT": port}
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=30)


@pytest.fixture
def taken_port():
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def test_a_busy_port_is_said_in_a_sentence_with_the_way_out(taken_port):
    answer = laptop("port-free", str(taken_port))
    assert answer.returncode == 1
    assert f"Port {taken_port} cannot be used" in answer.stderr
    assert "make run PORT=" in answer.stderr
    assert "Traceback" not in answer.stderr


def test_a_free_port_is_passed_over_in_silence():
    with socket.create_server(("127.0.0.1", 0)) as server:
        free = server.getsockname()[1]
    answer = laptop("port-free", str(free))
    assert (answer.returncode, answer.stdout, answer.stderr) == (0, "", "")


@pytest.mark.parametrize("port", ["eight thousand", "0", "65536", "-1", ""])
def test_a_port_that_is_none_is_refused(port):
    answer = laptop("port-free", port)
    assert answer.returncode == 1
    assert answer.stderr == f"PORT must be a number from 1 to 65535, not {port!r}.\n"


def suite_without_chromium(folder: Path, **environment: str) -> subprocess.CompletedProcess:
    """Run one small file of tests on a machine where no browser can be found."""
    command = [sys.executable, "-m", "pytest", "-n0", "tests/architecture/test_sizes.py", "-k", "limit"]
    surroundings = {**os.environ, "PATH": str(folder), "CHROMIUM": "", "REQUIRE_CHROMIUM": "", **environment}
    surroundings.pop("DJANGO_SETTINGS_MODULE", None)
    return subprocess.run(command, cwd=ROOT, env=surroundings, capture_output=True, text=True, timeout=120)


def test_skipped_journeys_are_said_at_the_start_and_at_the_end(tmp_path):
    answer = suite_without_chromium(tmp_path)
    assert answer.returncode == 0
    assert answer.stdout.count("BROWSER JOURNEYS SKIPPED") == 2


def test_a_missing_browser_is_an_error_where_it_is_required(tmp_path):
    answer = suite_without_chromium(tmp_path, REQUIRE_CHROMIUM="1")
    assert answer.returncode != 0
    assert "there is no Chromium" in answer.stdout + answer.stderr


@pytest.fixture(scope="module")
def services():
    return yaml.safe_load((ROOT / "deploy/compose.yaml").read_text())["services"]


def test_everything_that_stays_up_says_whether_it_is_well(services):
    assert set(services) == {"migrate", "web", "worker", "scheduler", "proxy", "database", "broker"}
    assert all("healthcheck" in service for name, service in services.items() if name != "migrate")


def test_only_the_proxy_can_be_reached_from_outside(services):
    assert [name for name, service in services.items() if "ports" in service] == ["proxy"]


def test_the_image_runs_without_rights(services):
    stage = (ROOT / "deploy/Dockerfile").read_text().split(" AS portal")[1].split(" AS proxy")[0]
    assert re.search(r"^USER portal$", stage, re.MULTILINE)
    for name in ("migrate", "web", "worker", "scheduler", "proxy"):
        assert services[name]["read_only"] is True
        assert services[name]["cap_drop"] == ["ALL"]

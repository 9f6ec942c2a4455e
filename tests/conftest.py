"""What every test stands on: a temporary data folder, plain static files, and an honest word on browsers.

Django's settings are read here and nowhere earlier, so that a test run never touches the data of the
portal that stands in the same folder. With pytest-xdist every process has a data folder of its own.
"""

import atexit
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import override_settings
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from xdist.scheduler import LoadFileScheduling

pytest_plugins = [
    "tests.cast",
    "tests.business_case",
    "tests.exempting",
    "tests.illustrated",
    "tests.savings",
]  # the people and places that tests speak of

DATA_DIR = Path(tempfile.mkdtemp(prefix="portal-tests-")).resolve()
atexit.register(shutil.rmtree, DATA_DIR, ignore_errors=True)
os.environ["DATA_DIR"] = str(DATA_DIR)
os.environ["DJANGO_SETTINGS_MODULE"] = "portal.settings"
for name in ("PRODUCTION", "DEBUG", "SECRET_KEY", "ALLOWED_HOSTS", "DEMO_PASSWORD", "PORT"):
    os.environ.pop(name, None)
if (worker := os.environ.get("PYTEST_XDIST_WORKER", "gw0")) != "gw0":
    # Processes that run tests beside each other must not take each other's messages out of one Redis.
    os.environ["CELERY_BROKER_URL"] = re.sub(
        r"^(redis://[^/]+)/(\d+)$",
        lambda url: f"{url[1]}/{(int(url[2]) + int(worker[2:])) % 16}",
        os.environ.get("CELERY_BROKER_URL", ""),
    )
if settings.DATA_DIR != DATA_DIR:  # reading a setting also tells pytest-django that this is a Django project
    raise RuntimeError("Unset DJANGO_SETTINGS_MODULE: tests choose their data folder before settings load.")

hypothesis_settings.register_profile("here", deadline=None)
hypothesis_settings.register_profile(
    "ci", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis_settings.load_profile("ci" if os.environ.get("CI") else "here")

JOURNEYS_SKIPPED = (
    "BROWSER JOURNEYS SKIPPED: no Chromium on this machine. "
    "Install it (Debian: apt-get install chromium-headless-shell) or name it in CHROMIUM."
)


def find_chromium() -> str | None:
    """Return the path of the Chromium that drives the journeys, or None; CHROMIUM names another one.

    The one without windows is the same browser, and takes a fifth of the whole suite's time less.
    """
    names = "chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"
    asked = os.environ.get("CHROMIUM")
    return next((path for path in map(shutil.which, filter(None, (asked, *names))) if path), None)


def pytest_xdist_setupnodes() -> None:
    # Workers import this file too and choose their own folder; with the module's name in their
    # environment pytest-django would read the settings before that.
    os.environ.pop("DJANGO_SETTINGS_MODULE", None)


class JourneysTogether(LoadFileScheduling):
    """Whole files to each process; all journeys to one, because they share a running portal."""

    def _split_scope(self, nodeid: str) -> str:
        return "journeys" if nodeid.startswith("tests/journeys/") else super()._split_scope(nodeid)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadFileScheduling | None:
    return JourneysTogether(config, log) if config.getoption("dist") == "loadfile" else None


# Begun late, they would leave the other processes without work at the end.
LONG = (
    "tests/portal/test_queries.py",
    "tests/test_concurrency.py",
    "tests/portal/packs/test_killed_worker.py",
)


def _turn(item: pytest.Item) -> int:
    """The journeys take longest, then come single tests that are long, then the many that are not."""
    return 0 if item.get_closest_marker("journey") else 1 if item.nodeid.startswith(LONG) else 2


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    items.sort(key=_turn)
    journeys = [item for item in items if item.get_closest_marker("journey")]
    if journeys and find_chromium() is None:
        if os.environ.get("REQUIRE_CHROMIUM") == "1":
            raise pytest.UsageError("REQUIRE_CHROMIUM=1, but there is no Chromium for the browser journeys.")
        for item in journeys:
            item.add_marker(pytest.mark.skip(reason=JOURNEYS_SKIPPED))


def _say_that_journeys_are_skipped(config: pytest.Config) -> None:
    """Write the warning in red across the terminal, unless journeys were left out on purpose."""
    terminal = config.pluginmanager.get_plugin("terminalreporter")
    wanted = "not journey" not in (config.option.markexpr or "")
    if terminal and wanted and find_chromium() is None:
        terminal.write_sep("!", red=True)
        terminal.write_line(JOURNEYS_SKIPPED, red=True, bold=True)
        terminal.write_sep("!", red=True)


def pytest_sessionstart(session: pytest.Session) -> None:
    if os.environ.get("REQUIRE_CHROMIUM") == "1" and find_chromium() is None:
        raise pytest.UsageError("REQUIRE_CHROMIUM=1, but there is no Chromium for the browser journeys.")
    _say_that_journeys_are_skipped(session.config)


def pytest_terminal_summary(config: pytest.Config) -> None:
    _say_that_journeys_are_skipped(config)


@pytest.fixture(scope="session", autouse=True)
def quick_and_plain_settings(django_test_environment) -> Iterator[None]:
    """Serve static files under their own names (no collectstatic), and hash passwords cheaply."""
    static = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    (DATA_DIR / "static").mkdir(exist_ok=True)  # WhiteNoise warns where there is none
    with override_settings(
        STATIC_ROOT=DATA_DIR / "static",
        STORAGES={**settings.STORAGES, "staticfiles": static},
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
    ):
        yield


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of the browser that journeys drive; run it with --headless --no-sandbox."""
    path = find_chromium()
    assert path, JOURNEYS_SKIPPED
    return path

"""Four people write at once, on SQLite, through a real server of two processes: nobody is refused."""

from __future__ import annotations

import os
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from html.parser import HTMLParser
from http.cookiejar import CookieJar
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PASSWORD = "four people at once"
WRITERS = {
    "programme-manager": "DIG-02",
    "lead-digital": "DIG-01",
    "lead-commercial": "COM-01",
    "lead-agile": "AGS-01",
}
CHANGES = 8
PREPARE = """
import django; django.setup()
from django.core.management import call_command
call_command("migrate", run_syncdb=True, verbosity=0)
call_command("load_business_case", verbosity=0)
call_command("load_demo_people", verbosity=0)
"""


@pytest.fixture
def portal(tmp_path):
    """The address of a portal with the business case in a data folder of its own, and that folder."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"} | {
        "DATA_DIR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "tests.four_writers_settings",
        "DEMO_PASSWORD": PASSWORD,
        "CELERY_BROKER_URL": "",
        "PORT": str(port),
        "WEB_WORKERS": "2",
    }
    subprocess.run([sys.executable, "-c", PREPARE], cwd=ROOT, env=environment, check=True, timeout=120)
    command = [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py", "portal.wsgi"]
    with (tmp_path / "server.log").open("w") as log:
        server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
    try:
        wait_for(port, tmp_path / "server.log")
        yield f"http://127.0.0.1:{port}", tmp_path
    finally:
        server.terminate()
        server.wait(20)


def wait_for(port, log):
    for _ in range(300):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    pytest.fail(f"The server did not start: {log.read_text()[-2000:]}")


class Fields(HTMLParser):
    """What a browser would send back of the forms on a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.values: dict[str, str] = {}
        self._open = ""
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        found = {name: value or "" for name, value in attrs}
        name = found.get("name", "")
        if tag == "input" and name and (found.get("type") not in {"radio", "checkbox"} or "checked" in found):
            self.values[name] = found.get("value", "")
        elif tag in {"select", "textarea"} and name:
            self._open, self.values[name] = name, ""
        elif tag == "option" and "selected" in found and self._open:
            self.values[self._open] = found.get("value", "")

    def handle_data(self, data):
        if self._open and self.get_starttag_text().startswith("<textarea"):
            self.values[self._open] += data

    def handle_endtag(self, tag):
        if tag in {"select", "textarea"}:
            self._open = ""


class Browser:
    def __init__(self, address: str) -> None:
        self.address = address
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))

    def fill(self, path, **typed):
        """Opens a form, types into it and sends it; gives the path it led on to, or what was refused."""
        with self.opener.open(self.address + path, timeout=60) as page:
            values = Fields(page.read().decode()).values | typed
        sent = urllib.parse.urlencode(values).encode()
        try:
            with self.opener.open(self.address + path, sent, timeout=60) as answer:
                return urllib.parse.urlsplit(answer.geturl()).path
        except urllib.error.HTTPError as refused:
            return f"{refused.code} {refused.reason}"


def test_four_people_write_at_once_and_nobody_is_refused(portal):
    address, folder = portal

    def work(who, project):
        browser = Browser(address)
        assert browser.fill("/sign-in/", username=who, password=PASSWORD) == "/"
        words = [f"Change {number} by {who}" for number in range(CHANGES)]
        path = f"/projects/{project}/change/"
        return [browser.fill(path, purpose=text, reason=text) for text in words]

    with ThreadPoolExecutor(len(WRITERS)) as people:
        outcomes = list(people.map(work, WRITERS, WRITERS.values()))
    assert outcomes == [[f"/projects/{project}/"] * CHANGES for project in WRITERS.values()]
    assert written(folder) == {
        (project, f"Change {number} by {who}")
        for who, project in WRITERS.items()
        for number in range(CHANGES)
    }


def written(folder):
    """(project, reason) of every change in history, and that readers do not wait for writers."""
    database = sqlite3.connect(folder / "portal.sqlite3")
    try:
        assert database.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        rows = database.execute(
            "SELECT ref, history_change_reason FROM portfolio_historicalproject WHERE history_type = '~'"
        )
        return set(rows)
    finally:
        database.close()

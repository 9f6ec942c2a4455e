"""Production does not start beside people of the demonstration or a stopped clock."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError

from portal import startup
from programme.foundation.models import Clock
from programme.people.models import User

ROOT = Path(startup.__file__).parent.parent


@pytest.fixture
def demo(db):
    return User.objects.create_user("sro", is_demo=True)


def test_production_names_what_it_refuses(demo, settings, capsys):
    Clock.objects.create(pk=1, fixed_on="2022-11-30")
    assert startup.unfit() == [], "anything goes outside production"
    settings.PRODUCTION = True
    assert len(startup.unfit()) == 2
    with pytest.raises(SystemExit) as end:
        startup.refuse_unfit()
    assert end.value.code == startup.BOOT_FAILED
    words = capsys.readouterr().err
    assert "People of the demonstration" in words
    assert "clock is stopped" in words


def test_production_starts_with_real_people(db, settings, programme_manager):
    settings.PRODUCTION = True
    assert startup.refuse_unfit() is None


def test_the_system_check_says_so_too(demo, settings):
    call_command("check", databases=["default"])
    settings.PRODUCTION = True
    with pytest.raises(SystemCheckError, match=r"portal\.E001"):
        call_command("check", databases=["default"])


def production(data_dir, *command, port="0"):
    """A process of the portal in production mode, on a database whose only table holds a demo person."""
    connection = sqlite3.connect(data_dir / "portal.sqlite3")
    columns = ", ".join(field.column for field in User._meta.concrete_fields)
    profile = ", ".join(field.column for field in User.profile.related.related_model._meta.concrete_fields)
    clock = ", ".join(field.column for field in Clock._meta.concrete_fields)
    with connection:
        connection.execute(f"CREATE TABLE people_user ({columns})")
        connection.execute(f"CREATE TABLE people_profile ({profile})")
        connection.execute(f"CREATE TABLE foundation_clock ({clock})")
        connection.execute("INSERT INTO people_user (id, username, is_demo) VALUES (1, 'sro', 1)")
    connection.close()
    secret = "0123456789abcdefghij" * 3
    mode = {"PRODUCTION": "1", "SECRET_KEY": secret, "ALLOWED_HOSTS": "portal.example", "PORT": port}
    environment = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "DEBUG"}}
    environment |= mode | {"DATA_DIR": str(data_dir), "WEB_BIND": "127.0.0.1:0", "WEB_WORKERS": "1"}
    return subprocess.run(
        [sys.executable, "-m", *command],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=90,
        check=False,
    )


@pytest.mark.parametrize(
    "command",
    [
        ("gunicorn", "--config", "deploy/gunicorn.conf.py", "portal.wsgi"),
        ("celery", "--quiet", "--app", "portal", "worker", "--pool", "solo"),
    ],
    ids=["web", "worker"],
)
def test_the_process_itself_ends_with_a_sentence(command, tmp_path):
    ended = production(tmp_path, *command)
    assert ended.returncode == startup.BOOT_FAILED
    assert "The portal does not start: People of the demonstration" in ended.stderr
    assert "Traceback" not in ended.stderr

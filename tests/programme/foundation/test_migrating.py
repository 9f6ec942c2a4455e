"""Migrating is what puts missing triggers back, so it must not be refused for want of them."""

import pytest
from django.core import checks
from django.core.management import get_commands
from django.core.management.base import SystemCheckError
from django.core.management.commands import migrate
from django.db import connection

from programme.foundation.immutability import install_triggers
from programme.foundation.management.commands.migrate import Command

pytestmark = pytest.mark.django_db


@pytest.fixture
def trigger_missing():
    on = ' ON "plan_historicalactivity"' if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f'DROP TRIGGER "plan_historicalactivity_no_delete"{on}')
    yield
    install_triggers(sender=None, using="default")


def test_a_missing_trigger_is_named_by_the_check(trigger_missing):
    named = [one for one in checks.run_checks(databases=["default"]) if one.id == "foundation.E001"]
    assert [one for one in named if "plan_historicalactivity" in one.msg]


def test_it_does_not_stop_a_migration(trigger_missing):
    with pytest.raises(SystemCheckError, match=r"foundation\.E001"):
        migrate.Command().check(databases=["default"])
    Command().check(databases=["default"])


def test_the_portal_migrates_by_its_own_command():
    assert get_commands()["migrate"] == "programme.foundation"

"""References of the plan number themselves, also when two people add at the same moment."""

from __future__ import annotations

import sqlite3
import threading

import pytest
from django.db import connection, connections

from programme.people.models import User
from programme.plan.actions import activities
from programme.plan.choices import Kind
from programme.plan.models import Activity
from programme.portfolio.models import Project
from tests.programme.plan.conftest import day


def add(project, by, kind: str = Kind.MILESTONE) -> Activity:
    start = day("2023-01-09") if kind == Kind.ACTIVITY else None
    facts = {"name": "Another", "forecast_start": start, "forecast_finish": day("2023-01-20")}
    return activities.add(project=project, kind=kind, by=by, reason="Planned", **facts)


@pytest.mark.django_db
def test_each_kind_has_its_own_numbers_and_none_is_used_again(crm, lead_digital):
    made = [add(crm, lead_digital), add(crm, lead_digital), add(crm, lead_digital, Kind.ACTIVITY)]
    assert [one.ref for one in made] == ["DIG-01-M01", "DIG-01-M02", "DIG-01-A01"]
    activities.withdraw(made[1], by=lead_digital, reason="A mistake")
    assert add(crm, lead_digital).ref == "DIG-01-M03"


@pytest.fixture
def shared_database(real_transactions, crm, lead_digital, pm_crm, tmp_path):
    """A database that threads share as processes do: on SQLite a file of its own, filled from this one."""
    if connection.vendor != "sqlite":
        yield
        return
    file = tmp_path / "portal.sqlite3"
    with sqlite3.connect(file) as copy:
        connection.connection.backup(copy)
    copy.close()
    settings = connections.settings["default"]
    before = settings["NAME"]
    settings["NAME"] = str(file)
    yield
    settings["NAME"] = before


def test_two_people_adding_at_once_both_succeed(shared_database):
    start, done = threading.Barrier(2), []

    def adding(username: str) -> None:
        try:
            start.wait(timeout=20)
            for _ in range(4):
                done.append(add(Project.objects.get(), User.objects.get(username=username)).ref)
        except Exception as trouble:
            done.append(repr(trouble))
        finally:
            connection.close()

    people = [threading.Thread(target=adding, args=(name,)) for name in ("lead-digital", "pm-crm")]
    for one in people:
        one.start()
    for one in people:
        one.join()
    assert sorted(done) == [f"DIG-01-M{n:02}" for n in range(1, 9)]

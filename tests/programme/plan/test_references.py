"""References of the plan number themselves, also when two people add at the same moment."""

from __future__ import annotations

from functools import partial

import pytest

from programme.people.models import User
from programme.plan.actions import activities
from programme.plan.choices import Kind
from programme.plan.models import Activity
from programme.portfolio.models import Project
from tests.programme.plan.conftest import day
from tests.threads import at_once, one_database


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


def test_two_people_adding_at_once_both_succeed(real_transactions, crm, lead_digital, pm_crm, tmp_path):
    def adding(username: str) -> list[str]:
        person = User.objects.get(username=username)
        return [add(Project.objects.get(), person).ref for _ in range(4)]

    with one_database(tmp_path):
        done = at_once(partial(adding, "lead-digital"), partial(adding, "pm-crm"))
    assert sorted(done) == [f"DIG-01-M{n:02}" for n in range(1, 9)]

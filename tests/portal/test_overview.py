"""Home counts in the database what the pack counts from records it has read: both must say the same."""

from __future__ import annotations

from dataclasses import replace

import pytest

from programme.foundation import calendar
from programme.people.models import User
from programme.plan.models import Activity
from programme.portfolio.models import Project, Workstream

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("username", ["sro", "lead-digital", "pm-crm", "staff"])
def test_home_and_pack_count_the_same(as_person, username):
    from portal.overview import SOONEST, overview, overview_of

    as_person(username)
    late = Activity.objects.milestones().not_done().exclude(approved_finish=None)[0]
    late.forecast_finish = calendar.add_working_days(late.approved_finish, 30)
    installer = User.objects.installer()
    late.record(by=installer, reason="Later than approved")
    Project.objects.live().last().withdraw(by=installer, reason="No longer wanted")
    user = User.objects.get(username=username)
    counted = overview(user)
    read = overview_of(
        calendar.today(),
        Workstream.objects.visible_to(user).live(),
        Project.objects.visible_to(user).live(),
        Activity.objects.visible_to(user).live().milestones(),
    )
    assert counted.workstreams == read.workstreams
    # Only where a milestone leads may differ: a pack has no addresses.
    assert [replace(one, url="") for one in counted.milestones] == [
        replace(one, url="") for one in read.milestones[:SOONEST]
    ]
    assert counted.in_a_sentence() == read.in_a_sentence()
    assert (counted.ahead, counted.late, counted.overdue) == (read.ahead, read.late, read.overdue)
    assert read.late

"""A pack is read at one moment while others write. Real transactions, so apart from what shares a loading."""

from __future__ import annotations

import datetime
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from portal.packs.contents.snapshot import one_moment
from programme.plan.actions import activities
from programme.plan.choices import Kind
from programme.plan.models import Activity
from tests.portal import workers


@pytest.mark.usefixtures("real_transactions")
def test_what_is_read_is_one_moment_and_nobody_who_writes_is_held_up(crm, programme_manager, tmp_path):
    with workers.shared_database(tmp_path), one_moment():
        shared = connections["default"]
        assert not Activity.objects.exists()

        def write():
            connections["default"] = shared.copy()
            activities.add(
                project=crm,
                kind=Kind.MILESTONE,
                by=programme_manager,
                reason="Planned meanwhile",
                name="Meanwhile",
                forecast_finish=datetime.date(2030, 1, 1),
            )
            seen = Activity.objects.count()
            connections["default"].close()
            return seen

        with ThreadPoolExecutor() as others:
            assert others.submit(write).result(timeout=10) == 1
        assert not Activity.objects.exists()

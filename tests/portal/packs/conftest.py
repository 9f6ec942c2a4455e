"""Packs made in the test's own process: asked for, and the job's work done at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from programme.people.models import User


@pytest.fixture
def finish() -> Callable[[Any], Any]:
    """``finish(job) -> Job``: does the work of a job, as a worker would, and gives the job as it ended."""
    from portal.packs import comparing, issuing
    from programme.foundation import jobs

    work = {"issue_pack": issuing.issue, "compare_pack": comparing.compare}

    def run(job: Any) -> Any:
        jobs.run(job.pk, work[job.task.rpartition(".")[2]])
        job.refresh_from_db()
        return job

    return run


@pytest.fixture
def issue(finish: Callable[[Any], Any]) -> Callable[..., Any]:
    """``issue(sro, "open", as_at=…) -> Pack``."""
    from portal.packs import asking

    def make(by: User, variant: str = "board", **options: Any) -> Any:
        job = finish(asking.new_pack(by=by, variant=variant, **options))
        assert job.state == "done", job.error
        return job.pack

    return make


@pytest.fixture
def illustrative(db: None) -> None:
    """The clock stands at the illustration's day."""
    from programme.foundation.models import Clock
    from tests.portal.packs.sections import TODAY

    Clock(pk=1, fixed_on=TODAY).save()

"""A small plan on real projects, for the tests of its records and pages.

Models are imported inside, because this file is read before Django is ready.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from tests.cast import written

if TYPE_CHECKING:
    from programme.people.models import User
    from programme.plan.models import Activity, Dependency
    from programme.portfolio.models import Body, Decision, Project

TODAY = datetime.date(2022, 11, 30)


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


@pytest.fixture(autouse=True)
def end_of_november(request: pytest.FixtureRequest) -> None:
    """The clock stands on Wednesday 30 November 2022 for every test with a database."""
    if "django_db" in request.keywords:
        request.getfixturevalue("db")
        from programme.foundation.models import Clock

        Clock(pk=1, fixed_on=TODAY).save()


@pytest.fixture
def activity(db: None) -> Callable[..., Activity]:
    """``activity(project, "A01", "2022-12-05", "2022-12-16", …)``: an activity with its forecast."""

    from programme.plan.models import Activity

    def make(project: Project, number: str, start: str, finish: str, **fields: Any) -> Activity:
        fields = {"name": f"Activity {number}", "kind": "activity"} | fields
        dates = {"forecast_start": day(start), "forecast_finish": day(finish)}
        return written(Activity(project=project, ref=f"{project.ref}-{number}", **dates, **fields))

    return make


@pytest.fixture
def milestone(db: None) -> Callable[..., Activity]:
    """``milestone(project, "M01", "2022-12-16", …)``."""

    from programme.plan.models import Activity

    def make(project: Project, number: str, finish: str, **fields: Any) -> Activity:
        fields = {"name": f"Milestone {number}", "kind": "milestone"} | fields
        ref = f"{project.ref}-{number}"
        return written(Activity(project=project, ref=ref, forecast_finish=day(finish), **fields))

    return make


@pytest.fixture
def link(db: None) -> Callable[..., Dependency]:
    """``link(before, after, "FS", 0)``: ``after`` waits for ``before``."""

    from programme.plan.models import Dependency

    def make(before: Activity, after: Activity, kind: str = "FS", lag: int = 0) -> Dependency:
        return written(Dependency(predecessor=before, successor=after, kind=kind, lag=lag))

    return make


@pytest.fixture
def decision(board: Body) -> Decision:
    from programme.portfolio.models import Decision

    words = {"question": "May the plan move?", "reasons": "The supplier is late.", "outcome": "approved"}
    return written(
        Decision(reference="TB-2022-007", date=day("2022-11-15"), body=board, classification="open", **words)
    )


@pytest.fixture
def estate(make_project: Callable[..., Project], agile: Any) -> Project:
    return make_project(agile, "AGS-06", "Office space")


@pytest.fixture
def secret(make_project: Callable[..., Project], agile: Any) -> Project:
    """A project of another workstream that those of digital may not know of."""
    exempt = {
        "classification": "exempt",
        "exempt_paragraphs": [4],
        "exempt_reason": "Consultation has not begun.",
        "exempt_review": day("2023-06-30"),
    }
    return make_project(agile, "AGS-05", "Secret transition", **exempt)


@pytest.fixture
def lead(lead_digital: User, sign_in: Callable[[User], Any]) -> Any:
    return sign_in(lead_digital)

"""What of the plan a reader sees, asked in either of two ways."""

import datetime
from collections.abc import Callable

import pytest

from programme.plan.models import Activity
from programme.portfolio.models import Project, Workstream

SEEN = {
    "staff": {"the open one"},
    "pm_crm": {"the open one", "the internal one"},
    "lead_digital": {"the open one", "the internal one", "digital’s exempt one"},
    "lead_agile": {"the open one", "the internal one", "agile’s exempt one"},
    "programme_manager": {"the open one", "the internal one", "digital’s exempt one", "agile’s exempt one"},
}


@pytest.fixture
def plan(
    make_project: Callable[..., Project], milestone: Callable, digital: Workstream, agile: Workstream
) -> None:
    for_a_reason = {
        "exempt_paragraphs": [3],
        "exempt_reason": "Bids are out.",
        "exempt_review": datetime.date(2023, 6, 30),
    }
    for ref, name, workstream, fields in (
        ("DIG-11", "the open one", digital, {}),
        ("DIG-12", "the internal one", digital, {"classification": "internal"}),
        ("DIG-13", "digital’s exempt one", digital, {"classification": "exempt"} | for_a_reason),
        ("AGI-14", "agile’s exempt one", agile, {"classification": "exempt"} | for_a_reason),
    ):
        milestone(make_project(workstream, ref, name, **fields), "M01", "2022-12-16")


@pytest.mark.parametrize("who", SEEN)
def test_both_ways_of_asking_show_the_same(who: str, plan: None, request: pytest.FixtureRequest) -> None:
    user = request.getfixturevalue(who)
    for rows in (Activity.objects.visible_to(user), Activity.objects.visible_with_project(user)):
        assert set(rows.values_list("project__name", flat=True)) == SEEN[who]


def test_whoever_holds_nothing_sees_nothing(plan: None, person: Callable) -> None:
    nobody = person("newcomer")
    assert not Activity.objects.visible_to(nobody).exists()
    assert not Activity.objects.visible_with_project(nobody).exists()

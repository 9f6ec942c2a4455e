"""Re-baselining: on a decision, by those who may, of what they saw."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from programme.plan.models import Activity
from programme.portfolio.models import Decision
from tests.cast import written

pytestmark = pytest.mark.django_db
PAGE = "/plan/rebaseline/?project=DIG-01"


@pytest.fixture
def moved(crm, milestone) -> Activity:
    """Approved for 2 December, now forecast for the 16th."""
    return milestone(
        crm, "M01", "2022-12-16", name="Go live", approved_finish="2022-12-02", original_finish="2022-12-02"
    )


@pytest.fixture
def fresh(crm, activity) -> Activity:
    return activity(crm, "A01", "2022-12-05", "2022-12-16", name="Build")


def approve(client: Any, decision: Decision | None, *records: Activity, **typed: Any) -> Any:
    items = [f"{one.ref}@{one.version}" for one in records]
    named = {"decision": decision.pk if decision else ""}
    return client.post(PAGE, {"items": items, "reason": "As the board decided", **named, **typed})


def again(record: Any) -> Any:
    return type(record).objects.get(pk=record.pk)


def test_forecasts_become_the_baseline_and_the_original_stays(lead, moved, fresh, decision):
    assert approve(lead, decision, moved, fresh).url == "/plan/list/?project=DIG-01"
    assert again(moved).approved_finish == datetime.date(2022, 12, 16)
    assert again(moved).original_finish == datetime.date(2022, 12, 2)
    assert again(moved).baseline_decision == decision
    first = again(fresh)
    assert (first.original_start, first.original_finish) == (first.forecast_start, first.forecast_finish)
    assert again(moved).changes()[0].reason == "As the board decided"


def test_the_choices_say_from_which_date_to_which(lead, moved, fresh, decision):
    text = lead.get(PAGE).content.decode()
    assert "from 2 December 2022 to 16 December 2022" in text
    assert "its first baseline" in text
    assert "TB-2022-007" in text


def test_no_baseline_without_decision_reason_or_choice(lead, moved, decision):
    assert approve(lead, None, moved).context["form"].errors["decision"]
    assert approve(lead, decision, moved, reason="").context["form"].errors["reason"]
    assert approve(lead, decision).context["form"].errors["items"]
    assert again(moved).version == moved.version


def test_a_decision_that_does_not_approve_is_no_authority(lead, moved, board):
    words = {"question": "May it move?", "reasons": "Too early.", "classification": "open"}
    day = datetime.date(2022, 11, 15)
    deferred = written(Decision(reference="TB-2022-008", date=day, body=board, outcome="deferred", **words))
    assert "TB-2022-008" not in lead.get(PAGE).content.decode()
    assert approve(lead, deferred, moved).context["form"].errors["decision"]


def test_nobody_approves_a_date_that_they_did_not_see(lead, moved, decision, programme_manager):
    meanwhile = again(moved)
    meanwhile.forecast_finish = datetime.date(2023, 3, 1)
    meanwhile.record(by=programme_manager, reason="Much later")
    answer = approve(lead, decision, moved)
    assert answer.status_code == 422
    assert "The plan changed after you opened this page" in answer.content.decode()
    assert again(moved).approved_finish == datetime.date(2022, 12, 2)


def test_other_peoples_plans_are_not_offered(lead, estate, activity, decision, lead_agile, sign_in):
    floor = activity(estate, "A01", "2022-12-05", "2023-03-31", name="Release a floor")
    address = "/plan/rebaseline/?project=AGS-06"
    typed = {"items": ["AGS-06-A01@1"], "decision": decision.pk, "reason": "Mine now"}
    assert "Release a floor" not in lead.get(address).content.decode()
    assert lead.post(address, typed).status_code == 422
    assert again(floor).approved_finish is None
    assert sign_in(lead_agile).post(address, typed).status_code == 302


def test_a_project_manager_moves_the_own_baseline(pm_crm, sign_in, moved, decision):
    assert approve(sign_in(pm_crm), decision, moved).status_code == 302


@pytest.mark.parametrize("who", ["sro", "auditor", "group_member", "chief_executive"])
def test_reading_roles_move_no_baseline(request, sign_in, moved, decision, who):
    client = sign_in(request.getfixturevalue(who))
    assert client.get(PAGE).status_code == 403
    assert approve(client, decision, moved).status_code == 403


def test_a_plan_at_its_baseline_says_that_there_is_nothing_to_approve(lead, crm, milestone):
    milestone(crm, "M01", "2022-12-16", approved_finish="2022-12-16")
    assert "nothing to approve" in lead.get(PAGE).content.decode()


def test_the_project_is_chosen_first(lead, crm, estate):
    text = lead.get("/plan/rebaseline/").content.decode()
    assert 'value="DIG-01"' in text
    assert "AGS-06" not in text
    assert lead.post("/plan/rebaseline/", {}).status_code == 422


def test_an_exempt_decision_is_not_named_to_those_who_may_not_read_it(
    lead, moved, decision, board, programme_manager
):
    kept_back = {
        "exempt_paragraphs": [4],
        "exempt_reason": "Talks go on.",
        "exempt_review": datetime.date(2023, 6, 30),
    }
    words = {"question": "May the secret go on?", "reasons": "Yes.", "outcome": "approved", **kept_back}
    day = datetime.date(2022, 11, 16)
    secret = written(
        Decision(reference="TB-2022-009", date=day, body=board, classification="exempt", **words)
    )
    assert "TB-2022-009" not in lead.get(PAGE).content.decode()
    held = again(moved)
    held.baseline_decision = secret
    held.record(by=programme_manager, reason="Baselined in private")
    for address in ("/plan/DIG-01-M01/", "/plan/DIG-01-M01/?tab=history"):
        text = lead.get(address).content.decode()
        assert "TB-2022-009" not in text
        assert "May the secret go on" not in text
    assert "A decision that you may not read" in lead.get("/plan/DIG-01-M01/").content.decode()

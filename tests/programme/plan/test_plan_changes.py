"""What people do to the plan, through its forms: what is accepted, what is refused and in which words."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from programme.plan.models import Activity, Dependency

pytestmark = pytest.mark.django_db


def boxes(name: str, text: str) -> dict[str, str]:
    """A date as its three boxes are posted: ``boxes("forecast_finish", "20 1 2023")``."""
    return dict(zip((f"{name}_day", f"{name}_month", f"{name}_year"), text.split(), strict=True))


def send(client: Any, record: Any, verb: str, **typed: Any) -> Any:
    dates = {}
    for name, value in list(typed.items()):
        if name.endswith(("_start", "_finish")):
            dates |= boxes(name, typed.pop(name)) if value else {}
    return client.post(f"{record.get_absolute_url()}{verb}/", {"version": record.version, **dates, **typed})


def words(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def again(record: Any) -> Any:
    return type(record).objects.get(pk=record.pk)


@pytest.fixture
def go_live(crm, milestone) -> Activity:
    return milestone(crm, "M01", "2022-12-16", name="Go live", approved_finish="2022-12-02")


@pytest.fixture
def build(crm, activity) -> Activity:
    return activity(crm, "A01", "2022-11-14", "2022-12-09", name="Build")


# The forecast


def test_a_lead_changes_a_milestones_forecast(lead, go_live):
    answer = send(lead, go_live, "forecast", forecast_finish="20 1 2023", reason="The supplier is late")
    assert answer.status_code == 302
    assert answer.url == "/plan/DIG-01-M01/"
    assert again(go_live).forecast_finish == datetime.date(2023, 1, 20)
    change = again(go_live).changes()[0]
    assert (str(change.who), change.reason) == ("Lead for Be Digital", "The supplier is late")
    assert "32 working days late" in words(lead.get(answer.url))


def test_a_group_member_changes_a_forecast_of_the_own_workstream(group_member, sign_in, go_live):
    client = sign_in(group_member)
    assert (
        send(client, go_live, "forecast", forecast_finish="20 1 2023", reason="Seen in testing").status_code
        == 302
    )
    assert send(client, again(go_live), "withdraw", reason="No").status_code == 403
    assert send(client, again(go_live), "progress", actual_finish="30 11 2022").status_code == 403


def test_the_reason_of_a_move_is_asked_for_and_what_was_typed_is_kept(lead, go_live):
    answer = send(lead, go_live, "forecast", forecast_finish="20 1 2023", reason=" ")
    assert answer.status_code == 422
    assert "Say why" in words(answer)
    assert 'value="2023"' in answer.content.decode()
    assert again(go_live).forecast_finish == datetime.date(2022, 12, 16)


def test_a_day_that_is_not_worked_is_kept_with_a_hint(lead, go_live):
    answer = send(lead, go_live, "forecast", forecast_finish="31 12 2022", reason="Year end")
    assert again(go_live).forecast_finish == datetime.date(2022, 12, 31)
    assert "31 December 2022 is a Saturday, not a working day" in words(lead.get(answer.url))


@pytest.mark.parametrize(
    "typed",
    ["1 1 0001", "1 1 9999", "1 1 1989", "1 1 2099", "31 2 2023", "x 1 2023", "1 1 २०२३", "1 1 99999999999"],
)
def test_days_that_cannot_be_are_refused_beside_their_field(lead, go_live, typed):
    answer = send(lead, go_live, "forecast", forecast_finish=typed, reason="Why not")
    assert answer.status_code == 422
    assert "id_forecast_finish" in words(answer)
    assert again(go_live).version == go_live.version


def test_a_finish_before_the_start_is_refused_beside_the_finish(lead, build):
    answer = send(
        lead, build, "forecast", forecast_start="9 1 2023", forecast_finish="6 1 2023", reason="Swap"
    )
    assert answer.status_code == 422
    assert "The forecast finish cannot be before the forecast start." in words(answer)
    assert answer.context["form"].errors["forecast_finish"]


def test_work_under_way_is_not_forecast_to_finish_before_it_began(lead, crm, activity):
    begun = activity(crm, "A02", "2022-11-14", "2022-12-09", actual_start="2022-11-21")
    answer = send(lead, begun, "forecast", forecast_finish="18 11 2022", reason="Sooner")
    assert "It began on 21 November 2022" in words(answer)
    assert "forecast_start" not in answer.context["form"].fields


def test_what_is_done_has_nothing_left_to_forecast(lead, crm, milestone):
    done = milestone(crm, "M02", "2022-11-01", actual_finish="2022-11-01")
    answer = send(lead, done, "forecast", forecast_finish="20 1 2023", reason="Again")
    assert answer.status_code == 422
    assert "its actual date stands" in words(answer)
    assert "/forecast/" not in words(lead.get("/plan/DIG-01-M02/"))


def test_two_people_at_once_are_told_of_each_other(lead, go_live, programme_manager):
    moved = again(go_live)
    moved.forecast_finish = datetime.date(2022, 12, 23)
    moved.record(by=programme_manager, reason="A week later")
    answer = send(lead, go_live, "forecast", forecast_finish="20 1 2023", reason="The supplier is late")
    assert answer.status_code == 409
    assert "A week later" in words(answer)
    assert "The supplier is late" in words(answer)
    assert again(go_live).forecast_finish == datetime.date(2022, 12, 23)


# Adding and changing


def added(client: Any, **typed: Any) -> Any:
    dates = {}
    for name in ("forecast_start", "forecast_finish", "earliest_start"):
        if typed.get(name):
            dates |= boxes(name, typed.pop(name))
    facts = {"project": "DIG-01", "kind": "milestone", "name": "Train the team", "precision": "day"}
    return client.post("/plan/add/", {**facts, **dates, **typed})


def test_a_milestone_takes_the_next_reference_and_has_no_baseline_yet(lead, go_live):
    answer = added(lead, forecast_finish="20 1 2023")
    assert answer.url == "/plan/DIG-01-M02/"
    new = Activity.objects.get(ref="DIG-01-M02")
    assert (new.approved_finish, new.original_finish) == (None, None)
    assert new.changes()[0].reason == "Added to the plan"


def test_an_activity_needs_a_start_and_a_milestone_has_none(lead, crm):
    assert "An activity needs a forecast start." in words(
        added(lead, kind="activity", forecast_finish="20 1 2023")
    )
    refused = added(lead, forecast_start="2 1 2023", forecast_finish="20 1 2023")
    assert refused.context["form"].errors["forecast_start"] == ["A milestone is a point: it has no start."]
    assert not Activity.objects.exists()


def test_only_projects_that_one_may_change_are_offered(lead, crm, estate, secret):
    text = words(lead.get("/plan/add/"))
    assert "DIG-01" in text
    assert "AGS-06" not in text
    assert "AGS-05" not in text
    assert added(lead, project="AGS-06", forecast_finish="20 1 2023").status_code == 422
    assert not Activity.objects.exists()


@pytest.mark.parametrize("name", ["x" * 10_000, "bell\x07", "turned \u202e round", "two\nlines", "", "\x00"])
def test_names_that_cannot_be_are_refused_beside_the_name(lead, crm, name):
    answer = added(lead, name=name, forecast_finish="20 1 2023")
    assert answer.status_code == 422
    assert answer.context["form"].errors["name"]


@pytest.mark.parametrize("name", ["=1+1", "<script>alert(1)</script>", "Ünïcode 🚀", "{{ 7*7 }}"])
def test_names_that_only_look_dangerous_stay_plain_words(lead, crm, name):
    address = added(lead, name=name, forecast_finish="20 1 2023").url
    assert Activity.objects.get().name == name
    for page in (address, "/plan/", "/plan/list/", "/plan/critical-path/"):
        assert "<script>alert" not in lead.get(page).content.decode()


def test_a_change_names_its_reason_and_may_not_touch_the_baseline(lead, go_live):
    typed = {
        "name": "Go live for all",
        "precision": "month",
        "note": "In two waves",
        "approved_finish": "1 1 2023",
    }
    answer = send(lead, go_live, "change", forecast_finish="1 1 2023", reason="Clearer words", **typed)
    assert answer.status_code == 302
    changed = again(go_live)
    assert (changed.name, changed.precision, changed.note) == ("Go live for all", "month", "In two waves")
    assert changed.approved_finish == datetime.date(2022, 12, 2)
    assert "Forecast for January 2023" in words(lead.get(answer.url))


# Progress


def test_begun_and_done_are_reported_without_a_typed_reason(lead, build):
    assert send(lead, build, "progress", actual_start="14 11 2022").status_code == 302
    assert again(build).changes()[0].reason == "Reported as begun"
    begun = again(build)
    assert (
        send(lead, begun, "progress", actual_start="14 11 2022", actual_finish="29 11 2022").status_code
        == 302
    )
    assert again(build).changes()[0].reason == "Reported as done"


def test_what_happened_cannot_lie_in_the_future(lead, build, go_live):
    answer = send(lead, build, "progress", actual_start="1 12 2022")
    assert answer.context["form"].errors["actual_start"]
    answer = send(lead, go_live, "progress", actual_finish="1 12 2022")
    assert "cannot be in the future" in words(answer)


def test_work_that_never_began_is_not_done(lead, build):
    answer = send(lead, build, "progress", actual_finish="29 11 2022")
    assert answer.context["form"].errors["actual_start"] == ["Say when it began."]
    answer = send(lead, build, "progress", actual_start="29 11 2022", actual_finish="28 11 2022")
    assert answer.context["form"].errors["actual_finish"]


def test_correcting_or_taking_back_what_was_said_names_a_reason(lead, crm, activity):
    begun = activity(crm, "A02", "2022-11-14", "2022-12-09", actual_start="2022-11-21")
    assert "Say why" in words(send(lead, begun, "progress", actual_start="22 11 2022"))
    assert "Say why" in words(send(lead, begun, "progress", actual_start=""))
    assert (
        send(lead, begun, "progress", actual_start="", reason="It did not begin after all").status_code == 302
    )
    assert again(begun).actual_start is None


def test_a_report_without_news_is_refused(lead, build):
    assert "Nothing is new here" in words(send(lead, build, "progress"))
    assert again(build).version == build.version


# Withdrawing


def test_withdrawing_takes_the_dependencies_with_it(lead, build, go_live, link):
    between = link(build, go_live)
    assert send(lead, build, "withdraw", reason="Not needed any more").status_code == 302
    assert again(build).withdrawn
    assert again(between).withdrawn
    text = words(lead.get("/plan/DIG-01-A01/"))
    assert "Withdrawn." in text
    assert "/plan/DIG-01-A01/change/" not in text
    assert "Build" not in words(lead.get("/plan/list/"))


def test_what_is_withdrawn_is_not_changed_any_more(lead, build):
    send(lead, build, "withdraw", reason="Not needed any more")
    answer = send(
        lead, again(build), "forecast", forecast_start="9 1 2023", forecast_finish="13 1 2023", reason="x"
    )
    assert answer.status_code == 422
    assert "was withdrawn" in words(answer)


# Dependencies


def linked(client: Any, record: Activity, ref: str, **typed: Any) -> Any:
    return send(client, record, "dependencies/add", **{"predecessor": ref, "kind": "FS", "lag": "0", **typed})


@pytest.mark.parametrize(("kind", "lag"), [("FS", "0"), ("SS", "5"), ("FF", "-5"), ("SF", "−5")])
def test_all_four_kinds_with_lag_or_lead(lead, build, go_live, kind, lag):
    assert linked(lead, go_live, "dig-01-a01", kind=kind, lag=lag).status_code == 302
    made = Dependency.objects.get()
    assert (made.kind, made.lag) == (kind, int(lag.replace("−", "-")))


@pytest.mark.parametrize("lag", ["5000", "-1001", "1.5", "x", "", "9" * 5000])
def test_lags_that_cannot_be_are_refused(lead, build, go_live, lag):
    answer = linked(lead, go_live, "DIG-01-A01", lag=lag)
    assert answer.status_code == 422
    assert answer.context["form"].errors["lag"]
    assert not Dependency.objects.exists()


def test_a_circle_is_refused_and_named(lead, build, go_live, link):
    link(build, go_live)
    answer = linked(lead, build, "DIG-01-M01")
    assert answer.status_code == 422
    assert "in a circle" in words(answer)
    assert "DIG-01-A01 Build" in words(answer)
    assert "DIG-01-M01 Go live" in words(answer)
    assert answer.context["form"].errors["predecessor"]


def test_a_circle_through_unseen_work_does_not_name_it(lead, build, go_live, secret, activity, link):
    hidden = activity(secret, "A01", "2022-12-05", "2022-12-16", name="Consult in secret")
    link(build, hidden)
    link(hidden, go_live)
    text = words(linked(lead, build, "DIG-01-M01"))
    assert "in a circle" in text
    assert "secret" not in text.lower().replace("secret_key", "")
    assert "AGS-05" not in text


@pytest.mark.parametrize("ref", ["AGS-05-A01", "DIG-09-M99", "", "'; --", "x" * 500])
def test_what_one_may_not_see_does_not_exist(lead, go_live, secret, activity, ref):
    activity(secret, "A01", "2022-12-05", "2022-12-16", name="Consult in secret")
    answer = linked(lead, go_live, ref)
    assert answer.status_code == 422
    assert answer.context["form"].errors["predecessor"]


def test_nothing_waits_for_itself_and_nothing_twice(lead, build, go_live):
    assert linked(lead, build, "DIG-01-A01").status_code == 422
    assert linked(lead, go_live, "DIG-01-A01").status_code == 302
    assert "linked in this way already" in words(linked(lead, again(go_live), "DIG-01-A01"))


def test_lags_are_changed_and_dependencies_removed_with_a_reason(lead, build, go_live, link):
    between = link(build, go_live)
    address = f"/plan/dependencies/{between.pk}"
    assert lead.post(f"{address}/lag/", {"version": 1, "lag": "3"}).status_code == 422
    assert (
        lead.post(f"{address}/lag/", {"version": 1, "lag": "3", "reason": "Testing"}).url
        == "/plan/DIG-01-M01/"
    )
    assert again(between).lag == 3
    assert lead.post(f"{address}/remove/", {"version": 2, "reason": "Not so"}).url == "/plan/DIG-01-M01/"
    assert again(between).withdrawn
    assert lead.get(f"{address}/remove/").status_code == 404
    assert "Not so" in words(lead.get("/plan/DIG-01-M01/?tab=history"))


def test_a_dependency_belongs_to_what_waits(lead, lead_agile, sign_in, build, estate, activity, link):
    floor = activity(estate, "A01", "2022-12-05", "2023-03-31")
    between = link(build, floor)
    assert lead.get(f"/plan/dependencies/{between.pk}/lag/").status_code == 403
    assert sign_in(lead_agile).get(f"/plan/dependencies/{between.pk}/lag/").status_code == 200

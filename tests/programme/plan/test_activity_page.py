"""The page of an activity or milestone: today, its history, and as it stood."""

from __future__ import annotations

import datetime

import pytest

from programme.foundation import calendar
from programme.plan.actions import activities, dependencies

pytestmark = pytest.mark.django_db


@pytest.fixture
def go_live(crm, milestone):
    return milestone(
        crm, "M01", "2022-12-02", name="Go live", approved_finish="2022-12-02", original_finish="2022-12-02"
    )


def page(client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.content.decode()[-2000:]
    return " ".join(answer.content.decode().split())


def test_it_shows_all_pairs_of_dates_with_slip_in_words(lead, crm, activity):
    activity(
        crm, "A01", "2022-11-14", "2022-12-09", original_start="2022-11-01", original_finish="2022-11-25",
        approved_start="2022-11-07", approved_finish="2022-12-02", actual_start="2022-11-15",
    )  # fmt: skip
    text = page(lead, "/plan/DIG-01-A01/")
    for words in (
        "1 November 2022", "25 November 2022", "7 November 2022", "2 December 2022", "9 December 2022",
        "5 working days late; 10 working days late against the original date", "Begun on 15 November 2022",
        "20 working days", "None: it is critical",
    ):  # fmt: skip
        assert words in text, words


def test_what_should_be_done_by_now_is_said_to_be_overdue(lead, crm, milestone):
    milestone(crm, "M02", "2022-11-25", approved_finish="2022-11-25")
    assert "Forecast for 25 November 2022: on time; overdue by 3 working days." in page(
        lead, "/plan/DIG-01-M02/"
    )
    assert "On time; overdue by 3 working days" in page(lead, "/plan/list/")


def test_what_was_never_approved_says_so(lead, crm, milestone):
    milestone(crm, "M02", "2022-12-16")
    assert "nothing is approved to measure it against" in page(lead, "/plan/DIG-01-M02/")


def test_a_contradicted_forecast_is_flagged_in_a_sentence_at_both_ends(lead, go_live, crm, activity, link):
    after = activity(crm, "A01", "2022-12-01", "2022-12-16", name="Support")
    link(go_live, after)
    text = page(lead, "/plan/DIG-01-A01/")
    assert "Forecast to start on 1 December 2022, 2 working days sooner than the dependency" in text
    assert "2 working days too soon: not before 5 December 2022" in page(lead, "/plan/DIG-01-M01/")
    after.refresh_from_db()
    assert after.forecast_start == datetime.date(2022, 12, 1)


def test_unseen_neighbours_are_not_there(lead, programme_manager, sign_in, go_live, secret, activity, link):
    hidden = activity(secret, "A01", "2022-12-05", "2022-12-16", name="Consult in secret")
    link(hidden, go_live)
    for address in (
        "/plan/DIG-01-M01/",
        "/plan/DIG-01-M01/?tab=history",
        "/plan/DIG-01-M01/?as_at=2022-11-01",
    ):
        text = page(lead, address)
        assert "AGS-05" not in text
        assert "too soon" not in text
    assert "It waits for nothing" in page(lead, "/plan/DIG-01-M01/")
    assert "Consult in secret" in page(sign_in(programme_manager), "/plan/DIG-01-M01/")
    assert lead.get("/plan/AGS-05-A01/").status_code == 404
    assert lead.get("/plan/AGS-05-A01/change/").status_code == 404


def test_a_reader_of_another_workstream_reads_but_changes_nothing(lead_agile, sign_in, go_live):
    client = sign_in(lead_agile)
    assert "Go live" in page(client, "/plan/DIG-01-M01/")
    assert "/forecast/" not in page(client, "/plan/DIG-01-M01/")
    for verb in ("forecast", "change", "progress", "withdraw", "dependencies/add"):
        assert client.get(f"/plan/DIG-01-M01/{verb}/").status_code == 403, verb


def test_an_auditor_reads_everything_and_changes_nothing(auditor, sign_in, go_live):
    client = sign_in(auditor)
    assert "History" in page(client, "/plan/DIG-01-M01/")
    assert "pp-actions" not in page(client, "/plan/DIG-01-M01/").split("<main")[1]


def test_it_is_shown_as_it_stood(lead, go_live, crm, activity, link, lead_digital):
    before = activity(crm, "A01", "2022-11-14", "2022-11-25", name="Build")
    between = link(before, go_live)
    with calendar.clock_stopped(datetime.date(2022, 11, 1)):
        activities.forecast(
            go_live, forecast_finish=datetime.date(2023, 1, 20), by=lead_digital, reason="Supplier late"
        )
        dependencies.unlink(between, by=lead_digital, reason="Not so")
    then = page(lead, "/plan/DIG-01-M01/?as_at=2022-10-01")
    assert "Forecast for 2 December 2022: on time" in then
    assert "Build" in then
    assert "/forecast/" not in then
    now = page(lead, "/plan/DIG-01-M01/")
    assert "32 working days late" in now
    assert "It waits for nothing" in now
    assert lead.get("/plan/DIG-01-M01/?as_at=2022-01-01").status_code == 404
    assert lead.get("/plan/DIG-01-M01/?as_at=2023-01-01").status_code == 400


def test_history_says_who_when_and_why_field_by_field(lead, go_live, lead_digital):
    with calendar.clock_stopped(datetime.date(2022, 11, 1)):
        activities.forecast(
            go_live, forecast_finish=datetime.date(2023, 1, 20), by=lead_digital, reason="Supplier late"
        )
    text = page(lead, "/plan/DIG-01-M01/?tab=history")
    for words in (
        "Lead for Be Digital",
        "1 November 2022",
        "Supplier late",
        "2 December 2022",
        "20 January 2023",
    ):
        assert words in text, words


def test_a_time_when_its_project_was_exempt_stays_kept_back(
    lead, lead_agile, sign_in, secret, milestone, installation
):
    kept = milestone(secret, "M01", "2022-12-16", name="Consult")
    opened = type(secret).objects.get(pk=secret.pk)
    opened.classification, opened.exempt_paragraphs, opened.exempt_reason, opened.exempt_review = (
        "open",
        [],
        "",
        None,
    )
    with calendar.clock_stopped(datetime.date(2022, 11, 1)):
        opened.record(by=installation, reason="The consultation is public")
    address = kept.get_absolute_url()
    assert "Consult" in page(lead, address)
    assert lead.get(f"{address}?as_at=2022-10-01").status_code == 404
    assert "Consult" in page(sign_in(lead_agile), f"{address}?as_at=2022-10-01")

"""The plan's pages: picture, list, dependencies, critical path, and who sees what of them."""

from __future__ import annotations

import csv
import io
from itertools import pairwise

import pytest

from programme.people.models import User

pytestmark = [pytest.mark.django_db]

PARTS = ["/plan/", "/plan/list/", "/plan/dependencies/", "/plan/critical-path/"]


@pytest.fixture
def plan(activity, milestone, link, crm, estate, secret):
    """Configure → go live, with go-live forecast too soon; a floor elsewhere; secret work in the way."""
    configure = activity(
        crm, "A01", "2022-11-14", "2022-12-23", name="Configure", approved_start="2022-11-14",
        approved_finish="2022-12-02", original_start="2022-11-14", original_finish="2022-12-02",
        actual_start="2022-11-14",
    )  # fmt: skip
    live = milestone(crm, "M01", "2022-12-16", name="Go live", approved_finish="2022-12-16")
    floor = activity(estate, "A01", "2022-12-05", "2023-03-31", name="Release a floor")
    hidden = activity(secret, "A01", "2022-12-05", "2023-06-30", name="Consult in secret")
    link(configure, live)
    link(hidden, floor, "FF")
    return {"configure": configure, "live": live, "floor": floor, "hidden": hidden}


def page(client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.content.decode()[-3000:]
    return answer.content.decode()


def test_the_page_says_how_the_plan_stands_before_it_draws_it(lead, plan):
    text = page(lead, "/plan/")
    assert "1 of 3 activities and milestones ahead is late" in text
    assert "1 dependency is contradicted by the forecasts" in text
    assert "<svg" in text
    assert "Configure" in text


def test_the_picture_stands_with_its_table(lead, plan):
    text = page(lead, "/plan/")
    assert "Show as a table" in text
    assert "Finish, forecast or actual" in text


def test_the_picture_can_be_narrowed_by_what_its_address_says(lead, plan):
    shown = {
        "project=AGS-06": {"Release a floor"},
        "workstream=digital": {"Configure", "Go live"},
        "kind=milestone": {"Go live"},
        "late=true": {"Configure"},
        "contradicted=true": {"Go live"},
        "horizon=1": {"Configure", "Go live"},
        "state=begun": {"Configure"},
        "q=floor": {"Release a floor"},
    }
    for query, names in shown.items():
        text = page(lead, f"/plan/?{query}").split("<svg", 1)[1]
        assert {name for name in ("Configure", "Go live", "Release a floor") if name in text} == names, query


def test_a_filter_that_cannot_be_understood_draws_nothing_and_says_so(lead, plan):
    answer = lead.get("/plan/?kind=banana")
    assert answer.status_code == 400
    assert "could not be understood" in answer.content.decode()
    assert "<svg" not in answer.content.decode().split("<main", 1)[1]


def test_an_empty_plan_says_what_to_do_next(lead, chief_executive, sign_in):
    assert "Add the first activity or milestone" in page(lead, "/plan/")
    assert "/plan/add/" not in page(sign_in(chief_executive), "/plan/")


def test_the_list_shows_dates_slip_float_and_flags(lead, plan):
    text = page(lead, "/plan/list/")
    for words in ("15 working days late", "Critical", "5 working days too soon: not before 23 December 2022"):
        assert words in text, words


def test_the_list_is_taken_away_as_csv_with_every_column(lead, plan):
    answer = lead.get("/plan/list/?format=csv&dates=all&q=configure")
    rows = list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
    assert [row["Reference"] for row in rows] == ["DIG-01-A01"]
    assert rows[0]["Original start"] == "2022-11-14"
    assert rows[0]["Slip against approved"] == "15 working days late"
    assert {"Approved", "Forecast", "Actual", "Total float", "Critical", "Contradicted"} <= set(rows[0])


@pytest.mark.parametrize("address", ["/plan/list/", "/plan/dependencies/", "/plan/critical-path/"])
def test_every_list_is_taken_away_as_a_workbook(lead, plan, address):
    answer = lead.get(f"{address}?format=xlsx")
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content)[:2] == b"PK"


def test_the_list_sorts_in_its_address(lead, plan):
    text = page(lead, "/plan/list/?sort=-forecast_finish")
    assert text.index("Release a floor") < text.index("Configure") < text.index("Go live")


def test_dependencies_say_where_forecasts_contradict_them(lead, plan):
    text = page(lead, "/plan/dependencies/")
    assert "Go live" in text
    assert "Finish to start" in text
    assert "5 working days too soon: not before 23 December 2022" in text
    assert "Nothing matches" in page(lead, "/plan/dependencies/?contradicted=false")


def test_the_critical_path_is_in_order_with_early_and_late_dates(lead, plan):
    text = page(lead, "/plan/critical-path/")
    assert text.index("Configure") < text.index("Go live")
    assert "23 December 2022" in text
    narrowed = page(lead, "/plan/critical-path/?project=dig-01")
    assert "Configure" in narrowed
    assert "Release a floor" not in narrowed


def test_unseen_work_counts_but_nothing_of_it_is_shown(lead, plan):
    """The secret consultation holds back the floor until 30 June; the lead learns the date, not the cause."""
    for address in [*PARTS, "/plan/list/?format=csv"]:
        answer = lead.get(address)
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        assert "secret" not in content.decode().lower().replace("csrf", ""), address
        assert "AGS-05" not in content.decode(), address
    text = page(lead, "/plan/critical-path/")
    assert "30 June 2023" in text
    assert "Release a floor" not in page(lead, "/plan/list/?contradicted=true")


def test_those_who_read_everything_see_the_contradiction_with_its_cause(programme_manager, sign_in, plan):
    text = page(sign_in(programme_manager), "/plan/dependencies/?contradicted=true")
    assert "Consult in secret" in text
    assert "60 working days too soon" in text


def test_everyone_is_told_the_same_dates(programme_manager, lead_digital, plan):
    from programme.plan.network_reading import reading_of

    own, all_of_it = reading_of(lead_digital), reading_of(programme_manager)
    assert own.timing(plan["floor"]) == all_of_it.timing(plan["floor"])
    assert own.timing(plan["hidden"]) is None
    assert own.conflicts_of(plan["floor"]) == []
    assert len(all_of_it.conflicts_of(plan["floor"])) == 1
    assert own.counts().ahead == 3
    assert all_of_it.counts().ahead == 4


@pytest.mark.parametrize("address", [*PARTS, "/plan/DIG-01-M01/", "/plan/add/", "/plan/rebaseline/"])
def test_staff_may_not_open_the_plan(staff, sign_in, plan, address):
    assert sign_in(staff).get(address).status_code == 403


@pytest.mark.parametrize("address", PARTS)
def test_who_is_not_signed_in_is_asked_to(client, address, db):
    assert client.get(address).url.startswith("/sign-in/")


def test_dates_beyond_the_published_bank_holidays_are_said_to_be_so(lead, plan, milestone, crm):
    assert "Bank holidays are known" not in page(lead, "/plan/")
    milestone(crm, "M09", "2060-01-05", name="Far away")
    assert "Bank holidays are known" in page(lead, "/plan/")
    assert "Bank holidays are known" in page(lead, "/plan/list/")
    assert "Bank holidays are known" in page(lead, "/plan/DIG-01-M09/")


def test_the_timetable_follows_every_change(lead, plan, programme_manager):
    assert "15 working days late" in page(lead, "/plan/list/")
    before = page(lead, "/plan/critical-path/")
    plan["configure"].forecast_finish = plan["configure"].forecast_finish.replace(day=30)
    plan["configure"].record(by=programme_manager, reason="A week later")
    assert page(lead, "/plan/critical-path/") != before
    assert "30 December 2022" in page(lead, "/plan/critical-path/")


def test_pages_ask_the_database_a_fixed_number_of_times(
    lead, plan, activity, link, crm, estate, django_assert_max_num_queries
):
    """However many rows: lists at most 12 queries, the page with the picture at most 25."""

    def counts() -> list[int]:
        found = []
        for address in [*PARTS, "/plan/DIG-01-M01/"]:
            lead.get(address)
            with django_assert_max_num_queries(
                25 if address in {"/plan/", "/plan/DIG-01-M01/"} else 12
            ) as asked:
                lead.get(address)
            found.append(len(asked))
        return found

    few = counts()
    more = [
        activity(one, f"A{n}", "2022-12-05", "2023-01-13") for one in (crm, estate) for n in range(10, 30)
    ]
    for before, after in pairwise(more):
        link(before, after)
    assert counts() == few


def test_a_group_member_reads_the_plan_but_changes_only_forecasts_of_the_own_workstream(
    group_member: User, sign_in, plan
):
    client = sign_in(group_member)
    own, other = page(client, "/plan/DIG-01-M01/"), page(client, "/plan/AGS-06-A01/")
    assert "/plan/DIG-01-M01/forecast/" in own
    assert "/plan/DIG-01-M01/change/" not in own
    assert "/forecast/" not in other
    assert client.get("/plan/DIG-01-M01/forecast/").status_code == 200
    assert client.get("/plan/AGS-06-A01/forecast/").status_code == 403
    assert client.get("/plan/AGS-05-A01/forecast/").status_code == 404
    assert client.get("/plan/DIG-01-M01/change/").status_code == 403
    assert client.get("/plan/add/").status_code == 403

"""A record has one page with its history and its past; an action on it is one form and one POST."""

import datetime

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from programme.foundation.models import Clock
from programme.foundation.views import asked_day
from programme.portfolio.actions import projects
from programme.portfolio.models import Project

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.programme.foundation.pages")]

PAGE = "/projects/DIG-01/"
RENAME = "/projects/DIG-01/rename/"


@pytest.fixture
def manager(programme_manager, sign_in):
    return sign_in(programme_manager)


def words(response) -> str:
    return response.content.decode()


# The record's page


def test_a_record_that_is_not_visible_is_not_found(make_project, digital, staff, sign_in):
    make_project(digital, "DIG-01", classification="internal")

    assert sign_in(staff).get(PAGE).status_code == 404
    assert sign_in(staff).get("/projects/NO-99/").status_code == 404


@pytest.mark.parametrize("ref", ["%00", "x" * 10_000, "%F0%9F%92%A9", "..%2F..%2Fetc", "'%3B--"])
def test_an_address_with_nonsense_in_it_is_not_found(ref, crm, manager):
    assert manager.get(f"/projects/{ref}/").status_code == 404


def test_tabs_share_one_address_and_only_the_open_one_is_worked_out(crm, manager):
    response = manager.get(PAGE)
    assert "The plan of" not in words(response)
    assert f'href="{PAGE}?tab=plan"' in words(response)
    assert f'href="{PAGE}" aria-current="page">Summary' in words(response)

    assert "The plan of Single view" in words(manager.get(f"{PAGE}?tab=plan"))
    assert f'href="{PAGE}" aria-current="page">Summary' in words(manager.get(f"{PAGE}?tab=nonsense"))


def test_a_tab_that_needs_a_permission_is_not_there_without_it(crm, staff, sign_in):
    browser = sign_in(staff)
    page = words(browser.get(PAGE))

    assert "?tab=plan" not in page
    assert "?tab=history" not in page
    assert browser.get(f"{PAGE}?tab=plan").status_code == 403
    assert browser.get(f"{PAGE}?tab=history").status_code == 403


def test_history_says_who_changed_what_when_and_why(crm, manager, programme_manager):
    projects.change(crm, by=programme_manager, reason="The board asked for it", name="One view")

    page = words(manager.get(f"{PAGE}?tab=history"))

    assert "Changed</strong> by Programme manager" in page.replace("Manager", "manager")
    assert "The board asked for it" in page
    assert "<del>Single view of the customer</del>" in page
    assert "<ins>One view</ins>" in page


def test_as_at_shows_the_record_as_it_stood_under_a_banner_without_buttons(crm, manager, programme_manager):
    projects.change(crm, by=programme_manager, reason="A better name", name="One view")

    page = words(manager.get(f"{PAGE}?as_at=2022-07-04"))
    assert "DIG-01 Single view of the customer" in page
    assert "As it stood on <strong>4 July 2022</strong>" in page
    assert "rename/" not in page
    assert f'href="{PAGE}?tab=plan&amp;as_at=2022-07-04"' in page
    history = words(manager.get(f"{PAGE}?tab=history&as_at=2022-07-04"))
    assert "A better name" not in history
    assert "One view" in words(manager.get(PAGE))


def test_a_day_before_the_record_existed_is_a_sentence(crm, manager):
    response = manager.get(f"{PAGE}?as_at=2022-07-03")

    assert response.status_code == 404
    assert "This project did not exist on 3 July 2022." in words(response)


@pytest.mark.parametrize(
    "text",
    [
        "nonsense",
        "2022-13-01",
        "2022-02-30",
        "20220704",
        "2022-W27-1",
        "٢٠٢٢-07-04",
        "\x00",
        "0000-01-01",
        "x" * 9999,
    ],
)
def test_a_day_that_is_none_is_refused_with_a_sentence(text, crm, manager):
    response = manager.get(PAGE, {"as_at": text})

    assert response.status_code == 400
    assert "is not a date. Write it like 2022-12-31." in words(response)


def test_the_future_is_refused_by_the_portals_own_clock(crm, manager):
    Clock.objects.create(pk=1, fixed_on=datetime.date(2022, 11, 30))

    assert asked_day(QueryDict("as_at=2022-11-30")) == datetime.date(2022, 11, 30)
    response = manager.get(f"{PAGE}?as_at=2022-12-01")
    assert response.status_code == 400
    assert "1 December 2022 is in the future" in words(response)


def test_a_long_history_costs_no_more_queries_than_a_short_one(crm, manager, programme_manager):
    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            manager.get(f"{PAGE}?tab=history")
        return len(seen)

    queries()
    few = queries()
    for number in range(10):
        projects.change(Project.objects.get(), by=programme_manager, reason="Again", name=f"Name {number}")
    assert queries() == few <= 15


# An action


def rename(client, **data):
    return client.post(RENAME, {"version": 1, "name": "One view", "reason": "Shorter"} | data)


def test_the_form_holds_the_record_as_it_is_and_the_version_that_was_seen(crm, manager):
    page = words(manager.get(RENAME))

    assert 'value="Single view of the customer"' in page
    assert '<input type="hidden" name="version" value="1">' in page
    assert f'href="{PAGE}">Cancel' in page


def test_one_post_with_a_reason_is_one_action_and_leads_back_to_the_record(crm, manager, programme_manager):
    response = manager.post(RENAME, {"version": 1, "name": "One view", "reason": "Shorter"}, follow=True)

    assert response.redirect_chain == [(PAGE, 302)]
    assert "One view has its new name." in words(response)
    newest = Project.objects.get().changes()[0]
    assert (newest.who, newest.reason) == (programme_manager, "Shorter")


def test_what_a_form_refuses_is_said_beside_the_field_and_kept(crm, manager):
    response = rename(manager, name="")

    assert response.status_code == 422
    assert 'href="#id_name"' in words(response)
    assert "Shorter</textarea>" in words(response)
    assert Project.objects.get().version == 1


def test_what_the_record_refuses_is_said_beside_the_field_too(crm, manager):
    response = rename(manager, name="x" * 250)

    assert response.status_code == 422
    assert response.context["form"].errors["name"]
    assert "x" * 250 in words(response)
    assert "DIG-01 Single view" in words(response), "the heading shows the record, not what was refused"


def test_a_missing_reason_is_asked_for_where_the_action_needs_it(crm, manager):
    response = rename(manager, reason="   ")

    assert response.status_code == 422
    assert response.context["form"].errors["reason"]


def test_somebody_elses_change_is_shown_and_what_was_typed_is_kept(crm, manager, sro):
    projects.change(Project.objects.get(), by=sro, reason="The board's wish", name="Customer view")

    response = rename(manager)

    assert response.status_code == 409
    page = words(response)
    assert "Somebody else changed this while you had it open" in page
    assert "The board&#x27;s wish" in page
    assert "<ins>Customer view</ins>" in page
    assert "The world of a test" not in page, "only what is new since the page was shown"
    assert 'value="One view"' in page
    assert '<input type="hidden" name="version" value="2">' in page
    assert rename(manager, version=2).status_code == 302


def test_what_was_left_alone_shows_what_somebody_else_made_of_it(crm, manager, sro):
    projects.change(Project.objects.get(), by=sro, reason="The board's wish", name="Customer view")
    response = rename(manager, name=crm.name, reason="Only this is mine")
    assert response.status_code == 409
    assert 'value="Customer view"' in words(response)
    assert "Only this is mine" in words(response)


def test_a_change_between_the_check_and_the_write_is_noticed_too(crm, manager):
    response = rename(manager, name="Overtaken")

    assert response.status_code == 409
    assert Project.objects.get().name == "Mine"


@pytest.mark.parametrize("version", ["", "abc", "0", "-1", "9" * 400, "\x00"])
def test_a_page_that_does_not_say_which_version_was_seen_changes_nothing(version, crm, manager):
    assert rename(manager, version=version).status_code == 409
    assert Project.objects.get().version == 1


def test_a_refused_form_keeps_the_version_that_was_seen(crm, manager):
    """Else the next attempt would silently overwrite what somebody else wrote in between."""
    response = rename(manager, name="Overtaken and wrong")

    assert response.status_code == 422
    assert Project.objects.get().version == 2
    assert '"version" value="1"' in words(response)


def test_what_a_rule_forbids_is_403_and_what_one_may_not_do_too(crm, manager, auditor, staff, sign_in):
    assert rename(manager, name="Forbidden").status_code == 403
    assert sign_in(auditor).get(RENAME).status_code == 403
    assert rename(sign_in(auditor)).status_code == 403
    assert rename(sign_in(staff)).status_code == 403
    assert Project.objects.get().version == 1


def test_a_lead_may_on_their_own_workstream_only(crm, lead_digital, lead_agile, sign_in):
    assert rename(sign_in(lead_agile)).status_code == 403
    assert rename(sign_in(lead_digital)).status_code == 302


def test_a_full_disk_is_a_sentence_and_what_was_typed_is_kept(crm, manager, caplog):
    response = rename(manager, name="Full")

    assert response.status_code == 503
    assert "could not save this just now" in words(response)
    assert 'value="Full"' in words(response)
    assert "No space left" not in words(response)
    assert "No space left" in caplog.text


def test_who_is_not_signed_in_changes_nothing(crm, client):
    assert rename(client).headers["Location"].startswith("/sign-in/")
    assert Project.objects.get().version == 1


def test_a_post_without_djangos_token_is_refused(crm, programme_manager):
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    client.force_login(programme_manager)
    assert rename(client).status_code == 403

"""Home: what waits for this person, then the programme on a page, and nothing they may not see."""

import datetime

import pytest

from programme.people.models import User
from programme.plan.models import Activity

pytestmark = pytest.mark.django_db


@pytest.fixture
def home_of(as_person):
    def read(username: str) -> str:
        answer = as_person(username).get("/")
        assert answer.status_code == 200
        return answer.content.decode()

    return read


def test_who_is_not_signed_in_is_asked_to_sign_in(client):
    assert client.get("/").url == "/sign-in/?next=/"


def test_the_sro_sees_the_money_and_exports_the_pack(home_of):
    page = home_of("sro")
    assert "£1.950m" in page
    assert "£1.602m" in page
    assert "do not agree with each other" in page
    assert "Export the board pack" in page


def test_a_lead_sees_neither_the_button_nor_totals_that_give_staffing_away(home_of):
    page = home_of("lead-digital")
    assert "Export the board pack" not in page
    assert "£1.950m" not in page
    assert "£1.602m" not in page


def test_staff_see_the_public_face_only(home_of):
    page = home_of("staff")
    assert "Transforming East Herts" in page
    assert "£" not in page
    assert "Workstreams" in page
    assert "/plan/" not in page, "staff may not open the plan, so nothing leads there"


def test_milestones_that_passed_wait_for_their_lead(home_of):
    home_of("auditor")
    late = Activity.objects.get(ref="DIG-04-M02")
    late.forecast_finish = datetime.date(2022, 11, 25)
    late.record(by=User.objects.get(username="lead-digital"), reason="Sooner than it was")
    assert "Say what happened: Second six processes redesigned" in home_of("lead-digital")
    assert "Second six processes redesigned" not in home_of("auditor").split("Next milestones")[0]


@pytest.mark.parametrize("username", ["sro", "programme-manager", "lead-digital", "staff"])
def test_home_asks_the_database_a_fixed_number_of_times(as_person, username, django_assert_max_num_queries):
    client = as_person(username)
    with django_assert_max_num_queries(25):
        client.get("/")

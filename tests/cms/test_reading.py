"""What people read at /news/."""

import datetime
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from programme.people.models import User
from programme.portfolio.models import Workstream


@pytest.fixture
def reader(staff: User, sign_in: Callable[[User], Client], news: object) -> Client:
    return sign_in(staff)


def test_staff_read_the_newest_news_first(reader: Client, make_news: Callable, digital: Workstream) -> None:
    make_news("Blended working", date=datetime.date(2022, 7, 6))
    make_news("Bulky waste", workstream=digital)
    page = reader.get("/news/").content.decode()
    assert page.index("Bulky waste") < page.index("Blended working")
    assert "6 July 2022" in page
    assert 'href="/news/bulky-waste/"' in page
    assert 'href="/workstreams/digital/"' in page
    answer = reader.get("/news/bulky-waste/")
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "private, no-store"
    assert "About Bulky waste." in answer.content.decode()


def test_an_empty_list_says_so(reader: Client, editor: Client) -> None:
    assert "No news has been published yet." in reader.get("/news/").content.decode()
    assert "Write the first." in editor.get("/news/").content.decode()


def test_anonymous_people_sign_in_first(client: Client, make_news: Callable) -> None:
    make_news("Bulky waste")
    assert client.get("/news/").url == "/sign-in/?next=/news/"
    assert client.get("/news/bulky-waste/").url == "/sign-in/?next=/news/bulky-waste/"


def test_whoever_holds_no_appointment_reads_nothing(
    person: Callable, sign_in: Callable, make_news: Callable
) -> None:
    make_news("Bulky waste")
    nobody = sign_in(person("newcomer"))
    assert nobody.get("/news/").status_code == 403
    assert nobody.get("/news/bulky-waste/").status_code == 403


def test_a_draft_is_not_found_and_not_listed(reader: Client, editor: Client, make_news: Callable) -> None:
    make_news("Not yet", live=False)
    for client in (reader, editor):
        assert client.get("/news/not-yet/").status_code == 404
        assert "Not yet" not in client.get("/news/").content.decode()


def test_a_change_that_is_not_published_is_not_read(reader: Client, make_news: Callable) -> None:
    page = make_news("Bulky waste")
    page.introduction = "A secret for now."
    page.save_revision()
    assert "A secret for now." not in reader.get("/news/bulky-waste/").content.decode()
    assert "A secret for now." not in reader.get("/news/").content.decode()


def test_addresses_beside_the_list_are_not_found(reader: Client, news: object) -> None:
    for address in ("/news/nothing/", "/news/portal/", "/news/news/", "/news/a/b/", "/portal/", "/pages/"):
        assert reader.get(address).status_code == 404, address
    assert reader.post("/news/").status_code == 405


def test_a_long_list_has_pages(reader: Client, make_news: Callable) -> None:
    for number in range(11):
        make_news(f"News {number}")
    assert reader.get("/news/").content.decode().count("pp-news__item") == 10
    assert reader.get("/news/?page=2").content.decode().count("pp-news__item") == 1
    assert reader.get("/news/?page=nonsense").status_code == 200


@pytest.mark.parametrize("address", ["/news/", "/news/news-0/"])
def test_queries_are_few_and_do_not_grow(
    address: str,
    reader: Client,
    make_news: Callable,
    digital: Workstream,
    django_assert_max_num_queries: Callable,
) -> None:
    for number in range(8):
        make_news(f"News {number}", workstream=digital, first_published_at=timezone.now())
    reader.get(address)
    with django_assert_max_num_queries(12):
        assert reader.get(address).status_code == 200


def test_made_up_news_says_that_it_is(reader: Client, make_news: Callable) -> None:
    make_news("Bulky waste", illustrative=True)
    make_news("Real")
    assert reader.get("/news/").content.decode().count("Illustrative") == 1
    assert "Illustrative" in reader.get("/news/bulky-waste/").content.decode()
    assert "Illustrative" not in reader.get("/news/real/").content.decode()

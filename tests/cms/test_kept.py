"""What is kept of a drawn page of news, and for whom it is not used."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from cms import kept, state, tasks
from programme.portfolio.models import Workstream

if TYPE_CHECKING:
    from cms.models import NewsPage
    from programme.people.models import Scope, User

ADDRESS = "/news/bulky-waste/"
both = pytest.mark.parametrize("address", ["/news/", ADDRESS])
STAFF = "staff"


@pytest.fixture
def page(make_news: Callable[..., NewsPage], digital: Workstream) -> NewsPage:
    return make_news("Bulky waste", workstream=digital)


@pytest.fixture
def readers(person: Callable[..., User], programme_scope: Scope) -> tuple[User, User]:
    """Two people of the same class."""
    return (
        person("planner", "Planning <Officer>", (STAFF, programme_scope)),
        person("parks", "Parks Officer", (STAFF, programme_scope)),
    )


@pytest.fixture
def reader(readers: tuple[User, User], sign_in: Callable[[User], Client]) -> Client:
    return sign_in(readers[0])


@pytest.fixture
def drawings(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is drawn to be kept, from here on."""
    made: list[str] = []
    draw = kept._drawn

    def drawn(*arguments: Any) -> str:
        made.append(draw(*arguments))
        return made[-1]

    monkeypatch.setattr(kept, "_drawn", drawn)
    return made


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "private, no-store"
    return answer.content.decode()


@both
def test_two_people_in_turn_read_one_drawing_under_their_own_posts(
    address: str, page: NewsPage, readers: tuple[User, User], sign_in: Callable, drawings: list[str]
) -> None:
    first, second = (text(sign_in(reader), address) for reader in readers)
    assert len(drawings) == 1
    assert "Planning &lt;Officer&gt;" in first
    assert "Parks Officer" not in first
    assert "Parks Officer" in second
    assert "Planning" not in second
    assert "Officer" not in drawings[0]
    assert kept.POST not in first + second


@both
def test_each_reader_has_a_token_of_their_own(
    address: str, page: NewsPage, readers: tuple[User, User], drawings: list[str]
) -> None:
    tokens = []
    for reader in readers:
        client = Client(enforce_csrf_checks=True)
        client.force_login(reader)
        found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', text(client, address))
        assert found
        tokens.append(found[1])
        assert client.post("/sign-out/", {"csrfmiddlewaretoken": found[1]}).status_code == 302
    assert len(drawings) == 1
    assert len(set(tokens)) == 2
    assert not any(token in drawings[0] for token in tokens)


@both
def test_another_class_gets_a_drawing_of_its_own(
    address: str, page: NewsPage, reader: Client, editor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where the links around the page are the same for both."""
    monkeypatch.setattr("portal.navigation.LINKS", [])
    assert "/cms/pages/" in text(editor, address)
    assert "/cms/pages/" not in text(reader, address)


def test_whoever_may_not_read_gets_nothing_kept(
    page: NewsPage, reader: Client, person: Callable[..., User], sign_in: Callable
) -> None:
    text(reader, ADDRESS)
    assert sign_in(person("newcomer")).get(ADDRESS).status_code == 403
    assert Client().get(ADDRESS).status_code == 302


@both
def test_a_new_revision_is_read_once_it_is_published(address: str, page: NewsPage, reader: Client) -> None:
    assert "About Bulky waste." in text(reader, address)
    page.introduction = "Collected on Mondays."
    revision = page.save_revision()
    assert "About Bulky waste." in text(reader, address)
    revision.publish()
    assert "Collected on Mondays." in text(reader, address)


@pytest.mark.parametrize("how", ["unpublished", "expired"])
def test_news_that_is_taken_away_is_gone(how: str, page: NewsPage, reader: Client) -> None:
    assert "Bulky waste" in text(reader, "/news/")
    text(reader, ADDRESS)
    if how == "unpublished":
        page.unpublish()
    else:
        type(page).objects.update(expire_at=timezone.now() - timedelta(seconds=1))
        tasks.publish_scheduled()
    assert reader.get(ADDRESS).status_code == 404
    assert "Bulky waste" not in text(reader, "/news/")


@both
def test_a_workstream_is_called_by_its_new_name(
    address: str, page: NewsPage, reader: Client, digital: Workstream, installation: User
) -> None:
    assert digital.name in text(reader, address)
    digital.name = "Be Online"
    digital.record(by=installation, reason="A new name")
    assert "Be Online" in text(reader, address)


def test_another_picture_is_drawn_anew(
    page: NewsPage,
    reader: Client,
    picture: Any,
    drawings: list[str],
    django_capture_on_commit_callbacks: Callable,
) -> None:
    text(reader, ADDRESS)
    with django_capture_on_commit_callbacks(execute=True):
        picture.save()
    text(reader, ADDRESS)
    assert len(drawings) == 2


def test_a_cache_that_lost_its_stamp_brings_nothing_old_back(
    page: NewsPage, reader: Client, drawings: list[str]
) -> None:
    text(reader, ADDRESS)
    cache.delete(kept.STAMP)
    text(reader, ADDRESS)
    assert len(drawings) == 2


def test_the_page_of_a_list_is_kept_by_itself(make_news: Callable, reader: Client) -> None:
    for number in range(11):
        make_news(f"News {number}")
    assert "News 10" in text(reader, "/news/")
    assert "News 10" not in text(reader, "/news/?page=2")


def test_a_rule_that_asks_for_more_than_a_permission_cannot_be_shared(
    monkeypatch: pytest.MonkeyPatch, readers: tuple[User, User]
) -> None:
    """Somebody's own workstreams, say: then people with the same permissions would not see the same."""
    mine = lambda rows, user: rows.filter(scope__in=user.standing.own_exempt_scopes)  # noqa: E731
    monkeypatch.setattr(type(Workstream.objects.all()), "visible_to", mine)
    state._of_class.cache_clear()
    with pytest.raises(AttributeError):
        state.seen_by(get_user_model().objects.get(pk=readers[0].pk))

"""News for tests: the tree that a migration makes, an editor who may write, and pages."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from django.test import Client

    from cms.models import NewsIndexPage, NewsPage
    from programme.people.models import User

DAY = datetime.date(2022, 11, 15)


@pytest.fixture
def news(db: None) -> NewsIndexPage:
    """The list of news, as a new installation has it."""
    from cms.models import NewsIndexPage
    from cms.tree import establish

    establish()
    return NewsIndexPage.objects.get()


@pytest.fixture
def editor(news: NewsIndexPage, communications: User, sign_in: Callable[[User], Client]) -> Client:
    """A browser session of the Communications Manager, whose group is in step with the appointment."""
    from programme.people.news_writers import keep_in_step

    keep_in_step()
    return sign_in(communications)


@pytest.fixture
def make_news(news: NewsIndexPage) -> Callable[..., NewsPage]:
    """``make_news("Bulky waste", live=False, body=[…]) -> NewsPage``: published unless said."""
    from cms.models import NewsPage

    def make(title: str, **columns: Any) -> NewsPage:
        page = NewsPage(**{"title": title, "date": DAY, "introduction": f"About {title}.", **columns})
        return news.add_child(instance=page)

    return make


@pytest.fixture
def written() -> Callable[..., dict[str, Any]]:
    """``written("Title", text="<p>…</p>", **fields)``: what the form sends, or with ``body``."""
    from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

    def form(title: str, *, text: str = "<p>Words</p>", body: Any = None, **fields: Any) -> dict[str, Any]:
        blocks = [("text", rich_text(text))] if body is None else body
        return nested_form_data(
            {
                "title": title,
                "slug": title.lower().replace(" ", "-"),
                "date": "2022-11-15",
                "introduction": "In short.",
                "workstream": "",
                "body": streamfield(blocks),
                "go_live_at": "",
                "expire_at": "",
                **fields,
            }
        )

    return form


@pytest.fixture
def picture(news: NewsIndexPage) -> Any:
    """An image as an editor uploaded it."""
    from wagtail.images import get_image_model
    from wagtail.images.tests.utils import get_test_image_file

    return get_image_model().objects.create(title="A floor", file=get_test_image_file(filename="floor.png"))


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    """What other tests drew is no news here: their rows have the same numbers."""
    from django.core.cache import cache

    cache.clear()

"""The made-up news of the illustration."""

import datetime
from collections.abc import Callable

from django.test import Client

from cms import illustration
from cms.models import NewsPage
from programme.people.models import User

CLOCK = datetime.date(2022, 11, 30)


def test_made_up_news_is_published_once_and_marked(
    communications: User, staff: User, sign_in: Callable[[User], Client], digital: object, agile: object
) -> None:
    added = illustration.publish(by=communications, until=CLOCK)
    assert len(added) == 3
    assert illustration.publish(by=communications, until=CLOCK) == []
    assert all(page.live and page.illustrative for page in NewsPage.objects.all())
    assert {page.workstream.slug for page in added} == {"digital", "agile-sustainable"}
    reader = sign_in(staff)
    for page in added:
        words = reader.get(page.url).content.decode()
        assert "Illustrative" in words
        assert 'href="/projects/' in words


def test_news_of_later_days_waits(communications: User, db: None) -> None:
    added = illustration.publish(by=communications, until=datetime.date(2022, 10, 3))
    assert [page.title for page in added] == ["Blended working: what was agreed"]

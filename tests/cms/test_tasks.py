"""News that appears and disappears by itself."""

from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.test import Client
from django.utils import timezone

from cms import tasks
from cms.models import NewsPage
from programme.people.models import User


def test_news_appears_and_disappears_at_its_time(
    staff: User, sign_in: Callable[[User], Client], make_news: Callable[..., NewsPage]
) -> None:
    reader, now = sign_in(staff), timezone.now()
    page = make_news("Bulky waste", live=False)
    page.go_live_at = now + timedelta(hours=1)
    revision = page.save_revision()
    revision.publish()
    tasks.publish_scheduled()
    assert reader.get("/news/bulky-waste/").status_code == 404
    revision.approved_go_live_at = now - timedelta(minutes=1)
    revision.content["go_live_at"] = revision.approved_go_live_at.isoformat()
    revision.save()  # as if an hour had gone by
    tasks.publish_scheduled()
    tasks.publish_scheduled()
    assert reader.get("/news/bulky-waste/").status_code == 200
    NewsPage.objects.update(expire_at=now - timedelta(seconds=1))
    tasks.publish_scheduled()
    assert reader.get("/news/bulky-waste/").status_code == 404


def test_editors_choose_the_time_in_the_form(editor: Client, written: Callable, news: object) -> None:
    later = timezone.localtime(timezone.now() + timedelta(days=2)).strftime("%Y-%m-%d %H:%M")
    form = written("Bulky waste", go_live_at=later, **{"action-publish": "1"})
    editor.post(f"/cms/pages/add/cms/newspage/{news.pk}/", form)
    page = NewsPage.objects.get()
    assert not page.live
    assert page.scheduled_revision is not None
    box = editor.get(f"/cms/pages/{page.pk}/edit/").content.decode()
    assert 'data-date-box="datetime"' in box
    assert "initDateTimeChooser(" not in box


def test_the_worker_looks_every_minute() -> None:
    assert settings.CELERY_BEAT_SCHEDULE["news"]["task"] == tasks.publish_scheduled.name
    assert settings.CELERY_BEAT_SCHEDULE["news"]["schedule"] == 60

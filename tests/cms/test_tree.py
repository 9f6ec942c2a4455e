"""What news stands on: the same from a migration and in a test."""

import pytest
from django.contrib.auth.models import Group
from wagtail.models import GroupCollectionPermission, GroupPagePermission, Locale, Page, Site

from cms.models import NewsIndexPage, RootPage
from cms.tree import establish

pytestmark = pytest.mark.django_db


def test_the_tree_is_sound_and_made_once() -> None:
    establish()
    establish()
    assert Page.find_problems() == ([], [], [], [], [])
    assert [page.title for page in Page.objects.order_by("path")] == ["Root", "Pages of the portal", "News"]
    assert NewsIndexPage.objects.get().get_parent().specific == RootPage.objects.get()
    assert NewsIndexPage.objects.get().url == "/news/"
    assert RootPage.objects.get().url is None
    assert Site.objects.get().root_page.specific == RootPage.objects.get()


def test_what_wagtail_made_for_itself_gives_way() -> None:
    locale = Locale.objects.create(language_code="en-gb")
    root = Page.add_root(title="Root", slug="root", locale=locale)
    welcome = root.add_child(title="Welcome to your new Wagtail site!", slug="home")
    Site.objects.create(hostname="localhost", root_page=welcome, is_default_site=True)
    Group.objects.create(name="Moderators")
    establish()
    assert not Page.objects.filter(slug="home").exists()
    assert Site.objects.get().root_page.slug == "portal"
    assert [group.name for group in Group.objects.all()] == ["Communications"]
    assert Page.find_problems() == ([], [], [], [], [])


def test_the_group_may_write_news_and_nothing_else() -> None:
    establish()
    on_pages = GroupPagePermission.objects.all()
    assert {one.page_id for one in on_pages} == {NewsIndexPage.objects.get().pk}
    assert {one.permission.codename for one in on_pages} == {"add_page", "change_page", "publish_page"}
    files = {one.permission.codename for one in GroupCollectionPermission.objects.all()}
    assert files == {
        f"{verb}_{thing}" for verb in ("add", "change", "choose") for thing in ("image", "document")
    }
    assert not Group.objects.get().permissions.exists()

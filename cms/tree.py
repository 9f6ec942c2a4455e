"""What news stands on before anybody has written any: the tree of pages, the site, and the editors' group.

Called by a migration and, where tests skip migrations, by a fixture; hence no method of the models is used,
only their columns. Safe to run again.
"""

from __future__ import annotations

import uuid
from typing import Any

from django.apps import apps as installed
from django.conf import settings

from programme.people.news_writers import GROUP

PAGE_PERMISSIONS = ["add_page", "change_page", "publish_page"]
COLLECTION_PERMISSIONS = {"wagtailimages": "image", "wagtaildocs": "document"}
ROOT, HOME, NEWS = "0001", "00010001", "000100010001"  # where they stand in the tree


def establish(apps: Any = installed) -> None:
    """Makes what is missing. ``apps`` is a migration's own registry of models, or the real one."""
    news = _pages(apps)
    _site(apps)
    _editors(apps, news)


def _pages(apps: Any) -> Any:
    page = apps.get_model("wagtailcore", "Page")
    if not page.objects.filter(path=ROOT).exists():
        _add(apps, page, ROOT, slug="root", title="Root", url_path="/")
    root_page, index_page = apps.get_model("cms", "RootPage"), apps.get_model("cms", "NewsIndexPage")
    if not root_page.objects.exists():
        page.objects.filter(path__startswith=HOME).delete()  # Wagtail's own "Welcome"
        _add(apps, root_page, HOME, slug="portal", title="Pages of the portal", url_path="/portal/")
    if not index_page.objects.exists():
        words = "What changes, when and for whom."
        _add(
            apps,
            index_page,
            NEWS,
            slug="news",
            title="News",
            url_path="/portal/news/",
            introduction=words,
        )
    for path, children in ((ROOT, 1), (HOME, 1)):
        page.objects.filter(path=path).update(numchild=children)
    return index_page.objects.get()


def _add(apps: Any, model: Any, path: str, **columns: Any) -> None:
    kinds = apps.get_model("contenttypes", "ContentType").objects
    kind = kinds.get_or_create(app_label=model._meta.app_label, model=model._meta.model_name)[0]
    model.objects.create(
        path=path,
        depth=len(path) // 4,
        content_type=kind,
        locale=_locale(apps),
        translation_key=uuid.uuid4(),
        draft_title=columns["title"],
        live=True,
        **columns,
    )


def _locale(apps: Any) -> Any:
    locales = apps.get_model("wagtailcore", "Locale").objects
    return locales.first() or locales.create(language_code=settings.LANGUAGE_CODE)


def _site(apps: Any) -> None:
    apps.get_model("wagtailcore", "Site").objects.update_or_create(
        is_default_site=True,
        defaults={
            "hostname": "localhost",
            "site_name": settings.WAGTAIL_SITE_NAME,
            "root_page_id": apps.get_model("wagtailcore", "Page").objects.get(path=HOME).pk,
        },
    )


def _editors(apps: Any, news: Any) -> None:
    """The group may write news and use pictures and files, and nothing else of Wagtail."""
    groups = apps.get_model("auth", "Group").objects
    groups.filter(name__in=["Editors", "Moderators"]).delete()  # Wagtail's own, with rights on every page
    group = groups.get_or_create(name=GROUP)[0]
    on_pages = apps.get_model("wagtailcore", "GroupPagePermission").objects
    for codename in PAGE_PERMISSIONS:
        permission = _permission(apps, "wagtailcore", "page", codename)
        on_pages.get_or_create(group=group, page_id=news.pk, permission=permission)
    collections = apps.get_model("wagtailcore", "Collection").objects
    everything = collections.filter(depth=1).first() or collections.create(name="Root", path=ROOT, depth=1)
    on_collections = apps.get_model("wagtailcore", "GroupCollectionPermission").objects
    for app, thing in COLLECTION_PERMISSIONS.items():
        for verb in ("add", "change", "choose"):
            permission = _permission(apps, app, thing, f"{verb}_{thing}")
            on_collections.get_or_create(group=group, collection=everything, permission=permission)


def _permission(apps: Any, app: str, model: str, codename: str) -> Any:
    """Django makes these rows only after the last migration, so the first migration makes its own."""
    kind = apps.get_model("contenttypes", "ContentType").objects.get_or_create(app_label=app, model=model)[0]
    return apps.get_model("auth", "Permission").objects.get_or_create(
        content_type=kind, codename=codename, defaults={"name": codename.replace("_", " ").capitalize()}
    )[0]

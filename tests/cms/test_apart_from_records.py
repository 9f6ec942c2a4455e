"""Wagtail shows words and files, never our records."""

from collections.abc import Callable

from django.apps import apps
from django.test import Client, override_settings
from wagtail.admin.viewsets import viewsets
from wagtail.models import ReferenceIndex

from programme.foundation.history import Tracked
from programme.people.models import User
from programme.portfolio.models import Workstream


def test_no_governed_record_is_edited_in_wagtail() -> None:
    shown = {model for one in viewsets.viewsets if isinstance(model := getattr(one, "model", None), type)}
    assert not [model for model in shown if issubclass(model, Tracked)]
    assert not apps.is_installed("wagtail.snippets")
    assert not apps.is_installed("wagtail_modeladmin")


def test_wagtails_index_of_references_knows_pages_and_uploads_only() -> None:
    indexed = {model._meta.label for model in ReferenceIndex.tracked_models}
    assert indexed <= {"cms.NewsPage", "wagtailimages.Image", "wagtaildocs.Document"}


# Tests skip migrations, and with them the table of words that Wagtail's search reads on SQLite.
PLAIN_SEARCH = {"default": {"BACKEND": "wagtail.search.backends.database.fallback"}}


@override_settings(WAGTAILSEARCH_BACKENDS=PLAIN_SEARCH)
def test_search_and_reports_find_no_record(
    editor: Client, make_project: Callable, digital: Workstream, make_news: Callable
) -> None:
    make_project(digital, "DIG-09", "Zebra crossing", classification="internal")
    make_news("Bulky waste", workstream=digital)
    for address in (
        "/cms/pages/search/?q=Zebra",
        "/cms/pages/search/?q=DIG-09",
        "/cms/images/?q=Zebra",
        "/cms/documents/?q=Zebra",
        "/cms/choose-page/?q=Zebra",
        "/cms/choose-page/search/?q=Zebra",
        "/cms/reports/site-history/",
        "/cms/reports/aging-pages/",
        "/cms/api/main/pages/",
        "/cms/",
    ):
        page = editor.get(address)
        assert page.status_code == 200, address
        assert "crossing" not in page.content.decode(), address


def test_the_form_offers_workstreams_by_name_and_nothing_more(
    editor: Client, news: object, digital: Workstream, staff: User
) -> None:
    form = editor.get(f"/cms/pages/add/cms/newspage/{news.pk}/").content.decode()
    assert f'<option value="{digital.pk}">' in form
    assert "Customer Services Adviser" not in form

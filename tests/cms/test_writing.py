"""Writing news in Wagtail's own pages, as the Communications Manager does."""

import json
from collections.abc import Callable

import pytest
from django.test import Client
from wagtail.models import PageLogEntry, Revision

from cms.models import NewsIndexPage, NewsPage
from programme.people.models import User
from programme.portfolio.models import Project, Workstream

# Wagtail forgets to close the temporary file in which it makes a smaller picture.
WAGTAIL_LEAVES_FILES_OPEN = pytest.mark.filterwarnings(
    "ignore:Exception ignored in. <function SpooledTemporaryFile:pytest.PytestUnraisableExceptionWarning",
    "ignore:Unclosed file:ResourceWarning",
)


@pytest.fixture
def adding(news: NewsIndexPage) -> str:
    return f"/cms/pages/add/cms/newspage/{news.pk}/"


def test_communications_writes_and_publishes(
    editor: Client, adding: str, written: Callable, digital: Workstream, communications: User
) -> None:
    assert editor.get(adding).status_code == 200
    form = written("Bulky waste", workstream=digital.pk, **{"action-publish": "1"})
    assert editor.post(adding, form).status_code == 302
    page = NewsPage.objects.get()
    assert (page.live, page.owner, page.workstream) == (True, communications, digital)
    assert "<p data-block-key=" in editor.get("/news/bulky-waste/").content.decode()


def test_a_draft_waits_until_it_is_published(editor: Client, adding: str, written: Callable) -> None:
    editor.post(adding, written("Bulky waste"))
    page = NewsPage.objects.get()
    assert not page.live
    assert editor.get("/news/bulky-waste/").status_code == 404
    editor.post(f"/cms/pages/{page.pk}/edit/", written("Bulky waste", **{"action-publish": "1"}))
    assert editor.get("/news/bulky-waste/").status_code == 200


def test_a_preview_is_drawn_in_the_portals_frame(editor: Client, adding: str, written: Callable) -> None:
    preview = f"{adding}preview/"
    assert editor.post(preview, written("Bulky waste")).json()["is_valid"]
    answer = editor.get(f"{preview}?mode=")
    assert "Bulky waste" in answer.content.decode()
    assert "Edit this news" not in answer.content.decode()


def test_wagtails_history_of_words_stands_beside_the_history_of_records(
    editor: Client, adding: str, written: Callable, crm: Project, communications: User
) -> None:
    before = Project.history.count()
    editor.post(adding, written("Bulky waste", **{"action-publish": "1"}))
    page = NewsPage.objects.get()
    editor.post(
        f"/cms/pages/{page.pk}/edit/", written("Bulky waste", introduction="Two.", **{"action-publish": "1"})
    )
    assert Revision.page_revisions.filter(object_id=str(page.pk)).count() == 2
    log = PageLogEntry.objects.filter(page=page.pk)
    assert {"wagtail.create", "wagtail.edit", "wagtail.publish"} <= set(log.values_list("action", flat=True))
    assert {entry.user for entry in log} == {communications}
    assert Project.history.count() == before
    assert not hasattr(NewsPage, "history")
    history = editor.get(f"/cms/pages/{page.pk}/history/").content.decode()
    assert "Communications Manager" in history


def test_a_script_in_rich_text_is_only_words(editor: Client, adding: str, written: Callable) -> None:
    text = "<p>Before<script>alert(1)</script><img src=x onerror=alert(2) /><b onclick='x()'>bold</b></p>"
    editor.post(adding, written("Trick", text=text, **{"action-publish": "1"}))
    page = editor.get("/news/trick/").content.decode()
    assert "Before" in page
    for trace in ("alert(1)</script>", "onerror", "onclick"):
        assert trace not in page


def test_a_script_typed_into_any_box_is_only_words(editor: Client, adding: str, written: Callable) -> None:
    script = "<script>alert(1)</script>"
    body = [("heading", script), ("list", [script]), ("record", {"words": script, "address": "/news/"})]
    body[1] = ("list", {"count": "1", "0-deleted": "", "0-order": "0", "0-type": "item", "0-value": script})
    form = written(f"Trick {script}", body=body, slug="trick", introduction=script, **{"action-publish": "1"})
    assert editor.post(adding, form).status_code == 302
    page = editor.get("/news/trick/").content.decode()
    assert script not in page
    assert page.count("&lt;script&gt;") >= 5
    assert script not in editor.get("/news/").content.decode()


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,<script>alert(1)</script>"])
def test_a_link_that_is_a_script_loses_its_address(
    address: str, editor: Client, adding: str, written: Callable
) -> None:
    words = {"key": "a", "text": "Click", "type": "unstyled", "depth": 0, "inlineStyleRanges": []}
    words["entityRanges"] = [{"key": 0, "offset": 0, "length": 5}]
    link = {"type": "LINK", "mutability": "MUTABLE", "data": {"url": address}}
    draft = json.dumps({"entityMap": {"0": link}, "blocks": [words]})
    editor.post(adding, written("Trick", body=[("text", draft)], **{"action-publish": "1"}))
    page = editor.get("/news/trick/").content.decode()
    assert "Click" in page
    assert "javascript:" not in page
    assert "data:text" not in page


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "https://example.org/", "//example.org/", "/nowhere/at/all/", "/cms/pages/"],
)
def test_a_link_to_a_record_leads_to_a_page_of_the_portal(
    address: str, editor: Client, adding: str, written: Callable
) -> None:
    body = [("record", {"words": "Here", "address": address})]
    answer = editor.post(adding, written("Trick", body=body, **{"action-publish": "1"}))
    assert answer.status_code == 200
    assert not NewsPage.objects.exists()


@WAGTAIL_LEAVES_FILES_OPEN
def test_a_picture_without_words_is_refused(
    editor: Client, adding: str, written: Callable, picture: object
) -> None:
    body = [("picture", {"image": picture.pk, "words": "", "caption": ""})]
    assert editor.post(adding, written("Floor", body=body, **{"action-publish": "1"})).status_code == 200
    assert not NewsPage.objects.exists()


@pytest.mark.parametrize(
    "fields",
    [{"title": "x" * 10_000}, {"introduction": "x" * 301}, {"date": "31 February"}, {"workstream": "99"}],
)
def test_bad_input_is_refused_beside_its_box(
    fields: dict[str, str], editor: Client, adding: str, written: Callable
) -> None:
    answer = editor.post(adding, written("Trick") | fields | {"action-publish": "1"})
    assert answer.status_code == 200
    assert not NewsPage.objects.exists()


def test_editors_cannot_take_the_list_away(editor: Client, news: NewsIndexPage) -> None:
    for verb in ("unpublish", "delete", "move", "copy", "privacy"):
        editor.post(f"/cms/pages/{news.pk}/{verb}/", {"restriction_type": "none", "new_slug": "x"})
    news.refresh_from_db()
    assert news.live
    assert NewsIndexPage.objects.count() == 1
    editor.post(
        f"/cms/pages/{news.pk}/edit/",
        {"title": "All news", "slug": "elsewhere", "introduction": "", "action-publish": "1"},
    )
    assert "All news" in editor.get("/news/").content.decode()


def test_news_is_written_in_the_list_only(editor: Client, news: NewsIndexPage) -> None:
    parent = news.get_parent()
    assert editor.get(f"/cms/pages/add/cms/newspage/{parent.pk}/").status_code in (302, 403)
    assert editor.get(f"/cms/pages/{parent.pk}/edit/").status_code in (302, 403)


def test_who_reads_a_page_is_no_setting_of_the_page(editor: Client, make_news: Callable) -> None:
    page = make_news("Bulky waste")
    answer = editor.post(f"/cms/pages/{page.pk}/privacy/", {"restriction_type": "login"})
    assert answer.status_code in (302, 403)
    assert not page.get_view_restrictions().exists()

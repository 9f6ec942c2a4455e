"""Pictures and documents: no folder of uploads is open."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from wagtail.documents import get_document_model

from cms.models import NewsPage
from programme.people.models import User

# Wagtail forgets to close the temporary file in which it makes a smaller picture.
pytestmark = pytest.mark.filterwarnings(
    "ignore:Exception ignored in. <function SpooledTemporaryFile:pytest.PytestUnraisableExceptionWarning",
    "ignore:Unclosed file:ResourceWarning",
)


@pytest.fixture
def reader(staff: User, sign_in: Callable[[User], Client]) -> Client:
    return sign_in(staff)


@pytest.fixture
def with_picture(make_news: Callable[..., NewsPage], picture: Any) -> Callable[..., NewsPage]:
    """``with_picture("Floor", live=False)``: news that shows the picture three times."""

    def make(title: str, **columns: Any) -> NewsPage:
        shown = {"image": picture, "words": "An empty floor", "caption": "In November"}
        return make_news(title, body=[("picture", shown)] * 3, **columns)

    return make


def status(client: Client, address: str) -> int:
    answer = client.get(address)
    answer.getvalue()  # all of it, as a browser would: a file left open closes the database when it is closed
    return answer.status_code


def test_a_picture_of_published_news_is_read_by_everybody_signed_in(
    reader: Client, with_picture: Callable, picture: Any, client: Client
) -> None:
    with_picture("Floor")
    page = reader.get("/news/floor/").content.decode()
    address = picture.renditions.get().url
    assert page.count(f'src="{address}"') == 3
    assert 'alt="An empty floor"' in page
    assert "style=" not in page[page.index("<article") : page.index("</article")]
    answer = reader.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/webp")
    assert answer["Cache-Control"] == "private, no-store"
    answer.getvalue()
    assert client.get(address).url == f"/sign-in/?next={address}"


def test_pictures_add_no_queries_of_their_own(
    reader: Client, with_picture: Callable, django_assert_max_num_queries: Callable
) -> None:
    with_picture("Floor")
    reader.get("/news/floor/")
    with django_assert_max_num_queries(12):
        reader.get("/news/floor/")


def test_a_picture_that_no_published_news_shows_is_for_editors(
    reader: Client, editor: Client, with_picture: Callable, picture: Any
) -> None:
    page = with_picture("Floor", live=False)
    address = picture.get_rendition("width-100").url
    assert status(reader, address) == 404
    assert status(editor, address) == 200
    page.save_revision().publish()
    assert status(reader, address) == 200
    page.refresh_from_db()
    page.unpublish()
    assert status(reader, address) == 404


def test_whoever_holds_no_appointment_sees_no_picture(
    person: Callable, sign_in: Callable, with_picture: Callable, picture: Any
) -> None:
    with_picture("Floor")
    assert status(sign_in(person("newcomer")), picture.get_rendition("width-100").url) == 403


def test_originals_and_other_files_are_not_served(editor: Client, reader: Client, picture: Any) -> None:
    for client in (editor, reader):
        for name in (picture.file.name, "../portal.sqlite3", "images/", "demo-password", "documents/x.pdf"):
            assert status(client, f"/media/{name}") == 404, name


def test_a_document_is_read_where_published_news_links_to_it(
    reader: Client, editor: Client, make_news: Callable, client: Client
) -> None:
    leaflet = get_document_model().objects.create(
        title="Leaflet", file=ContentFile(b"%PDF-1.7", "leaflet.pdf")
    )
    assert status(reader, leaflet.url) == 404
    assert status(editor, leaflet.url) == 200
    make_news("Waste", body=[("text", f'<p><a linktype="document" id="{leaflet.pk}">Leaflet</a></p>')])
    assert f'href="{leaflet.url}"' in reader.get("/news/waste/").content.decode()
    assert status(reader, leaflet.url) == 200
    assert client.get(leaflet.url).url.startswith("/sign-in/")
    assert status(reader, f"/documents/{leaflet.pk}/other.pdf") == 404
    assert status(reader, "/documents/999999/leaflet.pdf") == 404


def test_an_upload_must_be_what_it_says(editor: Client) -> None:
    page = ContentFile(b"<script>alert(1)</script>", "page.html")
    editor.post(
        "/cms/documents/multiple/add/", {"files[]": page}, headers={"x-requested-with": "XMLHttpRequest"}
    )
    assert not get_document_model().objects.exists()
    drawing = ContentFile(b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "drawing.png")
    answer = editor.post("/cms/images/add/", {"title": "Drawing", "file": drawing})
    assert answer.status_code == 200
    assert status(editor, "/media/images/drawing.png") == 404

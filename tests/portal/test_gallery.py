"""The gallery shows every component; the frame around it is strict, private and complete."""

import itertools
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import get_template

from portal.gallery import Gallery

TEMPLATES = Path(settings.BASE_DIR) / "templates"
# What base.html shows on every page, the gallery included.
FRAME = {"header", "footer", "navigation", "illustrative_banner", "messages"}


@pytest.fixture
def page(staff, sign_in):
    return sign_in(staff).get("/gallery/")


class Elements(HTMLParser):
    """Every element of a page as (tag, attributes)."""

    def __init__(self, html):
        super().__init__()
        self.found = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))

    def with_attribute(self, name):
        return [(tag, attrs) for tag, attrs in self.found if name in attrs]


def test_anyone_signed_in_sees_the_gallery(page):
    assert page.status_code == 200
    assert "Component gallery" in page.text


def test_its_figures_are_made_up(page):
    """Staff read the gallery, and may not read what the business case saves by staffing or in all."""
    kept = "1,100|1,950|1,623|1,612|1,602|£150,000|850,000|950,000"
    assert not re.search(rf"\b({kept})\b|\b(150|850|950)</td>", page.text)


def test_nobody_else_does(client, db):
    answer = client.get("/gallery/")
    assert (answer.status_code, answer.url) == (302, "/sign-in/?next=/gallery/")


def test_every_component_is_in_the_gallery():
    shown = set(FRAME)
    for path in [*TEMPLATES.glob("gallery/*.html"), *TEMPLATES.glob("components/*.html")]:
        shown |= set(re.findall(r'{% include "components/(\w+)\.html"', path.read_text()))
    shown |= {"chart"}  # by its tag, {% chart figure %}
    assert {path.stem for path in TEMPLATES.glob("components/*.html")} <= shown


def test_every_component_says_its_parameters_at_its_top():
    for path in TEMPLATES.glob("components/*.html"):
        text = re.sub(r"^({% load \w+ %})+", "", path.read_text())
        assert text.startswith("{# "), path.name


def test_every_section_has_its_template():
    for slug, _title in Gallery.sections:
        assert get_template(f"gallery/{slug}.html")


def test_no_script_or_style_stands_in_the_page(page):
    elements = Elements(page.text)
    assert not [tag for tag, _ in elements.found if tag == "style"]
    assert not elements.with_attribute("style")
    assert all("src" in attrs for tag, attrs in elements.found if tag == "script")
    assert not [name for _, attrs in elements.found for name in attrs if name.startswith("on")]


def test_no_two_elements_share_an_id(page):
    ids = [attrs["id"] for _, attrs in Elements(page.text).with_attribute("id")]
    assert len(ids) == len(set(ids)), {one for one in ids if ids.count(one) > 1}


def test_what_describes_and_labels_is_there(page):
    elements = Elements(page.text)
    ids = {attrs["id"] for _, attrs in elements.with_attribute("id")}
    for name in ("aria-describedby", "aria-labelledby", "for", "aria-controls"):
        for tag, attrs in elements.with_attribute(name):
            assert set(attrs[name].split()) <= ids, (tag, attrs)


def test_links_of_the_error_summary_lead_to_their_boxes(page):
    summary = re.search(r'govuk-error-summary__list">(.*?)</ul>', page.text, re.DOTALL).group(1)
    targets = re.findall(r'href="#([^"]+)"', summary)
    assert targets == [
        "id_wrong-name",
        "id_wrong-forecast_0",
        "id_wrong-words",
        "id_wrong-project",
        "id_wrong-stage_0",
        "id_wrong-reason",
    ]
    assert all(f'id="{target}"' in page.text for target in targets)


def test_headings_step_down_one_at_a_time(page):
    levels = [int(tag[1]) for tag, _ in Elements(page.text).found if re.fullmatch("h[1-6]", tag)]
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))


def test_the_gallery_reads_only_what_every_page_reads(staff, sign_in, django_assert_max_num_queries):
    browser = sign_in(staff)
    with django_assert_max_num_queries(8):
        browser.get("/gallery/")


def test_pages_are_private(page):
    assert page["Cache-Control"] == "private, no-store"


def test_a_missing_page_is_a_proper_page(staff, sign_in):
    answer = sign_in(staff).get("/no-such-page/")
    assert answer.status_code == 404
    assert "Page not found" in answer.text
    assert "East Herts Council" in answer.text
    assert answer["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("500.html", "Something went wrong"),
        ("503.html", "cannot work just now"),
        ("400.html", "This could not be read"),
    ],
)
def test_pages_of_last_resort_need_nothing(name, words):
    assert words in get_template(name).render()
    assert "{%" not in (TEMPLATES / name).read_text()


def test_what_is_too_long_or_for_another_host_gets_a_proper_page(staff, sign_in):
    browser = sign_in(staff)
    long = browser.post("/password/", "old_password=" + "a" * 6_000_000, FORM)
    for answer in (long, browser.get("/", headers={"host": "evil.example"})):
        assert answer.status_code == 400
        assert "This could not be read" in answer.text
        check_headers(answer)


def test_an_address_without_its_last_stroke_is_led_on_as_strictly(client, db):
    answer = client.get("/sign-in")
    assert answer.status_code == 301
    check_headers(answer)


FORM = "application/x-www-form-urlencoded"


def check_headers(answer):
    assert answer["Content-Security-Policy"]
    assert answer["X-Frame-Options"] == "SAMEORIGIN"
    assert answer["Cache-Control"] == "private, no-store"


def test_sign_in_shows_the_council_and_names_what_is_wrong(client, db):
    page = client.get("/sign-in/").text
    assert '<span class="pp-header__council">East Herts Council</span>' in page
    assert "Sign out" not in page
    answer = client.post("/sign-in/", {"username": "", "password": "x"}).text
    assert '<a href="#id_username">' in answer
    assert "<title>Error: Sign in" in answer

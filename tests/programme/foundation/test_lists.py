"""A register keeps its filters, order and page in the address, and says what it did not understand."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from programme.people.models import User

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.programme.foundation.pages")]


@pytest.fixture
def manager(programme_manager, sign_in):
    return sign_in(programme_manager)


def refs(response) -> list[str]:
    return [record.ref for record in response.context["table"].page.object_list.data]


def words(response) -> str:
    return response.content.decode()


def test_the_list_shows_what_the_viewer_may_see_and_no_more(make_project, digital, staff, manager, sign_in):
    make_project(digital, "DIG-01")
    make_project(digital, "DIG-02", classification="internal")

    assert refs(manager.get("/projects/")) == ["DIG-01", "DIG-02"]
    response = sign_in(staff).get("/projects/")
    assert refs(response) == ["DIG-01"]
    assert "DIG-02" not in words(response)
    assert '<p id="results-count" role="status">1 project</p>' in words(response)


def test_who_is_not_signed_in_is_sent_to_sign_in(client):
    assert client.get("/projects/?q=x").headers["Location"] == "/sign-in/?next=/projects/%3Fq%3Dx"


def test_what_was_withdrawn_is_not_listed(make_project, digital, manager, installation):
    make_project(digital, "DIG-01").withdraw(by=installation, reason="Entered twice")

    response = manager.get("/projects/")
    assert refs(response) == []
    assert "No projects yet." in words(response)


def test_buttons_are_only_there_for_those_who_may(manager, staff, sign_in):
    assert "/projects/add/" in words(manager.get("/projects/"))
    assert "/projects/add/" not in words(sign_in(staff).get("/projects/"))


def test_filters_narrow_the_list_and_are_named_with_a_way_out(make_project, digital, agile, manager):
    make_project(digital, "DIG-01", "Customer record", stage="delivery")
    make_project(digital, "DIG-02", "Customer portal", stage="discovery", estimated_cost=5)
    make_project(agile, "AGI-01", "Customer charter", stage="delivery", approved_finish="2022-12-01")

    assert refs(manager.get("/projects/?q=customer&stage=delivery&workstream=digital")) == ["DIG-01"]
    assert refs(manager.get("/projects/?q=portal+CUSTOMER")) == ["DIG-02"]
    assert refs(manager.get("/projects/?finish_from=2022-12-01")) == ["AGI-01"]
    assert refs(manager.get("/projects/?has_cost=true")) == ["DIG-02"]
    response = manager.get("/projects/?q=customer&stage=delivery&page=1")
    assert 'href="?q=customer"' in words(response)
    assert "Stage: Delivery" in words(response)
    assert "Nothing matches these filters." in words(manager.get("/projects/?q=nothing"))


@pytest.mark.parametrize(
    "query",
    [
        {"stage": "nonsense"},
        {"workstream": "nonsense"},
        {"workstream": "\x00"},
        {"q": "x" * 10_000},
        {"q": "\x00"},
        {"finish_from": "31/31/2022"},
        {"finish_from": "9" * 5_000},
        {"stage": "\x00" * 50},
    ],
)
def test_a_filter_that_is_not_understood_says_so_and_nothing_is_listed(query, crm, manager):
    response = manager.get("/projects/", query)

    assert response.status_code == 200
    assert refs(response) == []
    (field,) = query
    assert response.context["filters"].form.errors[field]
    assert "A filter could not be understood" in words(response)
    assert f'href="#id_{field}"' in words(response)


@pytest.mark.parametrize(
    "query",
    [
        {"page": "abc"},
        {"page": "-1"},
        {"page": "9" * 5_000},
        {"page": "\x00"},
        {"page": "1e9"},
        {"per": "1000"},
        {"per": "\x00"},
        {"sort": "nonsense"},
        {"sort": "stage_words"},
        {"sort": "scope__key"},
        {"sort": "-"},
        {"sort": "\x00"},
        {"format": "pdf"},
        {"q": "%_\\'\";--"},
        {"unknown": "x"},
        {"q": ""},
    ],
)
def test_an_address_that_asks_for_what_is_not_there_still_gives_the_list(query, crm, manager):
    assert manager.get("/projects/", query).status_code == 200


def test_special_characters_are_looked_for_as_they_are(make_project, digital, manager):
    make_project(digital, "DIG-01", "100% digital")
    make_project(digital, "DIG-02", "100 digital")

    assert refs(manager.get("/projects/", {"q": "100%"})) == ["DIG-01"]


def test_sorting_is_in_the_address_and_what_is_empty_stands_last(make_project, digital, manager):
    make_project(digital, "DIG-01", approved_finish="2023-01-01")
    make_project(digital, "DIG-02")
    make_project(digital, "DIG-03", approved_finish="2022-01-01")

    assert refs(manager.get("/projects/?sort=approved_finish")) == ["DIG-03", "DIG-01", "DIG-02"]
    response = manager.get("/projects/?sort=-approved_finish&q=project")
    assert refs(response) == ["DIG-01", "DIG-03", "DIG-02"]
    assert 'aria-sort="descending"' in words(response)
    assert '<input type="hidden" name="sort" value="-approved_finish" form="filters">' in words(response)


def test_a_relation_sorts_by_its_words_and_a_property_is_not_offered(make_project, digital, agile, manager):
    make_project(digital, "DIG-01")
    make_project(agile, "AGI-01")

    response = manager.get("/projects/?sort=-workstream")
    assert refs(response) == ["DIG-01", "AGI-01"]
    assert 'id="sort-workstream"' in words(response)
    assert 'id="sort-stage_words"' not in words(response)


def test_rows_that_sort_alike_never_stand_on_two_pages(make_project, digital, manager):
    for number in range(60):
        make_project(digital, f"DIG-{number:02}", stage="delivery")

    seen = [ref for page in (1, 2, 3) for ref in refs(manager.get(f"/projects/?sort=stage&page={page}"))]
    assert len(seen) == len(set(seen)) == 60
    order = manager.get("/projects/?sort=stage").context["table"].data.data.query.order_by
    assert order == ("stage", "pk")
    response = manager.get("/projects/?per=50&page=99&q=project")
    assert len(refs(response)) == 10
    assert 'href="?per=50&amp;q=project&amp;page=1"' in words(response)


def queries_for(client, address: str) -> int:
    """Queries of a second look: the first may fill what the process keeps."""
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert client.get(address).status_code == 200
    return len(seen)


def test_a_record_chosen_in_a_filter_is_read_alone(crm, digital, manager):
    """Of those that may be chosen the names are kept; the list asks for the chosen one and nothing more."""
    for query in ("/projects/", f"/projects/?workstream={digital.slug}"):
        manager.get(query)
    chosen = queries_for(manager, f"/projects/?workstream={digital.slug}")
    assert chosen == queries_for(manager, "/projects/") + 1


def test_the_number_of_queries_does_not_depend_on_the_number_of_rows(make_project, digital, manager):
    make_project(digital, "DIG-01")
    few = queries_for(manager, "/projects/?per=100")
    for number in range(2, 60):
        make_project(digital, f"DIG-{number:02}")

    assert queries_for(manager, "/projects/?per=100") == few <= 12


def test_htmx_gets_the_results_alone_and_a_clean_address(crm, manager):
    headers = {"HX-Request": "true", "HX-Target": "results"}
    response = manager.get("/projects/", {"q": "", "stage": "delivery"}, headers=headers)

    assert "<html" not in words(response)
    assert 'id="filters"' not in words(response)
    assert response.headers["HX-Push-Url"] == "/projects/?stage=delivery"
    assert 'hx-swap-oob="innerHTML">0 projects</p>' in words(response)
    assert "HX-Request" in response.headers["Vary"]


def test_going_back_gets_the_whole_page(crm, manager):
    headers = {"HX-Request": "true", "HX-History-Restore-Request": "true"}

    assert "<html" in words(manager.get("/projects/", headers=headers))


def test_what_is_typed_into_an_address_never_becomes_html(crm, manager):
    response = manager.get(
        "/projects/", {"q": '"><script>alert(1)</script>', "x": '"><script>', "sort": "ref"}
    )

    assert "<script>alert" not in words(response)
    assert '"><script>' not in words(response)


def test_only_people_signed_in_as_someone_with_a_role_see_anything(crm, sign_in):
    nobody = User.objects.create_user("nobody", password="a long password")

    assert sign_in(nobody).get("/projects/").status_code == 403

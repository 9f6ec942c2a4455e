"""Bodies, their terms and their seats by post."""

import pytest

from programme.portfolio.actions import bodies
from programme.portfolio.models import Body, Seat
from tests.cast import written

pytestmark = pytest.mark.django_db
NEW = {
    "kind": "task_group",
    "name": "Forms task group",
    "terms": "Meet monthly\n\n Report to the board ",
    "reason": "Set up",
}


def wrong(response) -> list[str]:
    assert response.status_code == 422, response.status_code
    return list(response.context["form"].errors)


@pytest.fixture
def manager(programme_manager, sign_in):
    return sign_in(programme_manager)


@pytest.fixture
def chair_seat(board):
    return written(Seat(body=board, post="Deputy Chief Executive", role="chair", position=1))


def test_a_task_group_is_added_with_a_place_on_which_people_are_appointed(programme, manager):
    assert manager.post("/bodies/add/", NEW).headers["Location"] == "/bodies/forms-task-group/"
    body = Body.objects.get()
    assert body.terms == ["Meet monthly", "Report to the board"]
    assert (body.scope.kind, body.scope.parent) == ("body", programme.scope)


def test_a_delivery_group_lies_in_its_workstream(digital, manager):
    typed = NEW | {"kind": "delivery_group", "name": "Digital group"}
    assert wrong(manager.post("/bodies/add/", typed)) == ["__all__"]
    assert manager.post("/bodies/add/", typed | {"workstream": digital.pk}).status_code == 302
    assert Body.objects.get().scope.parent == digital.scope


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "???"}, "name"),
        ({"name": "Programme Board"}, "name"),
        ({"name": "x" * 10_000}, "name"),
        ({"kind": "club"}, "kind"),
        ({"terms": "x" * 501}, "terms"),
        ({"terms": "a\n" * 101}, "terms"),
        ({"reason": ""}, "reason"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(typed, field, board, manager):
    assert wrong(manager.post("/bodies/add/", NEW | typed)) == [field]
    assert Body.objects.count() == 1


def test_a_body_is_kept_and_its_place_keeps_its_name(board, manager):
    typed = {
        "name": "Transformation Board",
        "purpose": "Decides",
        "terms": "Chaired by the SRO",
        "reason": "Renamed",
    }
    assert manager.post("/bodies/programme-board/change/", typed | {"version": "1"}).status_code == 302
    board.refresh_from_db()
    assert (board.name, board.scope.name, board.terms) == ("Transformation Board",) * 2 + (
        ["Chaired by the SRO"],
    )


def test_seats_are_given_changed_and_taken_away(board, chair_seat, manager):
    typed = {"post": "Chief Executive", "role": "member", "reason": "Terms of reference", "version": "1"}
    assert manager.post("/bodies/programme-board/seats/add/", typed).status_code == 302
    seat = Seat.objects.get(post="Chief Executive")
    assert seat.position == 2
    address = f"/bodies/programme-board/seats/{seat.pk}"
    assert manager.post(f"{address}/change/", typed | {"role": "specialist_adviser"}).status_code == 302
    assert manager.post(f"{address}/end/", {"reason": "Left", "version": "2"}).status_code == 302
    assert list(Seat.objects.live()) == [chair_seat]
    assert manager.get(f"{address}/change/").status_code == 404


def test_a_post_has_one_seat_and_a_body_one_chair(board, chair_seat, manager):
    add = "/bodies/programme-board/seats/add/"
    again = {"post": "deputy chief executive", "role": "member", "reason": "Twice", "version": "1"}
    assert wrong(manager.post(add, again)) == ["post"]
    second = again | {"post": "Chief Executive", "role": "chair"}
    assert manager.post(add, second).status_code == 422
    assert Seat.objects.count() == 1


def test_a_seat_of_another_body_is_not_found(board, digital_group, chair_seat, manager):
    assert manager.get(f"/bodies/delivery-digital/seats/{chair_seat.pk}/change/").status_code == 404


def test_the_page_shows_seats_appointments_terms_and_decisions(board, chair_seat, decide, sro, manager):
    decide()
    page = manager.get("/bodies/programme-board/").content.decode()
    assert "Deputy Chief Executive" in page
    assert "Senior Responsible Officer" in page
    assert "TB-2022-001" in manager.get("/bodies/programme-board/?tab=decisions").content.decode()


def test_the_page_shows_the_seats_of_a_past_day(board, chair_seat, programme_manager, manager):
    bodies.end_seat(chair_seat, by=programme_manager, reason="Left")
    now = manager.get("/bodies/programme-board/").content.decode()
    then = manager.get("/bodies/programme-board/?as_at=2022-07-31").content.decode()
    assert "No seats are named yet." in now
    assert "Deputy Chief Executive" in then


def test_staff_and_leads_do_not_change_bodies(board, chair_seat, staff, lead_digital, sign_in):
    assert sign_in(staff).get("/bodies/").status_code == 403
    assert sign_in(staff).get("/bodies/programme-board/").status_code == 404
    lead = sign_in(lead_digital)
    assert lead.get("/bodies/programme-board/").status_code == 200
    for page in ("change/", "seats/add/", f"seats/{chair_seat.pk}/change/", f"seats/{chair_seat.pk}/end/"):
        assert lead.get(f"/bodies/programme-board/{page}").status_code == 403
    assert lead.get("/bodies/add/").status_code == 403


def test_the_list_has_chair_and_seats(
    board, chair_seat, digital_group, manager, django_assert_max_num_queries
):
    with django_assert_max_num_queries(12):
        response = manager.get("/bodies/?sort=name")
    rows = [(one.name, one.chair, one.seat_count) for one in response.context["table"].page.object_list.data]
    assert rows == [("Be Digital delivery group", None, 0), ("Programme Board", "Deputy Chief Executive", 1)]

"""The people's pages: who may open which, what they say, and what a form does with what was typed."""

import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from programme.people import actions
from programme.people.choices import Role
from programme.people.models import Appointment, User

WHY = "Agreed with the Leadership Team"
DAY = {"starts_day": "1", "starts_month": "9", "starts_year": "2022"}


@pytest.fixture
def manager(sign_in, programme_manager):
    return sign_in(programme_manager)


@pytest.fixture
def waiting(programme_manager, staff, programme_scope):
    """The adviser at the counter is to be finance reviewer."""
    start = staff.appointments.get().starts
    return actions.appoint(
        staff,
        role=Role.FINANCE_REVIEWER,
        scope=programme_scope,
        starts=start,
        by=programme_manager,
        reason=WHY,
    )


def words(response, status=200):
    assert response.status_code == status
    return response.content.decode()


def download(client, query):
    response = client.get(f"/people/?format={query}")
    return response.getvalue()


PAGES = ["", "grants/", "add/", "{person}/", "{person}/appoint/", "{person}/post/", "{person}/leave/"]


@pytest.mark.parametrize("page", PAGES)
def test_each_page_opens_for_whom_it_is_for(page, sign_in, programme_manager, auditor, staff, lead_digital):
    address = "/people/" + page.format(person=lead_digital.number)
    reads = page in ("", "grants/", "{person}/")
    assert sign_in(programme_manager).get(address).status_code == 200
    assert sign_in(auditor).get(address).status_code == (200 if reads else 403)
    unseen = "{person}" in page
    assert sign_in(staff).get(address).status_code == (404 if unseen else 403)


def test_pages_ask_strangers_to_sign_in(client, staff):
    for page in PAGES:
        address = "/people/" + page.format(person=staff.number)
        response = client.get(address)
        assert response.status_code == 302
        assert response["Location"] == f"/sign-in/?next={address}"


def test_nobody_but_the_programme_manager_changes_anything(sign_in, sro, auditor, lead_digital, hr):
    appointment = hr.appointments.get()
    for viewer in (sro, auditor, lead_digital, hr):
        client = sign_in(viewer)
        posts = [f"{hr.get_absolute_url()}{verb}/" for verb in ("appoint", "post", "leave", "return")]
        for address in [*posts, "/people/add/", f"/people/appointments/{appointment.pk}/end/"]:
            response = client.post(address, {"reason": WHY, "post": "Changed", "version": "1"})
            assert response.status_code == 403, (viewer, address)
    assert User.objects.get(pk=hr.pk).post == "Head of HR and OD"


def test_people_that_are_not_there_are_not_found(manager, installation):
    for address in ("P99999/", "P00000/appoint/", "7/", "P1/", "appointments/999/end/", "Pabcde/"):
        assert manager.get(f"/people/{address}").status_code == 404, address
    assert manager.get(f"{installation.get_absolute_url()}appoint/").status_code == 404


def test_the_list_shows_posts_with_their_roles_and_nobody_twice(manager, finance, lead_digital, staff):
    html = words(manager.get("/people/"))
    assert "<div>Specialist adviser (Finance), Programme Board</div>" in html
    assert html.count(finance.get_absolute_url()) == 1
    assert "Workstream lead, Be Digital" in html
    assert "Installation" not in html
    assert "finance@" not in html


def test_the_list_filters_by_role_place_state_and_words(manager, finance, lead_digital, staff, hr, waiting):
    def posts(query):
        rows = csv.DictReader(io.StringIO(download(manager, f"csv&{query}").decode("utf-8-sig")))
        return {row["Post"] for row in rows}

    everybody = posts("")
    assert len(everybody) == 5
    assert posts("role=workstream_lead") == {"Lead for Be Digital"}
    assert posts(f"place={lead_digital.appointments.get().scope_id}") == {"Lead for Be Digital"}
    assert posts("state=waiting") == {"Customer Services Adviser"}
    assert posts("state=none") == posts("state=left") == set()
    assert posts("q=hr") == {"Head of HR and OD"}
    assert manager.get("/people/?format=csv&role=king").status_code == 400


def test_leavers_are_listed_only_when_asked_for(manager, programme_manager, hr):
    actions.deactivate(hr, by=programme_manager, reason="Left the council")
    assert "Head of HR" not in words(manager.get("/people/"))
    assert "Head of HR" in words(manager.get("/people/?state=left"))


def test_the_sheet_holds_the_same_rows(manager, finance):
    sheet = load_workbook(io.BytesIO(download(manager, "xlsx"))).worksheets[0]
    text = "\n".join(str(cell.value) for row in sheet.iter_rows() for cell in row)
    assert "Specialist adviser (Finance), Programme Board; Finance reviewer, Transforming East Herts" in text


def test_queries_do_not_grow_with_people(manager, person, digital, sro):
    def queries(address):
        manager.get(address).getvalue()  # the first visit reads the names that filters offer
        with CaptureQueriesContext(connection) as seen:
            response = manager.get(address)
            assert response.status_code == 200
            response.getvalue()
        return len(seen)

    page, history = sro.get_absolute_url(), f"{sro.get_absolute_url()}?tab=history"
    before = [queries("/people/"), queries("/people/?format=csv")]
    for number in range(20):
        person(f"member-{number}", f"Member {number}", (Role.GROUP_MEMBER, digital.scope))
    assert [queries("/people/"), queries("/people/?format=csv")] == before
    assert before[0] <= 12
    assert queries(page) <= 12
    few = queries(history)
    for number in range(12):
        actions.change_post(sro, post=f"Director {number}", by=sro, reason=WHY)
    assert queries(history) == few <= 16


def test_a_persons_page_says_what_they_hold_and_what_it_allows(manager, lead_agile, sign_in, auditor):
    html = words(manager.get(lead_agile.get_absolute_url()))
    assert "Workstream lead" in html
    assert "Benefit owner" in html
    assert "Add a project" in html
    assert "lead-agile" in html, "the programme manager helps with sign-in names"
    seen = words(sign_in(auditor).get(lead_agile.get_absolute_url()))
    assert "lead-agile" not in seen
    assert "/end/" not in seen


def test_a_persons_page_stands_as_it_stood(manager, lead_agile, programme_manager):
    one = lead_agile.appointments.get(role=Role.BENEFIT_OWNER)
    actions.end_appointment(one, ends=one.starts, by=programme_manager, reason="Moved on")
    then = words(manager.get(f"{lead_agile.get_absolute_url()}?as_at=2022-07-04"))
    assert "Past appointments" not in then
    assert "/end/" not in then
    now = words(manager.get(lead_agile.get_absolute_url()))
    assert "Past appointments" in now
    assert manager.get(f"{lead_agile.get_absolute_url()}?as_at=2022-07-03").status_code == 404


def test_the_history_of_a_person_holds_their_appointments(manager, lead_agile, programme_manager):
    one = lead_agile.appointments.get(role=Role.BENEFIT_OWNER)
    actions.end_appointment(one, ends=one.starts, by=programme_manager, reason="Moved on to Waste")
    html = words(manager.get(f"{lead_agile.get_absolute_url()}?tab=history"))
    assert "Changed: Benefit owner, Be Agile and Sustainable" in html
    assert "Moved on to Waste" in html
    assert "Installation" in html


def test_a_person_is_added_and_appointed(manager, digital):
    form = {"post": "Adviser", "username": "new", "password": "seven wet herons", "reason": WHY}
    made = manager.post("/people/add/", form)
    person = User.objects.get(username="new")
    assert made["Location"] == person.get_absolute_url()
    appoint = DAY | {"role": "workstream_lead", "scope": digital.scope.pk, "reason": WHY, "version": "1"}
    answer = manager.post(f"{person.get_absolute_url()}appoint/", appoint, follow=True)
    assert "Appointed: Workstream lead, Be Digital." in words(answer)
    assert person.standing.holds(Role.WORKSTREAM_LEAD)


def test_a_person_badly_described_stays_in_the_form_with_the_reason_at_the_field(manager, staff):
    form = {"post": "Adviser <b>", "username": "staff", "password": "short", "reason": ""}
    html = words(manager.post("/people/add/", form), 422)
    assert "Say why" in html
    form |= {"reason": WHY}
    html = words(manager.post("/people/add/", form), 422)
    assert "Somebody has this user name already." in html
    assert "Adviser &lt;b&gt;" in html
    assert "Adviser <b>" not in html
    assert 'value="short"' not in html
    for field, value in (
        ("post", "x" * 10_000),
        ("username", "a\x00b"),
        ("email", "x" * 10_000),
        ("post", "a\x07"),
    ):
        answer = manager.post("/people/add/", form | {"username": "new", field: value})
        assert answer.status_code == 422, field
    assert not User.objects.filter(username="new").exists()


def test_a_wrong_place_a_wrong_date_and_a_held_role_are_said_at_their_fields(manager, staff, digital):
    address = f"{staff.get_absolute_url()}appoint/"
    form = DAY | {"role": "auditor", "scope": digital.scope.pk, "reason": WHY, "version": "1"}
    assert "Auditor is a role on the programme." in words(manager.post(address, form), 422)
    impossible = form | {"starts_day": "31", "starts_month": "2"}
    html = words(manager.post(address, impossible), 422)
    assert "must be a real date" in html
    assert 'value="31"' in html
    again = form | {"role": "staff", "scope": staff.appointments.get().scope_id}
    assert "holds this role here already" in words(manager.post(address, again), 422)
    for broken in ({"scope": "999"}, {"scope": "x"}, {"role": "king"}, {"speciality": "war"}):
        assert manager.post(address, form | broken).status_code == 422, broken


def test_nobody_appoints_themselves_on_a_page(manager, programme_manager, digital):
    page = programme_manager.get_absolute_url()
    assert f"{page}appoint/" not in words(manager.get(page))
    form = DAY | {"role": "workstream_lead", "scope": digital.scope.pk, "reason": WHY, "version": "1"}
    assert "Nobody appoints themselves" in words(manager.post(f"{page}appoint/", form), 422)
    assert not programme_manager.appointments.filter(role=Role.WORKSTREAM_LEAD).exists()


def test_an_appointment_is_ended_on_a_page_and_not_twice_unseen(manager, lead_digital):
    one = lead_digital.appointments.get()
    address = f"/people/appointments/{one.pk}/end/"
    assert "Lead for Be Digital" in words(manager.get(address))
    form = {"ends_day": "31", "ends_month": "8", "ends_year": "2022", "reason": WHY, "version": "1"}
    too_early = form | {"ends_year": "2021"}
    assert "cannot be before the first" in words(manager.post(address, too_early), 422)
    answer = manager.post(address, form, follow=True)
    assert "Workstream lead, Be Digital ends on 31 August 2022." in words(answer)
    assert "What changed meanwhile" in words(manager.post(address, form), 409)


def test_the_second_person_finds_confirms_and_sees_it_done(sign_in, waiting, sro, manager, staff):
    address = f"/people/appointments/{waiting.pk}/confirm/"
    client = sign_in(sro)
    assert address in words(client.get("/people/"))
    assert address in words(client.get(staff.get_absolute_url()))
    assert address not in words(manager.get("/people/"))
    assert "Finance reviewer" in words(client.get(address))
    assert "Say whether you confirm it" in words(client.post(address, {"reason": WHY, "version": "1"}), 422)
    form = {"answer": "confirm", "reason": "Known to me", "version": "1"}
    assert "is confirmed" in words(client.post(address, form, follow=True))
    assert User.objects.get(pk=staff.pk).standing.holds(Role.FINANCE_REVIEWER)
    assert client.post(address, form).status_code == 409
    assert "confirmed already" in words(client.get(address, follow=True))


def test_the_finance_adviser_may_decline(sign_in, waiting, finance, staff):
    address = f"/people/appointments/{waiting.pk}/confirm/"
    form = {"answer": "decline", "reason": "Not independent", "version": "1"}
    assert "is withdrawn" in words(sign_in(finance).post(address, form, follow=True))
    assert not User.objects.get(pk=staff.pk).standing.holds(Role.FINANCE_REVIEWER)


def test_whoever_may_not_confirm_is_told_why(sign_in, waiting, hr, programme_manager, lead_digital, staff):
    address = f"/people/appointments/{waiting.pk}/confirm/"
    form = {"answer": "confirm", "reason": "Known to me", "version": "1"}
    client = sign_in(hr)
    assert "or the finance adviser" in words(client.get(address), 403)
    assert "or the finance adviser" in words(client.post(address, form), 403)
    for viewer in (programme_manager, lead_digital, staff):
        assert sign_in(viewer).post(address, form).status_code == 403
    assert Appointment.objects.get(pk=waiting.pk).is_waiting


def test_a_post_changes_a_leaver_leaves_and_comes_back(manager, hr):
    page = hr.get_absolute_url()
    manager.post(f"{page}post/", {"post": "Director of People", "reason": WHY, "version": "1"})
    answer = manager.post(f"{page}leave/", {"reason": WHY, "version": "2"}, follow=True)
    html = words(answer)
    assert "Director of People can no longer sign in." in html
    assert f"{page}return/" in html
    answer = manager.post(f"{page}return/", {"reason": WHY, "version": "3"}, follow=True)
    assert "Director of People can sign in again." in words(answer)


def test_the_whole_matrix_is_on_one_page(sign_in, auditor):
    html = words(sign_in(auditor).get("/people/grants/"))
    for role in Role:
        assert role.label in html, role
    assert "Make people, appoint them and end appointments" in html
    assert "SRO or finance adviser" in html


def test_a_get_changes_nothing(manager, hr, waiting):
    before = Appointment.history.count(), User.objects.count()
    one = hr.appointments.get()
    for address in (f"{hr.get_absolute_url()}leave/", f"/people/appointments/{one.pk}/end/", "/people/add/"):
        manager.get(address)
    assert (Appointment.history.count(), User.objects.count()) == before

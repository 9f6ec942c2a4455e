"""Posts, categories and places that were renamed after a workbook was written: what nobody edited is no
error, the new name is told, and where a name has passed to another it is asked, never guessed."""

import pytest

from programme.people import actions as people
from programme.portfolio.actions import projects
from risks.actions import settings
from risks.models import Risk, RiskCategory
from tests.savings import EXEMPT

pytestmark = pytest.mark.django_db
SAME = "0 risks change, 0 are new, 4 stay as they are."


@pytest.fixture
def manager(sign_in, programme_manager):
    return sign_in(programme_manager)


@pytest.fixture
def rename(programme_manager, fresh):
    """``rename(record, name)``: a person's post, a category or a project."""

    def give(record, name):
        by = {"by": programme_manager, "reason": "Reorganised"}
        if isinstance(record, RiskCategory):
            settings.change_category(fresh(record), name=name, **by)
        elif hasattr(record, "post"):
            people.change_post(record, post=name, **by)
        else:
            projects.change(fresh(record), name=name, **by)

    return give


@pytest.fixture
def delivery(register):
    return RiskCategory.objects.get(name="Delivery")


def test_what_nobody_edited_is_no_error_and_the_new_names_are_told(
    register, delivery, crm, risk_owner, manager, export, send, apply, said, rename
):
    book = export(manager)
    book["R-002", "Cause"] = "One line"
    rename(risk_owner, "Head of Digital")
    rename(delivery, "Getting it done")
    rename(crm, "One view of the customer")
    preview = send(manager, book)
    page = said(preview)
    assert "1 risk changes, 0 are new, 3 stay as they are." in page
    assert "“Head of IT” is called “Head of Digital” by now" in page
    assert "“Delivery” is called “Getting it done” by now" in page
    assert "“DIG-01 Single view of the customer” is called “DIG-01 One view of the customer” by now" in page
    apply(manager, preview)
    risk = Risk.objects.get(ref="R-003")
    assert (risk.version, risk.owner, risk.category) == (1, risk_owner, delivery)


def test_so_it_is_with_the_csv(register, delivery, risk_owner, manager, send, said, rename):
    file = b"".join(manager.get("/risks/?format=csv").streaming_content)
    rename(risk_owner, "Head of Digital")
    rename(delivery, "Getting it done")
    assert SAME in said(send(manager, file, "register.csv"))


def test_a_post_that_a_second_person_holds_by_now_is_still_the_first_ones(
    register, risk_owner, hr, manager, export, send, said, rename
):
    book = export(manager)
    rename(hr, "Head of IT")
    assert SAME in said(send(manager, book))


def test_a_number_tells_whom_whatever_the_posts_are(
    register, risk_owner, hr, manager, export, send, said, rename
):
    rename(hr, "Head of IT")
    book = export(manager)
    assert book["R-003", "Owner"] == f"Head of IT ({risk_owner.number})"
    rename(risk_owner, "Head of Digital")
    assert SAME in said(send(manager, book))


def test_a_post_that_passed_to_another_is_asked_for_and_not_guessed(
    register, risk_owner, hr, manager, export, send, apply, said, rename
):
    book = export(manager)
    rename(risk_owner, "Head of Digital")
    rename(hr, "Head of IT")
    page = said(send(manager, book))
    assert "“Head of IT” is called “Head of Digital” by now, and another has its name." in page
    assert (
        f"Write the number of the one you mean: {' or '.join(sorted([risk_owner.number, hr.number]))}."
        in page
    )
    assert "Save all of it" not in page
    book["R-003", "Owner"] = risk_owner.number
    assert SAME in said(send(manager, book))
    book["R-003", "Owner"] = hr.number
    apply(manager, send(manager, book))
    assert Risk.objects.get(ref="R-003").owner == hr


def test_a_leaver_who_had_the_post_before_raises_no_doubt(
    register, risk_owner, hr, manager, export, send, said, rename, programme_manager
):
    rename(hr, "Head of IT")
    people.deactivate(hr, by=programme_manager, reason="Left the council")
    book = export(manager)
    book["R-003", "Owner"] = "Head of IT"
    rename(risk_owner, "Head of Digital")
    assert SAME in said(send(manager, book))


def test_so_is_a_category_whose_name_passed_to_another(
    register, delivery, category, manager, export, send, said, rename
):
    book = export(manager)
    rename(delivery, "Getting it done")
    category("Delivery", 5)
    page = said(send(manager, book))
    assert "Write “Getting it done” to leave it; choose the other on the risk’s page." in page
    assert "Save all of it" not in page


def test_an_earlier_name_that_is_written_anew_is_taken_where_only_one_bore_it(
    register, delivery, risk_owner, hr, manager, export, send, apply, said, rename
):
    book = export(manager)
    book["R-002", "Owner"], book["R-002", "Category"] = "Head of IT", "Delivery"
    rename(risk_owner, "Head of Digital")
    rename(delivery, "Getting it done")
    preview = send(manager, book)
    assert "1 risk changes" in said(preview)
    apply(manager, preview)
    risk = Risk.objects.get(ref="R-002")
    assert (risk.owner, risk.category) == (risk_owner, delivery)
    rename(hr, "Head of IT")
    rename(hr, "Head of People")
    book = export(manager)
    book["R-004", "Owner"] = "Head of IT"
    assert "“Head of IT” is nobody who can own a risk here." in said(send(manager, book))


def test_whoever_has_left_since_stays_the_owner_of_what_was_not_edited(
    register, risk_owner, manager, export, send, said, rename, programme_manager
):
    book = export(manager)
    rename(risk_owner, "Head of Digital")
    people.deactivate(risk_owner, by=programme_manager, reason="Left the council")
    assert SAME in said(send(manager, book))


def test_a_name_of_a_time_when_the_project_was_kept_from_the_reader_is_not_told(
    register, digital, make_project, lead_digital, lead_commercial, sign_in, export, send, said
):
    hidden = make_project(digital, "DIG-09", "Share of a company", **EXEMPT)
    by = {"by": lead_digital, "reason": "Published"}
    projects.change(hidden, name="A new partner", **by)
    hidden.refresh_from_db()
    projects.change(
        hidden, classification="internal", exempt_paragraphs=[], exempt_reason="", exempt_review=None, **by
    )
    client = sign_in(lead_commercial)
    book = export(client)
    pages = []
    for guess in ("DIG-09 Share of a company", "DIG-09 Share of a quarry"):
        book["R-003", "Place"] = guess
        pages.append(said(send(client, book)).replace(guess, "…"))
    told = [page[page.index("1 error") : page.index("Send another file")] for page in pages]
    assert told[0] == told[1]

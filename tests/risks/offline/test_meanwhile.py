"""What others did to the register while somebody edited it offline: only what both of them changed stands in
the way."""

import datetime
import re

import pytest

from programme.people.models import Appointment
from risks.actions import risks
from risks.models import Risk
from tests.cast import written

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager(sign_in, programme_manager):
    return sign_in(programme_manager)


@pytest.fixture
def meanwhile(lead_digital):
    """``meanwhile("R-001", effect="Late")``: somebody else changes a risk."""

    def change(ref, **facts):
        risk = Risk.objects.get(ref=ref)
        risks.change(risk, by=lead_digital, reason="Known now", **facts)

    return change


def test_a_row_that_nobody_edited_is_no_change_whatever_others_did(
    register, manager, export, send, apply, said, meanwhile
):
    book = export(manager)
    book["R-002", "Cause"] = "One line"
    meanwhile("R-001", effect="Late", cause="Three systems")
    meanwhile("R-003", effect="Later")
    preview = send(manager, book)
    page = said(preview)
    assert "1 risk changes, 0 are new, 3 stay as they are." in page
    assert "Of these, 2 were changed in the portal after the file was written, and the file asks" in page
    apply(manager, preview)
    one, two = Risk.objects.filter(ref__in=["R-001", "R-002"]).order_by("ref")
    assert (one.cause, one.effect, two.cause) == ("Three systems", "Late", "One line")


def test_the_same_change_by_both_is_none(register, manager, export, send, said, meanwhile):
    book = export(manager)
    book["R-001", "Cause"] = "Three systems"
    meanwhile("R-001", cause="Three systems")
    assert "0 risks change, 0 are new, 4 stay as they are." in said(send(manager, book))


def test_a_row_that_both_edited_is_refused_also_in_different_cells(
    register, manager, export, send, said, meanwhile
):
    book = export(manager)
    book["R-001", "Cause"] = "Three systems"
    meanwhile("R-001", effect="Late")
    page = said(send(manager, book))
    assert "R-001 was changed after this workbook was written. Lead for Be Digital changed it last" in page
    assert "Save all of it" not in page


def test_one_that_was_withdrawn_is_left_alone_and_refused_where_it_was_edited(
    register, manager, export, send, said, lead_digital
):
    book = export(manager)
    risks.withdraw(Risk.objects.get(ref="R-002"), by=lead_digital, reason="Stands here twice")
    assert "0 risks change, 0 are new, 4 stay as they are." in said(send(manager, book))
    book["R-002", "Cause"] = "One line"
    assert "R-002 was withdrawn: take its row out of the workbook." in said(send(manager, book))


def test_what_a_risk_was_while_it_was_kept_from_the_reader_is_not_told_by_what_is_refused(
    register, sign_in, lead_digital, agile, fresh, export, send, said
):
    """Whoever guesses right learns no more than whoever guesses wrong."""
    risk = Risk.objects.get(ref="R-004")
    risk.classification, risk.exempt_paragraphs, risk.exempt_reason = "exempt", [3], "A price"
    risk.exempt_review, risk.cause = datetime.date(2030, 1, 1), "The price is 7"
    written(risk)
    risk.classification, risk.cause = "internal", "A price"
    written(risk)
    lead = sign_in(lead_digital)
    pages = []
    for guess in ("The price is 7", "The price is 8"):
        book = export(lead)
        book["R-004", "Cause"], book["R-004", "Version"] = guess, 2
        pages.append(said(send(lead, book)))
    refused = [page[page.index("1 error") : page.index("Send another file")] for page in pages]
    assert refused[0] == refused[1]


def test_a_version_that_there_never_was_is_refused_where_something_was_edited(
    register, manager, export, send, said, meanwhile
):
    meanwhile("R-001", effect="Late")
    book = export(manager)
    book["R-001", "Version"] = 77
    assert "4 stay as they are." in said(send(manager, book))
    book["R-001", "Cause"] = "Three systems"
    assert "“77” is not a version of R-001 that there was." in said(send(manager, book))


def test_a_second_click_is_answered_by_what_the_first_one_did(register, manager, export, send, said):
    book = export(manager)
    book["R-001", "Cause"] = "Three systems"
    preview = send(manager, book)
    page = preview.content.decode()
    sent = {name: re.search(rf'name="{name}" value="([^"]+)"', page)[1] for name in ("shown", "once")}
    address = preview.request["PATH_INFO"]
    first = manager.post(address, sent | {"reason": "Once"}, follow=True)
    assert "1 risk is saved." in said(first)
    second = manager.post(address, sent | {"reason": "Once"}, follow=True)
    assert second.status_code == 200
    assert "You sent this form twice. It was taken once" in said(second)
    assert Risk.objects.get(ref="R-001").version == 2


def test_a_preview_that_is_gone_says_why_and_what_to_do(register, manager, export, send, apply, said):
    book = export(manager)
    book["R-001", "Cause"] = "Three systems"
    preview = send(manager, book)
    apply(manager, preview)
    gone = manager.get(preview.request["PATH_INFO"])
    assert gone.status_code == 404
    assert "It was saved already, a day has passed since it was sent, or it is not yours." in said(gone)
    again = manager.post(preview.request["PATH_INFO"], {"shown": "x", "reason": "Again"})
    assert again.status_code == 404


def test_a_role_that_ended_between_preview_and_saving_saves_nothing(
    register, sign_in, lead_digital, export, send, apply, said
):
    lead = sign_in(lead_digital)
    book = export(lead)
    book["R-001", "Cause"] = "Three systems"
    preview = send(lead, book)
    for one in Appointment.objects.filter(person=lead_digital):
        one.ends = datetime.date(2022, 8, 31)
        written(one)
    answer = lead.post(preview.request["PATH_INFO"], {"shown": "x", "reason": "Late"}, follow=True)
    assert answer.status_code in (403, 404)
    assert Risk.objects.get(ref="R-001").cause == "Two systems"


def test_a_risk_that_became_exempt_elsewhere_between_preview_and_saving_is_not_there_any_more(
    register, sign_in, lead_digital, commercial, fresh, export, send, apply, said
):
    lead = sign_in(lead_digital)
    book = export(lead)
    book["R-001", "Cause"], book["R-002", "Cause"] = "Three systems", "One line"
    preview = send(lead, book)
    risk = Risk.objects.get(ref="R-001")
    risk.scope, risk.owner, risk.cause = commercial.scope, None, "The price is 7"
    risk.classification, risk.exempt_paragraphs, risk.exempt_reason = "exempt", [3], "A price"
    risk.exempt_review = datetime.date(2030, 1, 1)
    written(risk)
    answer = apply(lead, preview)
    assert answer.status_code == 422
    page = said(answer)
    assert "There is no risk “R-001” in the register that you may see." in page
    assert "The price is 7" not in page
    assert "Lead for Be Commercial" not in page
    assert not Risk.objects.filter(cause="One line").exists()

"""Every kind of page but those of benefits and of risks, looked at; and what refuses."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from .office import add_need, appoint, has_left, make_person
from .survey import Survey, of_benefits, of_risks

if TYPE_CHECKING:
    from .visiting import Visitors

pytestmark = pytest.mark.journey


@pytest.fixture(scope="module")
def survey(everybody: Visitors, pack: str) -> Survey:
    """Somebody waits to be confirmed, somebody has left, a project needs another; then all is looked at."""
    survey = Survey(lambda module: not of_benefits(module) and not of_risks(module))
    office = everybody.sit_down("programme-manager")
    make_person(office, "to-be-confirmed", "Head of Audit")
    appoint(office, "Auditor", "Transforming East Herts")
    left = make_person(office, "has-left", "Change Manager")
    has_left(office)
    add_need(office, "DIG-03", "DIG-01")
    past = "/projects/DIG-01/?as_at=2022-10-31"
    survey.follow(
        office, "/", "/plan/COM-03-M01/", "/projects/DIG-03/", past, pack, "/gallery/", f"{left}return/"
    )
    survey.follow(everybody.sit_down("sro"), f"{everybody.address}/jobs/", f"{everybody.address}/people/")
    staff, nobody = everybody.sit_down("staff"), everybody.sit_down()
    survey.follow(nobody, f"{everybody.address}/sign-in/")
    for page, address, status in (
        (staff, "/projects/NONE-99/", 404),
        (staff, "/there/is/no/such/page/", 404),
        (staff, "/people/add/", 403),
        (staff, "/projects/DIG-01/?as_at=tomorrow", 400),
    ):
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == status, address
        survey.look(page, address)
    survey.faults += everybody.leave()
    return survey


def test_every_page_is_accessible_and_whole_on_a_phone(survey: Survey) -> None:
    assert not survey.faults, "\n".join(survey.faults)


def test_no_page_was_left_out(survey: Survey) -> None:
    assert not survey.left_out()

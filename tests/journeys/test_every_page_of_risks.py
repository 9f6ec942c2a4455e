"""Every kind of page of risks and issues, looked at by those who keep, accept and report."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from .registers import say_what_columns_are, send_from_elsewhere
from .survey import Survey, of_risks

if TYPE_CHECKING:
    from .visiting import Visitors

pytestmark = pytest.mark.journey

# Escalated, with a report, closed, accepted, not yet scored; issues that are resolved and that ask a body.
OFFICE = (
    "risks/R-001",
    "risks/R-002",
    "risks/R-006",
    "risks/R-006/class",
    "risks/R-012",
    "risks/R-013",
    "risks/workbook/mappings",
    "issues",
    "issues/I-001",
    "issues/I-002",
    "risks/R-001/?as_at=2022-10-31",
    "risks/matrix/?as_at=2022-10-31",
)


@pytest.fixture(scope="module")
def survey(everybody: Visitors, tmp_path_factory: pytest.TempPathFactory) -> Survey:
    survey = Survey(of_risks)
    start = everybody.address
    page = everybody.sit_down("programme-manager")
    send_from_elsewhere(page, tmp_path_factory.mktemp("sent"), "looked-at.csv", first="Hazard")
    columns = page.url
    survey.follow(page, columns)
    page.goto(columns)
    say_what_columns_are(page, keep_as="Looked at", first="Hazard")
    survey.follow(page, page.url, f"{page.url}compare/")
    survey.follow(everybody.sit_down("programme-manager"), f"{start}/risks/")
    pages = (f"{start}/{page}" if "?" in page else f"{start}/{page}/" for page in OFFICE)
    survey.follow(everybody.sit_down("programme-manager"), *pages)
    survey.follow(everybody.sit_down("sro"), f"{start}/risks/R-012/", f"{start}/risks/R-012/accept/")
    survey.faults += everybody.leave()
    return survey


def test_every_page_is_accessible_and_whole_on_a_phone(survey: Survey) -> None:
    assert not survey.faults, "\n".join(survey.faults)


def test_no_page_was_left_out(survey: Survey) -> None:
    assert not survey.left_out()

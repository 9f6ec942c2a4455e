"""Every kind of page of risks and issues, looked at by those who keep, accept and report."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from .survey import Survey, of_risks

if TYPE_CHECKING:
    from .visiting import Visitors

pytestmark = pytest.mark.journey

# Escalated, with a report, closed, accepted, not yet scored; issues that are resolved and that ask a body.
OFFICE = (
    "risks/R-001",
    "risks/R-002",
    "risks/R-006",
    "risks/R-012",
    "risks/R-013",
    "issues",
    "issues/I-001",
    "issues/I-002",
    "risks/R-001/?as_at=2022-10-31",
)

# No link leads to what is made of a workbook that somebody has sent.
AFTER_A_FILE = {"register-columns", "register-compare", "register-preview"}


@pytest.fixture(scope="module")
def survey(everybody: Visitors) -> Survey:
    survey = Survey(of_risks)
    start = everybody.address
    survey.follow(everybody.sit_down("programme-manager"), f"{start}/risks/")
    pages = (f"{start}/{page}" if "?" in page else f"{start}/{page}/" for page in OFFICE)
    survey.follow(everybody.sit_down("programme-manager"), *pages)
    survey.follow(everybody.sit_down("sro"), f"{start}/risks/R-012/", f"{start}/risks/R-012/accept/")
    survey.faults += everybody.leave()
    return survey


def test_every_page_is_accessible_and_whole_on_a_phone(survey: Survey) -> None:
    assert not survey.faults, "\n".join(survey.faults)


def test_no_page_was_left_out(survey: Survey) -> None:
    left_out = set(survey.left_out().split(", ")) - {""}
    assert left_out <= AFTER_A_FILE

"""Decisions, exemptions, priorities and principles, for tests about projects and the register.

Models are imported inside, because this file is read before Django is ready.
"""

from __future__ import annotations

import datetime

import pytest

from tests.cast import written


@pytest.fixture
def decide(board):
    """``decide("TB-2022-001", outcome="rejected", …) -> Decision`` of the board, internal unless said."""

    from programme.portfolio.models import Decision

    def make(reference="TB-2022-001", **facts):
        facts = {"outcome": "approved", "classification": "internal", "body": board} | facts
        words = {"question": "Shall it go ahead?", "reasons": "The case is made."}
        return written(Decision(reference=reference, date=datetime.date(2022, 9, 20), **words | facts))

    return make


@pytest.fixture
def exempt():
    """The fields that make a record exempt."""
    return {
        "classification": "exempt",
        "exempt_paragraphs": [4],
        "exempt_reason": "Consultation has not begun.",
        "exempt_review": datetime.date(2023, 4, 1),
    }


@pytest.fixture
def priority(db):
    from programme.portfolio.models import CorporatePriority

    return written(CorporatePriority(name="Enabling our communities", position=2))


@pytest.fixture
def principle(digital):
    from programme.portfolio.models import DesignPrinciple, Workstrand

    strand = written(Workstrand(workstream=digital, name="Technology", position=5))
    return written(DesignPrinciple(workstrand=strand, text="A single view of the customer", position=1))

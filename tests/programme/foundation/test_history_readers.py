"""History shows a reader nothing of a time, or of a record, that is kept from them."""

import datetime

import pytest

from programme.foundation.changes import KEPT_BACK
from programme.people.choices import Classification
from programme.portfolio.models import Decision

pytestmark = pytest.mark.django_db


@pytest.fixture
def once_exempt(crm, programme_manager):
    """A project that was exempt for a while and is open again."""
    crm.classification = Classification.EXEMPT
    crm.exempt_paragraphs, crm.exempt_reason = [3], "A supplier's prices"
    crm.exempt_review = datetime.date(2030, 1, 1)
    crm.purpose = "Buy from the cheapest of three"
    crm.record(by=programme_manager, reason="Prices came in")
    crm.classification, crm.purpose = Classification.OPEN, "Buy it"
    crm.exempt_paragraphs, crm.exempt_reason, crm.exempt_review = [], "", None
    crm.record(by=programme_manager, reason="Contract signed")
    return crm


def test_who_reads_all_exempt_material_reads_the_whole_history(once_exempt, auditor):
    assert [one.reason for one in once_exempt.changes(auditor)][:2] == ["Contract signed", "Prices came in"]


def test_others_read_nothing_of_the_exempt_time(once_exempt, lead_commercial):
    entries = once_exempt.changes(lead_commercial)
    assert "Prices came in" not in [one.reason for one in entries]
    words = [value for one in entries for field in one.fields for value in (field.old, field.new)]
    assert "Buy from the cheapest of three" not in words


def test_a_decision_kept_from_the_reader_is_not_named(crm, board, programme_manager, lead_digital, auditor):
    decision = Decision(
        reference="TB-2022-001",
        date=datetime.date(2022, 7, 13),
        body=board,
        question="Which supplier?",
        outcome="approved",
        reasons="The price",
        classification=Classification.EXEMPT,
        exempt_paragraphs=[3],
        exempt_reason="A supplier's prices",
        exempt_review=datetime.date(2030, 1, 1),
    ).record(by=programme_manager, reason="Entered")
    crm.stage, crm.stage_decision = "delivery", decision
    crm.record(by=programme_manager, reason="The board decided")

    def named(reader):
        return [field.new for field in crm.changes(reader)[0].fields if field.label.startswith("Decision")]

    assert named(auditor) == ["TB-2022-001"]
    assert named(lead_digital) == [KEPT_BACK]

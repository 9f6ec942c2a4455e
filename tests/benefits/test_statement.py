"""What a pack states line by line comes to what the savings page adds up, and its claims go with the lines."""

from datetime import date
from decimal import Decimal

import pytest

from benefits.models import Claim
from benefits.reading.outlook import Asked, outlook
from benefits.reading.savings import reading_of
from benefits.reading.statement import savings_statement
from benefits.rules.totals import Axis
from programme.foundation.money import FinancialYear
from programme.people.models import User
from tests.cast import written
from tests.savings import EXEMPT

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("axis", [Axis.YEAR, Axis.WORKSTREAM, Axis.CATEGORY])
def test_pack_and_page_come_to_the_same(story_told, axis):
    sro = User.objects.get(username="sro")
    stated, shown = savings_statement(sro).along(axis), outlook(reading_of(sro), Asked(axis=axis))
    assert stated.parts, "there is something to compare"
    assert stated.parts == shown.parts
    assert stated.gaps == shown.gaps


@pytest.mark.parametrize("day", [None, date(2022, 11, 29)])
def test_claims_stand_with_their_line_and_are_kept_with_it(
    benefit, line, agile, lead_agile, lead_digital, finance, on_30_november, day
):
    secret = line(benefit(home=agile), **EXEMPT)
    year = FinancialYear(2022)
    about = {"line": secret, "year": year, "booked": year, "amount": Decimal(900), "claimed_by": lead_agile}
    shown = {"words": "Posts held vacant", "evidence_link": "https://intranet.example/ledger"}
    written(Claim(ref="CL-0001", **about, **shown))
    written(Claim(ref="CL-0002", status="sent_back", **about, **shown))
    for reader in (finance, lead_agile):
        [claim] = savings_statement(reader, day).claims
        assert (claim.ref, claim.line, claim.claimed) == ("CL-0001", secret.ref, 900)
        assert (claim.status, claim.full_year, claim.verified_by) == ("Waits for finance", None, "")
        assert claim.evidence == "https://intranet.example/ledger"
    assert savings_statement(lead_digital, day).claims == ()

"""The claims behind what a pack says is claimed and delivered, one by one."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from benefits.models import Claim
from benefits.reading.statement import savings_statement
from programme.foundation.money import FinancialYear
from tests.cast import written
from tests.savings import EXEMPT

pytestmark = pytest.mark.django_db


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

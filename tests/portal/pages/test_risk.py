"""A risk's page names the benefits that the risk threatens, to whoever may know of both."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from benefits.models import Benefit, Threat
from tests.cast import written
from tests.portal.pages.test_home_of_risks import EXEMPT

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
TITLE = "Benefits it threatens"


@pytest.fixture
def threatened(make_risk: Any, digital: Any) -> Any:
    """``threatened("B-001", note="…") -> Threat`` of R-001 to a benefit of Be Digital."""
    risk = make_risk("R-001", (3, 3))

    def make(ref: str, note: str = "", **facts: Any) -> Threat:
        benefit = written(Benefit(ref=ref, name=f"Benefit {ref}", scope=digital.scope, **facts))
        return written(Threat(benefit=benefit, risk=risk, note=note))

    return make


@pytest.fixture
def section(sign_in: Any) -> Any:
    """``section(person, as_at=…) -> str``: what the page of R-001 says of benefits."""

    def read(user: Any, as_at: str = "") -> str:
        answer = sign_in(user).get("/risks/R-001/", {"as_at": as_at})
        assert answer.status_code == 200
        return answer.content.decode().partition(f">{TITLE}</h2>")[2].partition("</section>")[0]

    return read


def test_it_names_each_with_what_would_be_lost(threatened, section, auditor):
    threatened("B-001", "A month of postage")
    threatened("B-002")
    words = section(auditor)
    assert 'href="/benefits/B-001/"' in words
    assert words.index("A month of postage") < words.index("Benefit B-002") < words.index("Nobody has said")


def test_an_exempt_benefit_leaves_no_trace(threatened, section, lead_digital, group_member):
    threatened("B-066", "The price", **EXEMPT)
    assert "B-066" in section(lead_digital)
    words = section(group_member)
    assert "No benefit names this risk" in words
    assert "B-066" not in words


def test_one_that_is_threatened_no_more_stands_in_the_past_only(threatened, section, auditor, lead_digital):
    link = threatened("B-001")
    link.withdraw(by=lead_digital, reason="Found to be unaffected")
    assert "B-001" not in section(auditor)
    assert "B-001" in section(auditor, datetime.date(2022, 8, 1).isoformat())

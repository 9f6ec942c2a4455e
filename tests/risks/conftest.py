"""Risks, categories, decisions and risk owners for the tests of the register."""

from __future__ import annotations

import datetime

import pytest

from tests.cast import BEGINNING, written


@pytest.fixture
def on(db):
    """``on(datetime.date(2022, 9, 1))``: the portal's clock stands on that day from now on."""
    from programme.foundation.models import Clock

    def stop(day):
        Clock.objects.update_or_create(pk=1, defaults={"fixed_on": day})
        return day

    return stop


@pytest.fixture
def today(on):
    return on(datetime.date(2022, 9, 1))


@pytest.fixture
def category(db):
    """``category("Delivery", 12) -> RiskCategory`` that tolerates scores up to 12."""
    from risks.models import RiskCategory

    def make(name="Delivery", highest=12):
        return written(RiskCategory(name=name, appetite="cautious", highest_tolerated=highest))

    return make


@pytest.fixture
def make_risk(digital):
    """``make_risk("R-001", (3, 4), target=(2, 2), owner=…) -> Risk`` of Be Digital, unscored unless said."""
    from risks.models import Risk

    def make(ref="R-001", current=None, *, target=None, inherent=None, **facts):
        pairs = {"current": current, "target": target, "inherent": inherent}
        for kind, pair in pairs.items():
            facts[f"{kind}_likelihood"], facts[f"{kind}_impact"] = pair or (None, None)
        facts = {"scope": digital.scope, "title": f"Risk {ref}", "raised_on": BEGINNING} | facts
        return written(Risk(ref=ref, **facts))

    return make


@pytest.fixture
def decision(board):
    """``decision("TB-2022-001") -> Decision`` of the Programme Board that approves."""
    from programme.portfolio.models import Decision

    def make(reference="TB-2022-001", outcome="approved", body=None):
        words = {"question": "May this risk be carried?", "reasons": "It may, for a time."}
        return written(
            Decision(reference=reference, date=BEGINNING, body=body or board, outcome=outcome, **words)
        )

    return make


@pytest.fixture
def risk_owner(person, digital):
    return person("owner", "Head of IT", ("risk_owner", digital.scope))


@pytest.fixture
def fresh():
    """``fresh(record)``: another copy of it, as it stands in the database now."""
    return lambda record: type(record).objects.get(pk=record.pk)

"""Benefits with lines, profiles and a measure, for every test about savings.

``benefit("B-001", home=agile, lines=[{"approved": {"2023/24": 150_000}}])`` makes one with its lines;
``line`` adds one. Both are written by the installation with effect from the beginning, like the rest.
Models are imported inside, because this file is read before Django is ready.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from tests.cast import BEGINNING, written

if TYPE_CHECKING:
    from benefits.models import Benefit, BenefitLine
    from programme.people.models import Scope
    from programme.performance.models import Measure

    Profile = Mapping[str, Decimal | int]

SOURCE: dict[str, Any] = {"source_document": "Savings plan", "source_as_at": BEGINNING}
EXEMPT: dict[str, Any] = {
    "classification": "exempt",
    "exempt_paragraphs": [1, 2, 4],
    "exempt_reason": "Posts could be told from it before people are spoken to.",
    "exempt_review": datetime.date(2023, 6, 30),
}
PROFILES = ("original", "approved", "forecast")


@pytest.fixture
def line(db: None) -> Callable[..., BenefitLine]:
    """``line(benefit, approved={"2023/24": 150_000}, forecast={…}, kind="income", …) -> BenefitLine``.

    Approved without ``original`` was approved once: both are the same. A line is a recurring cash-releasing
    service redesign, internal and rated deliverable, unless said.
    """
    from benefits.models import BenefitAmount, BenefitLine
    from programme.foundation.money import FinancialYear

    def make(benefit: Benefit, name: str = "", **facts: Any) -> BenefitLine:
        profiles: dict[str, Profile] = {kind: facts.pop(kind, {}) for kind in PROFILES}
        profiles["original"] = profiles["original"] or profiles["approved"]
        number = BenefitLine.objects.filter(benefit=benefit).count() + 1
        known = {"category": "service_redesign", "deliverability": "deliverable", "position": number}
        who = {"benefit": benefit, "ref": f"{benefit.ref}-L{number}", "scope": benefit.scope}
        new = written(
            BenefitLine(name=name or f"Line {number} of {benefit.ref}", **who, **SOURCE | known | facts)
        )
        for kind, profile in profiles.items():
            for year, amount in profile.items():
                what = {"kind": kind, "year": FinancialYear.parse(year), "amount": Decimal(amount)}
                written(BenefitAmount(line=new, **what))
        return new

    return make


@pytest.fixture
def benefit(programme_scope: Scope, line: Callable[..., BenefitLine]) -> Callable[..., Benefit]:
    """``benefit("B-001", home=agile, lines=[{…}], owner=lead_agile, …) -> Benefit``: internal unless said.

    ``home`` is a project, a workstream or a scope, else the programme; ``lines`` is what ``line`` takes.
    """
    from benefits.models import Benefit

    def make(
        ref: str = "B-001", name: str = "", *, home: Any = None, lines: Iterable[Mapping] = (), **facts: Any
    ) -> Benefit:
        scope = getattr(home, "scope", home) or programme_scope
        facts = {"classification": "internal", "position": int(ref[2:])} | facts
        new = written(Benefit(ref=ref, name=name or f"Benefit {ref}", scope=scope, **facts))
        for one in lines:
            line(new, **one)
        return new

    return make


@pytest.fixture
def measure(programme_scope: Scope) -> Callable[..., Measure]:
    """``measure("M-001", baseline=40, target=20, …) -> Measure``: internal, of the programme, unless said."""
    from programme.performance.models import Measure

    def make(ref: str = "M-001", name: str = "", **facts: Any) -> Measure:
        words = {"name": name or f"Measure {ref}", "unit": "days", "direction": "down"}
        known = {"classification": "internal", "scope": programme_scope}
        return written(Measure(ref=ref, **SOURCE | words | known | facts))

    return make

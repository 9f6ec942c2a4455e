"""A measure of one workstream, for the tests of its record and pages."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from programme.people.models import User
    from programme.performance.models import Measure
    from programme.portfolio.models import Workstream

SOURCE = {"source_document": "Business case", "source_as_at": datetime.date(2022, 7, 4), "basis": "estimate"}


@pytest.fixture
def measure(installation: User, digital: Workstream) -> Callable[..., Measure]:
    """``measure(home=scope, target=Decimal(90), …) -> Measure``: of digital and in per cent unless said."""
    from programme.performance.actions import measures

    def make(**facts: Any) -> Measure:
        known = {"name": "Contact online", "unit": "per cent", "direction": "up", "home": digital.scope}
        return measures.add(by=installation, reason="The world of a test", **known | SOURCE | facts)

    return make

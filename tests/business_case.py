"""The business case as the portal's own facts give it, loaded, and people of every kind on its places."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from portal.business_case.facts import Facts
    from programme.people.models import User


@pytest.fixture(scope="session")
def facts() -> Facts:
    from portal.business_case.loading import FACTS
    from portal.business_case.parsing import parse

    return parse(FACTS)


@pytest.fixture(scope="module")
def case_loaded(facts: Facts, django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The business case, written by the installation; undone when the module's tests are done."""
    from portal.business_case.loading import load
    from tests.cast import installer
    from tests.worlds import world

    with django_db_blocker.unblock(), world("business case", lambda: load(facts, by=installer())):
        yield


@pytest.fixture
def loaded(facts: Facts, case_loaded: None, db: None) -> Facts:
    """The facts, and the business case as they gave it; what a test writes is undone after it, as always."""
    return facts


ROLES = {
    "sro": [("sro", "programme-board")],
    "chief-executive": [("board_member", "programme-board")],
    "finance": [("specialist_adviser", "programme-board", "finance"), ("finance_reviewer", "")],
    "programme-manager": [("programme_manager", "")],
    "auditor": [("auditor", "")],
    "lead-agile": [("workstream_lead", "agile-sustainable"), ("benefit_owner", "agile-sustainable")],
    "lead-commercial": [("workstream_lead", "commercial")],
    "lead-digital": [("workstream_lead", "digital")],
    "pm-crm": [("project_manager", "dig-01")],
    "pm-staffing": [("project_manager", "ags-05")],
    "champion": [("group_member", "delivery-agile-sustainable")],
    "communications-officer": [("communications", "")],
    "staff": [("staff", "")],
}


@pytest.fixture
def reader(loaded: Facts, person: Callable[..., User]) -> Callable[[str], User]:
    """``reader("lead-digital") -> User``: somebody with that part, on the places of the business case."""
    from programme.people.models import Scope

    def make(part: str) -> User:
        roles = [
            (role, Scope.objects.get(key=place or "transforming-east-herts"), *what)
            for role, place, *what in ROLES[part]
        ]
        return person(part, part, *roles)

    return make

"""Making a record exempt by the page that asks who may see it, as its button leads there."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from programme.people.models import User

TYPED = {
    "classification": "exempt",
    "exempt_paragraphs": ["1"],
    "exempt_reason": "It names a clerk",
    "exempt_review": "2023-09-01",
    "reason": "A reader noticed a name",
}


@pytest.fixture
def make_exempt(sign_in: Callable[..., Any]) -> Callable[..., int]:
    """``make_exempt(person, address, **typed) -> status``."""

    def send(person: User, address: str, **typed: Any) -> int:
        client = sign_in(person)
        page = client.get(f"{address}class/")
        if page.status_code != 200:
            return page.status_code
        posted = {**TYPED, "version": page.context["version"], **typed}
        return client.post(f"{address}class/", posted).status_code

    return send

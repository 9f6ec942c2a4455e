"""The portal as a newcomer finds it: business case, demo people and illustration.

Telling the story takes seconds, so tests share one telling (see ``worlds``); each test's own writing is
undone after it, as always.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from django.test import Client


@pytest.fixture(scope="module")
def story_told(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Everything that ``make run`` loads on its first start; undone when the module's tests are done."""
    from django.core.management import call_command

    from tests.worlds import world

    def tell() -> None:
        for command in ("load_business_case", "load_demo_people", "load_illustration"):
            call_command(command, verbosity=0)

    with django_db_blocker.unblock(), world("story", tell):
        yield


@pytest.fixture
def as_person(story_told: None, db: None) -> Callable[[str], Client]:
    """``as_person("lead-digital") -> Client``: a browser session of one of the demo people."""
    from django.test import Client

    from programme.people.models import User

    def sign_in(username: str) -> Client:
        client = Client()
        client.force_login(User.objects.get(username=username))
        return client

    return sign_in

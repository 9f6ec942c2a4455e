"""The form of the sign-in page: one sentence for whatever was wrong, and patience after ten failures.

Failures are counted by user name in the cache that all web processes share, whether or not somebody of
that name exists, so that the page never tells which names do.
"""

from __future__ import annotations

import hashlib
import time
from typing import Any

from django.contrib.auth.forms import AuthenticationForm
from django.core.cache import cache
from django.core.exceptions import ValidationError

FAILURES = 10
WITHIN = 15 * 60  # seconds, from the first failure on

WRONG = "The user name or the password is not right."
WAIT = (
    f"There were {FAILURES} failed attempts to sign in with this user name. "
    "Wait 15 minutes and try again, or ask the programme office."
)


class SignInForm(AuthenticationForm):
    """User name and password. Says the same of a wrong password, an unknown name and a leaver."""

    error_messages = {"invalid_login": WRONG, "inactive": WRONG}

    def __init__(self, *arguments: Any, **options: Any):
        super().__init__(*arguments, **options)
        self.fields["username"].label = "User name"
        self.fields["username"].widget.attrs |= {"autocomplete": "username", "spellcheck": "false"}
        self.fields["username"].error_messages["required"] = "Enter your user name"
        self.fields["password"].error_messages["required"] = "Enter your password"

    def clean(self) -> dict[str, Any]:
        username = self.cleaned_data.get("username")
        if not username or not self.cleaned_data.get("password"):
            return self.cleaned_data
        if failures(username) >= FAILURES:
            raise ValidationError(WAIT, code="wait")
        try:
            cleaned = super().clean()
        except ValidationError:
            _count_failure(username)
            raise
        cache.delete(_key(username))
        return cleaned


def failures(username: str) -> int:
    """Failed attempts with this user name that still count."""
    count, until = cache.get(_key(username), (0, 0))
    return count if until > time.time() else 0


def _count_failure(username: str) -> None:
    count, until = cache.get(_key(username), (0, 0))
    if until <= time.time():
        count, until = 0, time.time() + WITHIN
    cache.set(_key(username), (count + 1, until), timeout=until - time.time())


def _key(username: str) -> str:
    return f"sign-in-failures:{hashlib.sha256(username.strip().casefold().encode()).hexdigest()}"

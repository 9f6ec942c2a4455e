"""The form of the sign-in page: one sentence for whatever was wrong, and patience after ten failures.

Failures are counted by user name and address together, so that a stranger who tries somebody's name keeps
nobody out but themselves; they are counted in the database, which all web processes share, and before the
password is looked at, so that ten at once are ten. A name that is tried from very many addresses is answered
slowly, its owner's own attempt too, and never refused. Whether or not somebody of that name exists makes no
difference to any of this, so that the page never tells which names do.
"""

from __future__ import annotations

import time
from typing import Any

from django.contrib.auth.forms import AuthenticationForm
from django.core.exceptions import ValidationError

from programme.foundation import tallies

from .client_address import client_address

FAILURES = 10  # of one name from one address
FAILURES_ANYWHERE = 100  # of one name; every further attempt is answered slowly
WITHIN = 15 * 60  # seconds, from the first failure on
SLOWLY = 1.0  # seconds

WRONG = "The user name or the password is not right."
WAIT = (
    f"There were {FAILURES} failed attempts to sign in with this user name from where you are. "
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
        anywhere = f"sign-in {username.strip().casefold()}"
        here = f"{anywhere} from {client_address(self.request)}"
        if tallies.add(here, seconds=WITHIN) > FAILURES:
            raise ValidationError(WAIT, code="wait")
        if tallies.add(anywhere, seconds=WITHIN) > FAILURES_ANYWHERE:
            time.sleep(SLOWLY)
        cleaned = super().clean()
        tallies.forget(here)
        tallies.take_back(anywhere)
        return cleaned

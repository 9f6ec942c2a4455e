"""What production must not hold: asked when a web process or a worker starts, and by `manage.py check`.

Weak secrets, debug and open hosts are refused while settings are read (portal/settings.py); what is refused
here can only be known from the database.
"""

from __future__ import annotations

import sys

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, DatabaseError

from programme.foundation.models import Clock
from programme.people.models import User

BOOT_FAILED = 3  # the status by which gunicorn knows that starting once more will not help


def unfit(alias: str = DEFAULT_DB_ALIAS) -> list[str]:
    """Why this database is not one for production, in sentences; nothing outside production."""
    if not settings.PRODUCTION:
        return []
    found = []
    if User.objects.using(alias).filter(is_demo=True).exists():
        found.append(
            "People of the demonstration are in this database, and production refuses them. "
            "Begin production with a database of its own."
        )
    if Clock.objects.using(alias).exists():
        found.append(
            "The portal's clock is stopped by the illustration, and production refuses that. "
            "Begin production with a database of its own."
        )
    return found


def refuse_unfit() -> None:
    """Ends the process with a sentence where the database is not fit for production, or cannot be asked."""
    try:
        reasons = unfit()
    except DatabaseError as error:
        reasons = [f"The database could not be asked ({error}). Is it there, and has manage.py migrate run?"]
    if reasons:
        sys.stderr.write("\n".join(f"The portal does not start: {reason}" for reason in reasons) + "\n")
        sys.exit(BOOT_FAILED)

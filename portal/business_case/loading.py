"""Loads the business case into the portal: all of it or, where anything is wrong, nothing."""

from __future__ import annotations

import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction

from programme.foundation.calendar import LONDON, NOON
from programme.people.models import User

from . import money_records, performance_records, portfolio_records, risk_records
from .facts import Facts
from .settling import Outcome, Settling

FACTS = Path(__file__).with_name("facts.yaml")


@transaction.atomic
def load(facts: Facts, *, by: User) -> Outcome:
    """Writes the facts as governed records and says what that changed; loading them again changes nothing.

    New records take effect on the document's date; in production, which allows no other date of effect
    than the present, now. Changes of the facts always take effect now.
    """
    settling = Settling(by=by, effective=_effective(facts.document.dated))
    places = portfolio_records.load(facts, settling)
    money_records.load(facts, settling, places)
    performance_records.load(facts, settling, places)
    risk_records.load(facts, settling, places)
    return settling.finish()


def _effective(dated: datetime.date) -> datetime.datetime | None:
    return None if settings.PRODUCTION else datetime.datetime.combine(dated, NOON, tzinfo=LONDON)

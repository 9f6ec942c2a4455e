"""What is settled about benefits for everybody: discount rate, horizon, horizon date, smallest group."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError

from programme.people.models import User

from ..models import BenefitsSettings

CHANGEABLE = {"discount_rate", "horizon", "horizon_date", "horizon_date_words", "smallest_group"}
DATE_NEEDS_WORDS = "Say what happens on the horizon date: it is an assumption, and readers must know which."
WORDS_NEED_DATE = "Give the day on which this happens, or leave these words out."


def settle(settings: BenefitsSettings, *, by: User, reason: str, **facts: Any) -> BenefitsSettings:
    """Settles them from now on; what held before stays in the history, with its day.

    The first time makes the one row. Raises ``ValidationError`` at the field that is wrong, or ``Stale``.
    """
    if unknown := set(facts) - CHANGEABLE:
        raise ValidationError(f"These are not settled here: {', '.join(sorted(unknown))}.")
    for name, value in facts.items():
        setattr(settings, name, value)
    if settings.horizon_date and not settings.horizon_date_words:
        raise ValidationError({"horizon_date_words": DATE_NEEDS_WORDS})
    if settings.horizon_date_words and not settings.horizon_date:
        raise ValidationError({"horizon_date": WORDS_NEED_DATE})
    if settings.pk is None:
        settings.version = 1  # until then the page knows the defaults as version 0
    return settings.record(by=by, reason=reason)

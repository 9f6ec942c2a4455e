"""The register of decisions: what a body decided, entered by those who may."""

from __future__ import annotations

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from programme.foundation import calendar
from programme.people.models import User

from ..models import Body, Decision


def next_reference(year: int) -> str:
    """The next free reference of a calendar year: ``TB-2022-014``."""
    stem = f"TB-{year}-"
    taken = Decision.objects.filter(reference__startswith=stem).values_list("reference", flat=True)
    numbers = [int(one.removeprefix(stem)) for one in taken if one.removeprefix(stem).isdecimal()]
    return f"{stem}{max(numbers, default=0) + 1:03}"


@transaction.atomic
def enter(*, body: Body, date: datetime.date, by: User, reason: str, **facts: Any) -> Decision:
    """Enters a decision taken on paper. ``facts``: question, outcome, reasons, classification and the like;
    ``reference`` is given only where the paper already carries one. Raises ``ValidationError``."""
    if date > calendar.today():
        raise ValidationError({"date": "A decision cannot be entered before it is taken."})
    reference = facts.pop("reference", "") or next_reference(date.year)
    return Decision(body=body, date=date, reference=reference, **facts).record(by=by, reason=reason)


def correct(decision: Decision, *, by: User, reason: str, **facts: Any) -> Decision:
    """Corrects an entry of the register; the reference and the body stay. Raises ``ValidationError``."""
    fixed = set(facts) & {"reference", "body"}
    if fixed:
        raise ValidationError("The reference and the body of a decision do not change.")
    for field, value in facts.items():
        setattr(decision, field, value)
    return decision.record(by=by, reason=reason)

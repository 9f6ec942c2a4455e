"""The register of decisions: what a body decided, entered by those who may."""

from __future__ import annotations

import datetime
from typing import Any

from django.core.exceptions import ValidationError

from programme.foundation import calendar
from programme.people.models import User

from ..models import Body, Decision
from ..references import numbered

FIXED = {"reference", "body"}


def enter(
    *, body: Body, date: datetime.date, by: User, reason: str, reference: str = "", **facts: Any
) -> Decision:
    """Enters a decision taken on paper; ``reference`` is given only where the paper already carries one.

    ``facts``: question, outcome, reasons, classification and the like. Two people who enter at once get
    two numbers. Raises ``ValidationError`` at the field that is wrong.
    """
    _refuse_future(date)

    def write(number: str) -> Decision:
        return Decision(body=body, date=date, reference=number, **facts).record(by=by, reason=reason)

    if reference:
        return write(reference)
    stem = f"TB-{date.year}-"

    def taken() -> list[str]:
        return list(Decision.objects.filter(reference__startswith=stem).values_list("reference", flat=True))

    return numbered(write, stem=stem, taken=taken, width=3)


def correct(decision: Decision, *, by: User, reason: str, **facts: Any) -> Decision:
    """Corrects an entry of the register; the reference and the body stay. Raises ``ValidationError``.

    An outcome that approves cannot be taken back while something still stands on it.
    """
    if set(facts) & FIXED:
        raise ValidationError("The reference and the body of a decision do not change.")
    _refuse_future(facts.get("date", decision.date))
    for field, value in facts.items():
        setattr(decision, field, value)
    if not decision.approves and (standing := _what_stands_on(decision)):
        raise ValidationError(
            {"outcome": f"This decision is the authority for {standing}. Settle that on another one first."}
        )
    return decision.record(by=by, reason=reason)


# What names a decision as its authority, by the name under which a decision knows of it. Records of the rooms
# above that name one are found as well, and called by their own name.
AUTHORITY_FOR = {
    "stage_moves": "the stage of a project",
    "dated_projects": "the approved dates of a project",
    "baselines": "the baseline of a plan",
}


def _what_stands_on(decision: Decision) -> str:
    """The first thing that has ``decision`` as its authority now, in words; nothing where nothing has."""
    for relation in Decision._meta.related_objects:
        name, kind = str(relation.get_accessor_name()), relation.related_model
        if getattr(decision, name).live().exists():
            return AUTHORITY_FOR.get(name, f"a {kind._meta.verbose_name}")
    return ""


def _refuse_future(date: datetime.date) -> None:
    if date > calendar.today():
        raise ValidationError({"date": "A decision cannot be entered before it is taken."})

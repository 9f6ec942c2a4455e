"""Links between benefits and the risks that threaten them: link and take off."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction

from programme.people.models import User
from risks.models import Risk

from ..guards import refuse_withdrawn
from ..models import Benefit, Threat

NOT_STANDING = "This risk cannot happen any more: choose one that is open or escalated."


@transaction.atomic
def link(benefit: Benefit, *, risk: Risk, note: str = "", by: User, reason: str) -> Threat:
    """Says that a risk threatens a benefit, and in the note what it would take.

    The risk itself does not change by it, so that whoever reviews it meanwhile is not disturbed. Raises
    ``ValidationError``, at ``risk`` where that cannot happen any more or is linked already.
    """
    refuse_withdrawn(benefit)
    held = Risk.objects.select_for_update().get(pk=risk.pk)
    if not held.is_standing:
        raise ValidationError({"risk": NOT_STANDING})
    if Threat.objects.live().filter(benefit=benefit, risk=held).exists():
        raise ValidationError({"risk": "This risk is linked to the benefit already."})
    return Threat(benefit=benefit, risk=held, note=note).record(by=by, reason=reason)


def no_longer(threat: Threat, *, by: User, reason: str) -> Threat:
    """Takes a risk off the benefit; the link stays in history. Raises ``ValidationError`` or ``Stale``."""
    if threat.withdrawn:
        raise ValidationError("This risk was taken off the benefit already.")
    return threat.withdraw(by=by, reason=reason)

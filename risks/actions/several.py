"""Many risks at once: owner, category and place, with one reason, all or none."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from programme.people.models import User

from ..models import Risk, RiskCategory
from .risks import PLACES

CHANGEABLE = {"owner", "category", "scope"}


@transaction.atomic
def change(risks: Sequence[Risk], *, by: User, reason: str, **facts: Any) -> list[Risk]:
    """Sets ``owner``, ``category`` or ``scope`` of many risks; gives those that this changed.

    All or none: one that is withdrawn, or that somebody changed meanwhile (``Stale``), stops them all. How
    many queries it takes does not depend on how many risks, up to a batch. Raises ``ValidationError``.
    """
    if not facts or set(facts) - CHANGEABLE:
        raise ValidationError("Choose an owner, a category or a place for these risks.")
    _refuse(facts)
    gone = [risk.ref for risk in risks if risk.withdrawn]
    if gone:
        raise ValidationError(f"{', '.join(gone[:5])}: withdrawn, and not changed any more.")
    keys = {f"{name}_id": value and value.pk for name, value in facts.items()}
    changed = [risk for risk in risks if any(getattr(risk, key) != value for key, value in keys.items())]
    for risk in changed:
        for name, value in facts.items():
            setattr(risk, name, value)
    # What is written was checked above, for all of them: asking each row again would take minutes.
    Risk.objects.bulk_record(changed, by=by, reason=reason, clean=False)
    return changed


def _refuse(facts: dict[str, Any]) -> None:
    if "scope" in facts and (facts["scope"] is None or facts["scope"].kind not in PLACES):
        raise ValidationError({"scope": "A risk lies on the programme, a workstream or a project."})
    category = facts.get("category")
    if category is not None and not RiskCategory.objects.to_choose().filter(pk=category.pk).exists():
        raise ValidationError({"category": "This category is not in use any more."})
    owner = facts.get("owner")
    if owner is not None and not owner.is_active:
        raise ValidationError({"owner": "This person has left: choose somebody else."})

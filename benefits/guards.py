"""What every action on a record of benefits refuses first, and what all of them say of who may see it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError

CLASS_FIELDS = {"classification", "exempt_paragraphs", "exempt_reason", "exempt_review"}


def refuse_withdrawn(record: Any) -> None:
    """Raises ``ValidationError`` for a record, with a reference, that is out of use."""
    if record.withdrawn:
        raise ValidationError(f"{record.ref} was withdrawn and is not changed any more.")


def set_class(record: Any, facts: Mapping[str, Any]) -> None:
    """Says who may see a record, also one that was withdrawn: what it holds may be noticed late."""
    if unknown := set(facts) - CLASS_FIELDS:
        raise ValidationError(f"These are not changed here: {', '.join(sorted(unknown))}.")
    for field, value in facts.items():
        setattr(record, field, value)

"""What every action on a record of benefits refuses first."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError


def refuse_withdrawn(record: Any) -> None:
    """Raises ``ValidationError`` for a record, with a reference, that is out of use."""
    if record.withdrawn:
        raise ValidationError(f"{record.ref} was withdrawn and is not changed any more.")

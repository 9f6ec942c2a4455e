"""Changing many risks at once: what would change, old beside new."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..models import Risk

LABELS = {"owner": "Owner", "category": "Category", "scope": "Place"}
NOBODY = {"owner": "Nobody yet", "category": "None yet", "scope": "A project that you may not read"}


@dataclass(frozen=True)
class Difference:
    """One risk and what of it would change, as (what, old, new)."""

    risk: Risk
    fields: tuple[tuple[str, str, str], ...]


def differences(risks: Sequence[Risk], facts: Mapping[str, Any]) -> list[Difference]:
    """Those that would change; ``risks`` carry ``place``, the name of their place where it may be known."""
    found = []
    for risk in risks:
        fields = [
            (LABELS[name], _old(risk, name), str(value or NOBODY[name]))
            for name, value in facts.items()
            if getattr(risk, f"{name}_id") != (value and value.pk)
        ]
        if fields:
            found.append(Difference(risk, tuple(fields)))
    return found


def counted(number: int) -> str:
    return "1 risk" if number == 1 else f"{number:,} risks"


def _old(risk: Any, name: str) -> str:
    value = risk.place if name == "scope" else getattr(risk, name)
    return str(value or NOBODY[name])

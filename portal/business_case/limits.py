"""What a fact may be: words of a length and a pattern, references, whole pounds, pounds by year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated

from programme.foundation.money import FinancialYear


@dataclass(frozen=True)
class Text:
    """Words of at most so many characters, of a pattern where there is one."""

    longest: int
    pattern: str = ""
    such_as: str = ""


@dataclass(frozen=True)
class Whole:
    """A whole number not below ``lowest``."""

    lowest: int


Slug = Annotated[str, Text(50, r"[a-z0-9]+(-[a-z0-9]+)*", "programme-board")]
Reference = Annotated[str, Text(12, r"[A-Z]{1,5}-\d{2,5}", "DIG-01")]
MilestoneReference = Annotated[str, Text(24, r"[A-Z]{2,5}-\d{2,5}-M\d{2,5}", "COM-01-M01")]
Name = Annotated[str, Text(120)]
Words = Annotated[str, Text(200)]
Sentence = Annotated[str, Text(300)]
Statement = Annotated[str, Text(1000)]
Pounds = Annotated[Decimal, Whole(0)]
SignedPounds = Annotated[Decimal, Whole(-(10**11))]
Profile = Mapping[FinancialYear, Pounds]
SignedProfile = Mapping[FinancialYear, SignedPounds]
PartlyKnown = Mapping[FinancialYear, SignedPounds | None]

"""Pounds and financial years.

Money is whole pence in the database (SQLite's decimals are floats) and ``Decimal`` pounds in Python.
A financial year runs from 1 April to 31 March and is written ``2022/23``. Source: the domain's "Money".
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import total_ordering
from typing import Any, Self

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

MINUS = "\N{MINUS SIGN}"
# Between a sign and the pound, where a line would end otherwise.
JOINED = "\N{WORD JOINER}"
PENNY = Decimal("0.01")
LARGEST = Decimal("99999999999.99")

_AMOUNT = re.compile(
    r"(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?|\d+(?:\.\d+)?)(?P<unit>[mk]?)", re.IGNORECASE | re.ASCII
)
_UNITS = {"": Decimal(1), "k": Decimal(1_000), "m": Decimal(1_000_000)}


def parse_pounds(text: str) -> Decimal:
    """Pounds from what people type or paste: ``1250000``, ``£1,250,000.00``, ``(1,250)``, ``1.25m``.

    Brackets or a leading minus make it negative. Raises ``ValueError`` with a sentence for the rest,
    ``1,25`` among them, because a misplaced comma may hide a missing digit.
    """
    bare = text.strip().replace("\N{NO-BREAK SPACE}", " ").replace(MINUS, "-").replace(JOINED, "")
    in_brackets = bare.startswith("(") and bare.endswith(")")
    negative = in_brackets or bare.startswith("-")
    bare = bare[1:-1] if in_brackets else bare.removeprefix("-")
    bare = bare.strip().removeprefix("£").strip()
    found = _AMOUNT.fullmatch(bare)
    if not found:
        shown = text.strip()[:40]
        raise ValueError(f"“{shown}” is not an amount in pounds; write it like 1,250,000 or 1.25m.")
    try:
        amount = Decimal(found["number"].replace(",", "")) * _UNITS[found["unit"].lower()]
    except InvalidOperation as error:
        raise ValueError("That amount has too many digits.") from error
    if amount > LARGEST:
        raise ValueError("That amount is larger than the portal can hold (£99,999,999,999.99).")
    if amount != amount.quantize(PENNY):
        raise ValueError("Amounts have whole pence: at most two figures after the point.")
    return -amount if negative else amount


def _signed(amount: Decimal, words: str) -> str:
    return f"{MINUS}{JOINED if words.startswith('£') else ''}{words}" if amount < 0 else words


def signed(amount: Decimal) -> str:
    """``+£3,000`` or ``−£3,000``; nought has no sign."""
    return f"+{JOINED}{pounds(amount)}" if amount > 0 else pounds(amount)


def pounds(amount: Decimal | None) -> str:
    """``£1,950,000``, with pence only where there are any; unknown is "not known", never nought."""
    if amount is None:
        return "not known"
    size = abs(amount)
    return _signed(amount, f"£{size:,.0f}" if size == size.to_integral_value() else f"£{size:,.2f}")


def _rounded(amount: Decimal, unit: int, places: str) -> Decimal:
    return (abs(amount) / unit).quantize(Decimal(places), rounding=ROUND_HALF_UP)


def thousands(amount: Decimal | None) -> str:
    """Whole thousands of pounds without a sign: ``1,950``, for tables that say £000."""
    if amount is None:
        return "not known"
    size = _rounded(amount, 1_000, "1")
    return _signed(amount if size else Decimal(0), f"{size:,}")


def millions(amount: Decimal | None) -> str:
    """``£1.950m``."""
    if amount is None:
        return "not known"
    size = _rounded(amount, 1_000_000, "0.001")
    return _signed(amount if size else Decimal(0), f"£{size:,}m")


class MoneyField(models.BigIntegerField):
    """Whole pence in the database, ``Decimal`` pounds in Python."""

    description = "Pounds, kept as whole pence"
    _pyi_private_get_type: Decimal  # type: ignore[assignment]  # the stubs would read an int
    _pyi_private_set_type: Any

    def __init__(self, *arguments: Any, negative: bool = False, **options: Any):
        self.negative = negative
        super().__init__(*arguments, **options)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, arguments, options = super().deconstruct()
        return name, path, list(arguments), dict(options) | ({"negative": True} if self.negative else {})

    @property
    def validators(self) -> list[Any]:
        lowest = -LARGEST if self.negative else Decimal(0)
        too_low = "This is beyond what the portal can hold." if self.negative else "This cannot be negative."
        return [
            MinValueValidator(lowest, too_low),
            MaxValueValidator(LARGEST, "This is beyond what the portal can hold."),
        ]

    def from_db_value(self, value: int | None, *_: Any) -> Decimal | None:
        return None if value is None else Decimal(value) / 100

    def to_python(self, value: Any) -> Decimal | None:
        if value is None:
            return None
        if isinstance(value, Decimal):
            return self._whole_pence(value)
        if isinstance(value, float):
            raise ValidationError("Money is never a float.")
        try:
            return Decimal(value) if isinstance(value, int) else parse_pounds(str(value))
        except ValueError as error:
            raise ValidationError(str(error)) from error

    def get_prep_value(self, value: Any) -> Any:
        if value is None or hasattr(value, "resolve_expression"):
            return value
        amount = self.to_python(value)
        return None if amount is None else int(amount * 100)

    @staticmethod
    def _whole_pence(amount: Decimal) -> Decimal:
        if not amount.is_finite() or (amount * 100) % 1:
            raise ValidationError("Amounts have whole pence.")
        return amount

    def value_to_words(self, value: Decimal) -> str:
        return pounds(value)

    def formfield(self, **options: Any) -> Any:
        # Past the integer field's own form field, which would refuse the comma and the pound sign.
        return super(models.IntegerField, self).formfield(**{"form_class": PoundsFormField} | options)


class PoundsFormField(forms.CharField):
    """A box for pounds that understands what people paste and keeps what they typed when it does not."""

    longest = 40

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return super().widget_attrs(widget) | {"maxlength": str(self.longest), "inputmode": "decimal"}

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value) or ""
        if text in self.empty_values:
            return None
        if len(text) > self.longest:
            raise ValidationError("That amount has too many digits.")
        try:
            return parse_pounds(text)
        except ValueError as error:
            raise ValidationError(str(error)) from error

    def prepare_value(self, value: Any) -> Any:
        return f"{value:,.2f}".removesuffix(".00") if isinstance(value, Decimal) else value


_YEAR = re.compile(
    r"(?P<century>19|20)?(?P<first>\d\d)\s*[/\-\N{EN DASH}]\s*(19|20)?(?P<second>\d\d)", re.ASCII
)


@total_ordering
class FinancialYear:
    """April to March. Compares, sorts and hashes by its first calendar year."""

    __slots__ = ("start",)

    def __init__(self, start: int):
        if not 1990 <= start <= 2098:
            raise ValueError(f"{start} is not a financial year the portal knows (1990/91 to 2098/99).")
        self.start = start

    @classmethod
    def parse(cls, text: str) -> Self:
        """From ``2022/23``, ``2022-23`` or ``22/23``; refuses ``2022/24``. Raises ``ValueError``."""
        found = _YEAR.fullmatch(text.strip())
        if not found or int(found["second"]) != (int(found["first"]) + 1) % 100:
            raise ValueError(f"“{text.strip()[:20]}” is not a financial year; write it like 2022/23.")
        return cls(100 * int(found["century"] or 20) + int(found["first"]))

    @classmethod
    def of(cls, day: datetime.date) -> Self:
        return cls(day.year if (day.month, day.day) >= (4, 1) else day.year - 1)

    @property
    def first(self) -> datetime.date:
        return datetime.date(self.start, 4, 1)

    @property
    def last(self) -> datetime.date:
        return datetime.date(self.start + 1, 3, 31)

    def next(self, years: int = 1) -> FinancialYear:
        return FinancialYear(self.start + years)

    def __str__(self) -> str:
        return f"{self.start}/{(self.start + 1) % 100:02}"

    def __repr__(self) -> str:
        return f"FinancialYear({self.start})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, FinancialYear) and other.start == self.start

    def __lt__(self, other: FinancialYear) -> bool:
        return self.start < other.start

    def __hash__(self) -> int:
        return hash(("financial year", self.start))


class FinancialYearField(models.PositiveSmallIntegerField):
    """A financial year, kept as the calendar year in which it begins."""

    _pyi_private_get_type: FinancialYear  # type: ignore[assignment]  # the stubs would read an int
    _pyi_private_set_type: Any
    _pyi_lookup_exact_type: Any

    def from_db_value(self, value: int | None, *_: Any) -> FinancialYear | None:
        return None if value is None else FinancialYear(value)

    def to_python(self, value: Any) -> FinancialYear | None:
        if value is None or isinstance(value, FinancialYear):
            return value
        try:
            return FinancialYear(value) if isinstance(value, int) else FinancialYear.parse(str(value))
        except ValueError as error:
            raise ValidationError(str(error)) from error

    def get_prep_value(self, value: Any) -> Any:
        if hasattr(value, "resolve_expression"):
            return value
        year = self.to_python(value)
        return None if year is None else year.start

    @property
    def validators(self) -> list[Any]:
        return []


class FinancialYearFormField(forms.CharField):
    """A box for a financial year: ``2022/23``, ``2022-23`` or ``22/23``; refuses ``2022/24``."""

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return super().widget_attrs(widget) | {"maxlength": "20", "class": "govuk-input--width-5"}

    def to_python(self, value: Any) -> Any:
        try:
            return FinancialYear.parse(text) if (text := super().to_python(value)) else None
        except ValueError as error:
            raise ValidationError(str(error)) from error


class Profile(Mapping[FinancialYear, Decimal]):
    """Pounds by financial year, years in order. A year that is not there is unknown, not nought."""

    def __init__(
        self, amounts: Mapping[FinancialYear, Decimal] | Iterable[tuple[FinancialYear, Decimal]] = ()
    ):
        self._amounts = dict(sorted(dict(amounts).items()))

    def __getitem__(self, year: FinancialYear) -> Decimal:
        return self._amounts[year]

    def __iter__(self) -> Iterator[FinancialYear]:
        return iter(self._amounts)

    def __len__(self) -> int:
        return len(self._amounts)

    @property
    def total(self) -> Decimal:
        return sum(self._amounts.values(), Decimal(0))

    def __add__(self, other: Profile) -> Profile:
        years = {*self, *other}
        return Profile({year: self.get(year, Decimal(0)) + other.get(year, Decimal(0)) for year in years})

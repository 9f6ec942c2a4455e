"""The columns of the portal's tables: how a value stands on the page, and which typed value is exported.

``render`` gives the page's words (escaped unless a SafeString), ``plain`` what the sheet and the CSV hold.
``kind`` is the workbook's kind of column, ``css`` the class of heading and cells, ``width`` the width in
the sheet in characters where the kind's own does not do.
"""

from __future__ import annotations

import copy
import datetime
import html
from collections.abc import Callable
from typing import Any, Self

import django_tables2
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString

from . import money

EMPTY = "–"
MINUS = "\N{MINUS SIGN}"
MONTHS = ("", *(datetime.date(2000, month, 1).strftime("%B") for month in range(1, 13)))


def day_in_words(day: datetime.date) -> str:
    """A date as people read it: 6 July 2022."""
    return f"{day.day} {MONTHS[day.month]} {day.year}"


def escaped(value: Any) -> str:
    """What Django's ``conditional_escape`` gives, without its look for lazy words in every cell of a page."""
    return value.__html__() if hasattr(value, "__html__") else html.escape(str(value))


class TextColumn(django_tables2.Column):
    """Words, as they are. A field with choices shows the choice's label.

    One that is ``sheet_only`` stands in the sheet and the CSV and not on the page.
    """

    kind = "text"
    css = ""
    width: int | None = None
    labels: dict[Any, Any] | None = None
    sheet_only = False

    def __init__(
        self,
        verbose_name: str | None = None,
        *,
        width: int | None = None,
        sheet_only: bool = False,
        **options: Any,
    ):
        super().__init__(verbose_name, **options)
        self.width, self.sheet_only = width or self.width, sheet_only

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        """django-tables2 copies the columns for each table; what a column holds is never changed in place."""
        return copy.copy(self)

    def render(self, value: Any) -> Any:
        """What the page shows; escaped unless it is a SafeString."""
        return self.plain(value)

    def plain(self, value: Any) -> Any:
        """What the sheet and the CSV hold: a typed value, never HTML."""
        if self.labels:
            value = self.labels.get(value, value)
        return str(value)


class LinkColumn(TextColumn):
    """Words that lead to a record's page.

    ``to`` names the record on the row to lead to (``"project"``; default: the row itself), or is a
    function from the row to an address; no address, no link.
    """

    def __init__(self, verbose_name: str | None = None, *, to: str | Callable | None = None, **options: Any):
        super().__init__(verbose_name, **options)
        self.to = to

    def render(self, value: Any, record: Any) -> Any:
        address = self.to(record) if callable(self.to) else self._address(record)
        words = self.plain(value)
        if not address:
            return words
        return SafeString(f'<a class="govuk-link" href="{escaped(address)}">{escaped(words)}</a>')

    def _address(self, record: Any) -> str | None:
        target = getattr(record, self.to) if self.to else record
        return target.get_absolute_url() if hasattr(target, "get_absolute_url") else None


class NumberColumn(TextColumn):
    """A number, right-aligned, with thousands separated and a true minus sign."""

    kind = "number"
    css = "govuk-table__cell--numeric"

    def render(self, value: Any) -> str:
        return f"{value:,}".replace("-", MINUS)

    def plain(self, value: Any) -> Any:
        return value


class MoneyColumn(NumberColumn):
    """An amount in pounds (Decimal). ``thousands=True`` shows £000, and the heading should say so.

    The sheet holds pounds and pence in both cases, so that its sums are exact.
    """

    kind = "money"

    def __init__(self, verbose_name: str | None = None, *, thousands: bool = False, **options: Any):
        super().__init__(verbose_name, **options)
        self.kind = "thousands" if thousands else "money"
        self.words = money.thousands if thousands else money.pounds

    def render(self, value: Any) -> str:
        return self.words(value)


class DateColumn(TextColumn):
    """A date as 6 July 2022; a moment as 6 July 2022 at 14:05, London time."""

    kind = "date"
    css = "pp-table__date"

    def render(self, value: datetime.date) -> str:
        value = self.plain(value)
        moment = f" at {value:%H:%M}" if isinstance(value, datetime.datetime) else ""
        return day_in_words(value) + moment

    def plain(self, value: datetime.date) -> datetime.date:
        """Spreadsheets know no time zones: a moment becomes London's wall clock."""
        if isinstance(value, datetime.datetime) and timezone.is_aware(value):
            return timezone.localtime(value).replace(tzinfo=None)
        return value


class FinancialYearColumn(TextColumn):
    """A financial year, written 2022/23."""

    css = "pp-table__date"
    width = 12


class BooleanColumn(TextColumn):
    """Yes or No; unknown stays empty."""

    width = 8

    def plain(self, value: Any) -> str:
        return "Yes" if value else "No"


class TagColumn(TextColumn):
    """A status as a labelled tag. ``colours`` maps values to GOV.UK tag colours (default grey)."""

    def __init__(
        self,
        verbose_name: str | None = None,
        *,
        choices: Any = None,
        colours: dict[Any, str] | None = None,
        **options: Any,
    ):
        super().__init__(verbose_name, **options)
        self.labels = dict(getattr(choices, "choices", choices) or {}) or None
        self.colours = colours or {}

    def render(self, value: Any) -> SafeString:
        colour = self.colours.get(value, "grey")
        words = escaped(self.plain(value))
        return SafeString(f'<strong class="govuk-tag govuk-tag--{escaped(colour)}">{words}</strong>')


class RatingColumn(TextColumn):
    """Red, amber, green or not rated, always with letter and shape (``components/rating.html``)."""

    empty_values = ()
    template_name = "components/rating.html"

    def __init__(self, verbose_name: str | None = None, **options: Any):
        super().__init__(verbose_name, **options)
        self.drawn: dict[Any, SafeString] = {}

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        column = copy.copy(self)
        column.drawn = {}
        return column

    def render(self, value: Any) -> SafeString:
        if value not in self.drawn:
            context = {"rating": value, "label": self.plain(value)}
            self.drawn[value] = SafeString(render_to_string(self.template_name, context).strip())
        return self.drawn[value]

    def plain(self, value: Any) -> str:
        if not value:
            return "Not rated"
        return str((self.labels or {}).get(value, str(value).capitalize()))

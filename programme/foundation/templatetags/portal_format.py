"""Money and dates as the portal writes them: ``{% load portal_format %}``."""

import datetime
from decimal import Decimal

from django import template
from django.utils import timezone

from programme.foundation import money, tables

register = template.Library()


@register.filter
def pounds(amount: Decimal | None) -> str:
    """£1,950,000; unknown is "not known"."""
    return money.pounds(amount)


@register.filter
def signed(amount: Decimal) -> str:
    """+£3,000 or −£3,000."""
    return money.signed(amount)


@register.filter
def thousands(amount: Decimal | None) -> str:
    """1,950, where the table says £000."""
    return money.thousands(amount)


@register.filter
def millions(amount: Decimal | None) -> str:
    """£1.950m."""
    return money.millions(amount)


@register.filter
def day(value: datetime.date | None) -> str:
    """6 July 2022; a moment gives its day in London; nothing gives a dash."""
    if value is None:
        return tables.EMPTY
    if isinstance(value, datetime.datetime) and timezone.is_aware(value):
        value = timezone.localtime(value)
    return tables.day_in_words(value)


@register.filter
def moment(value: datetime.datetime | None) -> str:
    """6 July 2022 at 14:05, London time; nothing gives a dash."""
    return tables.EMPTY if value is None else tables.DateColumn().render(value)

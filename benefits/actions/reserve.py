"""The transformation reserve's ledger: entries are made and taken back, never changed."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection, transaction

from programme.foundation import calendar
from programme.people.choices import Classification
from programme.people.models import Scope, User

from ..models import CostLine, ReserveEntry
from ..reading.reserve import entry_of
from ..rules import ledger

CLASS = ("classification", "exempt_paragraphs", "exempt_reason", "exempt_review")


@transaction.atomic
def enter(
    *,
    kind: str,
    date: datetime.date,
    amount: Decimal,
    words: str,
    scope: Scope,
    by: User,
    reason: str,
    cost_line: CostLine | None = None,
    commitment: ReserveEntry | None = None,
    **source: Any,
) -> ReserveEntry:
    """Enters an allocation, a commitment, spending or a release; a negative commitment reduces another one.

    ``source`` is where the amount comes from, and the class of the entry; on an exempt cost line it is exempt
    as the line is. Raises ``ValidationError`` with the sentence of the ledger where balance or available
    would be below nought at the end of any day.
    """
    if date > calendar.today():
        raise ValidationError({"date": "An entry is made when the money moves: this day has not come yet."})
    _hold_the_ledger()
    entry = ReserveEntry(kind=kind, date=date, words=words, scope=scope, confirmed_by=by)
    entry.cost_line, entry.commitment = cost_line, commitment
    for name, value in ({"amount": amount} | source | _class_of(cost_line)).items():
        setattr(entry, name, value)
    new = ledger.Entry(0, kind, date, amount, commitment.pk if commitment else None)
    if wrong := ledger.refusal(_entries(), new):
        raise ValidationError({"amount": wrong})
    return entry.record(by=by, reason=reason)


@transaction.atomic
def take_back(entry: ReserveEntry, *, by: User, reason: str) -> ReserveEntry:
    """Takes an entry out of the ledger; it stays in history. Raises ``ValidationError`` if it is needed."""
    _hold_the_ledger()
    if entry.withdrawn:
        raise ValidationError("This entry was taken back already.")
    if wrong := ledger.refuse_without(_entries(), entry_of(entry)):
        raise ValidationError(wrong)
    return entry.withdraw(by=by, reason=reason)


def _class_of(line: CostLine | None) -> dict[str, Any]:
    if line is None or line.classification != Classification.EXEMPT:
        return {}
    return {name: getattr(line, name) for name in CLASS}


def _entries() -> list[ledger.Entry]:
    """The whole ledger, whoever enters: what one may not see counts too."""
    return [entry_of(one) for one in ReserveEntry.objects.live()]


def _hold_the_ledger() -> None:
    """One at a time: two entries that overdraw only together must not be checked side by side.

    SQLite's immediate transactions already let only one writer in.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {ReserveEntry._meta.db_table} IN SHARE ROW EXCLUSIVE MODE")

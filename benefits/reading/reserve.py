"""The transformation reserve as one reader may see it: the ledger, what is left, what is promised.

Where an entry is withheld no balance is shown: it could be had from it by subtraction. Pounds.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from programme.foundation.money import pounds
from programme.people.kept import Kept
from programme.people.models import Profile, User

from ..choices import EntryKind
from ..models import CostLine, ReserveEntry
from ..rules import ledger
from ..rules.ledger import Entry, Standing
from .withholding import Source, readable

REDUCTION = "Reduction of a commitment"


@dataclass(frozen=True)
class LedgerRow:
    """One entry; ``after`` is how the reserve stands after it, None where that is withheld."""

    key: int
    date: datetime.date
    entry: str
    kind: str
    words: str
    amount: Decimal
    cost_line: str
    commitment: str
    after: Standing | None
    exempt: str
    url: str
    source: Source


@dataclass(frozen=True)
class Commitment:
    """A commitment with what is left of it."""

    words: str
    url: str
    date: datetime.date
    left: Decimal


@dataclass(frozen=True)
class Reserve:
    """``standing`` and ``commitments`` are None and empty where an entry is withheld."""

    rows: tuple[LedgerRow, ...]
    standing: Standing | None
    commitments: tuple[Commitment, ...]
    withheld: str


def entry_of(record: Any) -> Entry:
    """A record of the ledger as the rules of the ledger know it."""
    return Entry(record.pk, record.kind, record.date, record.amount, record.commitment_id)


_kept = Kept[Reserve](CostLine, Profile, ReserveEntry)


def reserve(user: User, day: datetime.date | None = None) -> Reserve:
    """The ledger, oldest entry first, as it stands or as it stood at the end of ``day``.

    Five queries; as it stands only one of them while nothing changed.
    """
    if day is None:
        return _kept.answer(user, None, lambda: _posted(user, None))
    return _posted(user, day)


def _posted(user: User, day: datetime.date | None) -> Reserve:
    records, withheld = readable(ReserveEntry, user, day)
    posted = ledger.post(map(entry_of, records))
    known = {one.pk: one for one in records}
    lines = _cost_lines(records, user)
    rows = [_row(known[one.entry.key], None if withheld else one.after, lines, known) for one in posted]
    left = {} if withheld else ledger.outstanding(map(entry_of, records))
    return Reserve(
        rows=tuple(rows),
        standing=None if withheld else (posted[-1].after if posted else Standing()),
        commitments=tuple(
            Commitment(known[key].words, known[key].get_absolute_url(), known[key].date, amount)
            for key, amount in left.items()
            if amount
        ),
        withheld=withheld,
    )


def _cost_lines(records: Sequence[Any], user: User) -> dict[int, CostLine]:
    keys = {one.cost_line_id for one in records if one.cost_line_id}
    return CostLine.objects.visible_to(user).in_bulk(keys) if keys else {}


def _row(record: Any, after: Standing | None, lines: dict[int, CostLine], known: dict[int, Any]) -> LedgerRow:
    line, commitment = lines.get(record.cost_line_id), known.get(record.commitment_id)
    return LedgerRow(
        key=record.pk,
        date=record.date,
        entry=record.kind,
        kind=kind_words(record),
        words=record.words,
        amount=record.amount,
        cost_line=f"{line.ref} {line.name}" if line else "",
        commitment=commitment.words if commitment else "",
        after=after,
        exempt=record.exempt_words,
        url=record.get_absolute_url(),
        source=Source.of(record),
    )


def kind_words(record: Any) -> str:
    return REDUCTION if record.amount < 0 else EntryKind(record.kind).label


def in_a_sentence(found: Reserve) -> str:
    """`Of £3,000,000 allocated, £2,513,000 is available: …`; nothing where it is withheld or empty."""
    now = found.standing
    if now is None or not found.rows:
        return ""
    return (
        f"Of {pounds(now.allocated)} allocated, {pounds(now.available)} is available: {pounds(now.spent)} is "
        f"spent, {pounds(now.committed)} committed and not spent, {pounds(now.released)} released."
    )

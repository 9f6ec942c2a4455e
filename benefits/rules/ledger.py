"""The transformation reserve as a ledger: what is left of it, and what of that is not yet promised. Pounds.

Balance = allocated − spent − released; available = balance − outstanding commitments. Spending draws down the
commitment it names; what it spends beyond that comes out of what is available. An entry that would take
balance or available below nought at the end of any day is refused. Source: the domain's "Investment and
reserve".
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from programme.foundation.calendar import in_words
from programme.foundation.money import pounds

ALLOCATION, COMMITMENT, SPENDING, RELEASE = "allocation", "commitment", "spending", "release"
NOTHING = Decimal(0)


@dataclass(frozen=True)
class Entry:
    """One entry. ``key`` tells it apart; ``commitment`` is the key of the one that it draws down or reduces.

    Every amount is above nought, but for the reduction of a commitment.
    """

    key: int
    kind: str
    date: datetime.date
    amount: Decimal
    commitment: int | None = None


@dataclass(frozen=True)
class Standing:
    """How the reserve stands after an entry."""

    allocated: Decimal = NOTHING
    spent: Decimal = NOTHING
    released: Decimal = NOTHING
    committed: Decimal = NOTHING  # outstanding: promised and neither spent nor given up

    @property
    def balance(self) -> Decimal:
        return self.allocated - self.spent - self.released

    @property
    def available(self) -> Decimal:
        return self.balance - self.committed


@dataclass(frozen=True)
class Posted:
    """An entry with how the reserve stands after it."""

    entry: Entry
    after: Standing


# On one day money comes in before it is promised, and is promised before it is spent.
ORDER = {ALLOCATION: 0, COMMITMENT: 1, SPENDING: 2, RELEASE: 3}


def in_order(entries: Iterable[Entry]) -> list[Entry]:
    """By day; within a day as the money moves, whatever the order in which it was typed: reductions of
    commitments before new ones, so that what they set free can be promised again."""
    return sorted(entries, key=lambda one: (one.date, ORDER[one.kind], one.amount > 0, one.key))


def post(entries: Iterable[Entry]) -> list[Posted]:
    """The ledger in order, each entry with the standing after it."""
    posted: list[Posted] = []
    after, left = Standing(), dict[int, Decimal]()
    for one in in_order(entries):
        after = _moved(after, one, left)
        posted.append(Posted(one, after))
    return posted


def _moved(before: Standing, one: Entry, left: dict[int, Decimal]) -> Standing:
    """The standing after ``one``; ``left`` is what is outstanding of each commitment, and is kept here."""
    allocated, spent, released = before.allocated, before.spent, before.released
    committed = before.committed
    if one.kind == ALLOCATION:
        allocated += one.amount
    elif one.kind == RELEASE:
        released += one.amount
    elif one.kind == SPENDING:
        spent += one.amount
        if one.commitment is not None:
            open_ = left.get(one.commitment, NOTHING)
            left[one.commitment] = max(NOTHING, open_ - one.amount) if open_ > 0 else open_
            committed += left[one.commitment] - open_
    else:
        key = one.key if one.commitment is None else one.commitment
        left[key] = left.get(key, NOTHING) + one.amount
        committed += one.amount
    return Standing(allocated, spent, released, committed)


def outstanding(entries: Iterable[Entry]) -> dict[int, Decimal]:
    """What is left of each commitment, by its key, in the order in which they were made."""
    left: dict[int, Decimal] = {}
    after = Standing()
    for one in in_order(entries):
        after = _moved(after, one, left)
    return left


def standing(entries: Iterable[Entry]) -> Standing:
    """How the reserve stands after all entries."""
    posted = post(entries)
    return posted[-1].after if posted else Standing()


def refusal(entries: Sequence[Entry], new: Entry) -> str:
    """Why ``new`` cannot be entered beside ``entries``, as a sentence; nothing where it can.

    Asked of every day from its own on: an entry dated in the past must not leave a later day short.
    """
    return _alone(entries, new) or shortfall([*entries, new])


def refuse_without(entries: Sequence[Entry], gone: Entry) -> str:
    """Why ``gone`` cannot be taken back, as a sentence; nothing where it can."""
    rest = [one for one in entries if one.key != gone.key]
    if any(one.commitment == gone.key for one in rest):
        return "Spending or a reduction names this commitment: take that back first."
    return shortfall(rest)


def shortfall(entries: Iterable[Entry]) -> str:
    """The first day at whose end the ledger is short, as a sentence; nothing where it never is."""
    left: dict[int, Decimal] = {}
    after = Standing()
    for day, ones in groupby(in_order(entries), key=lambda one: one.date):
        for one in ones:
            after = _moved(after, one, left)
        if short := _short(after, day) or _over_reduced(left, day):
            return short
    return ""


def _alone(entries: Sequence[Entry], new: Entry) -> str:
    """What is wrong with the entry by itself and with the commitment it names."""
    if new.commitment is None:
        return "" if new.amount > 0 else "An entry has an amount above nought."
    if new.kind not in (SPENDING, COMMITMENT) or (new.kind == COMMITMENT and new.amount >= 0):
        return "Only spending draws down a commitment, and only a reduction lowers it."
    if new.kind == SPENDING and new.amount <= 0:
        return "An entry has an amount above nought."
    made = [one for one in entries if one.key == new.commitment and one.kind == COMMITMENT]
    if not made or made[0].commitment is not None:
        return "There is no such commitment in the ledger."
    if new.date < made[0].date:
        return f"The commitment was made on {in_words(made[0].date)}; this cannot be dated before it."
    return ""


def _short(after: Standing, day: datetime.date) -> str:
    on = f"On {in_words(day)}"
    if after.balance < 0:
        return (
            f"{on} the reserve would be {pounds(-after.balance)} short: {pounds(after.allocated)} allocated, "
            f"{pounds(after.spent)} spent, {pounds(after.released)} released."
        )
    if after.available < 0:
        return (
            f"{on} what is available would be {pounds(-after.available)} short: the balance is "
            f"{pounds(after.balance)}, and {pounds(after.committed)} would be committed."
        )
    return ""


def _over_reduced(left: dict[int, Decimal], day: datetime.date) -> str:
    lowest = min(left.values(), default=NOTHING)
    if lowest >= 0:
        return ""
    return f"On {in_words(day)} a commitment would be reduced by {pounds(-lowest)} more than is left of it."
